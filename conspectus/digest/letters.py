"""A digest and its survey in; all that its letter says out, as plain text and addresses."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from conspectus.digest.text import ascii_url, calm, cut
from conspectus.model.digests import Digest
from conspectus.model.papers import Paper
from conspectus.siteplan import urls
from conspectus.siteplan.digests import DIGESTS_PERMALINK, digest_lead, told
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.rows import by_kind, full_text, outlink, row_facts
from conspectus.siteplan.views import Outlink
from conspectus.words import direction

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """A paper in the letter."""

    title: str
    facts: str
    """Year, venue, first author: what is known, in one line; may be empty."""
    sentence: str
    """The one that states the contribution, else the first; may be empty."""
    url: str
    """Its page; its text elsewhere where the site has no address; may be empty."""
    code: Outlink | None


@dataclass(frozen=True, slots=True)
class LetterTopic:
    """A topic with its new papers; the label is empty for papers without a topic."""

    label: str
    url: str
    papers: tuple[LetterPaper, ...]
    more: str
    """How many more there are on the web, or empty."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything that a digest's letter says."""

    subject: str
    survey: str
    survey_url: str
    subtitle: str
    lead: str
    note: str
    """The curator's words, one line a block."""
    note_html: Markup
    topics: tuple[LetterTopic, ...]
    page_url: str
    """Where the digest stands on the web, or empty."""
    archive_url: str
    language: str
    direction: str
    curator: str


def letter_of(digest: Digest, survey: Lookup) -> Letter:
    """The letter. Without a base URL nothing in it leads to the site."""
    settings, words = survey.settings, survey.words
    base = settings.base_url
    papers = [survey.papers[paper] for paper in digest.papers]
    subject = words(
        "mail.subject", survey=settings.title, n=len(papers), date=words.date(digest.date)
    )
    return Letter(
        subject=cut(calm(subject), LONGEST_SUBJECT),
        survey=calm(settings.title),
        survey_url=_url(base, "index.html"),
        subtitle=calm(settings.subtitle),
        lead=calm(digest_lead(digest, words)),
        note="\n".join(calm(line) for line in digest.note.text.splitlines()),
        note_html=Markup(digest.note.html),
        topics=tuple(
            LetterTopic(
                label=calm(topic.label) if topic else "",
                url=_url(base, urls.topic_permalink(topic.id)) if topic else "",
                papers=tuple(_paper(paper, survey) for paper in members),
                more=words("digest.more", n=more) if more else "",
            )
            for topic, members, more in told(papers, survey.analysis)
        ),
        page_url=_url(base, urls.digest_permalink(digest.date)),
        archive_url=_url(base, DIGESTS_PERMALINK),
        language=settings.language,
        direction=direction(settings.language),
        curator=calm(settings.curator.name),
    )


def _paper(paper: Paper, survey: Lookup) -> LetterPaper:
    abstract = paper.abstract
    sentence = abstract.stating_text or next(iter(abstract.sentences), "")
    elsewhere = [way.url for way in full_text(paper, survey)]
    page = _url(survey.settings.base_url, urls.paper_permalink(paper.id))
    code = [link for link in by_kind(paper.links) if link.kind == "code"]
    return LetterPaper(
        title=calm(paper.title_text),
        facts=calm(" · ".join(row_facts(paper, survey))),
        sentence=calm(sentence),
        url=page or ascii_url(next(iter(elsewhere), "")),
        code=_ascii(outlink(code[0], survey.words)) if code else None,
    )


def _ascii(link: Outlink) -> Outlink:
    return Outlink(calm(link.label), ascii_url(link.url), link.kind)


def _url(base: str, permalink: str) -> str:
    return ascii_url(urls.absolute(base, permalink))
