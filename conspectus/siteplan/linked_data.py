"""Known facts in; JSON-LD for machine readers out (schema.org), with nothing made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from conspectus.compact_json import compact
from conspectus.model.papers import Author, Paper
from conspectus.settings import Settings
from conspectus.siteplan import urls
from conspectus.siteplan.views import TopicMark

SCHEMA = "https://schema.org"


def article(paper: Paper, path: Sequence[TopicMark], settings: Settings) -> Markup:
    """A paper as ScholarlyArticle, and the way to it where the survey knows its own address."""
    url = urls.absolute(settings.base_url, urls.paper_permalink(paper.id))
    facts: dict[str, object] = {
        "@type": "ScholarlyArticle",
        "headline": paper.title_text,
        "author": [_person(author) for author in paper.authors],
        "datePublished": str(paper.published) if paper.published else "",
        "isPartOf": {"@type": "Periodical", "name": paper.venue} if paper.venue else "",
        "keywords": list(paper.keywords),
        "inLanguage": paper.language,
        "url": url,
        "sameAs": _same_as(paper),
    }
    crumbs = [(mark.label, mark.permalink) for mark in path]
    return _script(_known(facts), _breadcrumbs(crumbs, paper.title_text, settings))


def website(settings: Settings) -> Markup:
    """The survey as WebSite, with its search; empty where it does not know its own address."""
    if not settings.base_url:
        return Markup("")
    search = urls.absolute(settings.base_url, "search.html") + "?q={search_term_string}"
    return _script(
        {
            "@type": "WebSite",
            "name": settings.title,
            "url": settings.base_url,
            "potentialAction": {
                "@type": "SearchAction",
                "target": search,
                "query-input": "required name=search_term_string",
            },
        }
    )


def _person(author: Author) -> Mapping[str, object]:
    orcid = f"https://orcid.org/{author.orcid}" if author.orcid else ""
    return _known(
        {
            "@type": "Person" if author.given else "Thing",
            "name": author.name,
            "affiliation": author.affiliation,
            "sameAs": orcid,
        }
    )


def _same_as(paper: Paper) -> list[str]:
    """The paper's own addresses elsewhere."""
    doi = [f"https://doi.org/{paper.doi}"] if paper.doi else []
    arxiv = [f"https://arxiv.org/abs/{paper.arxiv}"] if paper.arxiv else []
    return [*doi, *arxiv, *([paper.url] if paper.url else [])]


def _breadcrumbs(
    crumbs: Sequence[tuple[str, str]], last: str, settings: Settings
) -> Mapping[str, object]:
    if not settings.base_url or not crumbs:
        return {}
    entries: list[Mapping[str, object]] = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": urls.absolute(settings.base_url, permalink),
        }
        for position, (name, permalink) in enumerate(crumbs, start=1)
    ]
    entries.append({"@type": "ListItem", "position": len(crumbs) + 1, "name": last})
    return {"@type": "BreadcrumbList", "itemListElement": entries}


def _known(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value}


def _script(*things: Mapping[str, object]) -> Markup:
    """One data block. `<` is escaped, so that no text can end the element."""
    graph = [thing for thing in things if thing]
    text = compact({"@context": SCHEMA, "@graph": graph})
    safe = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{safe}</script>')
