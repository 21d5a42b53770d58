"""Where the terms stand in; how the texts most often write each of them, out.

What stands at the start of a sentence or in a title says little about capitals, so that
occurrences inside sentences count for more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from conspectus.analysis.documents import Documents, Flags, Ints, Numbers
from conspectus.analysis.vocabulary import LONGEST, Occurrences, Vocabulary

_MID_SENTENCE = 5
"""How much more the case of a word says inside a sentence than at its start or in a title."""
_COMMON_NOUN = 0.15


def usual(documents: Documents, vocabulary: Vocabulary, wanted: Flags) -> tuple[str, ...]:
    """The usual spelling of each wanted term; empty for others, and where it never stands alone."""
    options: list[list[tuple[float, str]]] = [[] for _ in vocabulary.terms]
    in_sentences = _usual_case(documents)
    found = _own_places(documents, vocabulary.occurrences, wanted)
    for length in range(1, LONGEST + 1):
        written = _written(documents, found, length)
        for term, vote, is_told, spelled in written.rows():
            parts = [documents.spellings[number] for number in spelled if number]
            if not is_told:
                parts = [in_sentences.get(part, part) for part in parts]
            options[term].append((vote, " ".join(parts)))
    return tuple([_commonest(spelt) if spelt else "" for spelt in options])


def _own_places(documents: Documents, found: Occurrences, wanted: Flags) -> Occurrences:
    """Occurrences that neither begin nor end inside a token: "learning" of "Q-learning" does."""
    is_own = np.concatenate((documents.spelled != 0, [True]))
    usable = wanted[found.terms] & is_own[found.starts] & is_own[found.starts + found.lengths]
    return Occurrences(found.terms[usable], found.starts[usable], found.lengths[usable])


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """The ways in which terms of one length are written."""

    terms: Numbers
    spelled: Numbers
    """Ways × words: spelling numbers, 0 where a word continues the one before."""
    votes: Ints
    is_told: Flags
    """Whether it stands so inside any sentence."""

    def rows(self) -> Iterator[tuple[int, float, bool, list[int]]]:
        """Term, votes, whether it is told, spelling numbers."""
        return zip(
            self.terms.tolist(),
            self.votes.tolist(),
            self.is_told.tolist(),
            self.spelled.tolist(),
            strict=True,
        )


def _written(documents: Documents, found: Occurrences, length: int) -> _Written:
    chosen = found.lengths == length
    terms, starts = found.terms[chosen], found.starts[chosen]
    codes = terms.astype(np.int64)
    for place in range(length):
        # Two spellings are the most that a number has room for beside what stood before.
        if place and place % 2 == 0:
            codes = np.unique(codes, return_inverse=True)[1]
        codes = codes * len(documents.spellings) + documents.spelled[starts + np.int32(place)]
    first, number = np.unique(codes, return_index=True, return_inverse=True)[1:]
    is_telling = ~documents.is_start[starts] & (documents.sentences[starts] >= 0)
    count = np.bincount(number, minlength=len(first))
    told = np.bincount(number[is_telling], minlength=len(first))
    places = starts[first][:, None] + np.arange(length, dtype=np.int32)
    return _Written(
        terms[first],
        documents.spelled[places],
        count + (_MID_SENTENCE - 1) * told,
        told > 0,
    )


def _usual_case(documents: Documents) -> dict[str, str]:
    """Spellings that stand in titles with capitals and inside sentences mostly without."""
    telling = ~documents.is_start & (documents.sentences >= 0)
    counts = np.bincount(documents.spelled[telling], minlength=len(documents.spellings))
    number = {text: i for i, text in enumerate(documents.spellings)}
    return {
        text: text.lower()
        for i, text in enumerate(documents.spellings)
        if text[:1].isupper() and counts[number.get(text.lower(), 0)] > counts[i]
    }


def _commonest(options: Sequence[tuple[float, str]]) -> str:
    """The commonest spelling; all lower-case unless the texts nearly always capitalise it."""
    if len(options) == 1:
        return options[0][1]
    votes: dict[str, float] = {}
    for vote, text in options:
        votes[text] = votes.get(text, 0) + vote
    best = max(votes.values())
    lower = {text: vote for text, vote in votes.items() if text == text.lower()}
    pool = {text: vote for text, vote in lower.items() if vote >= _COMMON_NOUN * best} or votes
    # Written out, a term says to everyone what its abbreviation says to some.
    longest = max(_gaps(text) for text, vote in pool.items() if vote >= _COMMON_NOUN * best)
    texts = [text for text in pool if _gaps(text) == longest]
    return min(texts, key=lambda text: (-votes[text], text.swapcase()))


def _gaps(text: str) -> int:
    """How many words a spelling is written in, less one; a hyphen parts words as a space does."""
    return text.count(" ") + text.count("-")
