"""A topic's central papers in; two or three of their sentences that cover different ground out.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) over sentences that stand
alone: the one that states a paper's contribution where there is one, and none that leans on
the sentence before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from conspectus.model.papers import Paper
from conspectus.model.topics import Quote
from conspectus.prose import stating

_MOST = 3
_FEWEST_WORDS, _MOST_WORDS = 8, 60
_LEANS = re.compile(
    r"(?:to (?:address|solve|overcome|tackle|mitigate|bridge|fill|achieve|this|that|do)\b.{0,40}\b"
    r"(?:this|these|that|those|such)\b"
    r"|(?:this|these|that|those|such|it|its|they|their|he|she|there|here|however|therefore|thus"
    r"|hence|moreover|furthermore|additionally|further|besides|also|then|but|and|or|yet|instead"
    r"|finally|lastly|first|second|third|firstly|secondly|thirdly|next|specifically|in particular"
    r"|in addition|in contrast|by contrast|as a result|for example|for instance|consequently"
    r"|accordingly|nevertheless|nonetheless|similarly|likewise|meanwhile|both|our|toward this"
    r"|towards this|to this end|to that end|in this way|on the other hand|concretely|notably"
    r"|as such|with this|based on (?:this|these)|motivated by (?:this|these)|code|project page"
    r"|extensive|experiments?|experimental|results?|empirically"
    r"|we (?:also|further|then|conclude))\b"
    r"(?! (?:paper|work|article|study)\b))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|\bgithub\b|\bavailable at\b", re.IGNORECASE)
_NOT_PROSE = re.compile(r"\\[a-z]+|[{}|]|\(i+\)|\([0-9a]\)")


def lift(papers: Sequence[Paper], worth: dict[str, float], most: int = _MOST) -> tuple[Quote, ...]:
    """Two or three sentences, or none where fewer than two papers have one that stands alone.

    `papers` come best first; `worth` holds what each of the topic's terms says of it.
    """
    options = [
        (paper, index, _terms(paper.abstract.sentences[index], worth))
        for paper in papers
        if (index := _sentence(paper, worth)) is not None
    ]
    chosen: list[tuple[Paper, int, set[str]]] = []
    while options and len(chosen) < most:
        seen = {term for _, _, terms in chosen for term in terms}
        best = max(
            range(len(options)),
            key=lambda i: (_gain(options[i][2], seen, worth) - 0.02 * i, -i),
        )
        chosen.append(options.pop(best))
    if len(chosen) < min(2, len(papers)):
        return ()
    return tuple(Quote(paper.id, index) for paper, index, _ in chosen)


def _sentence(paper: Paper, worth: dict[str, float]) -> int | None:
    """The stating sentence if it stands alone, else the one that says most of the topic."""
    sentences = paper.abstract.sentences
    fitting = [i for i, text in enumerate(sentences) if stands_alone(text)]
    stating = [i for i in fitting if sentences[i] == paper.abstract.stating_text]
    if stating:
        return stating[0]
    if not fitting:
        return None
    return max(fitting, key=lambda i: (_gain(_terms(sentences[i], worth), set(), worth), -i))


def stands_alone(sentence: str) -> bool:
    """Whether a sentence can be read without the one before it."""
    words = len(sentence.split())
    return (
        _FEWEST_WORDS <= words <= _MOST_WORDS
        and not _LEANS.match(sentence)
        and not stating.leans(sentence)
        and not stating.opens_elsewhere(sentence)
        and not _ADDRESS.search(sentence)
        and not _NOT_PROSE.search(sentence)
        and sentence[:1].isupper()
    )


def _terms(sentence: str, worth: dict[str, float]) -> set[str]:
    folded = sentence.casefold()
    return {term for term in worth if term.casefold() in folded}


def _gain(terms: set[str], seen: set[str], worth: dict[str, float]) -> float:
    # Exact, since a set has no order: the same terms are worth the same to the last bit.
    return math.fsum(worth[term] * (0.3 if term in seen else 1.0) for term in terms)
