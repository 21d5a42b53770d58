"""Each check finds what it is for, and stays silent about all else."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.checks import CHECKS, Finding, check, count, placed
from conspectus.checks.links import fault_of, judge
from conspectus.content import Content
from conspectus.model.papers import Author, Link, Paper, PartialDate
from conspectus.model.topics import Analysis, Nearby, PaperAnalysis, Similar
from conspectus.settings import Settings
from tests.support.makers import analysis, paper, survey, topic

ABSTRACT = (
    "We grow moss on wet stone and measure how far it spreads in a winter. It spreads by the "
    "width of a thumb. Shade helps it more than rain does, and neither helps it much."
)


def whole(id: str = "moss", **fields: Any) -> Paper:  # noqa: A002
    """A paper that lacks nothing."""
    given = {
        "title": f"The title of {id}",
        "abstract": f"{ABSTRACT} This one is about {id}.",
        "authors": (Author("Example", "Mo"),),
        "published": PartialDate(2024, 5),
        "doi": f"10.1000/{id}",
    }
    return paper(id, **(given | fields))


def found(
    *papers: Paper, topics: Analysis | None = None, language: str = "en"
) -> tuple[Finding, ...]:
    read = survey(*papers, settings=Settings(id="s", language=language))
    return check(read, topics or analysis(topic("moss", [each.id for each in papers])))


def names(findings: Sequence[Finding]) -> list[str]:
    return [finding.check for finding in findings]


def said(findings: Sequence[Finding], check: str) -> list[str]:
    return [finding.problem.message for finding in findings if finding.check == check]


def different(id: str, words: str, **fields: Any) -> Paper:  # noqa: A002
    """A paper about something of its own."""
    abstract = f"We study {words} and find them {id}."
    return whole(id, title=f"On {words}", abstract=abstract, **fields)


def several(number: int, **fields: Any) -> list[Paper]:
    """Papers that have nothing in common but these fields."""
    return [different(f"p{n}", f"subject {chr(97 + n) * 5}", **fields) for n in range(number)]


def test_a_paper_that_lacks_nothing_is_not_mentioned() -> None:
    assert found(whole()) == ()


def test_an_empty_survey_has_no_findings() -> None:
    assert check(Content(), Analysis()) == ()


# Near-duplicates


def test_two_papers_with_one_abstract_are_named_at_the_later_one() -> None:
    one, other = whole("a", title="Moss on Stone"), whole("b", title="Slow Spreading in Winter")
    (finding,) = found(one, other)
    assert finding.problem.location.path == "papers/b.md"
    assert finding.problem.message.startswith("says nearly what papers/a.md says (title 0.")
    assert "aliases" in finding.problem.remedy


def test_an_abstract_that_was_cut_is_still_a_near_duplicate() -> None:
    one = whole("a", title="Moss on Stone")
    other = whole("b", title="Slow Spreading in Winter", abstract=f"{ABSTRACT[:120]}.")
    assert names(found(one, other)) == ["near-duplicate"]


def test_titles_that_differ_by_a_letter_are_near_duplicates() -> None:
    one = different("a", "the slow spreading of moss networks")
    other = different("b", "the slow spreading of moss network")
    assert names(found(one, other)) == ["near-duplicate"]


def test_near_titles_of_papers_that_say_different_things_are_not_near_duplicates() -> None:
    one = whole("a", title="The Slow Spreading of Moss", abstract="We begin with wet stone.")
    other = whole("b", title="The Slow Spreading of Moths", abstract="By night they seek lamps.")
    assert found(one, other) == ()


def test_parts_of_one_work_are_not_near_duplicates() -> None:
    one = whole("a", title="The Slow Spreading of Moss: Part I", abstract="We begin with stone.")
    other = whole("b", title="The Slow Spreading of Moss: Part II", abstract="We go on to bark.")
    assert found(one, other) == ()


def test_papers_on_one_subject_are_not_near_duplicates() -> None:
    subjects = ("the growth of moss", "the cracks of slate", "a theory of moss and of rain")
    papers = [different(f"p{n}", subject) for n, subject in enumerate(subjects)]
    assert found(*papers) == ()


def test_one_identifier_of_two_papers_is_said_once() -> None:
    one = whole("a", arxiv="2501.00001", title="Moss on Stone")
    other = whole("b", arxiv="2501.00001v2", title="Slow Spreading in Winter")
    messages = said(found(one, other), "near-duplicate")
    assert messages == ["the arXiv identifier 2501.00001 is also that of papers/a.md"]


@given(st.permutations([whole("a"), whole("b"), whole("c"), different("d", "bark")]))
def test_findings_do_not_depend_on_the_order_of_papers(papers: list[Paper]) -> None:
    assert found(*papers) == found(*sorted(papers, key=lambda each: each.id))


# Placement


def placement(scores: list[float], **fields: Any) -> tuple[list[Paper], Analysis]:
    papers = [different(f"p{n:02}", f"subject {chr(97 + n) * 5}") for n in range(len(scores))]
    made = analysis(topic("moss", [each.id for each in papers], **fields))
    likeness = tuple(
        replace(each, similar=(Similar("p00", score, ()),) if score else ())
        for each, score in zip(made.papers, scores, strict=True)
    )
    return papers, replace(made, papers=likeness)


def test_a_paper_like_no_other_is_an_outlier() -> None:
    papers, topics = placement([0.3] * 12 + [0.0])
    (finding,) = found(*papers, topics=topics)
    assert (finding.check, finding.papers) == ("outlier", ("p12",))
    assert "likeness 0.00, usually 0.30" in finding.problem.message


def test_in_a_varied_survey_nobody_stands_alone() -> None:
    papers, topics = placement([0.12, 0.15, 0.18, 0.2, 0.22, 0.25, 0.25, 0.28, 0.3, 0.3, 0.4, 0.5])
    assert found(*papers, topics=topics) == ()


def test_a_thin_topic_comes_with_the_line_that_merges_it() -> None:
    papers, topics = placement([0.3] * 13)
    ids = [each.id for each in papers]
    small = topic("bark", ids[:1], nearby=(Nearby("moss", ()),))
    topics = replace(topics, topics=(small, topic("moss", ids[1:])))
    (finding,) = found(*papers, topics=topics)
    assert str(finding.problem) == (
        'topics.yaml: warning: the topic "bark" has one paper\n'
        "    add to topics.yaml:  merge: [[moss, bark]]"
    )


def test_a_mixed_topic_is_named_with_what_can_be_done() -> None:
    papers, topics = placement([0.3] * 13, is_mixed=True)
    (finding,) = found(*papers, topics=topics)
    assert finding.check == "mixed-topic"
    assert "split: {moss: 2}" in finding.problem.remedy


# What is lacking


def test_what_many_papers_lack_is_said_once() -> None:
    findings = found(*several(9, published=None, authors=(), doi=""))
    assert names(findings) == ["no-authors", "no-date", "no-text"]
    assert findings[1].problem.message == ("9 of 9 papers have no date of publication")
    assert len(findings[1].papers) == 9


def test_what_one_paper_lacks_is_said_at_its_file() -> None:
    (finding,) = found(whole(published=None))
    assert str(finding.problem) == (
        "papers/moss.md: warning: no date of publication\n    fill it with: conspectus complete"
    )


@pytest.mark.parametrize("way", ["doi", "arxiv", "url", "pdf"])
def test_any_way_to_the_text_will_do(way: str) -> None:
    ways = {"doi": "10.1000/x", "arxiv": "2501.00001", "url": "https://moss.org", "pdf": ""}
    ways["pdf"] = "https://moss.org/x.pdf"
    read = survey(whole(**{"doi": "", way: ways[way]}))
    assert count(read).without_text == 0


def test_a_link_to_code_is_no_way_to_the_text() -> None:
    read = survey(whole(doi="", links=(Link("code", "https://github.com/mo/ss"),)))
    assert count(read).without_text == 1


@pytest.mark.parametrize(
    ("fields", "said_of"),
    [
        ({"doi": "", "url": "https://doi.org/10.1000/MOSS"}, "the doi 10.1000/moss"),
        ({"url": "https://arxiv.org/abs/2501.00001v2"}, "the arxiv 2501.00001v2"),
        ({"pdf": "https://arxiv.org/pdf/2501.00001.pdf"}, "the arxiv 2501.00001"),
    ],
)
def test_an_identifier_hidden_in_an_address_is_found(fields: dict[str, str], said_of: str) -> None:
    (message,) = said(found(whole(**fields)), "hidden-identifier")
    assert said_of in message


def test_dates_that_cannot_be_are_found() -> None:
    listed = datetime.date(2025, 3, 17)
    assert said(found(whole(published=PartialDate(2052), listed=listed)), "wrong-date")
    assert said(found(whole(arxiv="2519.00001")), "wrong-date")


def test_a_journal_that_dates_a_preprint_later_is_no_mistake() -> None:
    listed = datetime.date(2025, 3, 17)
    assert found(whole(published=PartialDate(2026, 5), listed=listed, arxiv="2503.00001")) == ()


# Links


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/x", "https://192.168.1.5/x", "https://github", "https://moss.c0m/",
        "https://example.com/code", "https://github.com/anonymous/moss", "https://github.com",
        "https://anonymous.4open.science/r/moss-1234", "https://goo.gl/abc",
        "https://github.com/your-username/moss", "https://moss.org/a...", "https://moss.org/a…",
        "https://doi.org/10.5", "https://arxiv.org/abs/25.1", "https://moss.org/x?",
        "https://moss.org/https://stone.org/", "https://moss.example/", "http://[::1]/",
        "https://github.com/xxxx/moss", "https://moss.org/long-",
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere_is_told_by_its_form(url: str) -> None:
    assert fault_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/mo/ss", "https://mo.github.io/", "https://aka.ms/moss",
        "https://huggingface.co/mo/ss-7B", "https://arxiv.org/abs/2502.12152v1",
        "https://arxiv.org/pdf/cs/0601001", "https://doi.org/10.1000/x", "https://bit.ly/3abc",
        "https://sites.google.com/view/moss/home", "https://moss.org/a_(b)", "https://moss.museum/",
        "https://web.archive.org/web/2020/https://moss.org/", "https://www.youtube.com/watch?v=a-_",
        "https://myexample.com/x", "https://moss.org/?q=x=", "https://8.8.8.8/x",
        "https://xn--mos-gla.de/", "https://moss.org./x", "https://bücher.de/x",
    ],
)  # fmt: skip
def test_a_link_that_may_lead_somewhere_is_left_alone(url: str) -> None:
    assert fault_of(url) == ""


@given(st.text(max_size=60))
def test_no_link_breaks_the_check(tail: str) -> None:
    from conspectus.fields import is_url

    url = f"https://moss.org/{tail}"
    assert not is_url(url) or isinstance(fault_of(url), str)


def test_answers_name_the_dead_and_count_the_silent() -> None:
    answers = {"https://a.org/": 200, "https://b.org/": 404, "https://c.org/": 503,
               "https://d.org/": "its name is not found", "https://e.org/": ""}  # fmt: skip
    papers = [whole(links=tuple(Link("link", url) for url in answers))]
    judged = judge(papers, answers)
    assert [(f.needle, f.check) for f in judged.findings] == [
        ("https://b.org/", "dead-link"), ("https://d.org/", "dead-link"),
    ]  # fmt: skip
    assert (judged.silent, judged.alive) == (2, {"https://a.org/"})


def test_a_dead_link_is_a_finding_in_each_paper_that_has_it() -> None:
    papers = [whole("a", url="https://a.org/"), whole("b", url="https://a.org/")]
    assert len(judge(papers, {"https://a.org/": 410}).findings) == 2


def test_a_link_that_was_not_asked_is_not_blamed() -> None:
    assert judge([whole(url="https://a.org/")], {}).findings == ()


# Texts


@pytest.mark.parametrize(
    ("end", "what"),
    [
        ("We find that the", "stops in the middle"),
        ("This holds for stone, bark,", "stops in the middle"),
        ("It grows (on wet stone", "stops in the middle"),
        ("It spreads over stone", "ends without a full stop"),
        ("It spreads over...", "was cut by its source"),
        ("It spreads over stone. Show More", "was cut by its source"),
        ("It spreads [...]", "was cut by its source"),
    ],
)
def test_an_abstract_that_stops_is_found(end: str, what: str) -> None:
    (message,) = said(found(whole(abstract=f"{ABSTRACT} {end}")), "stops")
    assert what in message


@pytest.mark.parametrize(
    "end",
    [
        "Done.", "Is it done?", "Done!", "(Done.)", "“Done.”", "Code: https://moss.org/code",
        "It is $x^2$", "It is *done.*", "完成了。", "[here](https://moss.org).", "(stone, etc.)",
    ],
)  # fmt: skip
def test_an_abstract_that_ends_is_left_alone(end: str) -> None:
    assert said(found(whole(abstract=f"{ABSTRACT} {end}")), "stops") == []


@pytest.mark.parametrize("text", ["epsilon=8{255} holds.", "With ReST^EM it holds.", "A \\pm b."])
def test_what_is_left_of_math_is_found(text: str) -> None:
    assert said(found(whole(abstract=f"{ABSTRACT} {text}")), "tex")


@pytest.mark.parametrize(
    "text",
    ["It is $x_{1}^2$.", "Use `a{b}`.", "See https://moss.org/{a}.", "A set {moss, bark}.", "a^"],
)
def test_math_code_and_links_are_not_what_is_left_of_math(text: str) -> None:
    assert said(found(whole(abstract=f"{ABSTRACT} {text}")), "tex") == []


def test_ligatures_and_unseen_characters_are_found() -> None:
    (message,) = said(found(whole(abstract=f"{ABSTRACT} It is ﬁne mo\u00adss.")), "typeset")
    assert message.endswith("U+FB01, U+00AD")


GERMAN = (
    "Wir lassen Moos auf nassem Stein wachsen und messen, wie weit es sich in einem Winter "
    "ausbreitet. Es ist die Breite von einem Daumen, und der Schatten hilft ihm mehr als der Regen."
)


def test_an_abstract_in_another_language_is_found() -> None:
    (message,) = said(found(whole(abstract=GERMAN)), "language")
    assert "(de) than en" in message


@pytest.mark.parametrize(
    ("abstract", "language"),
    [(GERMAN, "de"), (ABSTRACT, "en"), (ABSTRACT, "en-GB"), (GERMAN, "fi"), ("Moos.", "en")],
)
def test_an_abstract_in_the_surveys_language_is_left_alone(abstract: str, language: str) -> None:
    assert said(found(whole(abstract=abstract), language=language), "language") == []


def test_a_foreign_paper_may_have_its_abstract_in_the_surveys_language() -> None:
    assert said(found(whole(language="ru"), language="en-GB"), "language") == []


def test_a_paper_may_say_its_own_language() -> None:
    assert said(found(whole(abstract=GERMAN, language="de")), "language") == []


@pytest.mark.parametrize(
    ("text", "seems"),
    [("苔藓在湿石上生长。" * 5, "zh"), ("こけはぬれたいしのうえにそだちます。" * 3, "ja"),
     ("Мох растёт на мокром камне зимой. " * 3, "ru")],
)  # fmt: skip
def test_another_script_is_another_language(text: str, seems: str) -> None:
    (message,) = said(found(whole(abstract=text)), "language")
    assert f"({seems})" in message


# Spellings


def test_a_venue_that_most_papers_write_otherwise_is_a_likely_slip() -> None:
    slip = different("slip", "zebras", venue="Neurips 2024")
    (finding,) = found(*several(4, venue="NeurIPS 2024"), slip)
    assert (finding.check, finding.papers) == ("typo", ("slip",))
    assert finding.problem.remedy == 'did you mean "NeurIPS 2024"?'


@pytest.mark.parametrize("venue", ["NeurIPS 2023", "ICLR 2024", "NeurIPS", "NeurIPS 2024 Workshop"])
def test_another_venue_is_no_slip(venue: str) -> None:
    other = different("other", "zebras", venue=venue)
    assert found(*several(4, venue="NeurIPS 2024"), other) == ()


def test_an_attribute_that_no_table_shows_is_said_once() -> None:
    papers = several(2, attributes=(("stone", "slate"),))
    (finding,) = found(*papers)
    assert finding.problem.message == 'no table shows the attribute "stone", which 2 papers have'


def test_an_attribute_that_a_topic_compares_is_used() -> None:
    papers = several(3, attributes=(("stone", "slate"),))
    assert found(*papers) == ()


# Places


def test_a_finding_is_placed_at_the_line_of_what_it_is_about() -> None:
    (finding,) = found(whole(url="https://moss.example/x"))
    text = "---\ntitle: Moss\nurl: https://moss.example/x\n---\n"
    assert str(placed(finding, text).problem.location) == "papers/moss.md:3:6"


def test_a_finding_whose_words_are_written_otherwise_keeps_its_file() -> None:
    (finding,) = found(whole(url="https://moss.example/x"))
    assert placed(finding, "---\ntitle: Moss\n---\n") == finding


def test_every_check_has_its_row_in_the_documentation() -> None:
    from tests.support.building import CONTENT

    page = (CONTENT.parent / "docs" / "content.md").read_text(encoding="utf-8")
    assert [name for name in CHECKS if f"`{name}`" not in page] == []


TEXTS = st.text(max_size=200)


@given(title=TEXTS, abstract=TEXTS, venue=TEXTS, keyword=TEXTS)
def test_no_text_breaks_a_check(title: str, abstract: str, venue: str, keyword: str) -> None:
    papers = [paper("a", title, abstract, venue=venue, keywords=(keyword,))] + [
        paper(f"p{n}", title, abstract, venue="NeurIPS") for n in range(3)
    ]
    for finding in found(*papers):
        assert finding.check in CHECKS
        assert "\n" not in finding.problem.message
        assert finding.problem.remedy


def test_papers_have_likeness_only_once_analysed() -> None:
    made = Analysis(papers=(PaperAnalysis("p", "t", (), (), (), (0, 0), (0, 0)),))
    assert check(survey(whole()), made) == ()
