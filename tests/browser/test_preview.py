"""The preview in a real browser: edits arrive, errors show and go, and it ends when told to."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, expect

from tests.support.previewing import Preview, previewed

ABSTRACT = "The lamps of the harbour burn whale oil, and we count them.\n"
FILLER = "\n\n".join(f"Quay number {number} has a lamp of its own." for number in range(200))


class Running(Preview):
    """A preview of three papers, of which one is edited."""

    @property
    def paper(self) -> str:
        return f"{self.url}papers/lamps.html"

    def write(self, abstract: str, front: str = "title: Lamps") -> None:
        path = self.survey / "content" / "papers" / "lamps.md"
        path.write_text(f"---\n{front}\n---\n{abstract}\n")

    def wait_until_sound(self) -> None:
        """Wait for a build of the abstract that was there in the beginning."""
        while self.problems() or ABSTRACT.strip() not in self.read(self.paper):
            time.sleep(0.05)

    def settle(self, text: str) -> None:
        """Wait until the exact site has this text, so that no reload is still to come."""
        on_disk = self.site / "papers" / "lamps.html"
        while text not in on_disk.read_text():
            time.sleep(0.05)
        known = ""
        while known != self.state()[0]:
            known = self.state()[0]
            time.sleep(1)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One preview for all tests that leave it running."""
    with _running(tmp_path_factory.mktemp("started")) as running:
        yield running


@pytest.fixture
def running(started: Running) -> Running:
    """The shared preview, with the survey as it was in the beginning."""
    started.write(ABSTRACT)
    started.wait_until_sound()
    return started


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Running]:
    """A preview for a test that ends it."""
    with _running(tmp_path) as running:
        yield running


@contextmanager
def _running(folder: Path) -> Iterator[Running]:
    survey = folder / "my survey"
    (survey / "content" / "papers").mkdir(parents=True)
    for name in ("piers", "slates"):
        text = f"---\ntitle: Of {name}\n---\nWe count {name} in fog.\n"
        (survey / "content" / "papers" / f"{name}.md").write_text(text)
    text = f"---\ntitle: Lamps\n---\n{ABSTRACT}"
    (survey / "content" / "papers" / "lamps.md").write_text(text)
    with previewed(survey) as preview:
        yield Running(preview.process, preview.url, preview.survey)


def test_an_edit_reloads_the_page(running: Running, page: Page) -> None:
    page.goto(running.paper)
    expect(page.locator("body")).to_contain_text("whale oil")
    running.write(ABSTRACT.replace("whale oil", "rape oil"))
    expect(page.locator("body")).to_contain_text("rape oil")


def test_a_reload_keeps_the_scroll_position(running: Running, page: Page) -> None:
    running.write(FILLER)
    running.settle("Quay number 199")
    page.goto(running.paper)
    page.evaluate("scrollTo(0, 900)")
    running.write(f"{FILLER}\n\nNews.")
    expect(page.locator("body")).to_contain_text("News.")
    assert comes_true(page, "scrollY === 900")


def comes_true(page: Page, expression: str) -> bool:
    """Whether this holds within a minute, on a page that may be reloaded at any moment."""
    for _ in range(600):  # the page's policy forbids what wait_for_function does
        with suppress(Error):
            if page.evaluate(expression):
                return True
        page.wait_for_timeout(100)
    return False


def test_an_error_is_shown_over_the_last_good_page_and_goes_away_when_mended(
    running: Running, page: Page
) -> None:
    page.goto(running.paper)
    running.write(ABSTRACT, front="title: Lamps\npublished: 20201-05")
    shown = page.get_by_role("alert")
    expect(shown).to_contain_text("papers/lamps.md:3")
    expect(shown).to_contain_text("20201-05")
    expect(page.locator("body")).to_contain_text("whale oil")
    running.write(ABSTRACT)
    expect(shown).to_have_count(0)


def test_an_error_that_was_there_before_the_page_is_shown_too(running: Running, page: Page) -> None:
    running.write(ABSTRACT, front="titel: Lamps")
    page.goto(running.paper)
    expect(page.get_by_role("alert")).to_contain_text("papers/lamps.md")


def test_an_error_closed_by_hand_stays_closed_until_the_next(running: Running, page: Page) -> None:
    page.goto(running.paper)
    running.write(ABSTRACT, front="titel: Lamps")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    running.write(ABSTRACT, front="titel: Lamps\npublished: 20201-05")
    expect(page.get_by_role("alert")).to_have_count(1)


def test_markup_in_a_message_is_text(running: Running, page: Page) -> None:
    page.goto(running.paper)
    running.write(ABSTRACT, front="title: Lamps\npublished: <img src=x onerror=alert(1)>")
    expect(page.get_by_role("alert")).to_contain_text("<img src=x")
    expect(page.get_by_role("alert").locator("img")).to_have_count(0)


def test_a_content_folder_moved_away_and_back_is_followed(running: Running, page: Page) -> None:
    page.goto(running.paper)
    content = running.survey / "content"
    content.rename(running.survey / "away")
    expect(page.get_by_role("alert")).to_contain_text("the folder is gone")
    (running.survey / "away").rename(content)
    expect(page.get_by_role("alert")).to_have_count(0)
    running.write(ABSTRACT.replace("whale oil", "rape oil"))
    expect(page.locator("body")).to_contain_text("rape oil")


def test_tabs_that_nobody_sees_do_not_use_up_the_browsers_connections(
    running: Running, page: Page
) -> None:
    """Chromium opens six to a server; the preview's stream keeps one as long as it is read."""
    for _ in range(8):
        tab = page.context.new_page()
        # To Playwright every tab is in front.
        tab.add_init_script("Object.defineProperty(document, 'hidden', {get: () => true})")
        tab.goto(running.paper)
    page.goto(running.paper)
    expect(page.locator("body")).to_contain_text("whale oil")


def test_a_preview_writes_neither_the_site_nor_the_lock(running: Running, page: Page) -> None:
    page.goto(running.paper)
    running.write(ABSTRACT.replace("whale oil", "rape oil"))
    expect(page.locator("body")).to_contain_text("rape oil")
    content = running.survey / "content"
    assert sorted(path.name for path in running.survey.iterdir()) == [".conspectus", "content"]
    assert sorted(path.name for path in content.iterdir()) == ["papers"]


def test_pages_on_disk_stay_as_they_are_published(running: Running) -> None:
    page = (running.site / "papers" / "lamps.html").read_bytes()
    assert b"preview.js" not in page
    assert b"curate.js" not in page


def test_an_interrupt_ends_the_preview_at_once_while_a_page_listens(
    own: Running, page: Page, complaints: list[str]
) -> None:
    with page.expect_request("**/.conspectus/events"):
        page.goto(own.paper)
    code, err = own.end()
    assert (code, "Traceback" in err) == (0, False)
    page.close()
    complaints.clear()  # the browser says that the stream broke off, as it did


def ask(started: Running, request: bytes) -> bytes:
    """The answer to bytes that no browser would send."""
    port = int(started.url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        answer = b""
        while piece := line.recv(1 << 16):
            answer += piece
        return answer


@pytest.mark.parametrize(
    "target",
    [
        "/../content/papers/lamps.md",
        "/../../content/papers/lamps.md",
        "/%2e%2e/%2e%2e/content/papers/lamps.md",
        "/%252e%252e/%252e%252e/content/papers/lamps.md",
        "/..%2f..%2fcontent/papers/lamps.md",
        "/..%5c..%5ccontent%5cpapers%5clamps.md",
        "/..\\..\\content\\papers\\lamps.md",
        "//content/papers/lamps.md",
        "/%c0%ae%c0%ae/%c0%ae%c0%ae/content/papers/lamps.md",
        "/papers/lamps.html%00.md",
        "/.conspectus/../../content/papers/lamps.md",
        "http://evil.example/../../content/papers/lamps.md",
        "../../content/papers/lamps.md",
        "*",
    ],
)
def test_no_spelling_of_a_path_leaves_the_site(started: Running, target: str) -> None:
    head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    answer = ask(started, head.encode())
    assert answer.split(b" ")[1] in {b"400", b"404", b"405"}
    assert b"whale oil" not in answer


@pytest.mark.parametrize(
    ("version", "headers", "status"),
    [
        ("1.1", "Host: evil.example", b"421"),
        ("1.1", "Host: 127.0.0.1\r\nHost: evil.example", b"400"),
        ("1.1", "X-Forwarded-Host: 127.0.0.1", b"400"),
        ("1.0", "X-Forwarded-Host: 127.0.0.1", b"421"),
    ],
)
def test_a_request_under_another_name_reads_nothing(
    started: Running, version: str, headers: str, status: bytes
) -> None:
    head = f"GET /papers/lamps.html HTTP/{version}\r\n{headers}\r\nConnection: close\r\n\r\n"
    answer = ask(started, head.encode())
    assert (answer.split(b" ")[1], b"whale oil" in answer) == (status, False)


def test_a_preview_ends_though_a_client_never_finishes_its_request(own: Running) -> None:
    port = int(own.url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\nHost: 127")
        code, err = own.end()
    assert (code, "Traceback" in err) == (0, False)
