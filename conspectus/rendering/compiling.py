"""Templates in; their code, lean enough for ten thousand pages, out.

What a page costs is mostly the calls that Jinja makes for it. Interface words that need no number
are part of the text from the start; links are asked for directly, not by way of a context that they
have no use for; and what is escaped goes straight into the page, where a `Markup` would be made of
it only to be joined. Every template means what it would mean without this module.
"""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]

WORDS = "w"
"""What templates call the catalogue."""
_PLAIN_CALLS = frozenset({"asset", "chrome", "url"})
"""Names by which templates call what hangs on its arguments alone."""


def written(value: object) -> str:
    """The value as it stands in a page: `Markup` as it is, all else escaped.

    The same as `markupsafe.escape`, which makes `Markup` of all that it returns: it takes twice as
    long for a text and eight times as long for `Markup`, a thousand times a page.
    """
    if type(value) is Markup:
        return value
    if type(value) is str:
        return escaped(value)
    return str(value) if type(value) is int else escape(value)


class _LeanCode(CodeGenerator):
    """Jinja's own, but for what is called and what is escaped most."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.written(")

    def visit_Call(  # noqa: N802 - as Jinja calls it
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if not _is_named(node, _PLAIN_CALLS) or len(node.args) != 1:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        self.visit(node.args[0], frame)
        self.write(")")


class LeanEnvironment(Environment):
    """Compiles templates as this module says."""

    code_generator_class = _LeanCode
    written = staticmethod(written)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        names = template.find_all(nodes.Name)
        catalogue = self.globals.get(WORDS)
        is_ours = all(found.ctx == "load" for found in names if found.name == WORDS)
        if callable(catalogue) and is_ours:
            _Wording(catalogue).visit(template)
        return template


class _Wording(NodeTransformer):
    """Puts words in place of the calls that name them."""

    def __init__(self, words: Callable[[str], str]) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - as Jinja calls it
        """The words, where nothing but their key is given; unknown ones fail when asked for."""
        match node.args:
            case [nodes.Const(value=str(key))] if _is_named(node, {WORDS}):
                try:
                    return nodes.Const(self._words(key), lineno=node.lineno)
                except KeyError:
                    return node
        return self.generic_visit(node)


def _is_named(node: nodes.Call, names: frozenset[str] | set[str]) -> bool:
    """Whether one of these is called, with nothing but plain arguments."""
    has_more = node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None
    return not has_more and isinstance(node.node, nodes.Name) and node.node.name in names
