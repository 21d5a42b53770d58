"""How to cite a paper: only what is known, read back by the programs that read it."""

from __future__ import annotations

import dataclasses
import datetime
import json
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy

from conspectus import citations, styles
from conspectus.model.papers import Author, Paper, PartialDate
from conspectus.styles import CitationStyle
from tests.support.makers import paper

PAGE = "https://survey.example/papers/a-paper.html"
CSL_SCHEMA = {
    "type": "object",
    "required": ["id", "type", "title"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "type": {
            "enum": ["article", "article-journal", "paper-conference", "document", "thesis", "book"]
        },
        "title": {"type": "string"},
        "author": {
            "type": "array",
            "items": {
                "type": "object",
                "anyOf": [{"required": ["family", "given"]}, {"required": ["literal"]}],
                "additionalProperties": {"type": "string"},
            },
        },
        "issued": {
            "type": "object",
            "required": ["date-parts"],
            "properties": {
                "date-parts": {
                    "type": "array",
                    "items": {"type": "array", "minItems": 1, "items": {"type": "integer"}},
                }
            },
        },
    },
}


def known(**fields: Any) -> Paper:
    """A paper of which everything is known."""
    given: dict[str, Any] = {
        "title": "Watering roses",
        "authors": (Author("Gärtner", "Rosa"),),
        "published": PartialDate(2023, 5, 4),
        "venue": "Garden Conference",
        "citekey": "gaertner2023watering",
    }
    return paper(**(given | fields))


def listed(**fields: Any) -> Paper:
    """A paper of which a listing said only the title."""
    given = {"title": "Watering roses", "listed": datetime.date(2025, 3, 17), "position": 5}
    return paper(**(given | fields))


def entry(cited: Paper, page: str = PAGE) -> Any:
    """The one BibTeX entry as bibtexparser reads it."""
    library = bibtexparser.parse_string(citations.bibtex(cited, page, with_abstract=True))
    assert not library.failed_blocks
    (found,) = library.entries
    return found


def record(cited: Paper, page: str = PAGE) -> dict[str, Any]:
    """The one RIS record as rispy reads it."""
    (found,) = rispy.loads(citations.ris(cited, page, with_abstract=True))
    return dict(found)


def csl(cited: Paper, page: str = PAGE) -> dict[str, Any]:
    """The CSL-JSON entry, which fits the schema."""
    found = json.loads(citations.csl_json(cited, page))
    jsonschema.validate(found, CSL_SCHEMA)
    return dict(found)


def test_a_conference_paper_is_cited_with_all_that_is_known() -> None:
    cited = known(doi="10.1000/x_y", arxiv="2305.00001", keywords=("roses",))
    assert citations.bibtex(cited, PAGE) == (
        "@inproceedings{gaertner2023watering,\n"
        "  title = {Watering roses},\n"
        "  author = {Gärtner, Rosa},\n"
        "  year = {2023},\n"
        "  month = may,\n"
        "  booktitle = {Garden Conference},\n"
        "  doi = {10.1000/x_y},\n"
        "  eprint = {2305.00001},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://doi.org/10.1000/x_y},\n"
        "  keywords = {roses},\n"
        "}\n"
    )


def test_an_unknown_author_and_year_leave_a_minimal_entry_with_a_note() -> None:
    assert citations.bibtex(listed(), PAGE) == (
        "@misc{a-paper,\n"
        "  title = {Watering roses},\n"
        f"  url = {{{PAGE}}},\n"
        "  note = {Listed 17 March 2025},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "formula",
    [r"\\frac{a}{b} \leq \sqrt{\alpha}", r"\begin{pmatrix}a & b\end{pmatrix}", r"\text{if } x\, \%",
     r"\mathbb{R}^{d} \to \operatorname{top}_k", "x_1^2"],
)  # fmt: skip
def test_a_formula_of_symbols_stays_one(formula: str) -> None:
    assert f"{{{{${formula}$}}}}" in citations.bibtex(listed(title=f"${formula}$"), PAGE)


@pytest.mark.parametrize(
    "formula",
    [r"\text{\immediate\openout5=x.tex}", r"\hbox{\read5 to\x}", r"\hspace{\write18{id}}",
     r"\begin{filecontents}x\end{filecontents}", r"\mbox{\directlua{x}}", r"^^5cwrite18{id}",
     r"\text{\loop\iftrue\repeat}", "\\text{x}\\"],
)  # fmt: skip
def test_a_formula_that_could_make_tex_run_is_written_as_text(formula: str) -> None:
    written = citations.bibtex(listed(title=f"${formula}$"), PAGE)
    assert "$" not in written.replace(r"\$", "")
    assert r"\textbackslash{}" in written or r"\textasciicircum{}" in written


def test_a_sign_of_an_entry_before_a_capitalised_word_begins_none() -> None:
    assert entry(paper(title="Mail to @LLM and @ LLM"))["title"] == "Mail to {@}{LLM} and {@} {LLM}"


@pytest.mark.parametrize("write", [citations.bibtex, citations.csl_json])
def test_the_day_of_a_listing_is_never_a_date_of_publication(write: Any) -> None:
    text = write(listed(), PAGE)
    assert "year" not in text
    assert "issued" not in text
    assert "2025-03" not in text


def test_a_record_of_a_listed_paper_has_no_date() -> None:
    found = record(listed())
    assert "year" not in found
    assert "date" not in found
    assert found["notes"] == ["Listed 17 March 2025"]


@pytest.mark.parametrize(
    ("cited", "missing"),
    [
        (known(), ""),
        (known(authors=()), "authors"),
        (known(published=None), "year"),
        (listed(), "both"),
    ],
)
def test_what_is_missing_is_told(cited: Paper, missing: str) -> None:
    assert citations.missing(cited) == missing
    assert citations.is_citable(cited) == (missing == "")


def test_a_paper_without_any_address_and_a_survey_without_one_give_no_url() -> None:
    assert "url" not in entry(listed(), "").fields_dict
    assert "urls" not in record(listed(), "")
    assert "URL" not in csl(listed(), "")


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"url": "https://roses.example/p"}, "https://roses.example/p"),
        ({"doi": "10.1000/x"}, "https://doi.org/10.1000/x"),
        ({"arxiv": "2305.00001"}, "https://arxiv.org/abs/2305.00001"),
        ({}, PAGE),
    ],
)
def test_the_paper_s_own_address_comes_before_the_survey_s(
    fields: dict[str, str], url: str
) -> None:
    cited = known(**fields)
    assert entry(cited)["url"] == url
    assert record(cited)["urls"] == [url]
    assert csl(cited)["URL"] == url


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("50% of roses & _violets_ #1", r"50\% of roses \& violets \#1"),
        (r"A \{brace\} and \\ and ~ and ^", (r"A \textbraceleft{}brace\textbraceright{} and "
         r"\textbackslash{} and \textasciitilde{} and \textasciicircum{}")),
        ("Costs $5 < $6", r"Costs \$5 \textless{} \$6"),
        ("The $O(n^2)$ cost", "The {$O(n^2)$} cost"),
        ("Bad $x^$ math", r"Bad x\textasciicircum{} math"),
        (r"Run $\write18{x}$ now", (r"Run \textbackslash{}write18\textbraceleft{}x"
         r"\textbraceright{} now")),
        ("Why GPT-4 and LLMs use Q-learning", "Why {GPT}-4 and {LLMs} use {Q}-learning"),
        ("A Self-Supervised iGPT", "A Self-Supervised {iGPT}"),
        ("Über Rosen 玫瑰", "Über Rosen 玫瑰"),
    ],
)  # fmt: skip
def test_a_title_is_written_as_tex_reads_it(title: str, written: str) -> None:
    assert entry(known(title=title))["title"] == written


@pytest.mark.parametrize(
    ("author", "written"),
    [
        (Author("Gärtner", "Rosa"), "Gärtner, Rosa"),
        (Author("de la Rosa", "Ana"), "de la Rosa, Ana"),
        (Author("Rose and Violet Society"), "{Rose and Violet Society}"),
        (Author("Roses, Inc."), "{Roses, Inc.}"),
        (Author("Rose", "A. and B."), "Rose, {A. and B.}"),
        (Author("R_ose", "50%"), r"R\_ose, 50\%"),
    ],
)
def test_a_name_is_not_split_where_it_holds_what_bibtex_splits_at(
    author: Author, written: str
) -> None:
    found = entry(known(authors=(author, Author("Zinnia", "Z."))))["author"]
    assert found.startswith((written, f"{{{written}"))
    assert found.endswith(" and Zinnia, Z.")


def test_every_line_of_an_abstract_stays_in_its_field() -> None:
    cited = known(abstract="One\n\nER  - \n\nTY  - JOUR\n\n} @misc{evil, title={x}}")
    assert entry(cited)["abstract"].startswith("One ER - TY - JOUR")
    assert record(cited)["abstract"] == "One ER - TY - JOUR } @misc{evil, title={x}}"


def test_an_odd_citation_key_does_not_break_the_file() -> None:
    assert entry(known(citekey="a key, {with} #all% \\of~it")).key == "a-key-with-all-of-it"


def test_records_end_their_lines_as_the_format_asks() -> None:
    lines = citations.ris(known(), PAGE).split("\r\n")
    assert lines[0] == "TY  - CPAPER"
    assert lines[-2:] == ["ER  - ", ""]
    assert not any("\n" in line for line in lines)


def test_a_record_holds_all_that_is_known() -> None:
    csl_fields = json.dumps({"page": "1-9", "volume": 12, "issue": "3"})
    found = record(known(csl=csl_fields, keywords=("roses", "water"), language="de"))
    assert found["authors"] == ["Gärtner, Rosa"]
    assert found["date"] == "2023/05/04/"
    assert (found["start_page"], found["end_page"]) == ("1", "9")
    assert (found["volume"], found["number"]) == ("12", "3")
    assert found["keywords"] == ["roses", "water"]


def test_a_date_is_given_at_the_precision_that_is_known() -> None:
    assert csl(known(published=PartialDate(2023)))["issued"] == {"date-parts": [[2023]]}
    assert csl(known(published=PartialDate(2023, 5)))["issued"] == {"date-parts": [[2023, 5]]}
    assert "month" not in entry(known(published=PartialDate(2023))).fields_dict
    assert record(known(published=PartialDate(2023, 5)))["date"] == "2023/05//"


def test_the_curator_s_csl_variables_pass_through() -> None:
    cited = known(csl=json.dumps({"type": "article-journal", "volume": "12", "x-odd": ["y"]}))
    assert csl(cited)["volume"] == "12"
    assert csl(cited)["x-odd"] == ["y"]
    assert entry(cited).entry_type == "article"
    assert entry(cited)["journal"] == "Garden Conference"


def test_what_the_paper_itself_says_wins_over_csl_variables() -> None:
    cited = known(csl=json.dumps({"id": "x", "title": "x", "author": [], "issued": "x"}))
    assert csl(cited)["id"] == "gaertner2023watering"
    assert csl(cited)["title"] == "Watering roses"
    assert csl(cited)["author"] == [{"family": "Gärtner", "given": "Rosa"}]


@pytest.mark.parametrize("passed", ["[]", "3", "null", '"x"', '{"page": {"a": 1}, "volume": []}'])
def test_csl_variables_of_the_wrong_kind_break_nothing(passed: str) -> None:
    cited = known(csl=passed)
    assert entry(cited).key == record(cited)["id"] == csl(cited)["id"]


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Journal of Gardens", "article-journal"),
        ("IEEE Transactions on Roses", "article-journal"),
        ("Garden Conference", "paper-conference"),
    ],
)
def test_the_venue_tells_the_kind_of_work(venue: str, kind: str) -> None:
    assert csl(known(venue=venue))["type"] == kind


def test_a_preprint_is_an_article_of_no_journal() -> None:
    cited = known(venue="", arxiv="2305.00001")
    assert csl(cited)["type"] == "article"
    assert entry(cited).entry_type == "misc"
    assert record(cited)["type_of_reference"] == "UNPB"


def test_tags_for_scholarly_search_engines_say_only_what_is_known() -> None:
    assert citations.highwire(known()) == (
        ("citation_title", "Watering roses"),
        ("citation_author", "Rosa Gärtner"),
        ("citation_publication_date", "2023/05/04"),
        ("citation_conference_title", "Garden Conference"),
    )
    assert citations.highwire(listed()) == ()
    assert citations.highwire(known(published=None)) == ()


def reference(cited: Paper) -> str:
    style, problems = styles.read("harvard-cite-them-right", Path(), "survey.yaml")
    assert problems == ()
    return citations.References(style, "en").of(cited, PAGE)


def test_a_reference_is_formatted_by_the_style() -> None:
    cited = known(csl='{"volume": 7, "page": "1-9"}', venue="Garden Journal")
    assert reference(cited) == (
        f"Gärtner, R. (2023) “Watering roses”, Garden Journal, 7, pp. 1–9. Available at: {PAGE}."
    )


@pytest.mark.parametrize("unknown", [{"authors": ()}, {"published": None}])
def test_there_is_no_reference_without_authors_or_year(unknown: dict[str, Any]) -> None:
    assert reference(known(**unknown)) == ""


def test_there_is_no_reference_without_a_style() -> None:
    references = citations.References(CitationStyle(), "en")
    assert references.of(known(), PAGE) == ""
    assert references.style == ""


@pytest.mark.parametrize(
    "odd",
    [
        '{"type": "no-such-type"}',
        '{"page": {"a": 1}, "editor": "Mo", "accessed": 3, "volume": [1]}',
        '{"event-date": {"date-parts": "x"}, "custom": {"x": null}, "id": 5}',
    ],
)
def test_odd_variables_of_the_curators_do_not_stop_a_reference(odd: str) -> None:
    assert reference(known(csl=odd)).startswith("Gärtner, R. (2023)")


def test_no_text_of_a_paper_is_markup_to_the_style() -> None:
    cited = dataclasses.replace(known(), title_text='<span class="x">roses</span> & <i>{moss}</i>')
    assert cited.title_text in reference(cited)


@pytest.mark.parametrize(
    "author", [Author("الموجي", "سلمى"), Author("潮町", "ゆき"), Author("גלים", "נעמה")]
)
def test_names_of_scripts_without_capitals_are_not_cut_to_initials(author: Author) -> None:
    assert reference(known(authors=(author,))).startswith(f"{author.name} (2023)")
