"""The sharded search in the browser finds and weighs exactly what an exhaustive one does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, sync_playwright

from conspectus.model.papers import Corpus
from tests.browser import chromium
from tests.unit.search import oracle
from tests.unit.search.support import corpus, paper, site

VOCABULARY = [
    "graph",
    "graphs",
    "graphical",
    "neural",
    "network",
    "networks",
    "learning",
    "learned",
    "learner",
    "the",
    "of",
    "with",
    "attention",
    "robot",
    "k-means",
    "GPT-4",
    "C++",
    "ℓ2",
    "naïve",
    "state-of-the-art",
    "policy",
    "policies",
    "自然言語",
    "機械",
    "self-supervised",
    "x",
    "10",
]
WORDS = st.sampled_from(VOCABULARY)
TEXTS = st.lists(WORDS, max_size=9).map(" ".join)
PAPERS = st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["", "Ada Graph", "Li Wu"])), max_size=9)
TERMS = st.tuples(st.sampled_from(["", "", "", "-", "title:"]), WORDS).map("".join)
QUERIES = st.lists(st.lists(TERMS, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)

ASK = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    answers.push(await conspectus.search(query + " ", {limit: 1000, isVerbatim: true}));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    executable = chromium.find()
    assert executable, "no browser"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        yield browser.new_page()
        browser.close()


def made(papers: list[tuple[str, str, str]]) -> Corpus:
    return corpus(
        *(
            paper(f"p{i}", title or f"untitled{i}", abstract, authors=[author] if author else [])
            for i, (title, abstract, author) in enumerate(papers)
        )
    )


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAPERS, QUERIES)
def test_the_sharded_search_scores_what_the_exhaustive_one_scores(
    page: Page, tmp_path: Path, papers: list[tuple[str, str, str]], queries: list[str]
) -> None:
    survey = made(papers)
    site(tmp_path, survey)
    page.goto((tmp_path / "search.html").as_uri())
    for query, answer in zip(queries, page.evaluate(ASK, queries), strict=True):
        expected = oracle.search(survey, query)
        found = {result["id"]: result["score"] for result in answer}
        assert found == pytest.approx(expected, abs=1e-3), query


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAPERS, QUERIES)
def test_lists_that_are_files_of_their_own_score_the_same(
    page: Page,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    papers: list[tuple[str, str, str]],
    queries: list[str],
) -> None:
    monkeypatch.setattr("conspectus.search.postings.LARGE_LIST", 0)
    survey = made(papers)
    site(tmp_path, survey)
    page.goto((tmp_path / "search.html").as_uri())
    for query, answer in zip(queries, page.evaluate(ASK, queries), strict=True):
        expected = oracle.search(survey, query)
        found = {result["id"]: result["score"] for result in answer}
        assert found == pytest.approx(expected, abs=1e-3), query


LEAD = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const question = await conspectus.question(query, {});
    const {first} = await question.leaders();
    answers.push([first, (await question.whole()).first.slice(0, first.length)]);
  }
  return answers;
}"""


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAPERS, QUERIES)
def test_papers_that_lead_by_their_titles_come_first_in_the_whole_answer(
    page: Page,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    papers: list[tuple[str, str, str]],
    queries: list[str],
) -> None:
    monkeypatch.setattr("conspectus.search.postings.LARGE_LIST", 0)
    titles = [title for title, _, _ in papers if title]
    site(tmp_path, made(papers))
    page.goto((tmp_path / "search.html").as_uri())
    for leaders, first in page.evaluate(LEAD, titles + queries):
        assert leaders == first


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAPERS, QUERIES)
def test_shards_that_lists_of_their_own_name_score_the_same(
    page: Page,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    papers: list[tuple[str, str, str]],
    queries: list[str],
) -> None:
    monkeypatch.setattr("conspectus.search.shards.LIMIT", 16)
    monkeypatch.setattr("conspectus.search.shards.MOST_LISTED", 0)
    monkeypatch.setattr("conspectus.search.shards.PART", 3)
    survey = made(papers)
    site(tmp_path, survey)
    page.goto((tmp_path / "search.html").as_uri())
    for query, answer in zip(queries, page.evaluate(ASK, queries), strict=True):
        expected = oracle.search(survey, query)
        found = {result["id"]: result["score"] for result in answer}
        assert found == pytest.approx(expected, abs=1e-3), query


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAPERS, st.lists(WORDS, min_size=2, max_size=3).map(" ".join))
def test_a_phrase_finds_the_papers_that_hold_its_very_words_in_order(
    page: Page, tmp_path: Path, papers: list[tuple[str, str, str]], phrase: str
) -> None:
    survey = made(papers)
    site(tmp_path, survey)
    page.goto((tmp_path / "search.html").as_uri())
    [answer] = page.evaluate(ASK, [f'"{phrase}"'])
    spaced = not any(ord(letter) > 0x3000 for letter in phrase)
    expected = {one.id for one in survey.papers if oracle.holds_phrase(one, phrase)}
    if spaced:
        assert {result["id"] for result in answer} == expected


def test_terms_of_very_many_papers_score_what_the_exhaustive_search_scores(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conspectus.search.postings.LARGE_LIST", 400)
    rng = random.Random(3)

    def words(count: int) -> str:
        return " ".join(rng.choices(VOCABULARY, k=count))

    papers = [(words(3), f"attention {words(6)}", "") for _ in range(600)]
    survey = made(papers)
    site(tmp_path, survey)
    assert list((tmp_path / "search").glob("b-*"))
    page.goto((tmp_path / "search.html").as_uri())
    for query in (
        "attention",
        "attention learned",
        "graph attention -policy",
        "title:robot attention",
    ):
        expected = oracle.search(survey, query)
        answer = page.evaluate("(query) => conspectus.search(query + ' ', {limit: 60})", query)
        found = {result["id"]: result["score"] for result in answer}
        assert found == pytest.approx({id_: expected[id_] for id_ in found}, abs=1e-3), query
        assert min(found.values()) == pytest.approx(sorted(expected.values())[-60], abs=1e-3), query
