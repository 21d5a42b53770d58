"""Bare papers are completed from records that are surely theirs, and from no others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conspectus import content
from conspectus.importers import similarity
from conspectus.importers.network.client import Keys
from conspectus.importers.network.completing import Completion, Outcome, complete, described
from conspectus.problems import ProblemsError
from tests.unit.network import answers
from tests.unit.network.answers import ABSTRACT, MOSS, OTHER
from tests.unit.network.serving import Server, client_to, ok, refused

BARE = f'---\ntitle: "{MOSS}"\nlisted: 2025-03-17\ncitekey: moss-networks\n---\n{ABSTRACT}\n'
NOTHING: dict[str, str] = {
    "/works": "{}",
    "/api/query": answers.atom(),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    written(tmp_path / "content", "moss", BARE)
    return tmp_path / "content"


def written(folder: Path, paper: str, text: str) -> Path:
    path = folder / "papers" / f"{paper}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def serve(
    server: Server, *, openalex: str = "", crossref: str = "", arxiv: str = "", by_doi: str = ""
) -> None:
    """Answers by title: OpenAlex and Crossref share a path here, and are asked in this order."""
    server.on("/works", ok(openalex or answers.openalex()), ok(crossref or answers.crossref()))
    server.on("/api/query", ok(arxiv or answers.atom()))
    if by_doi:
        server.on("/works/doi:10.1000/moss", ok(by_doi))


def run(
    server: Server, folder: Path, *wanted: str, dry: bool = False, **keys: str
) -> tuple[Completion, list[Outcome]]:
    told: list[Outcome] = []
    client = client_to(server, keys=Keys(**keys))
    return complete(folder, wanted, client, told.append, dry_run=dry), told


def text(folder: Path, paper: str = "moss") -> str:
    return (folder / "papers" / f"{paper}.md").read_text(encoding="utf-8")


# Filling


def test_empty_fields_are_filled_and_each_names_its_source(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    done, _ = run(server, folder)
    assert text(folder) == (
        f'---\ntitle: "{MOSS}"\nauthors: [Mo Example, Li Sample]\npublished: 2025-01-02\n'
        "listed: 2025-03-17\nvenue: Journal of Moss\ndoi: 10.1000/moss\ncitekey: moss-networks\n"
        "sources: {authors: openalex, published: openalex, venue: openalex, doi: openalex}\n"
        f"---\n{ABSTRACT}\n"
    )
    assert done.summary == "1 paper: 1 completed, 0 with candidates only, 0 not found"


def test_a_completed_paper_reads_without_problems(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    survey = content.read(folder)
    (paper,) = survey.corpus.papers
    assert survey.problems == ()
    assert dict(paper.sources)["doi"] == "openalex"
    assert (paper.citekey, str(paper.published)) == ("moss-networks", "2025-01-02")


def test_one_answer_that_has_all_is_enough(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    assert len(server.requests) == 1


def test_what_one_service_lacks_the_next_one_adds(server: Server, folder: Path) -> None:
    server.on(
        "/works", ok(answers.openalex({"doi": "", "published": ""})), ok(answers.crossref({}))
    )
    server.on("/api/query", ok(answers.atom()))
    run(server, folder)
    assert (
        "sources: {authors: openalex, published: crossref, venue: openalex, doi: crossref}"
        in text(folder)
    )


def test_arxiv_is_asked_last(server: Server, folder: Path) -> None:
    serve(server, arxiv=answers.atom({}))
    run(server, folder)
    assert [path.partition("?")[0] for path in server.paths] == ["/works", "/works", "/api/query"]
    assert "arxiv: 2501.00001" in text(folder)
    assert "url:" not in text(folder)


def test_a_field_that_is_there_is_never_touched(server: Server, folder: Path) -> None:
    mine = BARE.replace("listed:", "authors: [M. Example]  # as she signs\nvenue: Mine\nlisted:")
    written(folder, "moss", mine)
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    assert text(folder).startswith(
        f'---\ntitle: "{MOSS}"\nauthors: [M. Example]  # as she signs\npublished: 2025-01-02\n'
        "venue: Mine\nlisted: 2025-03-17\ndoi: 10.1000/moss\n"
    )


def test_a_second_run_asks_for_nothing_and_changes_nothing(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    before = text(folder)
    done, _ = run(server, folder)
    assert (text(folder), done.papers, len(server.requests)) == (before, 0, 1)


def test_sources_are_added_to_those_that_are_there(server: Server, folder: Path) -> None:
    known = "authors: [Mo Example]\nsources: {authors: crossref}\ncitekey"
    written(folder, "moss", BARE.replace("citekey", known))
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    assert (
        "sources: {authors: crossref, published: openalex, venue: openalex, doi: openalex}"
        in text(folder)
    )
    assert text(folder).count("sources:") == 1


def test_a_dry_run_shows_and_writes_nothing(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    done, (outcome,) = run(server, folder, dry=True)
    assert (text(folder), done.completed) == (BARE, 1)
    assert "doi: 10.1000/moss" in outcome.after


def test_the_scores_and_the_fields_are_told(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({}))
    _, (outcome,) = run(server, folder)
    assert list(described(outcome)) == [
        "papers/moss.md: openalex: title 1.00, abstract 1.00",
        "papers/moss.md: filled authors, published, venue, doi",
    ]


def test_a_preprint_server_is_no_venue(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({"venue": "arXiv (Cornell University)"}))
    run(server, folder)
    assert "venue" not in text(folder)


# Wrong near-matches


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "same title, other abstract": ({"abstract": OTHER}, "its abstract is another"),
    "same title, no abstract": ({"abstract": ""}, "there is no abstract to compare"),
    "a survey with a near title": (
        {"title": "A Survey of Moss Networks: Slow Learning on Wet Stone", "abstract": OTHER},
        "its title is another",
    ),
    "part II": ({"title": f"{MOSS} II"}, "its title counts differently"),
    "version 2": ({"title": f"{MOSS} 2"}, "its title counts differently"),
    "a longer title": ({"title": f"{MOSS} and on Bark in Autumn"}, "its title is another"),
}


@pytest.mark.parametrize("service", ["openalex", "crossref", "arxiv"])
@pytest.mark.parametrize(("record", "why"), WRONG.values(), ids=WRONG)
def test_a_wrong_near_match_fills_nothing_and_is_listed(
    server: Server, folder: Path, service: str, record: dict[str, Any], why: str
) -> None:
    answer = {"openalex": answers.openalex, "crossref": answers.crossref, "arxiv": answers.atom}
    serve(server, **{service: answer[service](record)})
    done, (outcome,) = run(server, folder)
    assert text(folder) == BARE
    assert done.summary == "1 paper: 0 completed, 1 with candidates only, 0 not found"
    assert [(each.service, each.against) for each in outcome.candidates] == [(service, why)]


def test_a_candidate_comes_with_the_line_that_would_take_it(server: Server, folder: Path) -> None:
    serve(server, crossref=answers.crossref({"abstract": ""}))
    _, (outcome,) = run(server, folder)
    why = "there is no abstract to compare"
    assert list(described(outcome)) == [
        f"papers/moss.md: candidate: crossref: title 1.00, abstract 0.00: {why}",
        f"    {MOSS} (Example et al., 2025-01-02)",
        "    if it is this one, write doi: 10.1000/moss and run complete again",
    ]


def test_the_right_record_is_found_among_wrong_ones(server: Server, folder: Path) -> None:
    wrong = [{**record, "doi": f"10.1000/wrong{n}"} for n, (record, _) in enumerate(WRONG.values())]
    serve(server, openalex=answers.openalex(*wrong, {}))
    run(server, folder)
    assert "doi: 10.1000/moss" in text(folder)


def test_records_that_disagree_about_the_authors_fill_nothing(server: Server, folder: Path) -> None:
    others = {"authors": ("Jo Other",), "doi": "10.1000/other"}
    serve(server, openalex=answers.openalex({}, others))
    done, _ = run(server, folder)
    assert (text(folder), done.candidates) == (BARE, 1)


def test_a_record_of_other_authors_fills_nothing(server: Server, folder: Path) -> None:
    mine = BARE.replace("listed:", "authors: [Jo Other]\nlisted:")
    written(folder, "moss", mine)
    serve(server, openalex=answers.openalex({}))
    run(server, folder)
    assert text(folder) == mine


def test_a_paper_without_an_abstract_gets_candidates_only(server: Server, folder: Path) -> None:
    written(folder, "moss", f'---\ntitle: "{MOSS}"\n---\n')
    serve(server, openalex=answers.openalex({}))
    done, _ = run(server, folder)
    assert (done.completed, done.candidates) == (0, 1)


def test_an_abstract_that_a_service_cut_short_is_recognised(server: Server, folder: Path) -> None:
    serve(server, openalex=answers.openalex({"abstract": ABSTRACT[:150]}))
    done, _ = run(server, folder)
    assert done.completed == 1


def test_case_accents_and_signs_of_a_title_do_not_matter(server: Server, folder: Path) -> None:
    serve(
        server, openalex=answers.openalex({"title": "MOSS networks – slow léarning on wet stone."})
    )
    done, _ = run(server, folder)
    assert done.completed == 1


def test_nothing_found_is_said(server: Server, folder: Path) -> None:
    serve(server)
    done, (outcome,) = run(server, folder)
    assert done.unknown == 1
    assert list(described(outcome)) == ["papers/moss.md: nothing found"]


# By identifier


def test_a_doi_that_the_curator_wrote_is_asked_for_itself(server: Server, folder: Path) -> None:
    written(folder, "moss", BARE.replace("listed:", "doi: 10.1000/moss\nlisted:"))
    serve(server, by_doi=answers.json.dumps(answers.work(abstract="")))
    run(server, folder)
    assert server.paths[0].startswith("/works/doi:10.1000/moss?")
    assert "authors: [Mo Example, Li Sample]" in text(folder)


def test_an_identifier_of_another_paper_is_a_warning(server: Server, folder: Path) -> None:
    mine = BARE.replace("listed:", "doi: 10.1000/moss\nlisted:")
    written(folder, "moss", mine)
    other = answers.work(title="Forty Years of Lichens", abstract=OTHER)
    serve(server, by_doi=answers.json.dumps(other))
    done, _ = run(server, folder)
    assert text(folder) == mine
    assert 'by its identifier this is "Forty Years of Lichens"' in done.problems[0].message


def test_a_doi_that_no_service_knows_is_no_error(server: Server, folder: Path) -> None:
    written(folder, "moss", BARE.replace("listed:", "doi: 10.1000/moss\nlisted:"))
    done, _ = run(server, folder)
    assert (done.unknown, done.problems) == (1, [])


# Which papers


def test_only_bare_papers_are_looked_up(server: Server, folder: Path) -> None:
    whole = "authors: [A B]\npublished: 2024\narxiv: 2501.00009\n---"
    written(folder, "whole", f"---\ntitle: Whole\n{whole}\nDone.\n")
    written(folder, "draft", "---\ntitle: Draft\ndraft: true\n---\nNot done.\n")
    serve(server)
    assert run(server, folder)[0].papers == 1


@pytest.mark.parametrize("name", ["moss", "papers/moss.md", "content/papers/moss.md", "former"])
def test_a_paper_is_named_by_id_file_or_alias(server: Server, folder: Path, name: str) -> None:
    written(folder, "moss", BARE.replace("listed:", "aliases: [former]\nlisted:"))
    serve(server)
    wanted = name.replace("content/", f"{folder.as_posix()}/")
    assert [outcome.path for outcome in run(server, folder, wanted)[1]] == ["papers/moss.md"]


def test_an_unknown_paper_is_an_error_with_the_nearest_one(server: Server, folder: Path) -> None:
    with pytest.raises(ProblemsError) as raised:
        run(server, folder, "mosss")
    assert raised.value.problems[0].remedy == 'did you mean "moss"?'
    assert server.requests == []


def test_a_broken_paper_is_an_error(server: Server, folder: Path) -> None:
    written(folder, "broken", "---\ntitle: [half\n")
    with pytest.raises(ProblemsError, match="the file has errors"):
        run(server, folder, "broken")


# Services out of order


def test_a_service_that_is_down_is_left_alone_and_the_others_asked(
    server: Server, folder: Path
) -> None:
    for n in range(3):
        written(folder, f"moss-{n}", BARE)
    server.on("/works", refused("403 Forbidden"))
    server.on("/api/query", ok(answers.atom({})))
    done, told = run(server, folder)
    assert (done.completed, len(told)) == (4, 4)
    assert [path.partition("?")[0] for path in server.paths].count("/works") == 2
    assert [problem.location.path for problem in done.problems] == ["crossref", "openalex"]


def test_where_nothing_can_be_asked_the_run_ends(server: Server, folder: Path) -> None:
    for n in range(9):
        written(folder, f"moss-{n}", BARE)
    server.on("/works", refused("403 Forbidden"))
    server.on("/api/query", refused("403 Forbidden"))
    done, told = run(server, folder)
    assert (len(told), len(done.problems), len(server.requests)) == (0, 3, 3)
    assert done.summary.endswith("0 not found, 10 not looked up")


def test_a_key_is_sent_and_never_shown(server: Server, folder: Path) -> None:
    server.on("/works", refused("403 Forbidden"))
    done, _ = run(server, folder, openalex="s3cret")
    assert "api_key=s3cret" in server.paths[0]
    assert "s3cret" not in "".join(map(str, done.problems))


@pytest.mark.parametrize(
    "body", ["", "moss", "null", "[]", '{"results": 5}', '{"message": {"items": [null, 5, {}]}}',
             "[" * 50_000, '{"results": [{"title": 5, "authorships": {}, "doi": []}]}'],
)  # fmt: skip
def test_a_broken_answer_fills_nothing(server: Server, folder: Path, body: str) -> None:
    server.on("/works", ok(body))
    server.on("/api/query", ok(body))
    run(server, folder)
    assert text(folder) == BARE


def test_hostile_words_of_a_service_stay_words(server: Server, folder: Path) -> None:
    hostile = {
        "authors": ('Mo "]}\n---\n<script>', "a: b # c"),
        "venue": "x\n---\ndraft: true\x1b[2J",
    }
    serve(server, openalex=answers.openalex(hostile))
    run(server, folder)
    (paper,) = content.read(folder).corpus.papers
    assert (paper.title_text, len(paper.authors), paper.abstract.text) == (MOSS, 2, ABSTRACT)


# Similarity


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [(ABSTRACT, ABSTRACT, 1.0), (ABSTRACT, OTHER, 0.0), ("", "", 0.0), ("Moss.", "Moss.", 0.0)],
)
def test_abstracts_are_compared_by_their_runs_of_words(one: str, other: str, score: float) -> None:
    assert similarity.of_abstracts(one, other) == score


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ("Moss Part I", "Moss Part II", True), ("Moss 2.0", "Moss 3.0", True),
        ("Moss", "Moss", False), ("Three Mosses", "Two Mosses", True), ("GPT-4", "GPT 4", False),
    ],
)  # fmt: skip
def test_numbers_of_titles_are_compared(one: str, other: str, differs: bool) -> None:
    assert similarity.have_other_numbers(one, other) is differs
