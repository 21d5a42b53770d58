"""A source's name becomes entries, and all that was asked for is accounted for."""

from __future__ import annotations

import datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from conspectus import content, importers
from conspectus.importers import ImportReport
from conspectus.importers.entries import Reading
from conspectus.importers.network.client import Keys
from conspectus.importers.network.sources import MOST_FOUND, fetch
from tests.unit.network import answers
from tests.unit.network.serving import Server, client_to, ok, refused

TODAY = datetime.date(2025, 3, 18)
SHARED = Path(__file__).parents[4] / "shared" / "data" / "imports"


def read(server: Server, name: str, **fields: str) -> Reading:
    found = fetch(name, client_to(server, keys=Keys(**fields)))
    assert found is not None
    return found


def imported(server: Server, folder: Path, *sources: str) -> ImportReport:
    client = client_to(server)
    return importers.import_files(
        sources, folder, today=TODAY, fetch=lambda name: fetch(name, client)
    )


def queries(server: Server) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query) for path in server.paths]


def messages(reading: Reading) -> list[str]:
    return [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    "name", ["-", "papers.bib", "folder/arxiv:1", "C:\\papers.bib", "http://x"]
)
def test_a_file_is_no_source_of_the_network(name: str, server: Server) -> None:
    assert fetch(name, client_to(server)) is None


# arXiv


def test_arxiv_papers_are_read_by_identifier(server: Server) -> None:
    server.on("/api/query", ok(answers.atom({}, {"id": "2502.12152", "title": "Getting up"})))
    reading = read(server, "arxiv:2501.00001,2502.12152v2")
    assert [entry.arxiv for entry in reading.entries] == ["2501.00001", "2502.12152"]
    assert queries(server)[0]["id_list"] == ["2501.00001,2502.12152v2"]


def test_old_identifiers_and_addresses_are_read(server: Server) -> None:
    server.on("/api/query", ok(answers.atom({"id": "astro-ph/0601001"}, {"id": "math.GT/0309136"})))
    read(server, "arxiv:astro-ph/0601001, https://arxiv.org/abs/math.GT/0309136")
    assert queries(server)[0]["id_list"] == ["astro-ph/0601001,math.GT/0309136"]


def test_an_identifier_that_arxiv_does_not_know_is_reported(server: Server) -> None:
    server.on("/api/query", ok(answers.atom({})))
    reading = read(server, "arxiv:2501.00001,2512.99999")
    assert (len(reading.entries), reading.reported) == (1, 1)
    assert messages(reading) == ["not imported: arXiv has no 2512.99999"]


def test_what_is_no_identifier_is_not_asked_for(server: Server) -> None:
    reading = read(server, "arxiv:moss")
    assert (reading.reported, server.requests) == (1, [])


def test_an_error_of_arxivs_is_no_paper(server: Server) -> None:
    server.on("/api/query", ok(answers.ATOM_ERROR))
    reading = read(server, "arxiv:2501.00001")
    assert (len(reading.entries), reading.reported) == (0, 1)


def test_hundreds_of_identifiers_are_asked_for_in_portions(server: Server) -> None:
    server.on("/api/query", ok(answers.atom()))
    reading = read(server, "arxiv:" + ",".join(f"2501.{n:05}" for n in range(1, 251)))
    assert [len(q["id_list"][0].split(",")) for q in queries(server)] == [100, 100, 50]
    assert reading.reported == 250


def test_too_many_identifiers_are_reported(server: Server) -> None:
    server.on("/api/query", ok(answers.atom()))
    reading = read(server, "arxiv:" + ",".join(f"2501.{n:05}" for n in range(1, 503)))
    assert (reading.reported, len(server.requests)) == (502, 5)


def test_identifiers_of_a_failed_request_are_counted(server: Server) -> None:
    server.on("/api/query", refused("400 Bad"))
    reading = read(server, "arxiv:2501.00001,2501.00002")
    assert (reading.reported, reading.problems[0].is_error) == (2, True)


# Queries


def pages_of(server: Server, total: int) -> None:
    """A query's pages: of 100 papers each, and the last with the rest."""
    pages = []
    for start in range(0, min(total, MOST_FOUND), 100):
        numbers = range(start, min(start + 100, total))
        entries = [{"id": f"2501.{n:05}", "title": f"Moss {n}"} for n in numbers]
        pages.append(ok(answers.atom(*entries, total=total)))
    server.on("/api/query", *pages)


def test_a_query_is_read_page_by_page(server: Server) -> None:
    pages_of(server, 230)
    reading = read(server, "arxiv-query:cat:cs.LG AND ti:moss")
    assert [q["start"] for q in queries(server)] == [["0"], ["100"], ["200"]]
    assert queries(server)[0]["search_query"] == ["cat:cs.LG AND ti:moss"]
    assert (len(reading.entries), reading.problems) == (230, ())


def test_a_query_that_finds_a_flood_brings_the_newest_thousand(server: Server) -> None:
    pages_of(server, 123_456)
    reading = read(server, 'arxiv-query:"cat:cs.LG"')
    assert (len(reading.entries), len(server.requests)) == (1_000, 10)
    assert messages(reading) == ["123456 papers are found, and the newest 1000 taken"]


def test_a_query_without_end_ends(server: Server) -> None:
    server.on("/api/query", ok(answers.atom(total=10**11)))
    reading = read(server, "arxiv-query:moss")
    assert (len(server.requests), reading.entries) == (1, ())
    assert messages(reading) == ["arXiv counts 100000000000 papers and gave 0"]


@pytest.mark.parametrize("query", ["", '""', "  "])
def test_an_empty_query_is_not_asked(server: Server, query: str) -> None:
    assert read(server, f"arxiv-query:{query}").problems[0].is_error
    assert server.requests == []


def test_a_query_that_finds_nothing_says_how_to_write_one(server: Server) -> None:
    server.on("/api/query", ok(answers.atom()))
    assert "ti:" in read(server, "arxiv-query:xyz").problems[0].remedy


# DOI


def test_a_doi_is_read_from_its_registrar(server: Server) -> None:
    server.on("/10.1000/moss", ok(answers.csl()))
    (entry,) = read(server, "doi:10.1000/MOSS").entries
    assert (entry.doi, entry.citekey, str(entry.published)) == ("10.1000/moss", "", "2025-01-02")
    assert "Accept: application/vnd.citationstyles.csl+json" in server.requests[0]


def test_commas_within_a_doi_are_its_own(server: Server) -> None:
    server.on("/10.1000/a%2Cb", ok(answers.csl(doi="10.1000/a,b")))
    server.on("/10.1000/c", ok(answers.csl(doi="10.1000/c")))
    reading = read(server, "doi:10.1000/a,b, https://doi.org/10.1000/c")
    assert [entry.doi for entry in reading.entries] == ["10.1000/a,b", "10.1000/c"]


def test_a_doi_that_nobody_knows_is_reported_and_the_next_one_read(server: Server) -> None:
    server.on("/10.1000/moss", ok(answers.csl()))
    reading = read(server, "doi:10.1000/lost,10.1000/moss")
    assert (len(reading.entries), reading.reported) == (1, 1)
    assert "10.1000/lost: 127.0.0.1 does not know it (404)" in messages(reading)[0]


@pytest.mark.parametrize("body", ["<html>moss</html>", "[]", "null", "{", "12", "[" * 100_000])
def test_a_doi_that_answers_with_something_else_is_reported(server: Server, body: str) -> None:
    server.on("/10.1000/moss", ok(body))
    reading = read(server, "doi:10.1000/moss")
    assert (reading.entries, reading.reported) == ((), 1)


# Hugging Face


def test_the_papers_of_a_day_keep_their_order(server: Server) -> None:
    server.on(
        "/api/daily_papers", ok(answers.daily({}, {"id": "2501.00002", "sent": "2025-03-14"}))
    )
    reading = read(server, "hf:2025-03-17")
    assert queries(server)[0] == {"date": ["2025-03-17"]}
    assert [(str(e.listed), e.position, e.arxiv) for e in reading.entries] == [
        ("2025-03-17", 1, "2501.00001"),
        ("2025-03-17", 2, "2501.00002"),
    ]


@pytest.mark.parametrize("day", ["", "today", "2025-13-01", "17.3.2025"])
def test_what_is_no_day_is_not_asked_for(server: Server, day: str) -> None:
    assert "hf:2025-03-17" in read(server, f"hf:{day}").problems[0].remedy
    assert server.requests == []


def test_a_day_without_papers_says_so(server: Server) -> None:
    server.on("/api/daily_papers", ok("[]"))
    assert messages(read(server, "hf:2025-03-16")) == ["no papers were listed on 2025-03-16"]


# Zotero


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("zotero:12345", "/groups/12345/items/top"),
        ("zotero:12345/ABCD2345", "/groups/12345/collections/ABCD2345/items/top"),
        ("zotero:groups/12345", "/groups/12345/items/top"),
        ("zotero:users/7/collections/ABCD2345", "/users/7/collections/ABCD2345/items/top"),
        (
            "zotero:https://www.zotero.org/groups/12345/moss/collections/ABCD2345/item-list",
            "/groups/12345/collections/ABCD2345/items/top",
        ),
    ],
)
def test_a_library_is_named_in_several_ways(server: Server, name: str, path: str) -> None:
    server.on(path, ok(answers.zotero({})))
    assert len(read(server, name).entries) == 1


def test_tags_and_citation_keys_of_a_library_are_kept(server: Server) -> None:
    item = {"tags": ("moss", "stone, wet"), "extra": "PMID: 1\nCitation Key: example2025moss"}
    server.on("/groups/1/items/top", ok(answers.zotero(item, {"title": "Bark"})))
    first, second = read(server, "zotero:1").entries
    assert (first.citekey, first.keywords) == ("example2025moss", ("moss", "stone, wet"))
    assert second.citekey == ""


def test_an_arxiv_identifier_in_a_librarys_extra_field_is_found(server: Server) -> None:
    server.on("/groups/1/items/top", ok(answers.zotero({"extra": "arXiv:2501.00001 [cs]"})))
    assert read(server, "zotero:1").entries[0].arxiv == "2501.00001"


def test_notes_and_attachments_are_no_papers(server: Server) -> None:
    page = answers.zotero({}, {"kind": "attachment"}, {"kind": "note"})
    server.on("/groups/1/items/top", ok(page))
    assert len(read(server, "zotero:1").entries) == 1


def test_a_library_is_read_page_by_page_with_its_key(server: Server) -> None:
    items = [{"title": f"Moss {n}"} for n in range(100)]
    server.on(
        "/groups/1/items/top",
        ok(answers.zotero(*items), "Total-Results: 101"),
        ok(answers.zotero({"title": "Bark"}), "Total-Results: 101"),
    )
    reading = read(server, "zotero:1", zotero="secret")
    assert (len(reading.entries), len(server.requests)) == (101, 2)
    assert all("Zotero-API-Key: secret" in request for request in server.requests)


@pytest.mark.parametrize("name", ["", "moss", "12345/abcd", "../../etc/passwd", "1/2/3", "groups/"])
def test_what_is_no_library_is_not_asked_for(server: Server, name: str) -> None:
    assert read(server, f"zotero:{name}").problems[0].is_error
    assert server.requests == []


def test_a_private_library_says_that_it_wants_a_key(server: Server) -> None:
    server.on("/groups/1/items/top", refused("403 Forbidden"))
    (problem,) = read(server, "zotero:1").problems
    assert (problem.message, problem.is_error) == ("127.0.0.1 refuses access (403)", True)


# Broken answers


@pytest.mark.parametrize("name", ["arxiv:2501.00001", "arxiv-query:x", "hf:2025-03-17", "zotero:1"])
@pytest.mark.parametrize(
    "body", ["", "moss", "<html>", "{}", "[1, null]", "null", "[" * 50_000, "\ud83c\udf3f" * 9,
             '[{"paper": 5}]', '[{"data": 5}]', '[{"data": {"tags": 7}, "csljson": []}]'],
)  # fmt: skip
def test_a_broken_answer_is_a_problem_and_no_traceback(
    server: Server, name: str, body: str
) -> None:
    reply = ok(body.encode("utf-8", "surrogatepass"))
    for path in ("/api/query", "/api/daily_papers", "/groups/1/items/top"):
        server.on(path, reply)
    reading = read(server, name)
    assert reading.problems or not reading.entries
    assert all(problem.location.path == name for problem in reading.problems)


# Into a survey


def test_sources_of_every_kind_become_papers_in_one_run(server: Server, tmp_path: Path) -> None:
    server.on("/api/query", ok(answers.atom({})))
    server.on("/10.1000/bark", ok(answers.csl(title="Bark Networks", doi="10.1000/bark")))
    server.on("/api/daily_papers", ok(answers.daily({}, {"id": "2501.00002", "title": "Fern"})))
    folder = tmp_path / "content"
    report = imported(server, folder, "arxiv:2501.00001", "doi:10.1000/bark", "hf:2025-03-17")
    assert report.summary == "4 entries: 3 added, 0 updated, 1 matched, 0 reported"
    survey = content.read(folder)
    assert (len(survey.corpus.papers), survey.problems) == (3, ())


def test_a_second_run_changes_nothing(server: Server, tmp_path: Path) -> None:
    server.on("/api/query", ok(answers.atom({})))
    folder = tmp_path / "content"
    imported(server, folder, "arxiv:2501.00001")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    report = imported(server, folder, "arxiv:2501.00001")
    assert (report.matched, report.writes) == (1, ())
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_the_network_refuses_is_said_at_the_sources_name(
    server: Server, tmp_path: Path
) -> None:
    report = imported(server, tmp_path / "content", "doi:10.1000/x")
    assert report.summary == "1 entries: 0 added, 0 updated, 0 matched, 1 reported"
    assert report.problems[0].location.path == "doi:10.1000/x"


RECORDED = [
    (path, name, route, count)
    for path, name, route, count in (
        ("arxiv-atom/arxiv_transformer.xml", "arxiv-query:x", "/api/query", 5),
        ("arxiv-atom/arxiv_response.xml", "arxiv-query:x", "/api/query", 2),
        ("hf-daily-papers/hf_daily_papers.json", "hf:2026-01-01", "/api/daily_papers", 30),
        ("hf-daily-papers/2025-09-30.json", "hf:2025-09-30", "/api/daily_papers", 50),
    )
    if (SHARED / path).exists()
]


def test_recorded_answers_are_read_whole(server: Server) -> None:
    for path, name, route, count in RECORDED:
        server.on(route, ok((SHARED / path).read_bytes()), ok(answers.atom()))
        reading = read(server, name)
        assert (path, len(reading.entries) + reading.reported) == (path, count)
