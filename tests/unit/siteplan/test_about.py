"""The about page: how the survey was made, counted and not claimed."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from conspectus import siteplan
from conspectus.model.topics import Analysis, Decisions, Lock, Merge
from conspectus.settings import Curator, Settings
from conspectus.siteplan.views import AboutView
from tests.support.makers import analysis, paper, survey, topic

DAY = datetime.date(2025, 3, 17)
LISTED = [paper(f"p{n}", f"Paper {n}", "It grows.", listed=DAY) for n in range(4)]


def about(*papers: Any, found: Analysis | None = None, **fields: Any) -> AboutView:
    settings = fields.pop("settings", Settings(id="s", curator=Curator("Mo")))
    ids = [each.id for each in papers]
    given = found or analysis(topic("moss", ids[:2]), topic("pigeons", ids[2:]))
    site = siteplan.plan(survey(*papers, settings=settings, **fields), given)
    view = next(page.view for page in site.pages if page.permalink == "about.html")
    assert isinstance(view, AboutView)
    return view


def test_it_says_where_the_papers_come_from() -> None:
    made = about(*LISTED, paper("later", "Later")).made
    assert "4 papers come from the listing of 17 March 2025 by Mo." in made
    assert "1 paper was added by hand or from a bibliography." in made


def test_a_listings_day_is_explained_only_where_there_is_a_listing() -> None:
    explained = "The day of a listing is when papers were listed."
    assert any(line.startswith(explained) for line in about(*LISTED).made)
    assert not any(line.startswith(explained) for line in about(paper(), paper("b")).made)


def test_it_says_from_how_many_papers_the_topics_were_formed() -> None:
    found = analysis(topic("moss", ["p0", "p1"]), topic("pigeons", ["p2", "p3"]))
    earlier = about(*LISTED, found=replace(found, lock=Lock(refreshed_at=3))).made
    now = about(*LISTED, found=replace(found, lock=Lock(refreshed_at=4))).made
    assert any("formed when it held 3 papers" in line for line in earlier)
    assert "The topics were formed from all of these papers." in now


def test_it_counts_what_the_curator_decided() -> None:
    decisions = Decisions(merges=(Merge("moss", ("lichen",)),), banned=("novel",))
    assert (
        "The curator corrected the topics in 2 places." in about(*LISTED, decisions=decisions).made
    )
    assert not any("corrected" in line for line in about(*LISTED).made)


def test_it_counts_papers_without_an_abstract() -> None:
    assert "1 paper came without an abstract." in about(*LISTED, paper("bare", "Bare")).made


def test_the_survey_can_be_cited_and_fetched_as_a_file() -> None:
    view = about(*LISTED)
    assert view.citation.startswith("@misc{s,")
    assert view.citation_file == "exports/CITATION.cff"
    assert about(*LISTED, settings=Settings(id="s")).citation_file == ""
