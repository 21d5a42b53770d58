"""What holds for any corpus at all."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus.analysis import analyse, documents, tfidf, vocabulary
from conspectus.analysis.documents import Documents
from conspectus.model.papers import Corpus, Paper, Prose
from conspectus.model.topics import Decisions, Lock, LockedPaper, LockedTopic, Permalink
from conspectus.store import lock as locks
from conspectus.store import permalinks as slugs

WORDS = st.sampled_from(
    [
        "rope",
        "tar",
        "tar-paper",
        "knot",
        "the",
        "of",
        "RL",
        "(RL)",
        "real",
        "learning,",
        "42",
        "α",
        "潮汐",
        "d'or",
    ]
)
SENTENCE = st.lists(WORDS, max_size=12).map(" ".join)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,3}(-[a-z]{1,3})?", fullmatch=True)
CELLS = st.tuples(st.integers(0, 99), st.integers(0, 99))


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    names = sorted(draw(st.sets(NAMES, max_size=9)))
    papers = []
    for name in names:
        title = draw(SENTENCE)
        sentences = tuple(draw(st.lists(SENTENCE.filter(bool), max_size=3)))
        text = " ".join(sentences)
        prose = Prose(source=text, html="", text=text, apart=sentences)
        papers.append(Paper(name, f"papers/{name}.md", title, title, title, prose))
    return Corpus(tuple(papers))


@given(corpora())
@settings(max_examples=25)
def test_any_corpus_is_partitioned_and_its_lock_is_a_fixed_point(corpus: Corpus) -> None:
    found = analyse(corpus, Decisions(), None)
    leaves = [topic for topic in found.topics if not topic.children]
    assert sorted(name for topic in leaves for name in topic.papers) == [
        paper.id for paper in corpus.papers
    ]
    assert analyse(corpus, Decisions(), found.lock, found.permalinks) == found


def counted_naively(read: Documents, words: tuple[str, ...], paper: int) -> float:
    """How often a phrase stands in a paper, titles twice, token by token."""
    place = [read.vocabulary[word] for word in read.words]
    total = 0.0
    for start in range(len(place) - len(words) + 1):
        if read.papers[start] == paper and tuple(place[start : start + len(words)]) == words:
            total += 2.0 if read.sentences[start] == -1 else 1.0
    return total


@given(corpora())
@settings(max_examples=25)
def test_counts_agree_with_a_naive_count(corpus: Corpus) -> None:
    read = documents.read(corpus)
    counted = vocabulary.build(read)
    matrix = counted.counts.toarray()
    for number, words in enumerate(counted.terms):
        for paper in range(read.count):
            assert matrix[paper, number] == counted_naively(read, words, paper)


@given(corpora())
@settings(max_examples=25)
def test_rows_of_the_weights_are_of_length_one_or_empty(corpus: Corpus) -> None:
    matrix = tfidf.weigh(vocabulary.build(documents.read(corpus))).matrix
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    assert all(abs(length - 1) < 1e-9 or length == 0 for length in lengths)


@given(
    st.lists(
        st.builds(LockedTopic, NAMES, st.just(""), st.integers(0, 95)), unique_by=lambda t: t.id
    ),
    st.lists(
        st.builds(LockedPaper, NAMES, NAMES, st.just("0123456789abcdef"), CELLS, CELLS),
        unique_by=lambda p: p.id,
    ),
    st.integers(0, 10**6),
    st.integers(0, 96),
)  # fmt: skip
def test_any_lock_reads_back(
    topics: list[LockedTopic], papers: list[LockedPaper], refreshed: int, asked: int
) -> None:
    lock = Lock(
        tuple(sorted(topics, key=lambda t: t.id)),
        tuple(sorted(papers, key=lambda p: p.id)),
        refreshed,
        asked,
    )
    assert locks.parse(locks.to_text(lock), "topics.lock") == (lock, ())


@given(st.text(max_size=200))
def test_any_text_is_a_lock_or_a_located_problem(text: str) -> None:
    found, problems = locks.parse(text, "topics.lock")
    assert (found is None) == bool(problems)


@given(st.lists(st.builds(Permalink, NAMES, NAMES | st.just("")), unique_by=lambda p: p.slug))
def test_any_permalinks_read_back(lines: list[Permalink]) -> None:
    wanted = tuple(sorted(lines, key=lambda p: p.slug))
    assert slugs.parse(slugs.to_text(lines), "permalinks.txt") == (wanted, ())
