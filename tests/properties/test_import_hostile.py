"""Whatever stands in a file: no reader raises, every entry is counted, every paper reads back."""

import datetime
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus import content, importers
from conspectus.importers import formats
from conspectus.importers.formats import encodings, latex, markup
from conspectus.importers.formats.bibtex_blocks import blocks
from tests.support.building import FIXTURES

TODAY = datetime.date(2025, 3, 18)
FILES = sorted((FIXTURES / "imports").iterdir())
DEBRIS = [
    "{", "}", '"', "\\", "$", "@article{", "@", "\n", "<", "</i>", "<i>", "&lt;", "[", "]", ",",
    ";", "\t", "TY  - JOUR\n", "ER  - \n", "PMID- ", "PT J\n", "\\emph{", '\\"', "_{", "<math>",
    "\x1b", "\\ud800", "𝔄", "\u202e", "---\n", "## Notes\n", "\ufeff",
]  # fmt: skip


def broken(text: str, seed: int) -> str:
    """The text with some stretches cut out and debris put in."""
    chance = random.Random(seed)
    for _ in range(chance.randrange(1, 8)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 1, 5, 50]))
        text = text[:start] + chance.choice(DEBRIS) + text[end:]
    return text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10**6))
def test_a_broken_file_is_imported_without_a_broken_paper(path: Path, seed: int) -> None:
    found = encodings.decode(path.read_bytes())
    assert found is not None
    with tempfile.TemporaryDirectory() as folder:
        source, survey = Path(folder) / "source", Path(folder) / "content"
        source.write_text(broken(found.text, seed), encoding="utf-8")

        report = importers.import_files([source], survey, listed=TODAY, today=TODAY)

        papers = content.read_papers(survey) if survey.is_dir() else content.PapersOnDisk()
        assert [str(problem) for problem in papers.problems if problem.is_error] == []
        assert len(papers.papers) == report.added
        assert report.added == sum(write.path.startswith("papers/") for write in report.writes)


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=300), name=st.sampled_from(sorted(formats.READERS)))
def test_no_reader_raises_on_any_text(text: str, name: str) -> None:
    reading = formats.READERS[name](text, "source")

    assert reading.reported <= len(reading.problems)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab{}\\\"$~-_^'` \n", max_size=60))
def test_tex_is_read_whatever_its_braces(text: str) -> None:
    assert "\n" not in latex.plain(text)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="ab<>/i&;sub \n", max_size=60))
def test_text_without_tags_keeps_its_letters(text: str) -> None:
    plain = "".join(piece.text for piece in markup.pieces([markup.Piece("text", text)]))

    assert plain.count("a") <= text.count("a")
    if "<" not in text and "&" not in text:
        assert plain == text


_KEY = st.from_regex(r"[a-z][a-z0-9:_-]{0,12}", fullmatch=True)
_VALUE = st.text(alphabet="abc @=,#'\n{}", max_size=30).map(
    lambda text: text.replace("{", "").replace("}", "")
)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(_KEY, st.dictionaries(_KEY, _VALUE, max_size=4)), max_size=5))
def test_what_is_written_as_bibtex_is_read_as_it_was(
    entries: list[tuple[str, dict[str, str]]],
) -> None:
    text = "\n".join(
        f"@misc{{{key},\n" + "".join(f" {name} = {{{value}}},\n" for name, value in f.items()) + "}"
        for key, f in entries
    )

    found = [(b.key, {name: value.text for name, value in b.fields.items()}) for b in blocks(text)]

    assert found == entries
