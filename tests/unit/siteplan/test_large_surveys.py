"""Large surveys as readers meet them: no page too long, no paper too far, no copy too many."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from urllib.parse import urljoin

import html5lib
import pytest

from conspectus import assets, exports, feeds, rendering, siteplan
from conspectus.content import Content
from conspectus.model.papers import Author, Paper, PartialDate
from conspectus.model.topics import Analysis, Borderline, Similar
from conspectus.settings import Settings
from conspectus.settings.sizes import LARGE, MOST_WHOLE
from conspectus.siteplan.lists import PAPERS_A_PAGE, shelved
from conspectus.siteplan.views import PaperView
from tests.support.building import ROOT
from tests.support.makers import analysis, paper, survey, topic

GRAIN = paper(title="Grain", abstract="We sow rye. It grows.", authors=(Author("Roe", "Ann"),))
COMPACT = Settings(id="s", is_compact=True, metadata=False)
LINK = re.compile(r'<a [^>]*?href="?([^"#?> ]+)')


def many(count: int) -> list[Paper]:
    return [
        replace(GRAIN, id=f"p-{number:05}", published=PartialDate(2000 + number % 7))
        for number in range(count)
    ]


def grown(papers: list[Paper]) -> Analysis:
    """Five topics; each has three sub-topics, and every word of 40 stands in a fortieth of all."""
    ids = [each.id for each in papers]
    leaves = [
        topic(
            f"leaf-{n}",
            ids[n::15],
            parent=f"top-{n % 5}",
            borderline=tuple(Borderline(each, "leaf-0") for each in ids[n::15][-5:]),
        )
        for n in range(15)
    ]
    tops = [
        topic(f"top-{n}", ids[n::5], children=tuple(f"leaf-{n + 5 * m}" for m in range(3)))
        for n in range(5)
    ]
    terms = {f"word {letter}{n}": ids[n::40] for letter in "abq" for n in range(40)}
    return analysis(*leaves, *tops, terms=terms)


def rendered(content: Content, found: Analysis) -> dict[str, str]:
    look = assets.load(ROOT / "tests/fixtures/survey")
    look = look.joining(rendering.JOINT, rendering.joint_scripts())
    names = {file.name: file.permalink for file in look.files}
    pages = rendering.outputs(siteplan.plan(content, found), look.templates, names)
    return {page.path: page.body.decode() for page in pages if page.path.endswith(".html")}


def _named(text: str) -> set[str]:
    """The papers to which a page leads."""
    return {to for to in LINK.findall(text) if "p-0" in to}


@pytest.fixture(scope="module", params=[Settings(id="s"), COMPACT], ids=["full", "compact"])
def pages(request: pytest.FixtureRequest) -> dict[str, str]:
    papers = many(2000)
    return rendered(survey(*papers, settings=request.param), grown(papers))


@pytest.mark.parametrize("settings", [Settings(id="s"), COMPACT], ids=["full", "compact"])
def test_the_page_of_a_paper_with_very_many_authors_is_good_html(settings: Settings) -> None:
    crowd = replace(GRAIN, id="crowd", authors=tuple(Author(f"Roe {n}") for n in range(60)))

    pages = rendered(survey(crowd, settings=settings), Analysis())

    html5lib.HTMLParser(strict=True).parse(pages["papers/crowd.html"])


def test_every_paper_is_at_most_four_clicks_from_home(pages: dict[str, str]) -> None:
    reached, seen = {"index.html"}, {"index.html"}
    for _ in range(4):
        links = {urljoin(page, to) for page in reached for to in LINK.findall(pages[page])}
        reached = (links & pages.keys()) - seen
        seen |= reached

    assert {page for page in pages if page.startswith("papers/p-")} - seen == set()


def test_a_hub_that_names_papers_of_its_other_pages_has_no_more_than_150() -> None:
    some = many(3000)
    lists = (some[start : start + 260] for start in range(2700))
    papers = next(each for each in lists if len(shelved(each)[0]) > PAPERS_A_PAGE - 5)
    last = [each.id for each in papers[-9:]]
    borderline = tuple(Borderline(each, "other") for each in last[:5])
    moss = topic(
        "moss", [each.id for each in papers], representative=last[5:], borderline=borderline
    )

    site = rendered(survey(*papers), analysis(moss, topic("other", [])))

    assert max(len(_named(text)) for page, text in site.items() if "moss" in page) <= PAPERS_A_PAGE


def test_no_page_lists_more_than_150_papers(pages: dict[str, str]) -> None:
    named = {page: len(_named(text)) for page, text in pages.items()}

    too_long = {page: count for page, count in named.items() if count > PAPERS_A_PAGE}
    assert too_long == {}


def test_a_year_of_the_timeline_leads_to_the_page_on_which_it_begins(
    pages: dict[str, str],
) -> None:
    links = re.findall(r'href="(papers/index[^"#]*)#([^"]+)"', pages["timeline.html"])

    assert len(links) == 7
    assert all(f'id="{anchor}"' in pages[page] for page, anchor in links)


def test_one_paper_more_changes_two_pages_of_a_list() -> None:
    papers = many(1500)
    changed = []
    for number in range(0, 1500, 50):
        new = replace(GRAIN, id=f"p-{number:05}-new")
        more = sorted([*papers, new], key=lambda each: each.id)
        before, after = ({tuple(page) for page in shelved(each)} for each in (papers, more))
        changed.append(len(after - before))

    assert sorted(changed)[len(changed) // 2] == 1
    assert sum(changed) <= 2 * len(changed)


def large() -> tuple[Content, Analysis]:
    papers = many(MOST_WHOLE + 1)
    return survey(*papers), grown(papers)


def test_a_large_survey_shows_abstracts_in_the_lists_of_its_leaf_topics_alone() -> None:
    content, found = large()
    rows: Counter[tuple[str, bool]] = Counter()
    for page in siteplan.plan(content, found).pages:
        listed = getattr(page.view, "rows", None) or [
            row
            for group in getattr(page.view, "groups", ())
            if page.kind == "list"
            for row in group.rows
        ]
        rows.update((re.split("[-.]", page.permalink)[0], bool(row.abstract)) for row in listed)

    assert rows.keys() == {("papers/index", False), ("topics/leaf", True), ("topics/top", False)}


def test_a_page_of_a_large_survey_says_its_facts_to_machines_once() -> None:
    dated = replace(GRAIN, published=PartialDate(2024))
    small = siteplan.look_up(survey(dated), analysis(topic("rye", [GRAIN.id])))
    views = [siteplan.redrawn(dated, each).view for each in (small, replace(small, size=LARGE))]

    assert all(isinstance(view, PaperView) and view.meta for view in views)
    assert [bool(getattr(view, "linked_data", "")) for view in views] == [True, False]


def test_a_large_survey_has_abstracts_in_one_bibliography() -> None:
    content, found = large()
    written = exports.outputs(content.corpus, found, content.settings)

    assert {
        output.path.split("/")[1] + output.path[-4:]
        for output in written
        if output.path.startswith("exports/") and b"We sow rye" in output.body
    } == {"all.bib"}


def test_a_topic_with_sub_topics_names_their_bibliographies_in_a_large_survey() -> None:
    content, found = large()
    written = {o.path: o.body for o in exports.outputs(content.corpus, found, content.settings)}

    assert written["exports/topics/top-1.bib"].decode().split() == [
        "%", "leaf-1.bib", "%", "leaf-6.bib", "%", "leaf-11.bib",
    ]  # fmt: skip


def test_a_topic_s_feed_is_short_in_a_large_survey() -> None:
    content, found = large()
    written = {o.path: o.body for o in feeds.outputs(content.corpus, found, content.settings)}

    sizes = [written[f"feeds/{name}.atom"].count(b"<entry>") for name in ("all", "topics/leaf-1")]
    assert sizes == [50, 10]
    assert b"It grows." in written["feeds/all.atom"]
    assert b"It grows." not in written["feeds/topics/leaf-1.atom"]


def test_a_compact_survey_has_no_abstract_in_rows_and_bibliographies() -> None:
    papers = many(3)
    found = analysis(topic("rye", [each.id for each in papers]))
    content = survey(*papers, settings=COMPACT)
    texts = rendered(content, found) | {
        o.path: o.body.decode() for o in exports.outputs(content.corpus, found, COMPACT)
    }

    holding = {path for path, text in texts.items() if "It grows." in text}
    assert holding == {f"papers/{each.id}.html" for each in papers}


def test_a_compact_survey_s_pages_cite_by_bibtex_alone() -> None:
    pages = rendered(survey(GRAIN, settings=COMPACT), analysis(topic("rye", [GRAIN.id])))

    page = pages[f"papers/{GRAIN.id}.html"]
    assert ("@misc{" in page, "TY  - " in page, "CSL-JSON" in page) == (True, False, False)


def test_a_compact_page_has_abstract_path_citation_and_similar_papers() -> None:
    oats = replace(GRAIN, id="oats", title_text="On oats", title_html="On oats")
    found = analysis(
        topic("rye", [GRAIN.id, "oats"], parent="grain"),
        topic("grain", [GRAIN.id, "oats"], children=("rye",)),
        terms={"sowing": [GRAIN.id]},
    )
    alike = replace(found.papers[0], similar=(Similar("oats", 0.5, ("sow",)),), terms=("sowing",))
    found = replace(found, papers=(alike, *found.papers[1:]))
    page = rendered(survey(GRAIN, oats, settings=COMPACT), found)[f"papers/{GRAIN.id}.html"]

    assert "We sow rye.</mark> It grows." in page or "We sow rye. It grows." in page
    for part in ("../topics/grain.html", "../topics/rye.html", "oats.html", "#t-sowing", "@misc{"):
        assert part in page


def test_what_stands_around_a_compact_paper_is_short() -> None:
    """100,000 papers have 9,000 bytes each, of which a page's own words need some 3,500."""
    page = rendered(survey(GRAIN, settings=COMPACT), analysis(topic("rye", [GRAIN.id])))

    assert len(page[f"papers/{GRAIN.id}.html"]) < 2500


def test_a_topic_with_sub_topics_leads_to_the_search_for_its_papers_in_a_compact_survey() -> None:
    papers = many(40)
    pages = rendered(survey(*papers, settings=COMPACT), grown(papers))

    assert "p-00000.html" not in pages["topics/top-0.html"].partition("hub-papers")[2]
    assert 'href="../search.html?topic=top-0"' in pages["topics/top-0.html"]
    assert "p-00000.html" in pages["topics/leaf-0.html"]


def test_the_bibliographies_of_leaf_topics_are_that_of_all_papers_in_a_compact_survey() -> None:
    content, found = large()
    settings = replace(COMPACT, base_url="https://survey.example/")
    written = {o.path: o.body.decode() for o in exports.outputs(content.corpus, found, settings)}

    names = written["exports/all.bib"].replace("%", "").split()
    entries = "".join(written[f"exports/{name}"] for name in names)
    assert entries.count("@misc{") == len(content.corpus.papers)
    assert "survey.example" not in entries


def test_of_very_many_pages_of_a_list_each_names_those_of_its_year_and_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("conspectus.siteplan.lists.PAGES_NAMED", 5)
    papers = many(2000)
    plan = siteplan.plan(survey(*papers), grown(papers))
    views = {page.permalink: page.view for page in plan.pages if "papers/index" in page.permalink}

    years = {link: {group.heading for group in view.groups} for link, view in views.items()}
    for place, (link, view) in enumerate(views.items()):
        named = {door.permalink for door in view.pager}
        assert {other for other in views if years[other] & years[link]} <= named
        assert len(named) < len(views), place


def test_files_of_a_large_survey_stay_below_ten_megabytes() -> None:
    content, found = large()
    written = itertools.chain(
        exports.outputs(content.corpus, found, content.settings),
        exports.discovery(siteplan.plan(content, found), content.settings),
    )

    assert max(len(output.body) for output in written) < 10_000_000
