"""The search in Firefox, over http and from file://: run where a Firefox is installed.

In Debian: `apt install firefox-esr`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import firefox
from tests.browser.test_search import COMPARE, FIRST, FOUND, HOSTILE, PAPERS, UNANSWERED
from tests.support.serving import served
from tests.unit.search.agreement import FIXTURE
from tests.unit.search.support import site

FIREFOX = firefox.find()

if FIREFOX:

    @pytest.fixture(scope="module")
    def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
        return site(tmp_path_factory.mktemp("firefox") / "a folder" / "survey", PAPERS, FOUND)

    @pytest.fixture(scope="module")
    def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[firefox.Firefox]:
        with firefox.opened(FIREFOX or "", tmp_path_factory.mktemp("profile")) as found:
            yield found

    @pytest.fixture(params=["http", "file"])
    def address(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
        if request.param == "file":
            yield (folder / "search.html").as_uri()
            return
        with served(folder.parent) as url:
            yield f"{url}survey/search.html"

    def test_each_query_has_its_paper_first(browser: firefox.Firefox, address: str) -> None:
        browser.open(address)
        asked = "return (await conspectus.search(given[0])).map(({ id }) => id);"
        found = {query: browser.run(asked, query) for query in [*FIRST, *UNANSWERED]}
        assert {query: found[query][:1] for query in FIRST} == {
            q: [id_] for q, id_ in FIRST.items()
        }
        assert {query: found[query] for query in UNANSWERED} == {query: [] for query in UNANSWERED}

    def test_hostile_queries_get_an_answer(browser: firefox.Firefox, address: str) -> None:
        browser.open(address)
        asked = "return (await conspectus.find(given[0])).isPartial;"
        assert {query: browser.run(asked, query) for query in HOSTILE} == dict.fromkeys(
            HOSTILE, False
        )

    def test_results_are_drawn_with_their_words_set_off(
        browser: firefox.Firefox, address: str
    ) -> None:
        browser.open(f"{address}?q=clusters+gpt")
        words = browser.run("""
          const place = document.querySelector("[data-search-results]");
          const hits = () => [...place.querySelectorAll(".hit")].map((hit) => hit.textContent);
          while (hits().length < 3) await new Promise((resolve) => setTimeout(resolve, 50));
          return hits();""")
        assert words == ["Clustering", "GPT", "clusters"]

    def test_the_scripts_hold_to_the_fixture_they_share_with_python(
        browser: firefox.Firefox, address: str
    ) -> None:
        browser.open(address)
        agreed = json.loads(FIXTURE.read_text("utf-8"))
        assert browser.run(f"return ({COMPARE})(given[0]);", agreed) == []
