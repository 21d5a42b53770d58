"""Markdown as pages show it: safe, complete, and on conforming HTML."""

from __future__ import annotations

import html5lib
import pytest

from conspectus.prose import inline, read, stretches, unmarked


def html(source: str, **options: int) -> str:
    prose, _ = read(source, **options)
    return prose.html


def errors(markup: str) -> list[object]:
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(markup)
    return list(parser.errors)


def test_a_paragraph_takes_its_direction_from_its_words() -> None:
    assert html("Plain words.") == '<p dir="auto">Plain words.</p>'


def test_emphasis_lists_code_and_quotes_are_kept() -> None:
    source = "*a* **b** `c < d`\n\n- one\n- two\n\n3. three\n\n> said"
    assert html(source) == (
        '<p dir="auto"><em>a</em> <strong>b</strong> <code>c &lt; d</code></p>\n'
        '<ul>\n<li dir="auto">one</li>\n<li dir="auto">two</li>\n</ul>\n'
        '<ol start="3">\n<li dir="auto">three</li>\n</ol>\n'
        '<blockquote>\n<p dir="auto">said</p>\n</blockquote>'
    )


def test_headings_begin_below_the_page_s_own_and_skip_no_level() -> None:
    source = "### deep\n\n# top\n\n##### under\n\n## beside"
    assert [line[:3] for line in html(source).splitlines()] == ["<h3", "<h3", "<h4", "<h4"]


def test_a_free_page_s_headings_begin_where_it_says() -> None:
    assert html("# One\n\n## Two", top_heading=2).startswith('<h2 dir="auto">One</h2>\n<h3')


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</p></main><style>*{display:none}</style>",
        "<!-- a comment -->",
        "a\n\n<div onclick=x>\n\nb",
    ],
)
def test_raw_html_is_shown_as_the_text_that_it_is(source: str) -> None:
    prose, _ = read(source)
    assert prose.text.replace("\n", " ") == " ".join(source.split())
    assert "<script" not in prose.html
    assert "<img" not in prose.html
    assert "<style" not in prose.html
    assert "<div" not in prose.html


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//host/path",
        "../relative",
        "https://",
        "https://\\evil.example",
        "https://user@host.example/",
        "java&#10;script:alert(1)",
    ],
)
def test_a_link_that_leads_elsewhere_than_the_web_is_text(target: str) -> None:
    assert "<a " not in html(f"[words]({target})")


def test_a_link_says_nothing_of_where_it_was_followed() -> None:
    assert html("[words](https://a.example/?x=1&y=2)") == (
        '<p dir="auto"><a href="https://a.example/?x=1&amp;y=2" rel="noopener">words</a></p>'
    )


def test_a_mail_address_is_a_link_that_is_no_paper_s() -> None:
    prose, _ = read("[write](mailto:a@b.example)")
    assert 'href="mailto:a@b.example"' in prose.html
    assert prose.links == ()


def test_quotes_in_a_target_stay_inside_the_attribute() -> None:
    assert 'onmouseover="' not in html('[x](<https://a.example/" onmouseover="alert(1)>)')


def test_no_picture_is_fetched_from_elsewhere() -> None:
    assert html("![a figure](https://a.example/x.png)") == (
        '<p dir="auto"><a href="https://a.example/x.png" rel="noopener">a figure</a></p>'
    )


def test_a_bare_address_is_a_link_without_the_punctuation_after_it() -> None:
    assert html("See (https://a.example/b_c_d).").endswith(
        'See (<a href="https://a.example/b_c_d" rel="noopener">https://a.example/b_c_d</a>).</p>'
    )


def test_underscores_and_stars_of_an_address_are_no_emphasis() -> None:
    assert "<em>" not in html("https://a.example/__init__.py and https://a.example/*x*y")


def test_a_pasted_abstract_s_indent_is_no_code() -> None:
    assert html("    We indent.\n\n        And more.") == (
        '<p dir="auto">We indent.</p>\n<p dir="auto">And more.</p>'
    )


def test_a_line_that_looks_like_a_reference_is_not_lost() -> None:
    prose, _ = read("[1]: https://a.example/x")
    assert prose.text == "[1]: https://a.example/x"


def test_a_control_character_is_replaced_and_reported_with_its_place() -> None:
    prose, (problem,) = read("one\ntwo \x1b[31m")
    assert prose.text == "one two \ufffd[31m"
    assert (problem.line, problem.column) == (2, 5)


def test_text_is_one_line_a_block() -> None:
    prose, _ = read("# Head\n\ntwo\nlines\n\n- item\n\n```\ncode\n\nmore\n```")
    assert prose.text == "Head\ntwo lines\nitem\ncode more"


def test_headings_and_code_hold_no_sentences() -> None:
    prose, _ = read("# Background\n\nWords here.\n\n```\nx = 1. Y = 2.\n```")
    assert prose.sentences == ("Words here.",)


def test_each_sentence_is_balanced_html_by_itself() -> None:
    prose, _ = read("We *stress. This* too, [and link. Then](https://a.example) end.")
    assert prose.sentences_html == (
        "We <em>stress.</em>",
        '<em>This</em> too, <a href="https://a.example" rel="noopener">and link.</a>',
        '<a href="https://a.example" rel="noopener">Then</a> end.',
    )


def test_the_stating_sentence_is_marked_and_named_for_those_who_do_not_see_it() -> None:
    assert html("All is known. We propose *X*. It works.") == (
        '<p dir="auto">All is known. <mark class="line"><span class="hidden">Key sentence: </span>'
        "We propose <em>X</em>.</mark> It works.</p>"
    )


def test_the_mark_can_be_taken_off_where_no_style_hides_its_name() -> None:
    assert unmarked(html("We propose X. So.")) == '<p dir="auto">We propose X. So.</p>'


def test_links_are_given_once_with_their_kind() -> None:
    prose, _ = read(
        "Code: https://github.com/a/b. Again https://github.com/a/b. "
        "[Project page](https://site.example/x)."
    )
    assert [(link.kind, link.url) for link in prose.links] == [
        ("code", "https://github.com/a/b"),
        ("project", "https://site.example/x"),
    ]


def test_a_title_holds_no_links_since_it_stands_in_one() -> None:
    title, _ = inline("*Title* at https://a.example [here](https://b.example) ![p](https://c.d/e)")
    assert title.html == "<em>Title</em> at https://a.example here p"


def test_a_title_is_never_a_heading_or_a_list() -> None:
    assert inline("# 1. Not a list")[0].text == "# 1. Not a list"
    assert inline("1. First things")[0].html == "1. First things"


def test_a_title_on_two_lines_reads_as_one() -> None:
    assert inline("A title\n  that *goes* on")[0].text == "A title that goes on"


def test_a_title_comes_apart_into_text_and_the_tex_of_its_math() -> None:
    assert stretches(r"The $\sqrt{n}$ of *LLMs*") == (
        ("The ", False),
        (r"\sqrt{n}", True),
        (" of ", False),
        ("LLMs", False),
    )


@pytest.mark.parametrize("source", ["", " ", "\n\n\n", "\ufeff", "\u200b", "#", ">", "-", "```"])
def test_next_to_nothing_is_read_without_a_fault(source: str) -> None:
    prose, problems = read(source)
    assert not errors(prose.html)
    assert problems == ()


@pytest.mark.parametrize(
    "source",
    [
        "[" * 20_000,
        "![" * 10_000,
        "*_" * 10_000,
        "> " * 10_000,
        "- " * 10_000,
        "`" * 20_000,
        "\\(" * 10_000,
        "https://a.example/" + ")" * 20_000,
        "(a. B " * 5_000,
        "$" * 20_001,
        "we first " * 5_000,
    ],
)
def test_heaps_of_markup_end_in_conforming_html(source: str) -> None:
    assert not errors(read(source)[0].html)
