"""The Node that Playwright brings along: it runs the browser's own scripts without a browser."""

from __future__ import annotations

from pathlib import Path

import playwright

NODE = Path(playwright.__file__).parent / "driver" / "node"
