"""Papers as rows of a list, and the links that lead out of the site."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote_plus, urlsplit

from markupsafe import Markup

from conspectus.model.papers import LINK_KINDS, Link, Paper
from conspectus.siteplan import urls
from conspectus.siteplan.carried import Carried, has_code
from conspectus.siteplan.coins import coins
from conspectus.siteplan.lookup import Lookup, paper_key
from conspectus.siteplan.views import Outlink, Row, TitleRow, TopicMark
from conspectus.words import Words


def row(paper: Paper, survey: Lookup, *, is_mixed: bool, carries: Carried | None = None) -> Row:
    """A paper in a list; `is_mixed` where the list holds papers of several topics.

    `carries` says by what the list can be filtered and sorted; by nothing, if it is not given.
    Abstract and COinS are left out where the survey's size has no room for them.
    """
    abstract = paper.abstract
    size = survey.size
    has_abstract = size.has_abstracts_in_mixed_lists if is_mixed else size.has_abstracts_in_lists
    carries = carries or Carried()
    return Row(
        id="" if size.is_lean else paper.id,
        key=paper_key(paper.id),
        permalink=urls.paper_permalink(paper.id),
        title=Markup(paper.title_html),
        topic=survey.mark_of(paper.id) if is_mixed else None,
        sentence=Markup(abstract.leading_html),
        is_stating=abstract.stating is not None,
        facts=row_facts(paper, survey),
        outlinks=tuple(
            outlink(link, survey.words) for link in by_kind(paper.links) if link.kind == "code"
        )[:1],
        abstract=Markup(abstract.html if has_abstract else ""),
        has_abstract=bool(abstract.html),
        former=tuple(paper_key(alias) for alias in paper.aliases),
        entered=str(paper.entered or ""),
        year=str(paper.year) if carries.has_years and paper.year else "",
        has_code=carries.has_code and has_code(paper),
        upvotes=str(paper.upvotes) if carries.has_upvotes and paper.upvotes is not None else "",
        coins=coins(paper, survey.page_cited(paper.id)) if size.has_coins else "",
    )


def title_row(paper: Paper, survey: Lookup, *, is_mixed: bool = False, note: str = "") -> TitleRow:
    """A paper by its title alone."""
    return TitleRow(
        permalink=urls.paper_permalink(paper.id),
        title=Markup(paper.title_html),
        topic=survey.mark_of(paper.id) if is_mixed else None,
        note=note,
    )


def topic_row(mark: TopicMark, title: Markup, permalink: str) -> TitleRow:
    """A paper's title with the shape of its topic."""
    return TitleRow(permalink=permalink, title=title, topic=mark)


def row_facts(paper: Paper, survey: Lookup) -> tuple[str, ...]:
    """Year or listing day, venue, and the first author: only what is known.

    A listing's day that all papers share divides nothing, so it is left out.
    """
    words, facts = survey.words, []
    if paper.published:
        facts.append(str(paper.published.year))
    elif paper.listed and survey.has_listings:
        facts.append(words("listed", date=words.date(paper.listed)))
    if paper.venue:
        facts.append(paper.venue)
    if len(paper.authors) > 2:
        facts.append(words("et_al", author=paper.authors[0].family))
    elif paper.authors:
        facts.append(", ".join(author.family for author in paper.authors))
    return tuple(facts)


def by_kind(links: Iterable[Link]) -> list[Link]:
    """Links by the order of their kinds: code and models first; each kind in its own order."""
    return sorted(links, key=lambda link: LINK_KINDS.index(link.kind))


def outlink(link: Link, words: Words) -> Outlink:
    """A link whose words say what it leads to and where."""
    kind = words(f"kind.{link.kind}")
    host = host_of(link.url)
    label = words("link.on", kind=kind, host=host) if host else kind
    return Outlink(label=label, url=link.url, kind=link.kind)


def host_of(url: str) -> str:
    """The host of a URL without `www.`; empty where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def full_text(paper: Paper, survey: Lookup) -> list[Outlink]:
    """The known ways to the text itself, best first."""
    words, ways = survey.words, []
    if paper.pdf:
        ways.append(paper.pdf)
    if paper.arxiv:
        ways.append(f"https://arxiv.org/abs/{paper.arxiv}")
    if paper.doi:
        ways.append(f"https://doi.org/{paper.doi}")
    if paper.url:
        ways.append(paper.url)
    label = words("paper.full_text")
    return [Outlink(words("link.on", kind=label, host=host_of(way)), way, "text") for way in ways]


def full_text_searches(paper: Paper, survey: Lookup) -> tuple[Outlink, ...]:
    """Searches by title on the sites that the settings name."""
    title = quote_plus(paper.title_text)
    return tuple(
        Outlink(site.name, site.url.replace("{title}", title), "search")
        for site in survey.settings.full_text_searches
    )
