"""Pages that scripts fill, each useful without one: search, the reading list, and 404."""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.model.site import Given, Page
from conspectus.siteplan.contents import contents
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.views import Door, KeptView, MissingView, SearchView, TermLink

SEARCH_PERMALINK = "search.html"
KEPT_PERMALINK = "reading-list.html"
MISSING_PERMALINK = "404.html"
TERMS_BEFORE_A_QUERY = 6


def tool_pages(survey: Lookup) -> Iterator[Page]:
    """Search and reading list where there are papers; the 404 page always."""
    words = survey.words
    if survey.papers:
        yield Page(
            permalink=SEARCH_PERMALINK,
            kind="search",
            title=words("search.title"),
            description=words("search.description"),
            make=Given(_search(survey)),
        )
        yield Page(
            permalink=KEPT_PERMALINK,
            kind="kept",
            title=words("kept.title"),
            description=words("kept.description"),
            make=Given(KeptView(exports=_exports(survey))),
            is_indexed=False,
        )
    yield Page(
        permalink=MISSING_PERMALINK,
        kind="missing",
        title=words("missing.title"),
        description="",
        make=Given(MissingView()),
        is_indexed=False,
    )


def _search(survey: Lookup) -> SearchView:
    words = survey.words
    frequent = sorted(survey.analysis.terms, key=lambda entry: (-len(entry.papers), entry.term))
    terms = tuple(
        TermLink(entry.term, survey.terms[entry.term]) for entry in frequent[:TERMS_BEFORE_A_QUERY]
    )
    example = terms[0].term if terms else words("search.syntax.example")
    word = example.split()[-1]
    return SearchView(
        terms=terms,
        topics=contents(survey),
        syntax=(
            (f"“{example}”", words("search.syntax.phrase")),
            (f"title:{word}", words("search.syntax.field")),
            (f"-{word}", words("search.syntax.minus")),
        ),
    )


def _exports(survey: Lookup) -> tuple[Door, ...]:
    words = survey.words
    return (
        Door(words("topic.bibtex"), "exports/all.bib"),
        Door(words("topic.ris"), "exports/all.ris"),
        Door(words("topic.csl"), "exports/all.csl.json"),
    )
