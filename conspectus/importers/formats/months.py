"""A month's name in; its number out."""

from __future__ import annotations

import unicodedata

_NAMES = (
    "jan january januar janvier enero gennaio janeiro januari styczen",
    "feb february februar fevrier febrero febbraio fevereiro februari luty",
    "mar march marz maerz mars marzo marco maart marzec",
    "apr april avril abril aprile kwiecien",
    "may mai mayo maggio maio mei maj",
    "jun june juni juin junio giugno junho czerwiec",
    "jul july juli juillet julio luglio julho lipiec",
    "aug august aout agosto augustus augusti sierpien",
    "sep sept september septembre septiembre settembre setembro wrzesien",
    "oct october oktober octobre octubre ottobre outubro okt pazdziernik",
    "nov november novembre noviembre novembro listopad",
    "dec december dezember decembre diciembre dicembre dezembro dez grudzien",
)
_BY_NAME = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}


def month_of(name: str) -> int | None:
    """The number of a month from 1, in the languages that bibliographies are exported in."""
    folded = unicodedata.normalize("NFKD", name.strip(" .").casefold())
    return _BY_NAME.get("".join(c for c in folded if not unicodedata.combining(c)))
