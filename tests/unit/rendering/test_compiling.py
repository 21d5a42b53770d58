"""Lean code renders what Jinja's own would."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape

from conspectus.rendering.compiling import LeanEnvironment, written
from conspectus.siteplan.urls import Linker
from conspectus.words import words

SOURCES = {
    "parts.html": '{% macro link(to, url) %}<a href="{{ url(to) }}">{{ to }}</a>{% endmacro %}',
    "base.html": '<p title="{{ w("nav.home") }}">{% block main %}{% endblock %}</p>',
    "page.html": """{% extends "base.html" %}{% import "parts.html" as parts %}
        {% block main %}
        {% for text in texts %}{{ text }}{{ parts.link(text, url) }}{{ loop.last }}{% endfor %}
        {{ texts | join(", ") }} {{ w("papers.count", n=texts | length) }} {{ w(key) }}
        {% set cited %}<q>{{ texts[0] }}</q>{% endset %}{{ cited }}
        {% autoescape false %}{{ texts[0] }}{% endautoescape %}
        {% endblock %}""",
}
texts = st.one_of(st.text(), st.text().map(Markup), st.text(alphabet="&<>'\"a"))


@given(st.one_of(texts, st.none(), st.integers(), st.floats(), st.tuples(texts)))
def test_a_value_is_written_as_markupsafe_escapes_it(value: object) -> None:
    assert written(value) == escape(value)


@given(st.lists(texts, min_size=1))
def test_a_page_comes_out_as_from_jinja_itself(told: list[str]) -> None:
    pages = []
    for kind in (Environment, LeanEnvironment):
        env = environment(kind, SOURCES)
        page = env.get_template("page.html")
        pages.append(page.render(texts=told, url=Linker("../"), key="nav.search"))
    assert pages[0] == pages[1]


def test_words_without_numbers_are_part_of_the_text() -> None:
    source = LeanEnvironment.compile
    env = environment(LeanEnvironment, {})
    code = source(env, '<b>{{ w("nav.home") }}</b>', raw=True)
    assert f"<b>{words('en')('nav.home')}</b>" in code


def test_a_template_may_call_something_else_w() -> None:
    env = environment(LeanEnvironment, {})
    page = env.from_string('{% set w = mine %}{{ w("nav.home") }}')
    assert page.render(mine=str.upper) == "NAV.HOME"


def test_an_unknown_word_fails_where_the_page_is_made() -> None:
    page = environment(LeanEnvironment, {}).from_string('{{ w("nav.nowhere") }}')
    with pytest.raises(KeyError, match=r"nav\.nowhere"):
        page.render()


def environment(kind: type[Environment], sources: dict[str, str]) -> Environment:
    make = partial(kind, loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined)
    env = make()
    env.globals["w"] = words("en")
    return env
