"""Where sentences of abstracts end, and where they only seem to."""

from __future__ import annotations

import pytest

from conspectus.prose import read
from conspectus.prose.sentences import spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We test it, e.g. On images, i.e. In pixels.",
        "As in Smith et al. (2020) and Jones et al. [4], it holds.",
        "See Fig. 3, Eq. 4, Sec. IV and Tab. 2.",
        "It gains 3.1 points over Llama 3.1 and v2.0 (see https://a.example/x.y).",
        "J. K. Rowe and A. Turing wrote it.",
        "It is faster vs. Prior methods.",
        "Samples are i.i.d. Gaussian in the U.S. Census.",
        "It works (this is known. And it was hard) well.",
        "It waits... and then goes on.",
        'It says "why?" and goes on.',
        "It runs approx. 3 times and resp. 4 times.",
        "It is (cf. Section 2) w.r.t. Accuracy.",
        "Dr. Lovelace and Prof. Turing agree.",
    ],
)
def test_these_are_one_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["It is so.", "We show it."],
        ["Is it so?", "It is!", "Really."],
        ['It says "so."', "And on."],
        ["It is so (well).", "[2] says it."],
        ["It gains 3.1.", "Then it stops."],
        ["It was by Smith et al.", "We extend it."],
        ["We use images, text, etc.", "These help."],
        ["We have vLLM.", "vLLM is fast.", "t-SNE is not."],
        ["This is about vitamin C.", "We show more."],
        ["It trails off…", "Then goes on."],
        ["It is in Fig. 3.", "In Fig. 4 it is not."],
        ["It never closes (this.", "But (that) does."],
    ],
)
def test_these_are_several(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


def test_chinese_and_japanese_need_no_space() -> None:
    assert sentences("这是一句。这是「另一句。」这是什么？完") == [
        "这是一句。",
        "这是「另一句。」",
        "这是什么？",
        "完",
    ]


def test_a_forgotten_space_before_a_certain_opening_is_seen() -> None:
    assert sentences("It needs many models.We propose one.") == [
        "It needs many models.",
        "We propose one.",
    ]


def test_a_name_with_a_full_stop_inside_is_no_end() -> None:
    assert sentences("We use Node.js and this.That for it.") == [
        "We use Node.js and this.That for it."
    ]


def test_points_inside_math_and_code_end_nothing() -> None:
    prose, _ = read("We set $a. B$ and `c. D` here. Then stop.")
    assert prose.sentences == ("We set a. B and c. D here.", "Then stop.")


def test_a_sentence_may_begin_with_math() -> None:
    prose, _ = read("All is well. $K$ is large.")
    assert len(prose.sentences) == 2


def test_an_empty_text_has_no_sentences() -> None:
    assert spans("") == spans(" \n ") == ()
