"""Requests held back, as on a slow line, until a test has seen what comes before the answer."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route


class Gate:
    """Holds requests back until it is opened."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._held: list[Route] | None = []
        page.route(re.compile(pattern), self._pass)

    def open(self) -> None:
        held, self._held = self._held or [], None
        for route in reversed(held):
            route.continue_()

    def _pass(self, route: Route) -> None:
        if self._held is None:
            route.continue_()
        else:
            self._held.append(route)
