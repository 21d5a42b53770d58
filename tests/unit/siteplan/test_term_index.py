"""The pages of the back-of-book index: all terms, none too long, one insertion local."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from conspectus import siteplan
from conspectus.model.topics import Analysis, IndexedTerm
from conspectus.siteplan.term_index import ON_A_PAGE, PASSIM, TermPage, term_pages
from tests.support.makers import analysis, paper, survey, topic

IDS = [f"p-{number:03}" for number in range(200)]
PAPERS = {each: paper(each) for each in IDS}
TERMS = st.dictionaries(
    st.text(st.sampled_from("ab é1-你"), min_size=1, max_size=6).filter(str.strip),
    st.integers(1, 60),
    max_size=80,
)


def placed(sizes: dict[str, int]) -> tuple[TermPage, ...]:
    terms = {term: IDS[:size] for term, size in sizes.items()}
    return term_pages(analysis(topic("all", IDS), terms=terms), PAPERS)


@given(TERMS)
def test_every_term_has_one_entry_and_every_page_its_own_address(sizes: dict[str, int]) -> None:
    pages = placed(sizes)

    entries = Counter(entry.term for page in pages for entry in page.entries)
    assert entries == Counter(sizes.keys())
    assert len({page.permalink for page in pages}) == len(pages)


@given(TERMS)
def test_no_page_names_more_papers_than_it_may(sizes: dict[str, int]) -> None:
    assert all(
        sum(len(entry.papers) for entry in page.entries) <= ON_A_PAGE for page in placed(sizes)
    )


def test_a_new_term_moves_only_its_neighbours() -> None:
    sizes = {f"{a}{b}{c}": 8 for a in "abcdefgh" for b in "aeiou" for c in "lmnrst"}
    before = placed(sizes)
    after = placed(sizes | {"dopamine": 8})

    changed = {page.permalink for page in after} - {
        page.permalink for page in after if page in before
    }
    assert all(permalink.startswith("terms-d") for permalink in changed)
    assert changed


def test_a_frequent_term_names_the_papers_that_have_it_as_a_key_term() -> None:
    found = analysis(topic("all", IDS), terms={"rye": IDS})
    keyed = tuple(
        replace(each, terms=("rye",)) if each.paper in IDS[:5] else each for each in found.papers
    )
    page = term_pages(replace(found, papers=keyed), PAPERS)[0]

    assert (page.entries[0].count, page.entries[0].papers) == (200, tuple(IDS[:5]))


def test_an_entry_that_names_not_all_papers_leads_to_the_search_for_them() -> None:
    found = Analysis(
        topics=analysis(topic("all", IDS)).topics,
        papers=analysis(topic("all", IDS)).papers,
        terms=(IndexedTerm("rye bread", tuple(IDS)),),
    )
    site = siteplan.plan(survey(*PAPERS.values()), found)
    entry = next(page for page in site.pages if page.kind == "terms").view.groups[0][2][0]  # type: ignore[attr-defined]

    assert len(entry.papers) == PASSIM
    assert entry.rest.permalink == "search.html?q=%22rye%20bread%22"
