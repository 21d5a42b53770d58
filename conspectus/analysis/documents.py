"""Papers in; every token of theirs out, once, as flat arrays that all later steps share.

A token has a *word* (its key: folded, singular, without hyphens) and a *spelling* (as written).
A hyphenated or abbreviated token is written out into several words: "test-time" reads as
"test time" and, where a text defines it, "RL" as "reinforcement learning". Its spelling then
stands at the first of those words, and the others continue it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis import acronyms
from conspectus.analysis.wordlists import FUNCTION
from conspectus.model.papers import Corpus, Paper

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

BREAK: Final = 0
"""The word that ends every phrase: punctuation, numbers, the end of a sentence."""

_TOKEN = re.compile(r"\\[A-Za-z]+|[^\W_]+(?:[-‐‑'’][^\W_]+)*|[^\w\s]|\n")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_POSSESSIVE = re.compile(r"['’]s?$")
_HYPHEN = re.compile(r"[-‐‑]")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_WORDS_OF_NUMBERS = frozenset({"2d", "3d", "4d", "1d", "2g", "3g", "4g", "5g", "6g"})

Spelled = tuple[str, str]
"""A word and the spelling that stands at it; an empty spelling continues the one before."""


@dataclass(frozen=True, slots=True, eq=False)
class Documents:
    """All tokens in reading order: papers in the corpus's order, title first."""

    ids: tuple[str, ...]
    """The papers' ids, sorted: a document's number is its place here."""
    vocabulary: tuple[str, ...]
    """Word number to word; number 0 is the break."""
    spellings: tuple[str, ...]
    """Spelling number to text; number 0 continues the token before."""
    words: Ints
    """For each token, its word's number."""
    spelled: Ints
    """For each token, its spelling's number."""
    papers: Ints
    """For each token, its document's number; ascending."""
    sentences: Ints
    """For each token, the index into `abstract.sentences`, or -1 in the title."""
    is_start: Flags
    """Whether a token is the first of its sentence, where a capital says nothing."""
    is_function: Flags
    """For each word number, whether it is a function word."""

    @property
    def count(self) -> int:
        """The number of documents."""
        return len(self.ids)


def read(corpus: Corpus) -> Documents:
    """Tokenise every paper once; the order of `corpus.papers` does not matter."""
    papers = sorted(corpus.papers, key=lambda paper: paper.id)
    table = _SpellingTable()
    lengths: list[int] = []
    numbers: list[int] = []
    for paper in papers:
        found = list(map(table.__getitem__, _TOKEN.findall(text_of(paper))))
        numbers.extend(found)
        lengths.append(len(found))
    raw = np.array(numbers, dtype=np.int64)
    owners = np.repeat(np.arange(len(papers), dtype=np.int64), lengths)
    return _written_out(tuple(paper.id for paper in papers), list(table), raw, owners)


def text_of(paper: Paper) -> str:
    """Title and sentences, one a line, addresses taken out: all that the analysis reads."""
    sentences: Iterable[str] = paper.abstract.sentences or (paper.abstract.text,)
    text = "\n".join([" ".join(line.split()) for line in (paper.title_text, *sentences)]) + "\n"
    return _ADDRESS.sub(" ", text) if "http" in text or "www." in text else text


class _SpellingTable(dict[str, int]):
    """Numbers spellings in the order in which they first appear."""

    def __missing__(self, spelling: str) -> int:
        number = self[spelling] = len(self)
        return number


def _written_out(ids: tuple[str, ...], spellings: list[str], raw: Ints, owners: Ints) -> Documents:
    """Write hyphenated and abbreviated tokens out into words."""
    split = _split_elsewhere(spellings)
    readings: list[tuple[Spelled, ...]] = [_reading(spelling, split) for spelling in spellings]
    replaced = acronyms.resolve(spellings, raw, owners, _key_words)
    readings.extend(
        _continued(spellings[place.spelling], place.words) for place in replaced.readings
    )
    chosen = raw.copy()
    chosen[replaced.positions] = len(spellings) + replaced.choice
    newline = spellings.index("\n") if "\n" in spellings else -1
    lines = np.cumsum(raw == newline) - (raw == newline)
    first_line = np.zeros(len(ids), dtype=np.int64)
    if len(raw):
        starts = np.searchsorted(owners, np.arange(len(ids)))
        first_line = lines[np.minimum(starts, len(raw) - 1)]
    sentences = lines - first_line[owners] - 1
    is_start = np.concatenate(([True], raw[:-1] == newline))[: len(raw)]
    return _flattened(ids, readings, chosen, owners, sentences, is_start)


def _flattened(
    ids: tuple[str, ...],
    readings: list[tuple[Spelled, ...]],
    chosen: Ints,
    owners: Ints,
    sentences: Ints,
    is_start: Flags,
) -> Documents:
    used = np.unique(chosen)
    words, spelled, offsets = _numbered(readings, used)
    compact = np.searchsorted(used, chosen)
    lengths = np.diff(offsets)[compact]
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    within = np.arange(total) - np.repeat(ends - lengths, lengths)
    source = np.repeat(offsets[:-1][compact], lengths) + within
    vocabulary, word_numbers = words
    spelling_table, spelling_numbers = spelled
    return Documents(
        ids=ids,
        vocabulary=vocabulary,
        spellings=spelling_table,
        words=word_numbers[source],
        spelled=spelling_numbers[source],
        papers=np.repeat(owners, lengths),
        sentences=np.repeat(sentences, lengths),
        is_start=np.repeat(is_start, lengths),
        is_function=np.array([word in _FUNCTION_KEYS for word in vocabulary], dtype=np.bool_),
    )


Numbered = tuple[tuple[str, ...], Ints]


def _numbered(readings: list[tuple[Spelled, ...]], used: Ints) -> tuple[Numbered, Numbered, Ints]:
    """Number words and spellings alphabetically, so that no input order shows."""
    flat = [part for number in used for part in readings[number]]
    offsets = np.concatenate(([0], np.cumsum([len(readings[number]) for number in used])))
    vocabulary = ("", *sorted({word for word, _ in flat} - {""}))
    spellings = ("", *sorted({spelling for _, spelling in flat} - {""}))
    word_of = {word: number for number, word in enumerate(vocabulary)}
    spelling_of = {spelling: number for number, spelling in enumerate(spellings)}
    return (
        (vocabulary, np.array([word_of[word] for word, _ in flat], dtype=np.int64)),
        (spellings, np.array([spelling_of[spelling] for _, spelling in flat], dtype=np.int64)),
        offsets.astype(np.int64),
    )


def _split_elsewhere(spellings: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words that are also written with a hyphen: "pretraining" reads as "pre-training" does."""
    hyphenated = sorted(text for text in spellings if _HYPHEN.search(text))
    split: dict[str, tuple[str, ...]] = {}
    for text in hyphenated:
        words = _key_words(text)
        if len(words) == 2 and all(words):
            split["".join(words)] = words
    return split


def _reading(spelling: str, split: dict[str, tuple[str, ...]]) -> tuple[Spelled, ...]:
    """The words that a token reads as; punctuation, TeX commands and numbers break phrases."""
    if not spelling[0].isalnum():
        return (("", spelling),)
    if _IDEOGRAPHS.search(spelling):
        return _ideographs(spelling)
    words = _key_words(spelling)
    return _continued(spelling, split.get(words[0], words) if len(words) == 1 else words)


def _continued(spelling: str, words: tuple[str, ...]) -> tuple[Spelled, ...]:
    return ((words[0], _POSSESSIVE.sub("", spelling)), *((word, "") for word in words[1:]))


def _ideographs(spelling: str) -> tuple[Spelled, ...]:
    """Overlapping pairs of characters, each a word between breaks (no word list is needed)."""
    parts: list[Spelled] = []
    end = 0
    for run in _IDEOGRAPHS.finditer(spelling):
        if rest := spelling[end : run.start()].strip("-‐‑'’"):
            parts.extend(_continued(rest, _key_words(rest)))
        pairs = [run[0][i : i + 2] for i in range(max(1, len(run[0]) - 1))]
        parts.extend(part for pair in pairs for part in ((pair, pair), ("", "\n")))
        end = run.end()
    if rest := spelling[end:].strip("-‐‑'’"):
        parts.extend(_continued(rest, _key_words(rest)))
    return tuple(parts)


def _key_words(spelling: str) -> tuple[str, ...]:
    """ "Fine-Tuned" → fine, tuned; "models'" → model; a number → a break.

    A compound with a function word in it stays whole ("off-policy", "state-of-the-art"), but
    for an inner "of" ("chain-of-thought").
    """
    folded = unicodedata.normalize("NFKC", spelling).casefold()
    pieces = [_POSSESSIVE.sub("", piece) for piece in _HYPHEN.split(folded)]
    pieces = [re.sub(r"['’]", "", piece) for piece in pieces]
    if len(pieces) > 1 and any(
        piece in FUNCTION and not (piece == "of" and 0 < i < len(pieces) - 1)
        for i, piece in enumerate(pieces)
    ):
        return (_key("".join(pieces)),)
    return tuple(_key(piece) for piece in pieces if piece) or ("",)


def _key(word: str) -> str:
    if word in _WORDS_OF_NUMBERS:
        return word
    if word[:1].isdigit() or not word:
        return ""
    return singular(word)


def singular(word: str) -> str:
    """The English singular by ending: a key for counting, never shown."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


def keys(words: Iterable[str]) -> frozenset[str]:
    """The words of a list as the vocabulary writes them."""
    return frozenset(_key(word) for word in words) - {""}


_FUNCTION_KEYS = keys(FUNCTION)
