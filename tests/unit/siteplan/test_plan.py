"""Which pages a survey has, and what they say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from conspectus import prose, siteplan
from conspectus.model.papers import Author, FreePage, Link, PartialDate
from conspectus.model.site import Page, Site
from conspectus.model.topics import Analysis, Permalink, Quote
from conspectus.settings import Curator, Settings
from tests.support.makers import analysis, paper, survey, topic

DAY = datetime.date(2025, 3, 17)
ABSTRACT = "Robots fall. We propose a policy that gets them up. It works."


def page(site: Site, permalink: str) -> Page:
    return next(each for each in site.pages if each.permalink == permalink)


def view(site: Site, permalink: str) -> Any:
    return page(site, permalink).view


def permalinks(site: Site) -> set[str]:
    return {each.permalink for each in site.pages}


def test_an_empty_survey_has_a_home_an_about_page_and_a_404_and_nothing_else() -> None:
    site = siteplan.plan(survey(), Analysis())
    assert permalinks(site) == {"index.html", "about.html", "404.html"}
    assert page(site, "index.html").kind == "empty"


def test_pages_that_would_be_empty_are_left_out_with_their_doors() -> None:
    site = siteplan.plan(survey(paper("a")), Analysis())
    left_out = {"topics/index.html", "map.html", "terms.html", "timeline.html", "days/index.html"}
    assert not left_out & permalinks(site)
    doors = {door.permalink for door in (*site.frame.doors, *site.frame.more)}  # type: ignore[attr-defined]
    assert not left_out & doors


def test_a_listing_keeps_its_order_on_the_page_of_its_day() -> None:
    papers = [paper(name, listed=DAY, position=place) for name, place in (("a", 2), ("b", 1))]
    site = siteplan.plan(survey(*papers), Analysis())
    (group,) = view(site, "days/2025-03-17.html").groups
    assert [row.id for row in group.rows] == ["b", "a"]


def test_home_says_how_many_papers_since_when_and_by_whom() -> None:
    content = survey(
        paper("a", listed=DAY), settings=Settings(id="s", curator=Curator("Reading Group 7"))
    )
    home = view(siteplan.plan(content, Analysis()), "index.html")
    assert home.facts == "1 paper, listed 17 March 2025 by Reading Group 7."


def test_an_earlier_listing_is_not_new() -> None:
    earlier = DAY - datetime.timedelta(days=7)
    content = survey(paper("a", listed=DAY), paper("b", listed=earlier))
    site = siteplan.plan(content, Analysis())
    assert view(site, f"days/{DAY}.html").is_new
    assert not view(site, f"days/{earlier}.html").is_new


def test_no_list_holds_more_than_150_papers() -> None:
    papers = [paper(f"p-{number:03}", f"Title {number:03}", listed=DAY) for number in range(301)]
    site = siteplan.plan(
        survey(*papers), analysis(topic("all-papers", [each.id for each in papers]))
    )
    sizes = {
        each.permalink: sum(len(group.rows) for group in each.view.groups)  # type: ignore[attr-defined]
        for each in site.pages
        if each.kind == "list"
    }
    assert max(sizes.values()) <= 150
    assert sum(size for name, size in sizes.items() if name.startswith("papers/")) == 301
    assert "topics/all-papers-3.html" in permalinks(site)


def test_papers_go_by_year_where_most_are_dated() -> None:
    papers = [
        paper("a", published=PartialDate(2020)),
        paper("b", published=PartialDate(2024)),
        paper("c"),
    ]
    groups = view(siteplan.plan(survey(*papers), Analysis()), "papers/index.html").groups
    assert [group.heading for group in groups] == ["2024", "2020", "Year not known"]


def test_a_paper_shows_its_place_in_its_topic_and_its_neighbours_there() -> None:
    papers = [paper(name, title=name.upper()) for name in "abc"]
    site = siteplan.plan(survey(*papers), analysis(topic("letters", ["c", "a", "b"])))
    shown = view(site, "papers/a.html")
    assert shown.place == "Paper 2 of 3 in this topic"
    assert (shown.previous.title, shown.next.title) == ("C", "B")


def test_a_paper_of_a_sub_topic_shows_the_path_to_it() -> None:
    parent = topic("robots", ["a", "b"], children=("arms", "legs"))
    parts = [topic("arms", ["a"], parent="robots"), topic("legs", ["b"], parent="robots", slot=1)]
    site = siteplan.plan(survey(paper("a"), paper("b")), analysis(parent, *parts))
    assert [mark.id for mark in view(site, "papers/b.html").path] == ["robots", "legs"]


def test_a_sub_topic_has_its_parents_colour_and_a_shape_of_its_own() -> None:
    parent = topic("robots", ["a", "b"], children=("arms", "legs"), slot=4)
    parts = [
        topic("arms", ["a"], parent="robots", slot=0),
        topic("legs", ["b"], parent="robots", slot=1),
    ]
    site = siteplan.plan(survey(paper("a"), paper("b")), analysis(parent, *parts))
    _, mark = view(site, "papers/b.html").path
    assert (mark.colour, mark.shape) == (5, 2)


def test_unknown_authors_and_date_are_said_in_one_line() -> None:
    shown = view(siteplan.plan(survey(paper("a", listed=DAY)), Analysis()), "papers/a.html")
    assert shown.unknown == "Authors and publication date not given in the listing"
    assert shown.meta == ()


def test_a_listing_day_is_never_called_a_publication_date() -> None:
    shown = view(siteplan.plan(survey(paper("a", listed=DAY)), Analysis()), "papers/a.html")
    assert shown.dateline == ("Listed 17 March 2025",)


def test_a_paper_without_a_way_to_its_text_offers_searches_by_title() -> None:
    site = siteplan.plan(survey(paper("a", "Getting & up")), Analysis())
    searches = view(site, "papers/a.html").searches
    assert [site.label for site in searches] == ["arXiv", "Semantic Scholar", "Google Scholar"]
    assert all("Getting+%26+up" in site.url for site in searches)


def test_a_known_way_to_the_text_takes_the_place_of_the_searches() -> None:
    shown = view(siteplan.plan(survey(paper("a", arxiv="2502.12152")), Analysis()), "papers/a.html")
    assert shown.searches == ()
    assert [link.label for link in shown.outlinks] == ["Full text on arxiv.org"]


def test_links_go_by_kind_and_name_their_host() -> None:
    links = (Link("project", "https://x.example/"), Link("code", "https://www.github.com/a/b"))
    shown = view(siteplan.plan(survey(paper("a", links=links)), Analysis()), "papers/a.html")
    assert [link.label for link in shown.outlinks] == [
        "Code on github.com",
        "Project page on x.example",
    ]


def test_sixty_authors_show_three_and_open_the_rest() -> None:
    authors = tuple(Author(f"Name{number}") for number in range(60))
    shown = view(siteplan.plan(survey(paper("a", authors=authors)), Analysis()), "papers/a.html")
    assert len(shown.authors) == 3
    assert shown.more_authors_label == "and 57 more"


def test_a_summary_names_the_paper_of_each_sentence() -> None:
    papers = [paper("a", abstract=ABSTRACT), paper("b", abstract=ABSTRACT)]
    summary = (Quote("a", 1), Quote("b", 0))
    site = siteplan.plan(survey(*papers), analysis(topic("robots", ["a", "b"], summary=summary)))
    shown = view(site, "topics/robots.html").summary
    assert [(each.number, each.permalink) for each in shown] == [
        (1, "papers/a.html"),
        (2, "papers/b.html"),
    ]
    assert shown[0].sentence == "We propose a policy that gets them up."


def test_a_mixed_topic_has_no_lifted_summary() -> None:
    papers = [paper("a", abstract=ABSTRACT)]
    mixed = topic("mixed-a-b", ["a"], summary=(Quote("a", 1),), is_mixed=True)
    assert (
        view(siteplan.plan(survey(*papers), analysis(mixed)), "topics/mixed-a-b.html").summary == ()
    )


def test_three_papers_that_share_two_attributes_are_compared() -> None:
    attributes = (("method", "GRPO"), ("size", "7B"))
    papers = [paper(name, attributes=attributes) for name in "abc"]
    site = siteplan.plan(survey(*papers), analysis(topic("models", list("abc"))))
    table = view(site, "topics/models.html").comparison
    assert table.columns == ("method", "size")
    assert [cells for _, cells in table.rows] == [("GRPO", "7B")] * 3


def test_two_papers_make_no_comparison() -> None:
    attributes = (("method", "GRPO"), ("size", "7B"))
    papers = [paper(name, attributes=attributes) for name in "ab"]
    site = siteplan.plan(survey(*papers), analysis(topic("models", list("ab"))))
    assert view(site, "topics/models.html").comparison is None


def test_a_timeline_needs_two_years_and_names_its_undated_papers() -> None:
    dated = [paper("a", published=PartialDate(2020)), paper("b", published=PartialDate(2021))]
    site = siteplan.plan(survey(*dated, paper("c")), Analysis())
    assert [row[0] for row in view(site, "timeline.html").years] == ["2021", "2020", "not dated"]
    one_year = siteplan.plan(survey(dated[0], paper("c")), Analysis())
    assert "timeline.html" not in permalinks(one_year)


def test_a_former_id_of_a_paper_redirects() -> None:
    site = siteplan.plan(survey(paper("new", aliases=("old",))), Analysis())
    assert [(each.permalink, each.target) for each in site.redirects] == [
        ("papers/old.html", "papers/new.html")
    ]


def test_a_retired_topic_redirects_to_its_successor_and_else_to_the_list() -> None:
    found = replace(
        analysis(topic("robots", ["a"])),
        permalinks=(
            Permalink("arms", "robots"),
            Permalink("lost", ""),
            Permalink("robots", "robots"),
        ),
    )
    site = siteplan.plan(survey(paper("a")), found)
    assert [(each.permalink, each.target) for each in site.redirects] == [
        ("topics/arms.html", "topics/robots.html"),
        ("topics/lost.html", "topics/index.html"),
    ]


def test_a_term_leads_to_its_entry_in_the_index() -> None:
    found = analysis(topic("robots", ["a"]), terms={"getting up": ["a"], "falling": ["a"]})
    found = replace(
        found, papers=tuple(replace(each, terms=("getting up",)) for each in found.papers)
    )
    site = siteplan.plan(survey(paper("a")), found)
    (term,) = view(site, "papers/a.html").terms
    anchors = [
        entry.anchor for _, _, entries in view(site, "terms.html").groups for entry in entries
    ]
    assert term.permalink.removeprefix("terms.html#") in anchors


def test_a_page_about_of_the_curators_stands_at_the_head_of_the_about_page() -> None:
    body, _ = prose.read("Why we read.")
    own = FreePage(slug="about", title="Why", body=body, path="pages/about.md")
    site = siteplan.plan(survey(paper("a"), pages=(own,)), Analysis())
    assert page(site, "about.html").title == "Why"
    assert "Why we read." in view(site, "about.html").body
