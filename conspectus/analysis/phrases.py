"""The vocabulary in; for each term how it is written, and whether it may be shown, out.

There is no tagger here. What surrounds a term in these very texts tells a noun phrase from a
fragment: a noun phrase is often followed by a break or a function word, seldom by "the", and
does not nearly always stand inside one longer phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis import spellings
from conspectus.analysis.documents import BREAK, Documents, Flags, keys
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.analysis.wordlists import (
    DATA_CUES,
    DETERMINERS,
    EMPTY,
    EMPTY_PHRASES,
    GENERIC,
    NAMING_CUES,
    VERB_CUES,
)

Floats = NDArray[np.float64]

_EMPTY_KEYS = keys(EMPTY)
_GENERIC_KEYS = keys(GENERIC)
_EMPTY_STARTS = frozenset(phrase[0] for phrase in EMPTY_PHRASES)
_ABSORBED = 0.7
_COMES_BACK = 1.5
"""How often a single word stands in a paper that has it, on the mean, if it is a subject."""
_COMES_BACK_SHARED, _COMES_BACK_GENERAL = 1.3, 2.0
"""The same of a word that two papers share, and of such a one that is used in every field."""
_RARE = 0.1
_ADJECTIVE = re.compile(r".{3,}(?:al|ive|ous|able|ible|ic|ful|less|ary|ed|ish|ward|ent|ant)")
_NOT_NOUN = re.compile(_ADJECTIVE.pattern + r"|.{3,}(?:ly|ing|er)")
_NOT_LAST = re.compile(r".{3,}(?:ly|ed)")
_INNER_CAPITAL = re.compile(r"[a-z].*[A-Z]|[A-Z]{2}.*[a-z]{2}")


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """What may be said of each term number."""

    spellings: tuple[str, ...]
    """As the texts most often write it; empty where it never stands on its own."""
    is_shown: Flags
    """A noun phrase that says something: may be a key term or a shared term."""
    is_shared: Flags
    """May say what two papers share: a noun phrase, or a plain word that few papers use."""
    weight: Floats
    """How much of a subject it is: above 1 where papers that use it come back to it."""
    is_name: Flags
    """Names a data set, a model or one paper's own system."""
    is_label: Flags
    """May also name a topic: no name of a data set, a model or a paper's own system."""
    is_said: Flags
    """May go on naming a topic that has it by the lock: it is spelled, and nobody banned it."""
    is_plain: Flags
    """May name a topic for want of a better term: a noun that is mostly part of phrases, too."""


def judge(
    documents: Documents,
    vocabulary: Vocabulary,
    banned: frozenset[str] = frozenset(),
    named: Iterable[tuple[str, ...]] = (),
) -> Phrases:
    """Spell and sort out the terms; `banned` holds folded words or phrases of the curator's.

    Those that name topics by the lock (`named`) are spelled in any case.
    """
    context = _context(documents, vocabulary)
    is_phrase = _noun_phrases(documents, vocabulary, context)
    is_word = _rare_words(vocabulary, context)
    is_noun = _plain_nouns(vocabulary, context)
    is_named = np.zeros(len(vocabulary.terms), dtype=np.bool_)
    is_named[[number for words in named if (number := vocabulary.number_of(words)) >= 0]] = True
    wanted = is_phrase | is_word | is_noun | is_named
    spelled = spellings.usual(documents, vocabulary, wanted)
    is_spelled = np.array([bool(text) for text in spelled], dtype=np.bool_)
    names = _names(documents, vocabulary)
    is_banned = np.zeros(len(spelled), dtype=np.bool_)
    if banned:
        told = zip(vocabulary.terms, spelled, strict=True)
        is_banned[:] = [_is_banned(words, text, banned) for words, text in told]
    is_shown = is_phrase & is_spelled
    unnamed = np.array([names.isdisjoint(words) for words in vocabulary.terms], dtype=np.bool_)
    return Phrases(
        spellings=spelled,
        is_shown=is_shown & ~is_banned,
        is_shared=(is_phrase | is_word) & is_spelled & ~is_banned & ~_is_passing(vocabulary),
        weight=_weight(vocabulary),
        is_name=~unnamed,
        is_label=is_shown & unnamed & ~is_banned & _is_subject(vocabulary),
        is_said=is_spelled & ~is_banned,
        is_plain=(is_shown | is_noun) & is_spelled & unnamed & ~is_banned,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Context:
    """Shares of each term's occurrences, from 0 to 1."""

    closed: Floats
    """Followed by a break, a function word or an empty word."""
    before_determiner: Floats
    after_verb_cue: Floats
    absorbed: Floats
    """Papers in which it stands in its commonest longer phrase."""


def _word_flags(documents: Documents, words: frozenset[str]) -> Flags:
    wanted = keys(words)
    return np.array([word in wanted for word in documents.vocabulary], dtype=np.bool_)


def _context(documents: Documents, vocabulary: Vocabulary) -> _Context:
    found = vocabulary.occurrences
    size = len(vocabulary.terms)
    padded = np.concatenate(([BREAK], documents.words, [BREAK]))
    before = padded[found.starts]
    after = padded[found.starts + found.lengths + 1]
    total = np.maximum(1, np.bincount(found.terms, minlength=size))
    closing = documents.is_function | _word_flags(documents, EMPTY)
    closing[BREAK] = True

    def share(flags: Flags) -> Floats:
        return np.bincount(found.terms[flags], minlength=size) / total

    return _Context(
        closed=share(closing[after]),
        before_determiner=share(_word_flags(documents, DETERMINERS)[after]),
        after_verb_cue=share(_word_flags(documents, VERB_CUES)[before]),
        absorbed=_absorbed(vocabulary),
    )


def _absorbed(vocabulary: Vocabulary) -> Floats:
    number = {words: i for i, words in enumerate(vocabulary.terms)}
    frequency = vocabulary.frequency.tolist()
    most = [0] * len(frequency)
    for i, words in enumerate(vocabulary.terms):
        for part in (words[:-1], words[1:]):
            inner = number.get(part)
            if inner is not None and frequency[i] > most[inner]:
                most[inner] = frequency[i]
    return np.array(most) / np.maximum(1, vocabulary.frequency)


def _noun_phrases(documents: Documents, vocabulary: Vocabulary, context: _Context) -> Flags:
    number = {words: i for i, words in enumerate(vocabulary.terms)}
    verbs = {
        words[0]
        for words, i in number.items()
        if len(words) == 1
        and (context.after_verb_cue[i] >= 0.3 or context.before_determiner[i] >= 0.25)
    }
    gerunds = {
        words[0]
        for words, i in number.items()
        if len(words) == 1 and words[0].endswith("ing") and context.before_determiner[i] >= 0.12
    }
    flags = [
        _is_noun_phrase(words, i, context, verbs, gerunds)
        for i, words in enumerate(vocabulary.terms)
    ]
    return np.array(flags, dtype=np.bool_)


def _is_noun_phrase(
    words: tuple[str, ...], i: int, context: _Context, verbs: set[str], gerunds: set[str]
) -> bool:
    if not _EMPTY_KEYS.isdisjoint(words) or context.absorbed[i] >= _ABSORBED:
        return False
    if len(words) > 1 and any(map(_EMPTY_KEYS.__contains__, map(add, words, words[1:]))):
        return False  # "non-trivial", which others write as one word
    if len(words) > 1 and not _EMPTY_STARTS.isdisjoint(words) and _holds_empty(words):
        return False
    if _NOT_LAST.fullmatch(words[-1]) or words[0] in gerunds or words[-1] in verbs:
        return False
    if words[0] in verbs and not words[0].endswith("ing") and context.after_verb_cue[i] >= 0.1:
        return False
    if context.closed[i] < 0.3 or context.before_determiner[i] >= 0.2:
        return False
    if len(words) > 1:
        return len(set(words)) == len(words)
    word = words[0]
    if (len(word) < 3 and word.isascii()) or word in _GENERIC_KEYS or word.endswith("ly"):
        return False
    return bool(context.closed[i] >= (0.7 if _ADJECTIVE.fullmatch(word) else 0.4))


def _holds_empty(words: tuple[str, ...]) -> bool:
    return any(
        words[i : i + len(phrase)] == phrase for phrase in EMPTY_PHRASES for i in range(len(words))
    )


def _burst(vocabulary: Vocabulary) -> Floats:
    """Mean occurrences in the papers that use a term, those in a title counted twice, to a tenth.

    A word of the subject comes back in its paper, an empty one hardly ever (Church and Gale,
    "Poisson mixtures", 1995).
    """
    total = np.asarray(vocabulary.counts.sum(axis=0)).ravel()
    return np.asarray(np.round(total / np.maximum(1, vocabulary.frequency), 1))


def _weight(vocabulary: Vocabulary) -> Floats:
    return np.clip(_burst(vocabulary) - 0.6, 0.3, 1.6) * np.where(_is_padded(vocabulary), 0.6, 1.0)


def _is_padded(vocabulary: Vocabulary) -> Flags:
    """Phrases that are another one and a word that says little: "sparse coding algorithms"."""
    known = set(vocabulary.terms)
    return np.array(
        [
            len(words) > 2
            and (words[-1] in _GENERIC_KEYS and words[:-1] in known)
            | (words[0] in _GENERIC_KEYS and words[1:] in known)
            for words in vocabulary.terms
        ],
        dtype=np.bool_,
    )


def _is_subject(vocabulary: Vocabulary) -> Flags:
    is_word = vocabulary.lengths() == 1
    says_little = np.array(
        [_GENERIC_KEYS.issuperset(words) for words in vocabulary.terms],
        dtype=np.bool_,
    )
    return np.where(is_word, _burst(vocabulary) >= _COMES_BACK, ~says_little)


def _is_passing(vocabulary: Vocabulary) -> Flags:
    """Single words that papers use in passing: "a gap", "in order to", "of interest"."""
    is_word = vocabulary.lengths() == 1
    is_general = np.array([words[0] in _GENERIC_KEYS for words in vocabulary.terms], dtype=np.bool_)
    least = np.where(is_general, _COMES_BACK_GENERAL, _COMES_BACK_SHARED)
    return np.asarray(is_word & (_burst(vocabulary) < least))


def _rare_words(vocabulary: Vocabulary, context: _Context) -> Flags:
    """Single words that stand on their own often enough, in at most a tenth of the papers."""
    papers = vocabulary.counts.shape[0]
    is_plain = np.array(
        [
            len(words) == 1
            and (len(words[0]) > 3 or not words[0].isascii())
            and words[0] not in _EMPTY_KEYS
            and not _NOT_LAST.fullmatch(words[0])
            for words in vocabulary.terms
        ],
        dtype=np.bool_,
    )
    is_rare: Flags = vocabulary.frequency <= max(_RARE * papers, 3)
    stands_alone: Flags = (context.closed >= 0.25) & (context.before_determiner < 0.2)
    return is_plain & is_rare & stands_alone


def _plain_nouns(vocabulary: Vocabulary, context: _Context) -> Flags:
    """Single words that look like nouns, even if they mostly begin a phrase ("web page")."""
    is_noun = np.array(
        [
            len(words) == 1
            and len(words[0]) > 2
            and words[0] not in _EMPTY_KEYS
            and words[0] not in _GENERIC_KEYS
            and not _NOT_NOUN.fullmatch(words[0])
            for words in vocabulary.terms
        ],
        dtype=np.bool_,
    )
    stands_alone = (context.closed >= 0.15) & (context.absorbed < _ABSORBED)
    is_verb = (context.before_determiner >= 0.2) | (context.after_verb_cue >= 0.15)
    return np.asarray(is_noun & stands_alone & ~is_verb)


def _is_banned(words: tuple[str, ...], text: str, banned: frozenset[str]) -> bool:
    spelled = text.casefold()
    return (
        spelled in banned
        or " ".join(words) in banned
        or not banned.isdisjoint((*words, *spelled.split()))
    )


def _names(documents: Documents, vocabulary: Vocabulary) -> set[str]:
    """Words that name a data set, a model or one paper's system, by the company they keep."""
    spelled_lower = np.array([text == text.lower() for text in documents.spellings])
    inner = np.array([bool(_INNER_CAPITAL.search(text)) for text in documents.spellings])
    words, spelled = documents.words, documents.spelled
    size = len(documents.vocabulary)
    is_real = (words != BREAK) & (spelled != 0)
    telling = is_real & ~documents.is_start & (documents.sentences >= 0)

    def count(flags: Flags) -> Floats:
        return np.bincount(words[flags], minlength=size).astype(np.float64)

    total, judged = np.maximum(1, count(is_real)), count(telling)
    lower = count(telling & spelled_lower[spelled])
    lower_anywhere = count(is_real & spelled_lower[spelled])
    is_name = np.where(judged > 0, lower < 0.2 * np.maximum(1, judged), lower_anywhere == 0)
    after, before = np.roll(words, -1), np.roll(words, 1)
    data, naming = _word_flags(documents, DATA_CUES), _word_flags(documents, NAMING_CUES)
    numbered = is_real & (after == BREAK) & (np.roll(spelled, -1) == 0)
    colon = documents.spellings.index(":") if ":" in documents.spellings else -1
    starts_title = is_real & documents.is_start & (documents.sentences == -1)
    titled = starts_title & (np.roll(spelled, -1) == colon)
    suspicious = (
        (count(is_real & (data[after] | data[before])) >= 0.15 * total)
        | (count(is_real & naming[before]) >= 0.1 * total)
        | (count(numbered) >= 0.2 * total)
        | (count(titled) >= 1)
        | (count(is_real & inner[spelled]) >= 0.5 * total)
    )
    numbers = np.array(
        [any(c.isdigit() for c in word) and len(word) > 3 for word in documents.vocabulary]
    )
    found = (is_name & suspicious) | numbers
    del vocabulary
    return {documents.vocabulary[i] for i in np.flatnonzero(found)}
