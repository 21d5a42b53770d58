"""Papers in; what a reader's list shows and exports of each, as scripts.

`data/cards/index.js` says how many digits of a paper's key name its shard, such as
`data/cards/a.js`. They are scripts since pages opened from a disk may not fetch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from conspectus.citations import Citations
from conspectus.compact_json import compact
from conspectus.content import Content
from conspectus.model.papers import Corpus, Paper
from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.settings import Settings
from conspectus.siteplan.lookup import Lookup, look_up, paper_key
from conspectus.siteplan.rows import row_facts

DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
"""Of base 32, as keys are written."""
PAPERS_IN_A_SHARD = 150
MOST_DIGITS = 2

Card = dict[str, object]


def outputs(
    corpus: Corpus, analysis: Analysis, settings: Settings, citations: Citations
) -> Iterator[Output]:
    """The index and every shard, by name; nothing for a survey without papers.

    A shard holds the papers whose keys begin with its name, and those that had such a key under a
    former id. Every shard is written, also an empty one: a missing file means a failure.
    """
    if not corpus.papers:
        return
    digits = _digits(len(corpus.papers))
    shards: dict[str, dict[str, Card]] = {name: {} for name in sorted(_names(digits))}
    survey = look_up(Content(settings=settings, corpus=corpus), analysis, citations)
    for key, card in _cards(survey):
        shards[key[:digits] or "all"].setdefault(key, card)
    yield Output("data/cards/index.js", f"conspectus.cards.begin({digits});\n".encode())
    for name, cards in shards.items():
        yield Output(f"data/cards/{name}.js", _script(cards))


def _digits(papers: int) -> int:
    """As few digits as keep the shards small on average."""
    return next(
        (n for n in range(MOST_DIGITS) if papers <= PAPERS_IN_A_SHARD * len(DIGITS) ** n),
        MOST_DIGITS,
    )


def _names(digits: int) -> list[str]:
    names = [""]
    for _ in range(digits):
        names = [name + digit for name in names for digit in DIGITS]
    return names if digits else ["all"]


def _cards(survey: Lookup) -> Iterator[tuple[str, Card]]:
    """Keys with their cards: papers' own keys before those of former ids, which never win."""
    cards = [(paper, _card(paper, survey)) for paper in survey.content.corpus.papers]
    yield from ((paper_key(paper.id), card) for paper, card in cards)
    for paper, card in cards:
        own = {"key": paper_key(paper.id)}
        yield from ((paper_key(alias), own | card) for alias in paper.aliases)


def _card(paper: Paper, survey: Lookup) -> Card:
    """What the script that reads it (`static/js/cards.js`) does not know from the rest."""
    mark = survey.mark_of(paper.id)
    written = survey.citations.of(paper, survey.page_cited(paper.id))
    card: Card = {
        "id": paper.id,
        "title": paper.title_text,
        "topic": mark.label if mark else "",
        "mark": [mark.colour, mark.shape] if mark else None,
        "facts": row_facts(paper, survey),
        "authors": [author.name for author in paper.authors],
        "year": paper.year,
        "bib": written.bibtex,
    }
    if survey.size.has_all_citations:
        card |= {"ris": written.ris, "csl": json.loads(written.csl)}
    return card


def _script(cards: Mapping[str, Card]) -> bytes:
    """One line a card, by key, so that a change of one paper is a change of one line."""
    lines = ",\n".join(f'"{key}":{compact(card)}' for key, card in sorted(cards.items()))
    return f"conspectus.cards.receive({{\n{lines}\n}});\n".encode()
