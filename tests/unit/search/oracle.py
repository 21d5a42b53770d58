"""A search without an index: every paper is read for every query. Slow, short, obviously right."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from conspectus.model.papers import Corpus, Paper
from conspectus.search.stems import english
from conspectus.search.tokens import runs, stop_terms, token, words_of

WEIGHTS = {"title": (3.0, 0.5), "abstract": (1.0, 0.75), "authors": (1.5, 0.0), "notes": (0.5, 0.0)}
STOPS = stop_terms(english)


@dataclass(frozen=True)
class Word:
    """A word of a query: its term, its weight, and what it may do."""

    term: str
    weight: float = 1.0
    is_counted: bool = True
    is_excluded: bool = False
    in_title: bool = False


def search(corpus: Corpus, query: str) -> dict[str, float]:
    """The scores of the papers that answer a query of words, `-words` and `title:words`."""
    usual = {field: _usual_length(corpus, field) for field in WEIGHTS}
    levels = {paper.id: _levels(paper, usual) for paper in corpus.papers}
    titles = {paper.id: set(_terms(paper.title_text, is_title=True)) for paper in corpus.papers}
    words = _words(query, {term for terms in levels.values() for term in terms})
    asked = [word for word in words if not word.is_excluded]
    total = len(corpus.papers)

    @cache
    def weight(word: Word) -> float:
        known = sum(word.term in terms for terms in levels.values())
        return word.weight * math.log(1 + (total - known + 0.5) / (known + 0.5))

    def has(id_: str, word: Word) -> bool:
        return word.term in (titles[id_] if word.in_title else levels[id_])

    counted = [word for word in asked if word.is_counted]
    excluded = [word for word in words if word.is_excluded and word.is_counted]
    eligible = [id_ for id_ in levels if not any(has(id_, word) for word in excluded)]
    mass = {id_: sum(weight(w) for w in counted if has(id_, w)) for id_ in eligible}
    most = max(mass.values(), default=0.0)
    scores = {}
    for id_ in eligible:
        matched = [word for word in counted if has(id_, word)]
        if not matched or mass[id_] < 0.34 * most:
            continue
        score = sum(weight(w) * levels[id_][w.term] / 15 for w in asked if has(id_, w))
        if 1 < len(counted) <= 5 and len(matched) == len(counted):
            score *= 1.5
        if all(word.term in titles[id_] for word in counted):
            score += sum(weight(word) for word in counted)
        scores[id_] = score
    return scores


def _words(query: str, known: set[str]) -> list[Word]:
    found = []
    for typed in query.split():
        is_excluded = typed.startswith("-")
        bare = typed.removeprefix("-")
        in_title = bare.startswith("title:")
        for run in runs(bare.removeprefix("title:")):
            parts, whole = token(run).parts, token(run).whole
            if whole in known:
                found.append(Word(whole, 1.0, True, is_excluded, in_title))
                found += [Word(p, 0.3, False, is_excluded, in_title) for p in parts if p in known]
            elif whole.endswith(("+", "#")):
                found.append(Word(whole, 1.0, True, is_excluded, in_title))
            else:
                found += [Word(p, 1.0, True, is_excluded, in_title) for p in parts]
    telling = [word for word in found if word.term not in STOPS]
    return telling if any(not word.is_excluded for word in telling) else found


def _usual_length(corpus: Corpus, field: str) -> float:
    """The mean length of the field, in quarter octaves."""
    lengths = [len(runs(_text(paper, field))) for paper in corpus.papers]
    filled = [length for length in lengths if length]
    mean = sum(filled) / len(filled) if filled else 1.0
    return float(2 ** (round(4 * math.log2(max(mean, 1.0))) / 4))


def _levels(paper: Paper, usual: dict[str, float]) -> dict[str, int]:
    """Each term's impact in the paper, from 4 to 15."""
    sums: Counter[str] = Counter()
    for field, (weight, discount) in WEIGHTS.items():
        norm = 1 - discount + discount * len(runs(_text(paper, field))) / usual[field]
        for term, count in Counter(_terms(_text(paper, field), field == "title")).items():
            sums[term] += weight * count / norm
    return {term: max(int(15 * tf / (1.6 + tf) + 0.5), 4) for term, tf in sums.items()}


def _terms(text: str, is_title: bool) -> list[str]:
    terms = [term for run in runs(text) for term in token(run).terms]
    return terms if is_title else [term for term in terms if term not in STOPS]


def _text(paper: Paper, field: str) -> str:
    if field == "authors":
        return "\n".join(author.name for author in paper.authors)
    prose = {"abstract": paper.abstract.text, "notes": paper.notes.text}
    return prose.get(field, paper.title_text)


def holds_phrase(paper: Paper, phrase: str) -> bool:
    """Whether the very words stand in this order in the title or in one sentence."""
    wanted = [word for run in runs(phrase) for word in words_of(run)]
    for text in (paper.title_text, *paper.abstract.sentences):
        words = [word for run in runs(text) for word in words_of(run)]
        if any(words[i : i + len(wanted)] == wanted for i in range(len(words))):
            return True
    return False
