"""docs/digest.md says what every setting and option is."""

import re
from pathlib import Path

import pytest

from conspectus.cli import digests, letters
from conspectus.digest import recipients
from conspectus.settings.mail import KNOWN_MAIL_SETTINGS, SECURITIES
from tests.support.building import ROOT

PAGE = (ROOT / "docs" / "digest.md").read_text(encoding="utf-8")


def test_every_mail_setting_has_its_row_and_no_row_is_left_over() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert rows == list(KNOWN_MAIL_SETTINGS)


@pytest.mark.parametrize("name", [*SECURITIES, letters.PASSWORD, letters.LEDGER_KEY])
def test_every_protection_and_secret_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_option_is_named() -> None:
    options = {name for each in digests.digest.params for name in each.opts} - {"--content"}
    assert options <= set(re.findall(r"--[a-z]+", PAGE))


def test_the_example_of_readers_reads(tmp_path: Path) -> None:
    example = PAGE.split("# recipients.txt\n")[1].split("\n\n")[0]
    path = tmp_path / "recipients.txt"
    path.write_text("\n".join(line.removeprefix("    ") for line in example.split("\n")))
    found, problems = recipients.read(path)
    assert (len(found), problems) == (2, ())
