"""Topics as a table of contents, and sentences with their sources."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from conspectus.model.topics import Quote, Topic
from conspectus.siteplan import urls
from conspectus.siteplan.lookup import Lookup
from conspectus.siteplan.strokes import strokes
from conspectus.siteplan.views import ContentsRow, SourcedSentence

TERMS_IN_CONTENTS = 3


def contents(survey: Lookup, *, has_summaries: bool = False) -> tuple[ContentsRow, ...]:
    """The topmost topics: largest first, mixed ones last."""
    return tuple(
        contents_row(topic, survey, has_summary=has_summaries)
        for topic in survey.analysis.topmost()
    )


def contents_row(topic: Topic, survey: Lookup, *, has_summary: bool = False) -> ContentsRow:
    """One topic with its strokes and the terms that its label does not show already."""
    mark = survey.marks[topic.id]
    in_label = {term.casefold() for term in topic.label_terms}
    terms = [term.term for term in topic.terms if term.term.casefold() not in in_label]
    children = (survey.topics[child] for child in topic.children) if has_summary else ()
    return ContentsRow(
        mark=mark,
        count=len(topic.papers),
        strokes=strokes(len(topic.papers), mark.colour, survey.words),
        terms=tuple(terms[:TERMS_IN_CONTENTS]),
        summary=sourced(topic.summary, survey) if has_summary else (),
        description=topic.description if has_summary else "",
        children=tuple(contents_row(child, survey) for child in children),
    )


def sourced(quotes: Sequence[Quote], survey: Lookup) -> tuple[SourcedSentence, ...]:
    """Lifted sentences, each numbered and linked to its paper."""
    return tuple(
        SourcedSentence(
            sentence=Markup(survey.papers[quote.paper].abstract.sentences_html[quote.sentence]),
            number=number,
            permalink=urls.paper_permalink(quote.paper),
            title=survey.papers[quote.paper].title_text,
        )
        for number, quote in enumerate(quotes, start=1)
    )
