"""About the survey: sources, days and counts, computed; and the curator's own pages."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from conspectus import citations
from conspectus.model import fingerprint
from conspectus.model.papers import FreePage
from conspectus.model.site import Page
from conspectus.siteplan.days import listings
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.taking_part import suggestion
from conspectus.siteplan.views import AboutView, FreeView

ABOUT_PERMALINK = "about.html"
ABOUT_SLUG = "about"


def about_page(survey: Lookup) -> Page:
    """The about page; a page "about" of the curator's own stands at its head."""
    settings, words = survey.settings, survey.words
    own = next((page for page in survey.content.pages if page.slug == ABOUT_SLUG), None)
    return Page(
        permalink=ABOUT_PERMALINK,
        kind="about",
        title=own.title if own else words("about.title"),
        description=settings.description,
        view=AboutView(
            description=settings.description,
            body=Markup(own.body.html) if own else Markup(""),
            made=tuple(_made(survey)),
            curator=settings.curator.name,
            curator_url=settings.curator.url,
            licence=settings.licence,
            citation=_citation(survey) if survey.papers else "",
            version=survey_version(survey),
            part=suggestion(survey),
        ),
    )


def survey_version(survey: Lookup) -> str:
    """A name for the survey's state: 8 hex digits of its papers' ids and texts."""
    texts = ((p.id, p.title, p.abstract.source) for p in survey.content.corpus.papers)
    return fingerprint(tuple(texts))[:8]


def _citation(survey: Lookup) -> str:
    """How to cite the survey itself; only what is known."""
    settings = survey.settings
    fields = [("title", settings.title)]
    if settings.curator.name:
        fields.insert(0, ("author", f"{{{settings.curator.name}}}"))
    if settings.base_url:
        fields.append(("url", settings.base_url))
    fields.append(("note", survey.words("about.version", version=survey_version(survey))))
    body = "\n".join(f"  {name} = {{{value}}}," for name, value in fields)
    return f"@misc{{{settings.id},\n{body}\n}}\n"


def free_pages(survey: Lookup) -> Iterator[Page]:
    """The curator's pages from content/pages."""
    for page in survey.content.pages:
        if page.slug != ABOUT_SLUG:
            yield Page(
                permalink=free_permalink(page),
                kind="free",
                title=page.title,
                description=page.body.sentences[0] if page.body.sentences else "",
                view=FreeView(heading=page.title, body=Markup(page.body.html)),
            )


def free_permalink(page: FreePage) -> str:
    """Where a page of the curator's stands."""
    return f"{page.slug}.html"


def _made(survey: Lookup) -> Iterator[str]:
    """How this survey was made: sources, days and counts."""
    words = survey.words
    papers = survey.content.corpus.papers
    if not papers:
        return
    count = words("papers.count", n=len(papers))
    tops = survey.analysis.topmost()
    if len(tops) > 1:
        yield words("about.count", papers=count, topics=words("topics.count", n=len(tops)))
    else:
        yield words("about.count.only", papers=count)
    curator = survey.settings.curator.name
    for day, number in listings(survey):
        yield words(
            "about.source.by" if curator else "about.source",
            papers=words("papers.count", n=number),
            date=words.date(day),
            curator=curator,
        )
    unlisted = sum(paper.listed is None for paper in papers)
    if unlisted:
        yield words("about.unlisted", papers=words("papers.count", n=unlisted))
    else:
        yield words("about.dates")
    unknown = sum(bool(citations.missing(paper)) for paper in papers)
    if unknown:
        yield words("about.unknown", papers=words("papers.count", n=unknown))
