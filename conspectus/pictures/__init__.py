"""The site plan in; its social cards out, as PNG.

The same bytes on every machine: the letters come from a font that is installed with the program,
never from the system's, and what is drawn is packed here (`conspectus.pictures.png`).
"""

from __future__ import annotations

from collections.abc import Iterator

from conspectus.model.site import Output, Site


def outputs(site: Site) -> Iterator[Output]:
    """Every card, one at a time, in the order of their permalinks."""
    if not site.cards:
        return
    from conspectus.pictures.cards import Press  # Pillow, which most builds can do without

    press = Press()
    for card in site.cards:
        yield Output(card.permalink, press.printed(card))
