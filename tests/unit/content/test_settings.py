"""survey.yaml: every setting has a sane default and is read by its own reader."""

from pathlib import Path

import pytest

from conspectus import settings
from conspectus.model.mailboxes import Mailbox
from conspectus.settings import (
    Curator,
    Mail,
    NavigationLink,
    Settings,
    TextSearch,
    Theme,
    TopicSettings,
)

FULL = """
id: slow-moss
title: Slow Moss
subtitle: What grows
description: >-
  All about
  moss.
curator: {name: Mo, url: https://example.org/mo}
base_url: https://example.org/moss
language: pt-BR
licence: CC BY 4.0
subscribe: {url: https://example.org/subscribe, email: mo@example.org}
navigation: [{label: Group, url: https://example.org}]
topics: {count: 8, embeddings: vectors.npy}
theme: {accent: "#0a5", logo: moss.svg}
metadata: no
repository: https://example.org/moss/repo/
mail: {from: mo@example.org}
full_text_searches: [{name: Moss Search, url: "https://example.org/?q={title}"}]
"""


def read(text: str) -> Settings:
    found, problems = settings.read_text(text)
    assert problems == ()
    return found


def test_every_setting_is_read() -> None:
    assert read(FULL) == Settings(
        id="slow-moss",
        title="Slow Moss",
        subtitle="What grows",
        description="All about moss.",
        curator=Curator("Mo", "https://example.org/mo"),
        base_url="https://example.org/moss/",
        language="pt-BR",
        licence="CC BY 4.0",
        subscribe_url="https://example.org/subscribe",
        subscribe_email="mo@example.org",
        navigation=(NavigationLink("Group", "https://example.org"),),
        topics=TopicSettings(8, "vectors.npy"),
        theme=Theme("#00aa55", "moss.svg"),
        metadata=False,
        repository="https://example.org/moss/repo",
        mail=Mail(sender=Mailbox("mo@example.org")),
        full_text_searches=(TextSearch("Moss Search", "https://example.org/?q={title}"),),
    )


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing\n", "---\n", "title:\n", "title: ~\ncurator: null\n"]
)
def test_an_empty_file_is_all_defaults(text: str) -> None:
    assert read(text) == Settings(id="literature-survey")


def test_no_file_is_all_defaults(tmp_path: Path) -> None:
    assert settings.read(tmp_path) == (Settings(id="literature-survey"), ())


@pytest.mark.parametrize(
    ("title", "survey_id"), [("Slow Moss!", "slow-moss"), ("苔藓", "tai-xian")]
)
def test_the_identity_defaults_to_the_titles_slug(title: str, survey_id: str) -> None:
    assert read(f"title: {title}\n").id == survey_id


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/list", ("https://example.org/list", "")),
        ("mo@example.org", ("", "mo@example.org")),
        ("mailto:mo@example.org", ("", "mo@example.org")),
    ],
)
def test_subscribe_is_a_web_or_an_e_mail_address(written: str, expected: tuple[str, str]) -> None:
    found = read(f"subscribe: {written}\n")

    assert (found.subscribe_url, found.subscribe_email) == expected


def test_a_curator_may_be_a_name_alone() -> None:
    assert read("curator: AK and friends\n").curator == Curator("AK and friends")


@pytest.mark.parametrize("written", ["[]", "none", "no"])
def test_full_text_searches_can_be_switched_off(written: str) -> None:
    assert read(f"full_text_searches: {written}\n").full_text_searches == ()


def test_an_automatic_count_can_be_written() -> None:
    assert read("topics: {count: auto}\n").topics.count is None


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("navigation: [{label: Group}]", "a link needs a label and a url"),
        ("navigation: [{url: https://example.org}]", "a link needs a label and a url"),
        ("subscribe: {email: nobody}", '"nobody" is neither a web nor an e-mail address'),
        ("size: huge", 'size: "huge" is no size'),
    ],
)
def test_a_setting_that_says_too_little_or_nothing_known_is_a_located_problem(
    written: str, said: str
) -> None:
    _, [problem] = settings.read_text(f"title: Slow Moss\n{written}\n")
    assert said in problem.message
    assert (problem.location.line, problem.remedy != "") == (2, True)
