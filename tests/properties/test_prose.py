"""What holds for every text that is read."""

from __future__ import annotations

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from conspectus.prose import inline, markdown, mathml, plain, read, tex
from conspectus.prose.inlines import Line
from conspectus.prose.sentences import spans

FRAGMENTS = (
    "$", "$$", "\\(", "\\)", "\\[", "\\]", "{", "}", "_", "^", "*", "**", "`", "```\n", "[", "]",
    "(", ")", "<", "script>", "&", "&lt;", "\n", "\n\n", "- ", "# ", "> ", "1. ", "://", "http",
    "https://a.example/x", "![", "](", "<http://a>", "\\\\", "%", "'", '"', "\t", "    ", "---\n",
    "\\frac", "\\left(", "\\right)", "\\begin{matrix}", "\\end{matrix}", "\\href{javascript:x}",
    "\\sqrt", "\\text{", "\\unicode{", "\\color{red}", "\\hspace{9em}", "\\genfrac", "\\sideset",
    "\\skew", "\\not", "\\rule", "\\limits", "\\verb|", "\\over", "\\substack", "&#x3c;",
    "We propose ", "word ", ". ", "! ", "。", "é", "中", "\u202e", "\x00", "\ud800", "a",
    "B", "3.1",
)  # fmt: skip
MARKUP = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join)
ANY = st.one_of(MARKUP, st.text(max_size=200))
PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120)
ALLOWED = {
    "p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong",
    "a", "br", "hr", "mark", "span", "div", "math", "mrow", "mi", "mn", "mo", "mtext", "mspace",
    "msup", "msub", "msubsup", "munder", "mover", "munderover", "mfrac", "msqrt", "mroot",
    "mtable", "mtr", "mtd", "mstyle", "mpadded", "mphantom",
}  # fmt: skip
OWN_CLASSES = {"line", "hidden", "display"}


def is_safe(markup: str) -> bool:
    """Conforming HTML of listed elements, whose attributes the text did not choose."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    tree = parser.parseFragment(markup)
    elements = [element for element in tree.iter() if element is not tree]
    return not parser.errors and all(
        element.tag.rpartition("}")[2] in ALLOWED
        and element.get("class", "line") in OWN_CLASSES
        and element.get("href", "https:").lower().startswith(("https:", "http:", "mailto:"))
        and not any(name.startswith("on") or name in ("style", "id") for name in element.attrib)
        for element in elements
    )


@given(ANY)
def test_whatever_is_read_becomes_safe_conforming_html(source: str) -> None:
    prose, _ = read(source)
    title, _ = inline(source)
    for markup in (prose.html, *prose.sentences_html, title.html):
        assert is_safe(markup)


@given(ANY)
def test_sentences_and_their_html_are_the_same_words(source: str) -> None:
    prose, _ = read(source)
    assert len(prose.sentences) == len(prose.sentences_html)
    assert all(sentence == sentence.strip() != "" for sentence in prose.sentences)
    assert prose.stating_text in ("", *prose.sentences)


@given(ANY)
def test_a_problem_stands_inside_the_text(source: str) -> None:
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in (*read(source)[1], *inline(source)[1]):
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@given(PLAIN)
def test_the_shorter_way_gives_what_the_parser_gives(source: str) -> None:
    shorter = plain.blocks(source)
    if shorter is None or not source.strip():
        return
    longer = markdown.blocks(source, top_heading=3, formula="Formula")
    assert written(shorter) == written(longer)


def written(found: markdown.Found) -> list[str]:
    return [part.html() if isinstance(part, Line) else part for part in found.parts]


@given(PLAIN)
def test_plain_text_reads_back_word_for_word(source: str) -> None:
    if plain.is_plain(source.strip()):
        assert read(source)[0].text.split() == source.split()


@given(st.text(st.sampled_from("aA .?!…()\"'。3ef,\n"), max_size=80))
def test_sentences_part_a_text_without_losing_anything(text: str) -> None:
    found = spans(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(
        text.split()
    )
    assert list(found) == sorted(found)


@given(MARKUP)
def test_a_formula_is_converted_or_refused_but_never_a_fault(source: str) -> None:
    converted = mathml.convert(source)
    assert converted == "" or is_safe(converted)
    assert "\n" not in tex.plain(source)
