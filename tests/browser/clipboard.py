"""What a page puts on the clipboard, noted by the page itself.

Reading the clipboard back waits, without end, for a system that hands it out: a browser without a
window has none.
"""

from __future__ import annotations

from playwright.sync_api import Page

_NOTE = """
if (navigator.clipboard) navigator.clipboard.writeText = (text) => {
    window.copied = text;
    return Promise.resolve();
};
"""


def note_copies(page: Page) -> None:
    """Let the page, as it is and as it will be loaded, note what it copies."""
    page.add_init_script(_NOTE)
    page.evaluate(_NOTE)


def copied(page: Page) -> str:
    """The text that the page copied last."""
    return str(page.evaluate("window.copied"))
