"""A reader who has only a keyboard, and counts the presses that do something."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

FARTHEST = 600
"""Presses of Tab after which a thing counts as out of reach."""


class Reader:
    """Moves the focus without counting; counts every act."""

    def __init__(self, page: Page) -> None:
        """Sits down before a page."""
        self.page = page
        self.steps = 0

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus; fails where it cannot be reached."""
        wanted = target.first.element_handle()
        for _ in range(FARTHEST):
            if self.page.evaluate("(it) => it === document.activeElement", wanted):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"out of reach by the keyboard: {target}")

    def act(self, key: str) -> None:
        """Press a key that does something."""
        self.page.keyboard.press(key)
        self.steps += 1

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reach the target and press it."""
        self.reach(target)
        self.act(key)

    def write(self, text: str) -> None:
        """Type words and send them off."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.steps += 1
