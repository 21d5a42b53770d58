"""Each broken file beside the message expected of it."""

import shutil
from pathlib import Path

import pytest

from conspectus import content

HERE = Path(__file__).parent
PLACES = {
    "papers": "papers/{name}",
    "surveys": "survey.yaml",
    "lists": "lists/{name}",
    "pages": "pages/{name}",
}
CASES = sorted(
    path.relative_to(HERE).as_posix() for place in PLACES for path in (HERE / place).glob("*.[my]*")
)
GOOD_PAPER = "---\ntitle: Moss\n---\nMoss grows where it is damp.\n"


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_gives_the_message_that_stands_beside_it(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = HERE / case
    place = source.parent.name
    target = tmp_path / "content" / PLACES[place].format(name=source.name)
    target.parent.mkdir(parents=True)
    shutil.copy(source, target)
    if place != "papers":
        good = tmp_path / "content" / "papers" / "moss.md"
        good.parent.mkdir(exist_ok=True)
        good.write_text(GOOD_PAPER)
    monkeypatch.chdir(tmp_path)

    found = content.read(Path("content"))

    expected = source.with_suffix(".txt").read_text(encoding="utf-8")
    assert "".join(f"{problem}\n" for problem in found.problems) == expected
