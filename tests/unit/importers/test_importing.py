"""Sources become files: every entry is added, matched or reported, and no word is overwritten."""

import datetime
import json
from pathlib import Path

import pytest

from conspectus import content, importers
from conspectus.importers import ImportReport
from conspectus.problems import has_errors

TODAY = datetime.date(2025, 3, 18)
LISTED = datetime.date(2025, 3, 17)
PAIRS = [
    (
        "Moss Networks: Slow Learning on Wet Stone",
        "We grow networks of moss {it slowly}. It works.",
    ),
    (
        "TÜLU Moss*",
        'A T\\"ULU of moss costs $200 and <2\\% of a garden. See https://example.org/a_b.',
    ),
    ("苔藓网络", "We translate moss. It is hard, since moss says nothing for 1. a winter."),
]


def listing_of(folder: Path, pairs: list[tuple[str, str]] = PAIRS) -> Path:
    lines = ["new", "Subscribe", "byMo and friends", "Mar 17", *(x for pair in pairs for x in pair)]
    path = folder / "listing.txt"
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def jsonl_of(folder: Path, *entries: object) -> Path:
    path = folder / "papers.jsonl"
    lines = (entry if isinstance(entry, str) else json.dumps(entry) for entry in entries)
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def imported(*sources: Path, into: Path, update: bool = False, dry: bool = False) -> ImportReport:
    return importers.import_files(
        sources, into, listed=LISTED, update=update, dry_run=dry, today=TODAY
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "content"


def test_a_listing_becomes_a_survey_that_reads_without_problems(
    folder: Path, tmp_path: Path
) -> None:
    report = imported(listing_of(tmp_path), into=folder)

    survey = content.read(folder)
    assert report.summary == "3 entries: 3 added, 0 updated, 0 matched, 0 reported"
    assert (len(survey.corpus.papers), survey.problems) == (3, ())
    assert survey.settings.curator.name == "Mo and friends"


def test_a_source_without_debris_reads_back_character_for_character(
    folder: Path, tmp_path: Path
) -> None:
    text = (
        "a) We <b> *test* _this_ $5 and $10; 2 < 3 & [see](here) #1, a_b, `x`, \\n. 1. Done - so."
    )
    imported(listing_of(tmp_path, [("On [Signs] & *Stars*", text)]), into=folder)

    (paper,) = content.read(folder).corpus.papers
    assert (paper.title_text, paper.abstract.text) == ("On [Signs] & *Stars*", text)


def test_the_file_is_short_and_plain(folder: Path, tmp_path: Path) -> None:
    imported(listing_of(tmp_path), into=folder)

    written = (folder / "papers/moss-networks-slow-learning-on-wet-stone.md").read_text()
    assert written == (
        '---\ntitle: "Moss Networks: Slow Learning on Wet Stone"\nlisted: 2025-03-17\nposition: 1\n'
        "citekey: moss-networks\n---\nWe grow networks of moss *slowly*. It works.\n"
    )


def test_the_second_run_changes_nothing(folder: Path, tmp_path: Path) -> None:
    source = listing_of(tmp_path)
    imported(source, into=folder)
    before = snapshot(folder)

    report = imported(source, into=folder, update=True)

    assert report.summary == "3 entries: 0 added, 0 updated, 3 matched, 0 reported"
    assert snapshot(folder) == before


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    report = imported(listing_of(tmp_path), into=folder, dry=True)

    assert [write.path for write in report.writes][-1] == "survey.yaml"
    assert len(report.repairs) == 3
    assert not folder.exists()


def test_repairs_name_the_line_and_the_word(folder: Path, tmp_path: Path) -> None:
    source = listing_of(tmp_path)

    report = imported(source, into=folder)

    assert f'{source}:15: T\\"ULU → TÜLU' in map(str, report.repairs)


def test_a_curators_words_are_never_overwritten(folder: Path, tmp_path: Path) -> None:
    source = listing_of(tmp_path)
    imported(source, into=folder)
    path = folder / "papers/moss-networks-slow-learning-on-wet-stone.md"
    mine = "---\ntitle: 'moss networks: slow learning on WET stone'\nvenue: Mine\n---\nMy words.\n"
    path.write_text(mine)
    (folder / "survey.yaml").write_text("title: Mine\ncurator: Me\n")

    imported(source, into=folder)

    assert path.read_text() == mine
    assert (folder / "survey.yaml").read_text() == "title: Mine\ncurator: Me\nid: mine\n"


def test_update_fills_empty_fields_and_leaves_every_written_line(
    folder: Path, tmp_path: Path
) -> None:
    path = folder / "papers/moss.md"
    path.parent.mkdir(parents=True)
    path.write_text(
        f"---\ntitle: '{PAIRS[0][0]}'\nvenue: Mine  # dear to me\n---\n\n## Notes\nMy words.\n"
    )

    report = imported(listing_of(tmp_path), into=folder, update=True)

    assert (report.added, report.updated) == (2, 1)
    assert path.read_text() == (
        f"---\ntitle: '{PAIRS[0][0]}'\nlisted: 2025-03-17\nposition: 1\n"
        "venue: Mine  # dear to me\n---\n\n## Notes\nMy words.\n"
    )


def test_update_fills_what_is_empty_beside_what_is_not(folder: Path, tmp_path: Path) -> None:
    path = folder / "papers/moss.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Moss\nvenue: Mine\nurl:\n---\nMine.\n")
    theirs = {"title": "Moss", "venue": "Theirs", "url": "https://example.org", "year": 2024}

    imported(jsonl_of(tmp_path, theirs), into=folder, update=True)

    assert path.read_text() == (
        "---\ntitle: Moss\npublished: 2024\nvenue: Mine\nurl: https://example.org\n---\nMine.\n"
    )


def test_update_adds_a_missing_abstract(folder: Path, tmp_path: Path) -> None:
    path = folder / "papers/moss.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\ntitle: '{PAIRS[0][0]}'\n---\n")

    imported(listing_of(tmp_path), into=folder, update=True)

    assert path.read_text().endswith("---\nWe grow networks of moss *slowly*. It works.\n")


def test_a_broken_file_is_matched_by_its_name_and_stays(folder: Path, tmp_path: Path) -> None:
    path = folder / "papers/moss-networks-slow-learning-on-wet-stone.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: [half\n")

    report = imported(listing_of(tmp_path), into=folder, update=True)

    assert (report.added, report.matched, path.read_text()) == (2, 1, "---\ntitle: [half\n")


def test_a_draft_is_matched(folder: Path, tmp_path: Path) -> None:
    path = folder / "papers/moss.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\ntitle: '{PAIRS[0][0]}'\ndraft: true\n---\n")

    assert imported(listing_of(tmp_path), into=folder).matched == 1


def test_an_entry_that_stands_twice_is_matched_the_second_time(
    folder: Path, tmp_path: Path
) -> None:
    report = imported(listing_of(tmp_path, [PAIRS[0], PAIRS[1], PAIRS[0]]), into=folder)

    assert report.summary == "3 entries: 2 added, 0 updated, 1 matched, 0 reported"


def test_titles_with_one_slug_get_numbered_ids_and_keys(folder: Path, tmp_path: Path) -> None:
    source = jsonl_of(
        tmp_path,
        {"title": "Moss & Stone", "doi": "10.1000/a"},
        {"title": "Moss & Stone", "doi": "10.1000/b"},
    )

    imported(source, into=folder)

    found = content.read(folder).corpus.papers
    assert [(paper.id, paper.citekey) for paper in found] == [
        ("moss-stone", "moss-stone"),
        ("moss-stone-2", "moss-stone-2"),
    ]


def test_a_title_without_latin_letters_is_transliterated(folder: Path, tmp_path: Path) -> None:
    imported(listing_of(tmp_path), into=folder)

    assert (folder / "papers/tai-xian-wang-luo.md").exists()


def test_a_title_without_any_letter_is_named_by_its_hash(folder: Path, tmp_path: Path) -> None:
    imported(jsonl_of(tmp_path, {"title": "🌿"}), into=folder)

    (name,) = (path.name for path in (folder / "papers").iterdir())
    assert (name[:6], len(name)) == ("paper-", len("paper-12345678.md"))


def test_json_lines_bring_authors_dates_and_identifiers(folder: Path, tmp_path: Path) -> None:
    source = jsonl_of(
        tmp_path,
        {
            "title": "Moss",
            "abstract": "We grow it.",
            "authors": ["Ada Example", "Jan van der Sample", {"name": "Moss Group"}],
            "year": 2024,
            "doi": "https://doi.org/10.1000/MOSS",
            "keywords": ["moss", "stone, wet"],
        },
    )

    imported(source, into=folder)

    (paper,) = content.read(folder).corpus.papers
    assert [author.name for author in paper.authors] == [
        "Ada Example",
        "Jan van der Sample",
        "Moss Group",
    ]
    assert (str(paper.published), paper.doi) == ("2024", "10.1000/moss")
    assert (paper.citekey, paper.keywords) == ("example2024moss", ("moss", "stone, wet"))
    assert paper.added == TODAY


def test_lines_that_are_no_papers_are_reported_and_counted(folder: Path, tmp_path: Path) -> None:
    source = jsonl_of(tmp_path, {"title": "Moss"}, "{broken", "[1]", {"abstract": "No title."})

    report = imported(source, into=folder)

    assert report.summary == "4 entries: 1 added, 0 updated, 0 matched, 3 reported"
    assert [problem.location.line for problem in report.problems] == [2, 3, 4]


def test_a_listing_whose_year_is_unknown_is_reported_whole(folder: Path, tmp_path: Path) -> None:
    report = importers.import_files([listing_of(tmp_path)], folder, today=TODAY)

    assert (report.reported, report.entries, folder.exists()) == (3, 3, False)


def test_a_title_of_control_characters_is_reported(folder: Path, tmp_path: Path) -> None:
    report = imported(jsonl_of(tmp_path, {"title": "\x1b"}), into=folder)

    assert (report.reported, report.problems[0].location.line) == (1, 1)


@pytest.mark.parametrize(
    "content_of", [None, b"PK\x03\x04 zip", b"a\x00b"], ids=["missing", "zip", "nul"]
)
def test_an_unreadable_source_is_an_error(
    content_of: bytes | None, folder: Path, tmp_path: Path
) -> None:
    source = tmp_path / "source.txt"
    if content_of is not None:
        source.write_bytes(content_of)

    report = imported(source, into=folder)

    assert has_errors(report.problems)
    assert not folder.exists()


def test_a_file_that_appears_meanwhile_is_not_overwritten(folder: Path) -> None:
    from conspectus.importers import files

    path = folder / "papers/moss.md"
    files.create(path, "first")

    with pytest.raises(FileExistsError):
        files.create(path, "second")

    assert path.read_text() == "first"
    assert [entry.name for entry in path.parent.iterdir()] == ["moss.md"]


def test_a_large_survey_keeps_new_papers_in_a_folder_of_their_year(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importers, "_YEAR_FOLDERS_ABOVE", 10)
    entries = [{"title": f"Moss number {n}", "year": 2000 + n % 2} for n in range(11)]

    report = imported(jsonl_of(tmp_path, *entries), into=folder, dry=True)

    assert report.writes[0].path == "papers/2000/moss-number-0.md"


def test_a_thousand_more_papers_change_no_citation_key(folder: Path, tmp_path: Path) -> None:
    imported(listing_of(tmp_path), into=folder)
    before = {p.id: p.citekey for p in content.read(folder).corpus.papers}

    imported(
        jsonl_of(tmp_path, *({"title": f"Moss Networks {n}"} for n in range(100))), into=folder
    )

    after = {p.id: p.citekey for p in content.read(folder).corpus.papers}
    assert before.items() <= after.items()
    assert len({key.lower() for key in after.values()}) == len(after)
