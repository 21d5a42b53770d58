"""Topics as a table of contents, and sentences with their sources."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from conspectus.model.topics import Quote, Topic
from conspectus.siteplan import urls
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.strokes import column
from conspectus.siteplan.views import ContentsRow, SourcedSentence, Strokes

TERMS_IN_CONTENTS = 3


def contents(survey: Lookup, *, has_summaries: bool = False) -> tuple[ContentsRow, ...]:
    """The topmost topics: largest first, mixed ones last."""
    return contents_rows(survey.analysis.topmost(), survey, has_summaries=has_summaries)


def contents_rows(
    topics: Sequence[Topic], survey: Lookup, *, has_summaries: bool = False
) -> tuple[ContentsRow, ...]:
    """Topics below one another, their strokes on one scale."""
    sizes = [(len(topic.papers), survey.marks[topic.id].colour) for topic in topics]
    return tuple(
        _row(topic, drawn, survey, has_summary=has_summaries)
        for topic, drawn in zip(topics, column(sizes, survey.words), strict=True)
    )


def _row(topic: Topic, drawn: Strokes, survey: Lookup, *, has_summary: bool) -> ContentsRow:
    """One topic with its strokes and the terms that its label does not show already."""
    in_label = {term.casefold() for term in topic.label_terms}
    terms = [term.term for term in topic.terms if term.term.casefold() not in in_label]
    children = [survey.topics[child] for child in topic.children] if has_summary else []
    return ContentsRow(
        mark=survey.marks[topic.id],
        count=len(topic.papers),
        strokes=drawn,
        terms=tuple(terms[:TERMS_IN_CONTENTS]),
        summary=sourced(topic.summary, survey) if has_summary else (),
        description=topic.description if has_summary else "",
        children=contents_rows(children, survey),
    )


def sourced(quotes: Sequence[Quote], survey: Lookup) -> tuple[SourcedSentence, ...]:
    """Lifted sentences, each numbered and linked to its paper."""
    return tuple(
        SourcedSentence(
            sentence=Markup(survey.papers[quote.paper].abstract.sentence_html(quote.sentence)),
            number=number,
            permalink=urls.paper_permalink(quote.paper),
            title=survey.papers[quote.paper].title_text,
        )
        for number, quote in enumerate(quotes, start=1)
    )
