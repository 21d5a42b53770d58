"""Papers in; every token of theirs out, once, as flat arrays that all later steps share.

A token has a *word* (its key: folded, singular, without hyphens) and a *spelling* (as written).
A hyphenated or abbreviated token is written out into several words: "test-time" reads as
"test time" and, where a text defines it, "RL" as "reinforcement learning". Its spelling then
stands at the first of those words, and the others continue it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from conspectus.analysis import acronyms, hyphens
from conspectus.analysis.wordlists import FUNCTION
from conspectus.model.papers import Corpus, Paper
from conspectus.workers import ALONE, Workers, chunks, in_order

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int32]
"""What there is one of for each token: at 100,000 papers memory is made of these."""

BREAK: Final = 0
"""The word that ends every phrase: punctuation, numbers, the end of a sentence."""

TOKEN = re.compile(r"[^\W_]+(?:[-‐‑'’][^\W_]+)*|\\[A-Za-z]+|[^\w\s]|\n")
ASCII_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[-'][A-Za-z0-9]+)*|\\[A-Za-z]+|[^\w\s]|\n")
"""The same of a text in ASCII, as most are: an explicit class is tried faster."""
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_POSSESSIVE = re.compile(r"['’]s?$")
_HYPHEN = re.compile(r"[-‐‑]")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]+")
_BLOCK = 2_000
_SLICE = 1_000_000
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
    words: Numbers
    """For each token, its word's number."""
    spelled: Numbers
    """For each token, its spelling's number."""
    papers: Numbers
    """For each token, its document's number; ascending."""
    sentences: Numbers
    """For each token, the index into `abstract.sentences`, or -1 in the title."""
    is_start: Flags
    """Whether a token is the first of its sentence, where a capital says nothing."""
    is_function: Flags
    """For each word number, whether it is a function word."""

    @property
    def count(self) -> int:
        """The number of documents."""
        return len(self.ids)


def read(corpus: Corpus, workers: Workers = ALONE) -> Documents:
    """Tokenise every paper once; the order of `corpus.papers` does not matter."""
    papers = sorted(corpus.papers, key=lambda paper: paper.id)
    parts = in_order(workers, [partial(_scanned, some) for some in chunks(papers, _BLOCK)])
    spellings = _Numbered()
    tokens = [np.zeros(0, dtype=np.int32)]
    for part in parts:
        numbers = [spellings[spelling] for spelling in part.spellings]
        tokens.append(np.array(numbers, dtype=np.int32)[part.tokens])
    lengths = np.concatenate([np.zeros(0, dtype=np.int32), *(part.lengths for part in parts)])
    owners = np.repeat(np.arange(len(papers), dtype=np.int32), lengths)
    ids = tuple(paper.id for paper in papers)
    return _written_out(ids, list(spellings), np.concatenate(tokens), owners)


@dataclass(frozen=True, slots=True, eq=False)
class _Scanned:
    """The tokens of some papers."""

    spellings: tuple[str, ...]
    """In the order in which they first appear."""
    tokens: Numbers
    """For each token, its place among the spellings."""
    lengths: Numbers
    """For each paper, its tokens."""


def _scanned(papers: Sequence[Paper]) -> _Scanned:
    spellings = _Numbered()
    tokens, lengths = array("i"), array("i")
    for paper in papers:
        text = text_of(paper)
        found = (ASCII_TOKEN if text.isascii() else TOKEN).findall(text)
        tokens.extend(map(spellings.__getitem__, found))
        lengths.append(len(found))
    return _Scanned(
        tuple(spellings), np.array(tokens, dtype=np.int32), np.array(lengths, dtype=np.int32)
    )


def text_of(paper: Paper) -> str:
    """Title and sentences, one a line, addresses taken out: all that the analysis reads."""
    lines = (paper.title_text, *(paper.abstract.sentences or (paper.abstract.text,)))
    text = "\n".join(lines)
    if text.count("\n") >= len(lines):
        text = "\n".join([line.replace("\n", " ") for line in lines])
    return _ADDRESS.sub(" ", text) + "\n" if "http" in text or "www." in text else text + "\n"


class _Numbered(dict[str, int]):
    """Numbers spellings in the order in which they first appear."""

    def __missing__(self, spelling: str) -> int:
        number = self[spelling] = len(self)
        return number


class _Words(dict[str, tuple[str, ...]]):
    """Spellings and their words, each found once."""

    def __missing__(self, spelling: str) -> tuple[str, ...]:
        words = self[spelling] = _key_words(spelling)
        return words


def _written_out(
    ids: tuple[str, ...], spellings: list[str], raw: Numbers, owners: Numbers
) -> Documents:
    """Write hyphenated and abbreviated tokens out into words."""
    words = _Words()
    counts = np.bincount(raw, minlength=len(spellings)).tolist()
    usual = hyphens.readings(spellings, counts, words.__getitem__)
    readings: list[tuple[Spelled, ...]] = [
        _reading(spelling, usual, words) for spelling in spellings
    ]
    replaced = acronyms.resolve(spellings, raw, owners, words.__getitem__)
    readings.extend(
        _continued(spellings[place.spelling], place.words) for place in replaced.readings
    )
    is_end = raw == (spellings.index("\n") if "\n" in spellings else -1)
    lines = np.cumsum(is_end, dtype=np.int32)
    lines -= is_end
    starts = np.searchsorted(owners, np.arange(len(ids), dtype=np.int32))
    lines -= (lines[starts] + np.int32(1))[owners]
    raw[replaced.positions] = len(spellings) + replaced.choice
    is_start = np.concatenate(([True], is_end))[: len(raw)]
    return _flattened(ids, readings, raw, owners, lines, is_start)


def _flattened(
    ids: tuple[str, ...],
    readings: list[tuple[Spelled, ...]],
    chosen: Numbers,
    owners: Numbers,
    sentences: Numbers,
    is_start: Flags,
) -> Documents:
    """Put each token's words in its place; a million at a time, for there may be many millions."""
    counts = np.bincount(chosen, minlength=len(readings))
    table = _Table.of(list(compress(readings, (counts > 0).tolist())))
    compact = np.cumsum(counts > 0, dtype=np.int32) - np.int32(1)
    sizes = np.diff(table.offsets)
    total = int(sizes @ counts[counts > 0])
    words, spelled, papers, lines = (np.empty(total, dtype=np.int32) for _ in range(4))
    starting = np.empty(total, dtype=np.bool_)
    end = 0
    for start in range(0, len(chosen), _SLICE):
        part = slice(start, start + _SLICE)
        read = compact[chosen[part]]
        lengths = sizes[read]
        source = np.repeat(table.offsets[read] - (np.cumsum(lengths) - lengths), lengths)
        source += np.arange(len(source))
        place = slice(end, end := end + len(source))
        words[place], spelled[place] = table.words[source], table.spelled[source]
        papers[place] = np.repeat(owners[part], lengths)
        lines[place] = np.repeat(sentences[part], lengths)
        starting[place] = np.repeat(is_start[part], lengths)
    return Documents(
        ids=ids,
        vocabulary=table.vocabulary,
        spellings=table.spellings,
        words=words,
        spelled=spelled,
        papers=papers,
        sentences=lines,
        is_start=starting,
        is_function=np.array([word in _FUNCTION_KEYS for word in table.vocabulary], dtype=np.bool_),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Readings one after another; words and spellings are numbered alphabetically.

    So no input order shows.
    """

    vocabulary: tuple[str, ...]
    spellings: tuple[str, ...]
    words: Numbers
    spelled: Numbers
    offsets: Numbers
    """Where each reading begins, and the end of the last."""

    @classmethod
    def of(cls, readings: Sequence[tuple[Spelled, ...]]) -> _Table:
        """Number all that these readings say."""
        parts = list(chain.from_iterable(readings))
        words, spelled = [word for word, _ in parts], [spelling for _, spelling in parts]
        vocabulary = tuple(sorted({"", *words}))
        spellings = tuple(sorted({"", *spelled}))
        word_of = {word: number for number, word in enumerate(vocabulary)}
        spelling_of = {spelling: number for number, spelling in enumerate(spellings)}
        return cls(
            vocabulary,
            spellings,
            np.array([word_of[word] for word in words], dtype=np.int32),
            np.array([spelling_of[spelling] for spelling in spelled], dtype=np.int32),
            np.cumsum([0, *map(len, readings)], dtype=np.int32),
        )


def _reading(
    spelling: str, usual: dict[hyphens.Words, hyphens.Words], words: _Words
) -> tuple[Spelled, ...]:
    """The words that a token reads as; punctuation, TeX commands and numbers break phrases."""
    if not spelling[0].isalnum():
        return (("", spelling),)
    if not spelling.isascii() and _IDEOGRAPHS.search(spelling):
        return _ideographs(spelling)
    found = words[spelling]
    return _continued(spelling, usual.get(found, found))


def _continued(spelling: str, words: tuple[str, ...]) -> tuple[Spelled, ...]:
    if not spelling.isalnum():
        spelling = _POSSESSIVE.sub("", spelling)
    return ((words[0], spelling), *((word, "") for word in words[1:]))


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
    if spelling.isascii() and spelling.isalpha():  # most are: the rest need not be tried
        return (singular(spelling.lower()),)
    folded = unicodedata.normalize("NFKC", spelling).casefold()
    pieces = [_POSSESSIVE.sub("", piece) for piece in _HYPHEN.split(folded)]
    pieces = [piece.replace("'", "").replace("’", "") for piece in pieces]
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
