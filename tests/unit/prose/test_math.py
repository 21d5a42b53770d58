"""Math: what is math, what it becomes, and that nothing of it runs or decides the look."""

from __future__ import annotations

import re

import pytest

from conspectus.prose import mathml, read, tex


def html(source: str) -> str:
    return read(source)[0].html


@pytest.mark.parametrize(
    "source", ["$x^2$", r"\(x^2\)", "$$x^2$$", r"\[x^2\]", "$$\nx^2\n$$", "\\[\nx^2\n\\]"]
)
def test_every_delimiter_makes_mathml(source: str) -> None:
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html(source)


@pytest.mark.parametrize("source", ["$$x$$", "Words $$x$$ between.", "\\[\nx\n\\]"])
def test_display_math_is_a_focusable_named_box(source: str) -> None:
    assert re.search(
        r'<(div|span) class="display" tabindex="0" role="group" aria-label="Formula">'
        r'<math display="block">',
        html(source),
    )


def test_display_math_inside_a_paragraph_is_no_block_element() -> None:
    assert "<div" not in html("Words $$x$$ between.")


def test_lines_of_display_math_are_never_a_list_or_a_heading() -> None:
    assert "<mo>−</mo>" in html("$$\na\n- b\n+ c\n= d\n$$")


@pytest.mark.parametrize(
    "source",
    [
        "between $5 and $10",
        "US$5 and US$6",
        "less than $200 per model, or $3 an hour",
        "$20,000 to 30,000$ in all",
        "costs $5/hour vs. 3$",
        "$HOME/bin and $PATH",
        "$HOME:$PATH",
        "${HOME}/x:${PATH}",
        "a $ b $ c",
        "$ 5$",
        r"\$x\$",
        "$we write words here$",
        "one $",
        "$$",
        "$$$$",
    ],
)
def test_prices_and_shell_variables_are_text(source: str) -> None:
    prose, problems = read(source)
    assert prose.text == source.replace("\\", "")
    assert "<math" not in prose.html
    assert problems == ()


@pytest.mark.parametrize(
    "source", ["$k$NN", "$n$th", "$k$-means", "$x,$", "($x$)", "$AUC$", "$SO(3)$ and $O(n)$", "$5$"]
)
def test_math_next_to_words_is_math(source: str) -> None:
    assert "<math>" in html(source)


@pytest.mark.parametrize("source", [r"\[1\]", r"\[12, 13\]", r"\(see there\)"])
def test_escaped_brackets_of_citations_and_asides_are_brackets(source: str) -> None:
    assert read(source)[0].text == source.replace("\\", "")


@pytest.mark.parametrize(
    ("source", "forbidden"),
    [
        (r"$\href{javascript:alert(1)}{x}$", "javascript"),
        (r"$\href{https://a.example}{x}$", "href"),
        (r"$\style{color:red}{x}$", "style="),
        (r"$\class{hidden}{x}$", "class"),
        (r"$\color{white}{x}$", "white"),
        (r"$\textcolor{red}{x}$", "red"),
        (r"$\colorbox{red}{x}$", "background"),
        (r"$\rule{99em}{99em}$", "99em"),
        (r"$\hspace{-999em}x$", "999"),
        (r"$\raise{500em}x$", "500"),
        (r"$\text{<script>}$", "<script"),
        (r"$\unicode{x3c}script\unicode{x3e}$", "<script"),
        (r"$\mbox{&lt;img src=x&gt;}$", "<img"),
        (r"$\operatorname{<b>}$", "<b>"),
        (r"$x<y$", "<y"),
    ],
)
def test_no_formula_brings_in_markup_links_or_looks(source: str, forbidden: str) -> None:
    assert forbidden not in re.sub(r"<code>.*?</code>", "", html(source))


def test_only_listed_elements_and_attributes_are_written() -> None:
    source = r"\sqrt[3]{\frac{a}{b}}\begin{pmatrix}a&b\\c&d\end{pmatrix}\overbrace{x}^{y}\hat{z}"
    names = set(re.findall(r"<([a-z]+)", mathml.convert(source)))
    assert names <= {
        "math", "mrow", "mi", "mn", "mo", "mroot", "mfrac", "mtable", "mtr", "mtd", "mover",
    }  # fmt: skip


@pytest.mark.parametrize(
    "source",
    ["x^", "{", "}", r"\left(", r"\frac{a}", "a_b_c", r"\unknown x", r"\htmlId{a}{x}", "x % y"],
)
def test_what_does_not_parse_stays_readable_and_is_reported(source: str) -> None:
    prose, (problem,) = read(f"Words ${source}$ after.")
    assert f"<code>{source}</code>" in prose.html
    assert source in prose.text
    assert source in problem.message
    assert (problem.line, problem.column) == (1, 8)


def test_a_formula_s_problem_names_its_own_line() -> None:
    source = "Good $x$.\n\nBad $y^$ and\nworse $y^$.\n\n- item $z^$"
    _, problems = read(source)
    assert [(problem.line, problem.column) for problem in problems] == [(3, 6), (4, 8), (6, 9)]


@pytest.mark.parametrize(
    "source",
    [
        r"\def\a{\b\b}\def\b{\c\c}\def\c{x}\a",
        r"\newcommand{\a}{\a\a}\a",
        r"\input{/etc/passwd}",
        "{" * 30 + "x" + "}" * 30,
        r"\left(" * 30 + "x" + r"\right)" * 30,
        r"\begin{matrix}" * 30 + "x" + r"\end{matrix}" * 30,
        r"\sqrt" * 100 + "x",
        r"\color{red}" * 100 + "x",
        r"\displaystyle" * 29 + "x",
        "x" * 5000,
        r"\over" * 20,
        "x" + "'" * 200,
    ],
)
def test_a_formula_too_deep_or_too_large_is_left_as_it_is(source: str) -> None:
    assert mathml.convert(source) == ""


def test_the_deepest_formula_allowed_stays_far_from_the_recursion_limit() -> None:
    depth = mathml.MOST_NESTED
    assert mathml.convert(r"\sqrt{" * depth + "x" + "}" * depth)


@pytest.mark.parametrize(
    ("source", "letters"),
    [
        (r"\mathbf{a}", "𝐚"),
        (r"\boldsymbol{x}", "𝒙"),
        (r"\boldsymbol{\theta}", "𝜽"),
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbbm{1}", "𝟙"),
        (r"\mathfrak{H}", "ℌ"),
        (r"\mathsf{ab}", "𝖺</mi><mi>𝖻"),
        (r"\mathit{h}", "ℎ"),
    ],
)
def test_styled_letters_are_characters_since_browsers_make_none(source: str, letters: str) -> None:
    assert f"<mi>{letters}</mi>" in mathml.convert(source).replace("mn>", "mi>")


def test_an_upright_letter_is_told_to_stand_upright() -> None:
    assert '<mi mathvariant="normal">d</mi>' in mathml.convert(r"\mathrm{d}")


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        (r"\theta", "θ"),
        (r"\mathcal{O}(n \log n)", "O(n log n)"),
        (r"8 \times 10^{-3}", "8 × 10^{-3}"),
        (r"99\%", "99%"),
        (r"x_{i}", "x_i"),
        (r"\frac{1}{2}", "1/2"),
        (r"\epsilon=0.1", "ϵ=0.1"),
        (r"\unknown{x}", r"\unknown{x}"),
    ],
)
def test_a_formula_reads_as_people_would_type_it(source: str, plain: str) -> None:
    assert tex.plain(source) == plain


def test_spaces_in_a_formula_s_source_do_not_break_lines_of_text() -> None:
    assert read("$$\na\n= b\n$$")[0].text == "a = b"
