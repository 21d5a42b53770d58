"""The ledger: what is known of a reader, from lines in any order, cut or foreign."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.digest import ledger
from conspectus.model.mailboxes import Mailbox
from conspectus.problems import ProblemsError

MO = Mailbox("mo@example.org")
NAME = ledger.Ledger(Path(), b"").name(MO)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "digests" / "2025-03-17.sent"


def write(path: Path, *words: str, end: str = "\n") -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(f"{NAME} {word}" for word in words) + end)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ([], "open"),
        (["trying"], "uncertain"),
        (["trying", "sent"], "sent"),
        (["sent", "trying"], "sent"),
        (["trying", "open"], "open"),
        (["open", "trying"], "open"),
        (["trying", "open", "trying"], "uncertain"),
        (["trying", "open", "trying", "sent"], "sent"),
        (["refused"], "refused"),
        (["trying", "trying", "sent"], "sent"),
    ],
)
def test_the_lines_of_a_reader_say_whether_to_write_to_him(
    path: Path, words: list[str], state: str
) -> None:
    write(path, *words)
    assert ledger.read(path).state(MO) == state


@given(st.permutations(["trying", "open", "trying", "sent", "trying"]), st.integers(0, 5))
def test_of_two_branches_united_in_any_order_nobody_is_written_to_twice(
    words: list[str], some: int
) -> None:
    kept = ledger.Ledger(Path(), b"")
    kept._states.update((NAME, word) for word in words[:some])
    if "sent" in words[:some]:
        assert kept.state(MO) == "sent"


def test_a_case_of_letters_makes_no_other_reader(path: Path) -> None:
    with ledger.held(path) as held:
        held.trying(Mailbox("Mo@Example.org"))
    assert ledger.read(path).state(MO) == "uncertain"


def test_no_address_stands_in_the_file(path: Path) -> None:
    with ledger.held(path) as held:
        held.trying(MO)
        held.sent(MO)
    assert "@" not in path.read_text()
    assert "example" not in path.read_text()


def test_a_secret_hides_who_is_on_the_list(path: Path) -> None:
    with ledger.held(path, "a secret") as held:
        held.trying(MO)
        held.sent(MO)
    assert NAME not in path.read_text()
    assert ledger.read(path, "a secret").state(MO) == "sent"


@pytest.mark.parametrize("other", ["", "another"])
def test_a_ledger_of_another_secret_is_no_ground_to_write_anew(path: Path, other: str) -> None:
    with ledger.held(path, "a secret") as held:
        held.trying(MO)
    with pytest.raises(ProblemsError, match="another secret"):
        ledger.read(path, other)


@pytest.mark.parametrize("cut", [f"{NAME} try", NAME[:9], f"{NAME} trying", ""])
def test_a_line_that_a_crash_has_cut_says_nothing_and_goes(path: Path, cut: str) -> None:
    path.parent.mkdir()
    path.write_text(f"{ledger.HEAD}{cut}")
    with ledger.held(path) as held:
        assert held.state(MO) == "open"
        held.trying(MO)
        held.sent(MO)
    assert ledger.read(path).state(MO) == "sent"


@pytest.mark.parametrize(
    "line",
    [
        "mo@example.org sent",
        "<<<<<<< HEAD",
        f"{NAME} gone",
        f"{NAME} ended",
        "run sent",
        f"{NAME}",
        "key 12",
        "\x00",
    ],
)
def test_a_foreign_line_is_located_and_stops_it(path: Path, line: str) -> None:
    path.parent.mkdir()
    path.write_text(f"# head\n{line}\n")
    with pytest.raises(ProblemsError) as stopped:
        ledger.read(path)
    assert [problem.location.line for problem in stopped.value.problems] == [2]


def test_a_ledger_that_cannot_be_trusted_is_not_held_on_to(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("nonsense\n")
    for _ in range(2):
        with pytest.raises(ProblemsError, match="is no line of a ledger"), ledger.held(path):
            pass


def test_looking_at_a_ledger_makes_no_file(path: Path) -> None:
    assert not ledger.read(path).is_begun()
    assert not path.exists()
