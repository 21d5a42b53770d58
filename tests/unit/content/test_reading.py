"""A content folder is read whole: papers, pages, lists, files, and everything wrong with them."""

import datetime
import os
from pathlib import Path

import pytest

from conspectus import content
from conspectus.content import Content, read_paper
from conspectus.model.papers import Author, Link, Paper, PartialDate

FULL = """---
title: "Slow Moss: $x^2$ Ways of *Growing*"
authors: [Ada Example, "Sample, Alan", {name: Maria van der Moss, orcid: 0000-0002-1825-0097}]
published: 2025-02
listed: 2025-03-17
position: 5
venue: Journal of Moss
added: 2025-03-18
doi: https://doi.org/10.1000/Moss.1
arxiv: arXiv:2502.12150
url: https://example.org/moss
pdf: https://example.org/moss.pdf
links: [{kind: code, url: "https://example.org/code"}, "https://github.com/moss/moss"]
citekey: example2025slow
aliases: [old-moss]
csl: {type: article-journal, volume: 12, page: 1-9, note: ~}
keywords: [moss, stone]
language: no
upvotes: 12
attributes: {method: GRPO, model size: 7B, open weights: yes}
sources: {venue: crossref, doi: openalex}
---
We grow moss. See https://github.com/moss/moss and https://example.org/demo.

## Results
Moss grows.

## Notes
Read this *first*.
"""


def write(folder: Path, path: str, text: str | bytes) -> Path:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode() if isinstance(text, str) else text)
    return target


def paper(title: str = "Moss", front: str = "", body: str = "Moss grows.") -> str:
    return f"---\ntitle: {title}\n{front}---\n{body}\n"


def only_paper(text: str) -> Paper:
    found, problems = read_paper(text, "papers/moss.md")
    assert (found is not None, problems) == (True, ())
    assert found is not None
    return found


def messages(survey: Content) -> list[str]:
    return [problem.message for problem in survey.problems]


# Papers


def test_every_field_is_read_by_its_own_reader() -> None:
    found = only_paper(FULL)

    assert (found.title_text, found.title) == (
        "Slow Moss: x^2 Ways of Growing",
        "Slow Moss: $x^2$ Ways of *Growing*",
    )
    assert found.authors == (
        Author("Example", "Ada"),
        Author("Sample", "Alan"),
        Author("van der Moss", "Maria", "0000-0002-1825-0097"),
    )
    assert found.published == PartialDate(2025, 2)
    assert (found.listed, found.position) == (datetime.date(2025, 3, 17), 5)
    assert (found.added, found.venue) == (datetime.date(2025, 3, 18), "Journal of Moss")
    assert (found.doi, found.arxiv) == ("10.1000/moss.1", "2502.12150")
    assert (found.url, found.pdf) == ("https://example.org/moss", "https://example.org/moss.pdf")
    assert (found.citekey, found.aliases) == ("example2025slow", ("old-moss",))
    assert found.csl == '{"page": "1-9", "type": "article-journal", "volume": "12"}'
    assert (found.keywords, found.language, found.upvotes) == (("moss", "stone"), "no", 12)
    assert found.attributes == (("method", "GRPO"), ("model size", "7B"), ("open weights", "yes"))
    assert found.sources == (("venue", "crossref"), ("doi", "openalex"))


def test_one_link_needs_no_list_around_it() -> None:
    link = "{kind: code, url: https://example.org/code}"
    alone, listed = (only_paper(paper(front=f"links: {each}\n")) for each in (link, f"[{link}]"))
    assert alone.links == listed.links == (Link("code", "https://example.org/code"),)


def test_links_of_the_front_matter_come_first_and_none_is_repeated() -> None:
    found = only_paper(FULL).links

    assert found[:2] == (
        Link("code", "https://example.org/code"),
        Link("code", "https://github.com/moss/moss"),
    )
    assert [link.url for link in found[2:]] == ["https://example.org/demo"]


def test_the_notes_begin_at_their_heading_and_other_headings_stay_in_the_abstract() -> None:
    found = only_paper(FULL)

    assert found.abstract.text.split("\n")[1:] == ["Results", "Moss grows."]
    assert found.notes.text == "Read this first."


@pytest.mark.parametrize(
    "line", ["### Notes", "## Notes on moss", " ## Notes", "##Notes", "## notes"]
)
def test_only_the_exact_heading_begins_the_notes(line: str) -> None:
    assert only_paper(paper(body=f"Moss.\n\n{line}\n\nMore.")).notes.text == ""


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Yes", "Yes"),
        ("1984", "1984"),
        ("2502.12150", "2502.12150"),
        ("2025-03-17", "2025-03-17"),
        ("'null'", "null"),
        ('"~"', "~"),
        ("0x1F", "0x1F"),
        (">-\n  Two\n  Lines", "Two Lines"),
        ("Two\n  Lines", "Two Lines"),
    ],
)
def test_a_title_is_the_text_that_stands_there(written: str, title: str) -> None:
    assert only_paper(paper(written)).title == title


@pytest.mark.parametrize("empty", ["", "~", "null", '""', "' '"])
def test_an_empty_field_is_absent(empty: str) -> None:
    front = "".join(f"{key}: {empty}\n" for key in ("authors", "published", "doi", "csl", "links"))

    assert only_paper(paper(front=front)) == only_paper(paper())


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Ada Lovelace", Author("Lovelace", "Ada")),
        ('"Turing, Alan M."', Author("Turing", "Alan M.")),
        ("Ludwig van Beethoven", Author("van Beethoven", "Ludwig")),
        ("Vincent van der Berg", Author("van der Berg", "Vincent")),
        ('"King, Jr., Martin Luther"', Author("King Jr.", "Martin Luther")),
        ("Sammy Davis Jr.", Author("Davis Jr.", "Sammy")),
        ("Plato", Author("Plato")),
        ("王伟", Author("王伟")),
        ('"{Moss Research Group}"', Author("Moss Research Group")),
        ("{family: Moss Research Group}", Author("Moss Research Group")),
        ("{name: Ada Example, affiliation: Moss Lab}", Author("Example", "Ada", "", "Moss Lab")),
    ],
)
def test_a_name_is_read_in_either_order(written: str, author: Author) -> None:
    assert only_paper(paper(front=f"authors:\n  - {written}\n")).authors == (author,)


@pytest.mark.parametrize(
    ("written", "arxiv"),
    [
        ("2502.12150", "2502.12150"),
        ("2502.12150v2", "2502.12150v2"),
        ("https://arxiv.org/abs/2502.12150", "2502.12150"),
        ("cs/0501001", "cs/0501001"),
        ("math.AG/0501001", "math.AG/0501001"),
    ],
)
def test_an_arxiv_identifier_is_read_in_its_usual_forms(written: str, arxiv: str) -> None:
    assert only_paper(paper(front=f"arxiv: {written}\n")).arxiv == arxiv


@pytest.mark.parametrize(
    "alter",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("---\n", "---  \n"),
    ],
    ids=["crlf", "cr", "bom", "spaces after the fence"],
)
def test_line_ends_and_byte_order_marks_do_not_matter(alter: object, tmp_path: Path) -> None:
    assert callable(alter)
    write(tmp_path, "papers/moss.md", alter(FULL))
    (found,) = content.read(tmp_path).corpus.papers

    assert found == only_paper(FULL)


def test_a_problem_in_the_text_stands_at_its_line_and_column() -> None:
    _, problems = read_paper(paper(body="\nMoss.\n\nThen $\\frac{$ again."), "papers/moss.md")

    assert [str(problem.location) for problem in problems] == ["papers/moss.md:7:7"]


def test_a_problem_in_the_title_stands_at_its_column() -> None:
    _, problems = read_paper(paper('"Moss $\\\\frac{$"'), "papers/moss.md")

    assert problems[0].location.line == 2
    assert problems[0].location.column > len("title: ")


def test_a_draft_is_left_out_with_its_problems(tmp_path: Path) -> None:
    write(tmp_path, "papers/moss.md", "---\ndraft: true\npublished: soon\n---\n")

    assert content.read(tmp_path) == content.read(write(tmp_path, "empty/x", "").parent)


def test_reading_is_a_function_of_the_text_alone() -> None:
    assert read_paper(FULL, "papers/a.md") == read_paper(FULL, "papers/a.md")


# The folder


def test_papers_come_sorted_by_id(tmp_path: Path) -> None:
    for name in ("b", "a-2", "2025/z", "a"):
        write(tmp_path, f"papers/{name}.md", paper(name))

    assert [found.id for found in content.read(tmp_path).corpus.papers] == [
        "2025/z",
        "a",
        "a-2",
        "b",
    ]


def test_one_bad_paper_does_not_hide_the_next_ones_problem(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path, f"papers/{name}.md", paper(name, "published: soon\nposition: x\n"))
    write(tmp_path, "survey.yaml", "base_url: nowhere\n")
    write(tmp_path, "lists/x.yaml", "papers: []\n")

    found = content.read(tmp_path).problems

    assert len(found) == 8
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    "paper_id",
    [
        "Moss", "moss_net", "mo ss", "-moss", "moss-", ".moss-x", "mößchen", "index", "index-2",
        "con", "com1", "nul.moss", "2025/con", "2025/index", "a/b/c", "m" * 81, "2025/" + "m" * 76,
        "moss.",
    ],
)  # fmt: skip
def test_an_id_that_cannot_be_a_url_for_ever_is_refused_with_a_proposal(
    paper_id: str, tmp_path: Path
) -> None:
    if paper_id.startswith("."):
        paper_id = paper_id.lstrip(".") + "!"
    write(tmp_path, f"papers/{paper_id}.md", paper())

    survey = content.read(tmp_path)

    (problem,) = survey.problems
    assert problem.is_error
    assert "rename the file, for instance to papers/" in problem.remedy
    assert survey.corpus.papers == ()
    proposal = problem.remedy.split(" to ")[1]
    write(tmp_path / "other", proposal, paper())
    assert content.read(tmp_path / "other").problems == ()


@pytest.mark.parametrize(
    "paper_id", ["m", "m" * 80, "a.b-c", "2025/moss", "2025/" + "m" * 75, "indexing", "console"]
)
def test_a_sane_id_is_taken(paper_id: str, tmp_path: Path) -> None:
    write(tmp_path, f"papers/{paper_id}.md", paper())

    assert [found.id for found in content.read(tmp_path).corpus.papers] == [paper_id]


def test_names_that_differ_by_case_only_are_an_error_that_names_both(tmp_path: Path) -> None:
    write(tmp_path, "files/Moss.txt", "a")
    write(tmp_path, "files/moss.txt", "b")

    (problem,) = content.read(tmp_path).problems

    assert (problem.location.path, "files/Moss.txt" in problem.message) == (
        f"{tmp_path.as_posix()}/files/moss.txt",
        True,
    )


def test_names_that_differ_by_unicode_form_only_are_an_error(tmp_path: Path) -> None:
    write(tmp_path, "files/caf\u00e9.txt", "a")
    write(tmp_path, "files/cafe\u0301.txt", "b")

    assert "Unicode form" in messages(content.read(tmp_path))[0]


def test_a_symbolic_link_out_of_the_folder_is_an_error(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.md", paper())
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/papers/moss.md").symlink_to(secret)

    survey = content.read(tmp_path / "content")

    assert (len(survey.corpus.papers), "leaves the folder" in messages(survey)[0]) == (0, True)


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "content/papers").mkdir(parents=True)
    (tmp_path / "content/papers/loop").symlink_to(tmp_path / "content/papers")

    assert "leads nowhere" in messages(content.read(tmp_path / "content"))[0]


@pytest.mark.parametrize(
    "name", ["moss.md~", ".moss.md.swp", "#moss.md#", ".DS_Store", "Thumbs.db", ".#moss.md"]
)
def test_files_of_editors_and_systems_are_passed_over(name: str, tmp_path: Path) -> None:
    write(tmp_path, f"papers/{name}", b"\xff\x00")

    assert content.read(tmp_path).problems == ()


def test_a_file_with_another_ending_is_a_warning_with_the_name_to_give(tmp_path: Path) -> None:
    write(tmp_path, "papers/moss.markdown", paper())

    (problem,) = content.read(tmp_path).problems

    assert (problem.severity, problem.remedy) == ("warning", "name it papers/moss.md")


@pytest.mark.parametrize(
    ("name", "meant"), [("survey.yml", "survey.yaml"), ("paper", "papers"), ("list", "lists")]
)
def test_a_name_that_is_nearly_right_is_a_warning(name: str, meant: str, tmp_path: Path) -> None:
    write(tmp_path, name, "")

    assert content.read(tmp_path).problems[0].remedy == f'did you mean "{meant}"?'


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = write(tmp_path, "papers/moss.md", "")
    os.truncate(path, 50_000_000)

    assert messages(content.read(tmp_path)) == ["the file is larger than 5 MB"]


def test_a_folder_that_cannot_be_opened_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "papers").mkdir()
    refused = PermissionError(13, "Permission denied", str(tmp_path / "papers"))

    def refuse(path: str) -> None:
        raise refused if str(path).endswith("papers") else FileNotFoundError(path)

    monkeypatch.setattr(os, "scandir", refuse)

    assert messages(content.read(tmp_path))[0] == "unreadable: Permission denied"


def test_an_empty_folder_is_an_empty_survey(tmp_path: Path) -> None:
    survey = content.read(tmp_path)

    assert (survey.corpus.papers, survey.problems) == ((), ())


def test_a_missing_folder_is_an_error_with_the_command_that_makes_one(tmp_path: Path) -> None:
    (problem,) = content.read(tmp_path / "moss" / "content").problems

    assert problem.remedy == f"begin a survey with: conspectus init {tmp_path.as_posix()}/moss"


def test_a_file_in_the_place_of_the_folder_is_an_error(tmp_path: Path) -> None:
    assert content.read(write(tmp_path, "content", "")).problems[0].is_error


def test_places_are_as_the_user_typed_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "content/papers/moss.md", paper(front="published: soon\n"))
    monkeypatch.chdir(tmp_path)

    (problem,) = content.read(Path("content")).problems

    assert str(problem.location) == "content/papers/moss.md:3:12"


def test_thousands_of_unknown_keys_are_counted_and_not_all_named() -> None:
    front = "".join(f"field{n}: x\n" for n in range(3000))

    _, problems = read_paper(paper(front=front), "papers/moss.md")

    assert len(problems) == 21
    assert problems[-1].message == "2980 more unknown keys from here on"


# Between papers


def test_a_duplicate_title_is_a_warning_on_the_later_one(tmp_path: Path) -> None:
    write(tmp_path, "papers/a.md", paper("Über Moss!"))
    write(tmp_path, "papers/b.md", paper("uber moss"))

    (problem,) = content.read(tmp_path).problems

    assert (problem.severity, "papers/a.md" in problem.message) == ("warning", True)


def test_a_citation_key_that_two_papers_claim_stays_with_the_first(tmp_path: Path) -> None:
    write(tmp_path, "papers/a.md", paper("One", "citekey: moss2025\n"))
    write(tmp_path, "papers/b.md", paper("Two", "citekey: Moss2025\n"))

    survey = content.read(tmp_path)

    assert [found.citekey for found in survey.corpus.papers] == ["moss2025", ""]
    assert [problem.severity for problem in survey.problems] == ["warning"]


def test_an_alias_never_takes_a_living_papers_place(tmp_path: Path) -> None:
    write(tmp_path, "papers/a.md", paper("One", "aliases: [b, c, a]\n"))
    write(tmp_path, "papers/b.md", paper("Two", "aliases: [c, d]\n"))

    survey = content.read(tmp_path)

    assert [found.aliases for found in survey.corpus.papers] == [("c",), ("d",)]
    assert len(survey.problems) == 3


# Pages, lists, files


def test_a_page_takes_its_title_from_its_heading(tmp_path: Path) -> None:
    write(tmp_path, "pages/contribute.md", "\n# How to Help\n\nSend *moss*.\n")

    (page,) = content.read(tmp_path).pages

    assert (page.slug, page.title, page.body.text) == ("contribute", "How to Help", "Send moss.")


def test_a_page_may_have_front_matter(tmp_path: Path) -> None:
    write(tmp_path, "pages/about.md", "---\ntitle: About\n---\nMoss.\n")

    assert content.read(tmp_path).pages[0].title == "About"


@pytest.mark.parametrize(
    "slug", ["papers", "search", "404", "index", "index-2", "map", "reading-list"]
)
def test_a_page_name_that_the_site_uses_is_refused(slug: str, tmp_path: Path) -> None:
    write(tmp_path, f"pages/{slug}.md", "# Moss\n")

    survey = content.read(tmp_path)

    assert (survey.pages, survey.problems[0].is_error) == ((), True)


def test_a_list_keeps_its_order_and_follows_aliases(tmp_path: Path) -> None:
    write(tmp_path, "papers/a.md", paper("One", "aliases: [old]\n"))
    write(tmp_path, "papers/b.md", paper("Two"))
    write(
        tmp_path,
        "lists/evening.yaml",
        "title: Evening\nnote: |\n  First.\n\n  Second.\npapers:\n  - b\n"
        "  - {paper: old, note: Hard., person: Mo, date: 2025-04-01}\n",
    )

    (found,) = content.read(tmp_path).lists

    assert [(entry.paper, entry.note, entry.person) for entry in found.entries] == [
        ("b", "", ""),
        ("a", "Hard.", "Mo"),
    ]
    assert found.entries[1].date == datetime.date(2025, 4, 1)
    assert found.note.text == "First.\nSecond."


def test_a_list_whose_name_cannot_be_a_url_is_told_one_that_can(tmp_path: Path) -> None:
    write(tmp_path, "lists/Über Moos.yaml", "title: Moss\n")
    write(tmp_path, "lists/!!.yaml", "title: Moss\n")

    assert [problem.remedy for problem in content.read(tmp_path).problems] == [
        "rename it, for instance to lists/list-c8b336e2.yaml",
        "rename it, for instance to lists/uber-moos.yaml",
    ]


def test_files_are_found_with_hidden_ones(tmp_path: Path) -> None:
    write(tmp_path, "files/.well-known/moss.txt", "x")
    write(tmp_path, "files/CNAME", "example.org")

    assert [file.permalink for file in content.read(tmp_path).files] == [
        ".well-known/moss.txt",
        "CNAME",
    ]


@pytest.mark.parametrize(
    "name", ["index.html", "papers/x.html", "robots.txt", "404.html", "Search.html", "help.html"]
)
def test_a_file_in_the_place_of_a_page_is_an_error(name: str, tmp_path: Path) -> None:
    write(tmp_path, f"files/{name}", "x")
    write(tmp_path, "pages/help.md", "# Help\n")

    assert "a file of its own" in messages(content.read(tmp_path))[0]
