"""Tags of HTML, JATS and MathML become kinds of text; what only looks like a tag stays."""

import pytest

from conspectus.importers import drafting
from conspectus.importers.entries import Entry
from conspectus.importers.formats import markup


def markdown(text: str) -> str:
    entry = Entry(markup.title("Moss", 1), markup.prose(text, 1))
    return drafting.draft(entry, "source").abstract


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<jats:p>We <jats:italic>wait</jats:italic>.</jats:p>", "We *wait*."),
        ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
        ("CO<sub>2</sub> at 10<sup>-3</sup>", "CO₂ at 10⁻³"),
        ("x<sub>max!</sub>", "xmax!"),
        ("a &lt;b&gt;bold&lt;/b&gt; &amp;amp; b", "a **bold** & b"),
        ("p <0.05 and x<y, a <b and c> d", r"p <0.05 and x\<y, a \<b and c> d"),
        ("a lonely <i> stays", r"a lonely \<i> stays"),
        ("<Odd>kept</Odd> <unknown>", r"kept \<unknown>"),
        ('<a href="https://example.org">here</a>', "here (https://example.org)"),
        ("<script>x()</script>Moss<!-- no -->", "Moss"),
        ("<title>Abstract</title><p>Moss.</p>", "Moss."),
        ("<jats:title>Methods</jats:title><jats:p>Moss.</jats:p>", "**Methods:**\n\nMoss."),
        (
            "<mml:math><mml:msub><mml:mi>x</mml:mi><mml:mn>1</mml:mn></mml:msub></mml:math>",
            "$x_{1}$",
        ),
        ("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>", r"$\frac{a}{b}$"),
        ("<b></b>", ""),
        ("\x1b[31mred\x00", r"[31mred"),
    ],
)
def test_tags_become_markdown(written: str, expected: str) -> None:
    assert markdown(written) == expected


def test_a_title_loses_the_braces_of_its_capitals() -> None:
    assert markup.title("A {DNA} of {Moss}, {0, 1}", 1).text == "A DNA of Moss, {0, 1}"


def test_thousands_of_open_tags_end() -> None:
    text = "<sub>" * 3000 + "x" + "<i>" * 3000
    assert markup.plain(text) == text


def test_elements_of_a_formula_in_hundreds_of_others_keep_their_text() -> None:
    nested = "<mrow>" * 900 + "<mi>x</mi>" + "</mrow>" * 900
    assert markup.plain(f"<math>{nested}</math>") == "$x$"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<math><mi>sin</mi><mi>x</mi></math>", r"$\mathrm{sin}x$"),
        ("<math><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt></math>", r"$\sqrt{x+1}$"),
        ("<math><mtext>for  all</mtext></math>", r"$\text{for all}$"),
        ("<math><semantics><mi>x</mi><annotation>X</annotation></semantics></math>", "$x$"),
        (
            r"<math><annotation encoding='application/x-tex'>\frac{a}{b}</annotation></math>",
            r"$\frac{a}{b}$",
        ),
        ("<math>plain</math>", "$plain$"),
        ("<math/>", ""),
        ("<math><annotation>x</annotation></math>", ""),
        ("<tex-math>x^2</tex-math>", "$x^2$"),
        ("<tex-math> </tex-math>a", "a"),
        ("a<br/>b<break/>c", "a b c"),
        ("<b><i>x</b>y</i>", "xy"),
        ("<![CDATA[<a> & b]]>", "<a> & b"),
        ("x<sup>a b</sup>", r"x$^{\mathrm{a\ b}}$"),
        ("y<sub>é</sub>", "yé"),
    ],
)
def test_what_marks_and_formulas_become_in_a_plain_text(written: str, expected: str) -> None:
    assert markup.plain(written) == expected
