"""Templates in; one Jinja environment out, with what every template may ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from conspectus.rendering import compiled
from conspectus.rendering.chrome import Chrome
from conspectus.rendering.compiling import WORDS, LeanEnvironment
from conspectus.rendering.scripts import later_scripts, scripts_of
from conspectus.siteplan.shapes import SHAPE_PATHS
from conspectus.siteplan.views import Frame
from conspectus.words import direction, words

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
"""DESIGN 6, to the letter: hosts and checks depend on it."""


def environment(
    templates: tuple[tuple[str, str], ...],
    assets: Mapping[str, str],
    frame: Frame,
    words_scripts: Sequence[str],
    accent_stylesheet: str,
    own: Mapping[str, str],
) -> Environment:
    """An environment that escapes everything but `Markup` and fails on unknown names.

    `words_scripts` are all words and those that the search needs first; `own` has the paths of the
    survey's own templates, by which their mistakes are told.
    """
    words_script, search_words = words_scripts
    sources = {name: (source, own.get(name, name), lambda: True) for name, source in templates}
    catalogue = words(frame.language)
    env = LeanEnvironment(
        loader=FunctionLoader(sources.get),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled.memory(catalogue.language),
    )
    env.globals[WORDS] = catalogue
    env.globals.update(
        direction=direction(frame.language),
        frame=frame,
        asset=assets.__getitem__,
        words_script=words_script,
        search_words=search_words,
        accent_stylesheet=accent_stylesheet,
        csp=Markup(CONTENT_SECURITY_POLICY),  # its quotes stand inside double ones
        shape_paths=SHAPE_PATHS,
        scripts_of=scripts_of,
        later_scripts=later_scripts,
        chrome=Chrome(env, frame),
    )
    return env


__all__ = ["CONTENT_SECURITY_POLICY", "Environment", "environment"]
