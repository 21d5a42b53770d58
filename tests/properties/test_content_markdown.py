"""What an import escapes reads back character for character."""

from hypothesis import example, given
from hypothesis import strategies as st

from conspectus import prose
from conspectus.importers import markdown, tex

SIGNS = "ab1 *_`$[]()<>&;\\#-+=.:!|~^\"'@/{}%,é"
SCRAPS = [
    "http://a.example/c_d", "&amp;", "**x**", "_y_", "$a$", "[a](b)", "[^1]", "1. ", "- ", "# ",
    "> ", "--- ", "***", "```", "~~~", "<b>", "<http://x.example>", "a@b.example", "\\(", "\\)",
    "\\[", "\\]", "x", "B", " ", "$$", "<!--", "![i](j)", "## Notes", "|", "www.x.example", "(c)",
    "https://e.example/~g_h_", "ReST-MCTS*", "<2%", "$200", "pass@N", "a) b)", "--", ":::",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(alphabet=SIGNS, max_size=16),
    st.lists(st.sampled_from(SCRAPS), max_size=7).map("".join),
    st.text(st.characters(exclude_categories=("C", "Zs", "Zl", "Zp")), max_size=12),
).map(lambda text: " ".join(text.split()))


@given(TEXTS)
@example("## Notes")
@example("ReST-MCTS* beats MCTS* and *all*")
@example("from $5 to $10")
def test_an_escaped_paragraph_reads_back(text: str) -> None:
    assert prose.read(markdown.escape(text))[0].text == text


@given(TEXTS)
def test_an_escaped_title_reads_back(text: str) -> None:
    assert prose.inline(markdown.escape(text, is_inline=True))[0].text == text


@given(TEXTS)
def test_a_repair_changes_only_what_it_logs(text: str) -> None:
    pieces, repairs = tex.read(text)

    rest = text
    for repair in reversed(repairs):
        rest = rest[: repair.offset] + "\0" + rest[repair.offset + len(repair.before) :]
    kept = "".join(piece.text for piece in pieces)
    position = 0
    for stretch in rest.split("\0"):
        position = kept.index(stretch, position) + len(stretch)
