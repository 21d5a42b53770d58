"""Whatever entries say, an import writes papers that read back, and running it twice is safe."""

import datetime
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus import content, importers
from conspectus.problems import has_errors

TODAY = datetime.date(2025, 3, 18)
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=20),
    st.text(alphabet="aA1 *_`$[](){}<>&;\\#-+=.:!|~^\"'@/%éß苔\n\r\t\0\u2028", max_size=20),
)
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {"title": TEXT},
        optional={
            "abstract": TEXT,
            "authors": st.lists(TEXT, max_size=2),
            "venue": TEXT,
            "keywords": st.lists(TEXT, max_size=2),
            "year": st.integers(-5, 10_000),
            "url": st.one_of(TEXT, st.just("https://example.org/?a=b&c=d'e")),
            "doi": st.one_of(TEXT, st.just("10.1000/x: y")),
        },
    ),
    max_size=6,
)


@settings(max_examples=40)
@given(ENTRIES, st.booleans())
def test_an_import_reads_back_and_is_idempotent(
    entries: list[dict[str, object]], is_update: bool
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "content"
        source = Path(name) / "papers.jsonl"
        source.write_text("\n".join(map(json.dumps, entries)) + "\n", encoding="utf-8")

        first, second = (
            importers.import_files([source], folder, format="jsonl", update=is_update, today=TODAY)
            for _ in range(2)
        )

        assert first.entries == second.entries
        if entries:
            assert first.entries == len(entries)
        assert (second.added, second.updated, second.writes) == (0, 0, ())
        if first.added:
            survey = content.read(folder)
            assert not has_errors(survey.problems)
            assert len(survey.corpus.papers) == first.added
