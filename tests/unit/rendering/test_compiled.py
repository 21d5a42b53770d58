"""A template's source is compiled once in a process, and again when it has changed."""

from __future__ import annotations

from types import CodeType

from jinja2 import DictLoader, Environment

from conspectus.rendering import compiled


def code(source: str, name: str = "compiled-once.html") -> CodeType:
    """What a source compiles to in an environment of its own."""
    env = Environment(loader=DictLoader({name: source}), bytecode_cache=compiled.memory("en"))
    return env.get_template(name).root_render_func.__code__


def test_the_same_source_is_compiled_once() -> None:
    assert code("<p>{{ moss }}</p>") is code("<p>{{ moss }}</p>")


def test_another_source_under_the_same_name_is_compiled_anew() -> None:
    code("<p>{{ moss }}</p>")
    env = Environment(
        loader=DictLoader({"compiled-once.html": "<b>{{ moss }}</b>"}),
        bytecode_cache=compiled.memory("en"),
    )

    assert env.get_template("compiled-once.html").render(moss="slate") == "<b>slate</b>"
