"""An engine's folder in; a page in an empty browser that answers queries out."""

from __future__ import annotations

import functools
import http.server
import json
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from searching.engines import Engine

SETTLED = 300
"""Milliseconds after which a page that was loaded is taken to be at rest."""
PATIENCE = 600
"""Seconds within which a browser must have answered."""

ASK_ALL = """window.askAll = async (queries) => {
  const answers = [];
  for (const query of queries) {
    const begun = performance.now();
    let first = 0;
    const ids = await window.ask(query, () => { first ||= performance.now() - begun; });
    const ms = performance.now() - begun;
    answers.push({ids, begun: performance.timeOrigin + begun, first: first || ms, ms});
  }
  return answers;
};"""

ASK = {
    "conspectus": """window.ask = (query, stands) => new Promise((resolve) => {
  const [input, list] = document.querySelectorAll("[data-search-input], [data-search-results]");
  const before = list.firstElementChild;
  const observer = new MutationObserver(() => {
    if (list.firstElementChild && list.firstElementChild !== before) stands();
  });
  observer.observe(list, {childList: true});
  window.heard = () => {
    observer.disconnect();
    resolve([...list.children].map((row) => row.dataset.paper));
  };
  input.value = query;
  input.dispatchEvent(new Event("input"));
});
conspectus.searchPage.listen(() => window.heard?.());""",
    "pagefind": """window.ask = async (query, stands) => {
  window.pagefind ??= await import("./pagefind/pagefind.js");
  const {results} = await window.pagefind.search(query);
  const data = results.slice(0, 10).map((result) => result.data());
  data[0]?.then(stands);
  return (await Promise.all(data)).map(({url}) => url.split("/").pop().replace(".html", ""));
};""",
    "minisearch": """window.ask = async (query) => {
  const options = {fields: ["title", "abstract"], searchOptions: {
    boost: {title: 3}, ...(window.tolerant ? {prefix: true, fuzzy: 0.2} : {})}};
  window.index ??= MiniSearch.loadJSON(await (await fetch("index.json")).text(), options);
  return window.index.search(query).slice(0, 10).map(({id}) => id);
};""",
    "lunr": """window.ask = async (query) => {
  window.index ??= lunr.Index.load(await (await fetch("index.json")).json());
  const tokens = lunr.tokenizer(query);
  return window.index.query((asked) => {
    asked.term(tokens, {boost: 10});
    if (!window.tolerant || tokens.length === 0) return;
    asked.term(tokens.slice(-1), {wildcard: lunr.Query.wildcard.TRAILING});
    asked.term(tokens.filter((token) => String(token).length > 4), {editDistance: 1});
  }).slice(0, 10).map(({ref}) => ref);
};""",
}
"""What each page is asked by; `stands` is called when the first result is there: of ours, when its
row stands on the page. Whole-index engines are `tolerant` where titles are mistyped."""

RUN = """if (location.search === "?run") addEventListener("load", async () => {
  await new Promise((resolve) => { setTimeout(resolve, SETTLED); });
  window.tolerant = true;
  const {queries, repeated} = await (await fetch("queries.json")).json();
  const answers = {fresh: await window.askAll(queries), again: await window.askAll(repeated)};
  await fetch("answers", {method: "POST", body: JSON.stringify(answers)});
});"""


def write_scripts(engine: Engine) -> None:
    """Beside the engine's page, what it is asked by: `ask.html` loads it."""
    run = RUN.replace("SETTLED", str(SETTLED))
    (engine.folder / "ask.js").write_text("\n".join((ASK[engine.name], ASK_ALL, run)))


@contextmanager
def opened(
    browser: Browser, engine: Engine, listener: Callable[[Request], None] | None = None
) -> Iterator[Page]:
    """A new page of the engine's site in an empty browser."""
    write_scripts(engine)
    with served(engine.folder) as site:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        if listener:
            page.on("requestfinished", listener)
        page.goto(f"{site.url}ask.html")
        yield page
        context.close()


def unwatched(
    executable: str, engine: Engine, queries: list[str], repeated: list[str]
) -> tuple[list[dict], list[dict]]:
    """What a browser answers that nobody watches, as readers' browsers are: fresh queries, then
    some once more.

    Playwright hears of every request, which takes a browser half as long again as the request.
    """
    write_scripts(engine)
    asked = json.dumps({"queries": queries, "repeated": repeated})
    (engine.folder / "queries.json").write_text(asked)
    # A browser's last process may write there for a moment after its first has ended.
    leftover = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    with served(engine.folder) as site, leftover as profile:
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        command = [executable, *flags, "--incognito", "--no-first-run"]
        command += [f"--user-data-dir={profile}", f"{site.url}ask.html?run"]
        nowhere = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=nowhere, stderr=nowhere) as process:
            try:
                if not site.is_answered.wait(PATIENCE):
                    raise TimeoutError(f"{engine.name} has not answered")
            finally:
                process.terminate()
    answers = json.loads(site.body)
    return answers["fresh"], answers["again"]


@dataclass(slots=True)
class Site:
    """A folder that is served, and what its page sends back."""

    url: str = ""
    body: bytes = b""
    is_answered: threading.Event = field(default_factory=threading.Event)


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

    def __init__(self, *arguments: object, site: Site, directory: str) -> None:
        self._site = site
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_POST(self) -> None:
        self._site.body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()
        self._site.is_answered.set()

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[Site]:
    site = Site()
    handler = functools.partial(Quiet, site=site, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}/"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()
