"""Addresses in text: where they end, where they may lead, what kind they are."""

from __future__ import annotations

import pytest

from conspectus.model.papers import Link
from conspectus.prose import links


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("at https://a.example/x.", "https://a.example/x"),
        ("(https://a.example/x).", "https://a.example/x"),
        ("at https://a.example/x), which", "https://a.example/x"),
        ("at https://a.example/x .", "https://a.example/x"),
        ("at https://a.example/x/.", "https://a.example/x/"),
        ("at https://a.example/w_(y).", "https://a.example/w_(y)"),
        ("(https://a.example/w_(y))", "https://a.example/w_(y)"),
        ("**https://a.example/x**", "https://a.example/x"),
        ('"https://a.example/x"', "https://a.example/x"),
        ("见https://a.example/x。完", "https://a.example/x"),
        ("\\url{https://a.example/x}", "https://a.example/x"),
        ("https://a.example/x?a=1&b=2#c!", "https://a.example/x?a=1&b=2#c"),
        ("HTTPS://A.example/X", "HTTPS://A.example/X"),
    ],
)
def test_punctuation_around_an_address_is_left_out(text: str, url: str) -> None:
    assert [link.url for link in links.find(text)] == [url]


def test_links_are_found_in_order_and_once() -> None:
    text = "https://b.example then https://a.example then https://b.example."
    assert [link.url for link in links.find(text)] == ["https://b.example", "https://a.example"]


@pytest.mark.parametrize(
    "text", ["https://", "http://.", "xhttps//a", "https://user@a.example", "https://a:b:c/", ""]
)
def test_what_is_no_address_is_not_found(text: str) -> None:
    assert links.find(text) == ()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://www.github.com/a/b", "code"),
        ("https://gitlab.com/a/b", "code"),
        ("https://codeberg.org/a/b", "code"),
        ("https://huggingface.co/org/name", "model"),
        ("https://huggingface.co/datasets/org/name", "dataset"),
        ("https://huggingface.co/spaces/org/name", "demo"),
        ("https://huggingface.co/papers/2502.12152", "paper"),
        ("https://huggingface.co/org", "link"),
        ("https://zenodo.org/records/1", "dataset"),
        ("https://www.kaggle.com/datasets/a/b", "dataset"),
        ("https://colab.research.google.com/x", "demo"),
        ("https://someone.github.io/work/", "project"),
        ("https://sites.google.com/view/x", "project"),
        ("https://youtu.be/x", "video"),
        ("https://vimeo.com/1", "video"),
        ("https://www.slideshare.net/x", "slides"),
        ("https://arxiv.org/abs/2502.12152", "paper"),
        ("https://doi.org/10.1000/x", "paper"),
        ("https://openreview.net/forum?id=x", "paper"),
        ("https://aclanthology.org/x", "paper"),
        ("https://unknown.example/x", "link"),
        ("https://notgithub.com/x", "link"),
        ("https://github.com.evil.example/x", "link"),
        ("https://[bad/x", "link"),
        ("mailto:a@b.example", "link"),
    ],
)
def test_the_host_tells_the_kind(url: str, kind: str) -> None:
    assert links.kind_of(url) == kind


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        ("Our project website with videos is at this link", "project"),
        ("Project page:", "project"),
        ("Project website:", "project"),
        ("Code:", "code"),
        ("The code and data are available at", "dataset"),
        ("Videos are at", "video"),
        ("Slides:", "slides"),
        ("The released models can be found at", "model"),
        ("It is described at", "link"),
    ],
)
def test_the_words_before_an_unknown_host_tell_the_kind(context: str, kind: str) -> None:
    assert links.kind_of("https://unknown.example/x", context) == kind


def test_a_known_host_is_stronger_than_the_words_before_it() -> None:
    assert links.find("Videos: https://github.com/a/b") == (Link("code", "https://github.com/a/b"),)
