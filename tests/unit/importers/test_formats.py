"""Files of many programs: each is told from its content, and its entries add up."""

import datetime
from pathlib import Path

import pytest

from conspectus import content, importers
from conspectus.cli import papers as cli
from conspectus.importers import ImportReport, formats
from conspectus.importers.entries import Entry, Reading
from conspectus.importers.formats import encodings
from tests.support.building import FIXTURES, SHARED

TODAY = datetime.date(2025, 3, 18)
OURS = FIXTURES / "imports"
COUNTS = {
    "library.bib": ("bibtex", 6, 4),
    "wide.bib": ("bibtex", 1, 0),
    "windows.bib": ("bibtex", 1, 0),
    "records.ris": ("ris", 3, 1),
    "records.wos": ("wos", 1, 0),
    "records.nbib": ("nbib", 2, 0),
    "items.csl.json": ("csl", 2, 1),
    "crossref.json": ("csl", 1, 0),
    "feed.xml": ("arxiv", 1, 1),
    "daily.json": ("hf", 2, 0),
    "works.json": ("openalex", 2, 0),
    "scholar.json": ("semantic-scholar", 2, 0),
    "table.csv": ("csv", 2, 1),
    "table.tsv": ("csv", 1, 0),
    "papers.jsonl": ("jsonl", 2, 2),
    "library.enw": ("endnote", 2, 0),
    "report.ovid.txt": ("ovid", 1, 0),
    "report.nep.txt": ("nep", 2, 0),
}
"""Of our own files: the format, how many entries make papers, and how many are reported."""


def text_of(path: Path) -> str:
    found = encodings.decode(path.read_bytes())
    assert found is not None
    return found.text


def read(name: str) -> Reading:
    kind, *_ = COUNTS[name]
    return formats.READERS[kind](text_of(OURS / name), name)


def entries(name: str) -> tuple[Entry, ...]:
    return read(name).entries


def imported(path: Path, into: Path, **options: bool) -> ImportReport:
    return importers.import_files([path], into, today=TODAY, **options)


def shared() -> list[tuple[Path, int, int]]:
    """The real files with the counts that their README states; our own where there are none."""
    folder = SHARED / "data" / "imports"
    if not folder.is_dir():
        return [
            (OURS / name, added + reported, -1) for name, (_, added, reported) in COUNTS.items()
        ]
    counts = {}
    for line in (folder / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 4 and cells[1].startswith("`"):
            counts[cells[1].strip("`")] = (int(cells[2]), int(cells[3]))
    return [
        (path, *counts[path.name]) for path in sorted(folder.glob("*/*")) if path.name in counts
    ]


ANSWERS_OF_ERROR = ("id_abc_error.json",)
"""A feed of no paper, whose one entry says why: it is reported."""


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_the_format_is_told_from_the_content(name: str) -> None:
    assert formats.told(text_of(OURS / name)) == COUNTS[name][0]


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_entry_is_imported_or_reported_with_its_line(name: str) -> None:
    reading = read(name)

    assert (len(reading.entries), reading.reported) == COUNTS[name][1:]
    assert all(problem.location.line for problem in reading.problems)
    assert all(entry.line for entry in reading.entries)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_what_is_imported_reads_without_errors(name: str, tmp_path: Path) -> None:
    imported(OURS / name, tmp_path / "content")

    problems = content.read(tmp_path / "content").problems
    assert [str(p) for p in problems if p.is_error or p.message != "no abstract"] == []


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_second_import_matches_everything_and_changes_nothing(name: str, tmp_path: Path) -> None:
    imported(OURS / name, tmp_path / "content")

    report = imported(OURS / name, tmp_path / "content", update=True)

    assert (report.added, report.updated, report.matched) == (0, 0, COUNTS[name][1])
    assert len(report.matches) == COUNTS[name][1]


@pytest.mark.parametrize(
    ("path", "count", "abstracts"), shared(), ids=[path.name for path, *_ in shared()]
)
def test_real_files_yield_what_their_readme_states(
    path: Path, count: int, abstracts: int, tmp_path: Path
) -> None:
    report = imported(path, tmp_path / "content")

    assert report.entries == count + (path.name in ANSWERS_OF_ERROR)
    kind = formats.told(text_of(path))
    entries = formats.READERS[kind](text_of(path), path.name).entries
    lost = {"encoding-windows-1252-without-header.bib": 1, "missing_values.csv": 2}
    found = sum(bool(entry.abstract.text) for entry in entries)
    assert abstracts in (-1, found + lost.get(path.name, 0))


@pytest.mark.parametrize("path", [path for path, *_ in shared()], ids=lambda path: path.name)
def test_no_title_of_a_real_file_keeps_tex_or_html(path: Path, tmp_path: Path) -> None:
    imported(path, tmp_path / "content")

    papers = content.read_papers(tmp_path / "content").papers if path.exists() else ()
    titles = [found.paper.title for found in papers if found.paper]
    outside_math = ["".join(title.split("$")[::2]) for title in titles]
    assert [t for t in outside_math if any(sign in t for sign in ("{", "}", "</", "&amp;"))] == []


def test_the_command_offers_every_format() -> None:
    assert cli.FORMATS == importers.FORMATS


def test_a_format_can_be_named_against_the_look(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("TI  - Moss\nTY  - JOUR\nTI  - Moss on Stone\nER  -\n")

    report = importers.import_files([path], tmp_path / "content", format="csv", today=TODAY)

    assert (report.added, report.reported) == (0, 1)


def test_several_sources_share_what_is_known(tmp_path: Path) -> None:
    twice = tmp_path / "twice.ris"
    twice.write_text("TY  - JOUR\nTI  - Another title\nDO  - 10.5555/CSV.1\nER  -\n")

    report = importers.import_files([OURS / "table.csv", twice], tmp_path / "content", today=TODAY)

    assert report.summary == "4 entries: 2 added, 0 updated, 1 matched, 1 reported"
    assert str(report.matches[0]).startswith(f'{twice}:1:1: "Another title" is papers/moss-a-table')


def test_html_of_no_feed_is_refused_with_a_remedy(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html><body>Moss</body></html>")

    (problem,) = imported(page, tmp_path / "content").problems

    assert problem.is_error
    assert "RIS" in problem.remedy


def test_a_feed_that_declares_entities_is_refused(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "moss">]>'
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>&a;</title></entry></feed>'
    )

    report = imported(feed, tmp_path / "content")

    assert (report.added, report.reported) == (0, 1)


def test_a_list_of_json_that_was_cut_off_keeps_what_stands_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.json"
    path.write_text('[{"title": "Moss One"},\n {"title": "Moss Two"},\n {"title": "Mo')

    report = imported(path, tmp_path / "content")

    assert report.summary == "3 entries: 2 added, 0 updated, 0 matched, 1 reported"
    assert report.problems[0].location.line == 3


def test_half_a_pair_of_surrogates_is_no_letter(tmp_path: Path) -> None:
    path = tmp_path / "half.jsonl"
    path.write_text(r'{"title": "Moss \ud800 and \ud83c\udf3f", "abstract": "So \udfff."}')

    imported(path, tmp_path / "content")

    (paper,) = content.read(tmp_path / "content").corpus.papers
    assert paper.title_text == "Moss \ufffd and 🌿"


# What each format brings


def test_a_days_listing_keeps_its_order_and_its_day() -> None:
    first, second = entries("daily.json")

    assert (first.listed, first.position, second.position) == (datetime.date(2025, 2, 3), 1, 2)
    assert (first.title.text, first.upvotes) == ("Moss at Scale", 7)
    assert first.links[0].url == "https://github.com/example/moss"


def test_an_abstract_is_put_together_from_its_index() -> None:
    assert entries("works.json")[0].abstract.text == "Moss is open; Moss grows."


def test_the_first_of_january_is_a_year_in_openalex() -> None:
    assert str(entries("works.json")[1].published) == "2017"


def test_a_paper_one_level_down_is_found() -> None:
    first, second = entries("scholar.json")

    assert (first.arxiv, second.title.text) == ("2607.00001", "Moss, Cited")


def test_a_formula_that_stands_twice_is_kept_once() -> None:
    assert entries("crossref.json")[0].abstract.text == "Energy $E=mc^2$ of moss."


def test_a_csl_name_keeps_its_particle_and_an_institution_its_name() -> None:
    assert [(a.family, a.given) for a in entries("items.csl.json")[0].authors] == [
        ("van der Sample", "Jan"),
        ("Moss Group", ""),
    ]


def test_ris_reads_repeated_tags_links_and_marked_keywords() -> None:
    found = entries("records.ris")[0]

    assert (found.doi, found.keywords) == ("10.5555/ris.1", ("Moss", "patience", "stone"))
    assert found.abstract.text == "We wait.\n\nH₂O helps at p < 0.05."
    assert [author.name for author in found.authors] == ["Ada Example", "M.O. Li"]


def test_ris_joins_lines_that_go_on_and_says_what_is_no_year() -> None:
    reading = read("records.ris")

    assert reading.entries[1].title.text == "A title that goes on over two lines"
    assert [p.location.line for p in reading.problems if "no date" in p.message] == [31]


def test_pubmed_loses_its_full_stop_and_keeps_the_orcid() -> None:
    first, second = entries("records.nbib")

    assert first.title.text == "Moss provides access to nearly all of the stone"
    assert (first.authors[0].orcid, second.title.text, second.language) == (
        "0000-0002-1825-0097",
        "Moos und Stein",
        "de",
    )


def test_a_report_of_working_papers_counts_each_title_once() -> None:
    first, second = entries("report.nep.txt")

    assert (first.abstract.text, second.abstract.text) == (
        "We sell moss. Nobody buys.",
        "Stones are heavy.",
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[1] Moss on Stone\n\nWe grow moss, and it waits.\n", "listing"),
        ("Title\n\nWe grow moss, and it waits.\n", "listing"),
        ("title\nMoss on Stone\n", "csv"),
        ("sep=;\ntitle;year\nMoss;2001\n", "csv"),
        ("Search: moss\n\nTitle,DOI\nMoss,10.5555/x\n", "csv"),
        ("PT\tAU\tTI\tPY\nJ\tExample, A\tMoss\t2001\n", "csv"),
        ('{"title": "Moss"}\n{"title": "Stone"}\n', "jsonl"),
        ('[{"title": "Moss"}]', "jsonl"),
        ('[{"id": "a", "type": "book", "title": "Moss"}]', "csl"),
        ("TY - JOUR\nTI - Moss\nER -\n", "ris"),
        ("<?xml version='1.0'?><records/>", "xml"),
    ],
)
def test_a_format_is_told_by_its_look(text: str, kind: str) -> None:
    assert formats.told(text) == kind


def test_a_source_without_entries_says_how_it_was_read(tmp_path: Path) -> None:
    path = tmp_path / "empty.bib"
    path.write_text("@comment{moss}\n@string{a = {b}}\n")

    (problem,) = imported(path, tmp_path / "content").problems

    assert "bibtex" in problem.message


def test_a_key_that_cannot_be_kept_is_told_with_its_successor(tmp_path: Path) -> None:
    report = imported(OURS / "library.bib", tmp_path / "content")

    (problem,) = [p for p in report.problems if "is not kept" in p.message]
    assert ('"quoted"' in problem.message, "another-moss" in problem.remedy) == (True, True)


def test_update_fills_what_a_listing_could_not_know(tmp_path: Path) -> None:
    paper = tmp_path / "content/papers/moss.md"
    paper.parent.mkdir(parents=True)
    paper.write_text("---\ntitle: Moss at Scale\nkeywords: [mine]\n---\nMy abstract.\n")

    report = imported(OURS / "daily.json", tmp_path / "content", update=True)

    assert (report.updated, report.added) == (1, 1)
    text = paper.read_text()
    assert all(line in text for line in ("keywords: [mine]", "upvotes: 7", "arxiv: 2502.00001"))
    assert text.endswith("---\nMy abstract.\n")
