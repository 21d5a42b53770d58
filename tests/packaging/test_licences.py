"""What is installed with Conspectus may be passed on with it, and is listed."""

from __future__ import annotations

import re

from tests.packaging.licences import PAGE, licences

PERMISSIVE = re.compile(
    r"MIT|BSD|ISC|Apache|PSF|Python Software Foundation|Zlib|Artistic|Open Font|MPL"
)


def test_every_licence_lets_the_program_be_passed_on() -> None:
    assert [name for name, said in licences().items() if not PERMISSIVE.search(said)] == []


def test_every_distribution_that_running_needs_is_listed() -> None:
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert licences().keys() - listed == set()
