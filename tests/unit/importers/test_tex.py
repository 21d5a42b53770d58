"""TeX debris is repaired where it can mean one thing only, and nothing is lost."""

import pytest

from conspectus.importers import markdown, tex

REPAIRED = [
    (r"T\"ULU", "TÜLU"),
    (r"Fr\'echet", "Fréchet"),
    (r"na\"{\i}ve", "naïve"),
    (r"na{\"\i}ve", "naïve"),
    (r"Ho{\v{c}}kov\'a", "Hočková"),
    (r"{\c{c}}a va", "ça va"),
    (r"S{\o}ren", "Søren"),
    (r"Stra{\ss}e", "Straße"),
    (r"don\'t", "don't"),
    (r"15\%", "15%"),
    (r"R\&D", "R&D"),
    (r"w.r.t.~the", "w.r.t. the"),
    (r"a~failure", "a failure"),
    ("``grow'' slowly", "“grow” slowly"),
    ("a `moss' test", "a ‘moss’ test"),
    ("10.44pm0.087", "10.44 ± 0.087"),
    (r"3.5 \pm 0.2", "3.5 ± 0.2"),
    (r"2 \times 3", "2 × 3"),
    ("{it misaligned}", "*misaligned*"),
    (r"{\em deterministic}", "*deterministic*"),
    (r"\textbf{strong} words", "**strong** words"),
    (r"\emph{na\"ive}", "*naïve*"),
    (r"\texttt{run}", "`run`"),
    (r"\textsc{Moss}", "Moss"),
    (r"\url{https://example.org/a_b}", "https://example.org/a_b"),
    ("({varphi})", r"($\varphi$)"),
    ("{p}_{theta}(Y|X)", r"$p_{\theta}(Y|X)$"),
    ("(u_{t+1})", "($u_{t+1}$)"),
    ("(T_j)", "($T_j$)"),
    ("10^{-3}", "$10^{-3}$"),
    ("C^3-Moss", "$C^3$-Moss"),
    (r"\alpha_2", r"$\alpha_2$"),
    (r"\mathcal{L}_\theta", r"$\mathcal{L}_\theta$"),
]
LEFT = [
    "8{255}",
    "ReST^EM",
    "MossNet_v2",
    "snake_case_name",
    "5pm3",
    "open until 5pm",
    "~5 stones",
    "x~p",
    "O~(n)",
    "p(Y|X)",
    "don't and can't",
    "$x^2$ and $y$",
    "between $5 and $10",
    "{GAN}",
    r"\cite{moss2020}",
    r"mo\~qss",
    "a_1_2",
    "https://example.org/~mo/x_1?a=%20",
    "k^th",
    r"\mathbb{R}^{3}R3\mathbb{R}^{3}",
    "3 < 4 > 2",
]


def repaired(text: str) -> str:
    return markdown.write(tex.read(text)[0], is_inline=True)


@pytest.mark.parametrize(("debris", "expected"), REPAIRED)
def test_certain_debris_is_repaired(debris: str, expected: str) -> None:
    assert repaired(f"so {debris} there") == f"so {expected} there"


@pytest.mark.parametrize(("debris", "expected"), REPAIRED)
def test_each_repair_is_logged_with_its_offset(debris: str, expected: str) -> None:
    text = f"so {debris} there"

    _, repairs = tex.read(text)

    assert repairs
    assert all(text[r.offset :].startswith(r.before) for r in repairs)


@pytest.mark.parametrize("text", LEFT)
def test_what_is_uncertain_stays_as_it_stands(text: str) -> None:
    pieces, repairs = tex.read(f"so {text} there")

    assert "".join(piece.text for piece in pieces) == f"so {text} there" or not repairs
    assert (
        not [r for r in repairs if r.before != "R^{3}"] or text == r"\mathbb{R}^{3}R3\mathbb{R}^{3}"
    )


def test_escaped_quotation_marks_are_quotation_marks_and_no_accents() -> None:
    assert repaired(r"say \"a word\" twice") == 'say "a word" twice'


def test_control_characters_are_taken_out_and_logged() -> None:
    pieces, repairs = tex.read("mo\x07ss")

    assert (tex.plain(pieces), repairs[0].before) == ("moss", "\x07")


def test_a_long_text_of_braces_is_read_at_once() -> None:
    text = "{" * 20_000 + "\\" * 20_000 + "$" * 20_001 + "`" * 20_000

    assert tex.read(text)[0]
