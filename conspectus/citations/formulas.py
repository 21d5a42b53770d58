"""A formula out of a stranger's title in; whether a cite's author may let TeX run it, out.

TeX has hundreds of commands that write files, read them or start programs, and each engine adds its
own; so what is allowed is listed, not what is forbidden.
"""

from __future__ import annotations

import re

from latex2mathml.commands import FUNCTIONS
from latex2mathml.symbols_parser import SYMBOLS

_COMMAND = re.compile(r"\\(?:(?:begin|end)\s*\{(\w*)\*?\}|[A-Za-z@]+|.|\Z)", re.DOTALL)
_ENVIRONMENTS = frozenset(
    str.split(
        "aligned array Bmatrix bmatrix cases gathered matrix pmatrix smallmatrix split Vmatrix"
        " vmatrix"
    )
)
_SIGNS = frozenset("\\,;:!>|{}%&_#$ \n")
_BUILDING = frozenset(
    str.split(
        "argmax argmin big Big bigg Bigg biggl Biggl biggr Biggr bigl Bigl bigr Bigr binom bm bmod"
        " boldsymbol boxed cfrac choose dbinom det dfrac displaystyle emph frac gcd hline hspace"
        " left liminf limits limsup mathbb mathbf mathbin mathcal mathfrak mathit mathop mathord"
        " mathrel mathrm mathscr mathsf mathtt mbox middle mod nolimits operatorname over overset"
        " phantom pmod qquad quad right scriptscriptstyle scriptstyle sqrt stackrel substack tbinom"
        " text textbf textit textnormal textrm textsf textstyle texttt tfrac underset xleftarrow"
        " xrightarrow"
    )
)
"""What arranges, sizes or names symbols."""
_BY_CODE = "^^"
"""Writes any character, the backslash among them."""


def is_harmless(formula: str) -> bool:
    """Whether TeX finds nothing but symbols in it, and what arranges them."""
    return _BY_CODE not in formula and all(map(_is_known, _COMMAND.finditer(formula)))


def _is_known(match: re.Match[str]) -> bool:
    command, environment = match[0], match[1]
    if environment is not None:
        return environment in _ENVIRONMENTS
    name = command[1:]
    known = name in _SIGNS if len(name) == 1 else name in _BUILDING
    return bool(name) and (known or command in SYMBOLS or command in FUNCTIONS)
