"""The vocabulary against a plain count of every phrase, and its scan against one pattern."""

from __future__ import annotations

from collections import Counter, defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from conspectus.analysis import documents, vocabulary
from conspectus.analysis.documents import BREAK, Documents
from conspectus.model.papers import Corpus, Paper, Prose

WORDS = st.sampled_from(["kite", "sail", "winch", "of", "the", "a-b", ",", "7", "Kite", "KS", "x"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    papers = []
    for number in range(draw(st.integers(1, 6))):
        title, *sentences = draw(st.lists(SENTENCES, min_size=2, max_size=4))
        text = " ".join(sentences)
        body = Prose(source=text, html="", text=text, apart=tuple(sentences))
        papers.append(Paper(f"p{number}", f"papers/p{number}.md", title, title, title, body))
    return Corpus(tuple(papers))


def phrases_of(read: Documents) -> list[tuple[int, tuple[str, ...], int]]:
    """Paper, words and weight of every phrase of one to four words that may be a term."""

    def is_plain(token: int) -> bool:
        word = read.words[token]
        return word != BREAK and not read.is_function[word] and len(text(token)) > 1

    def text(token: int) -> str:
        return read.vocabulary[read.words[token]]

    found = []
    for start in range(len(read.words)):
        for end in range(start + 1, min(start + 4, len(read.words)) + 1):
            inner = range(start + 1, end - 1)
            if not all(is_plain(place) or text(place) == "of" for place in inner):
                continue
            if is_plain(start) and is_plain(end - 1):
                weight = 2 if read.sentences[start] == -1 else 1
                found.append((read.papers[start], tuple(map(text, range(start, end))), weight))
    return found


@given(corpora())
@settings(max_examples=150, deadline=None)
def test_the_terms_are_the_phrases_that_occur_twice(corpus: Corpus) -> None:
    read = documents.read(corpus)
    found = phrases_of(read)
    uses = Counter(words for _, words, _ in found)
    expected = {words for words, count in uses.items() if count > 1}
    assert vocabulary.build(read).terms == tuple(sorted(expected))


@given(corpora())
@settings(max_examples=100, deadline=None)
def test_a_phrase_counts_once_and_in_a_title_twice(corpus: Corpus) -> None:
    read = documents.read(corpus)
    built = vocabulary.build(read)
    expected: dict[tuple[int, tuple[str, ...]], int] = defaultdict(int)
    for paper, words, weight in phrases_of(read):
        if words in built.terms:
            expected[paper, words] += weight
    rows, columns = built.counts.nonzero()
    assert {
        (row, built.terms[column]): built.counts[row, column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
    } == expected


@given(st.text(st.characters(max_codepoint=127)))
@settings(max_examples=300, deadline=None)
def test_a_text_in_ascii_has_the_tokens_of_any_text(text: str) -> None:
    assert documents.ASCII_TOKEN.findall(text) == documents.TOKEN.findall(text)
