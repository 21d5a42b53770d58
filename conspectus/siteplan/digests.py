"""Digests in; their pages by topic, and the list of them, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from conspectus.model.digests import Digest
from conspectus.model.papers import Paper
from conspectus.model.site import Given, Page
from conspectus.model.topics import Analysis, Topic
from conspectus.siteplan import urls
from conspectus.siteplan.carried import carried
from conspectus.siteplan.contents import contents
from conspectus.siteplan.doors import doors_page
from conspectus.siteplan.lists import cut, page_title, pager, rows_of
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.views import Door, Group, ListView
from conspectus.words import Words

DIGESTS_PERMALINK = "digests/index.html"
MOST_TOLD = 150
"""Papers of a digest that feeds and letters name: above that, mail programs cut letters short."""


def by_topic(
    papers: Iterable[Paper], analysis: Analysis
) -> tuple[tuple[Topic | None, tuple[Paper, ...]], ...]:
    """The papers of each topmost topic, in the order of the topics; within one, in theirs.

    Papers that no topic has come last, with None.
    """
    top_of = {
        paper: topic for topic in analysis.topmost() for paper in topic.papers
    }  # a parent holds its descendants' papers
    groups: dict[str, list[Paper]] = {topic.id: [] for topic in analysis.topmost()}
    rest: list[Paper] = []
    for paper in papers:
        topic = top_of.get(paper.id)
        (groups[topic.id] if topic else rest).append(paper)
    found = [(topic, tuple(groups[topic.id])) for topic in analysis.topmost() if groups[topic.id]]
    return (*found, *([(None, tuple(rest))] if rest else []))


def told(
    papers: Iterable[Paper], analysis: Analysis, most: int = MOST_TOLD
) -> tuple[tuple[Topic | None, tuple[Paper, ...], int], ...]:
    """The same, with `most` papers in all, and how many more each topic has.

    Every topic gives up its last ones down to one size; so small topics are told whole.
    """
    groups = by_topic(papers, analysis)
    size = max((len(members) for _, members in groups), default=0)
    while size > 1 and sum(min(size, len(members)) for _, members in groups) > most:
        size -= 1
    return tuple((topic, members[:size], max(0, len(members) - size)) for topic, members in groups)


def digest_title(digest: Digest, words: Words) -> str:
    """What it is called on its page and in feeds."""
    return words("digest.title", date=words.date(digest.date))


def digest_lead(digest: Digest, words: Words) -> str:
    """How many papers it announces, and since when it looks back."""
    count = words("papers.count", n=len(digest.papers))
    if digest.since is None or digest.since >= digest.date:
        return words("digest.lead", papers=count)
    return words("digest.lead.since", papers=count, since=words.date(digest.since))


def digest_pages(survey: Lookup) -> Iterator[Page]:
    """The list of digests, newest first, and each digest."""
    digests = survey.content.digests
    if not digests:
        return
    words = survey.words
    yield doors_page(
        DIGESTS_PERMALINK,
        words("digests.title"),
        words("digests.lead"),
        (
            (Door(words.date(digest.date), urls.digest_permalink(digest.date)), len(digest.papers))
            for digest in reversed(digests)
        ),
        words,
    )
    for digest in digests:
        yield from _digest(digest, survey)


def _digest(digest: Digest, survey: Lookup) -> Iterator[Page]:
    words = survey.words
    title, lead = digest_title(digest, words), digest_lead(digest, words)
    permalink = urls.digest_permalink(digest.date)
    papers = [survey.papers[paper] for paper in digest.papers]
    ordered = [paper for _, members in by_topic(papers, survey.analysis) for paper in members]
    pages = cut(ordered)
    for number, page in enumerate(pages, start=1):
        yield Page(
            permalink=urls.page_of(permalink, number),
            kind="list",
            title=page_title(title, number, words),
            description=lead,
            make=Given(
                ListView(
                    heading=title,
                    lead=lead,
                    groups=tuple(_groups(page, survey)) or (Group("", "", ()),),
                    jumps_label="",
                    jumps=(),
                    pager=pager(permalink, len(pages), words),
                    topics=contents(survey),
                    note=Markup(digest.note.html) if number == 1 else Markup(""),
                    take=(
                        Door(words("digest.all"), DIGESTS_PERMALINK),
                        Door(words("digest.atom"), f"{urls.DIGESTS_FEED}.atom"),
                        Door(words("digest.json"), f"{urls.DIGESTS_FEED}.json"),
                    ),
                )
            ),
        )


def _groups(papers: Sequence[Paper], survey: Lookup) -> Iterator[Group]:
    carries = carried(papers)
    for topic, members in by_topic(papers, survey.analysis):
        yield Group(
            heading=topic.label if topic else "",
            anchor=f"t-{topic.id}" if topic else "",
            rows=rows_of(members, survey, is_mixed=False, carries=carries),
            topic=survey.marks[topic.id] if topic else None,
        )
