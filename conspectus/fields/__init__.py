"""YAML text in; its nodes, each with its place, and values typed by their fields' own readers out.

Every scalar is the text that stands there: `no`, `2502.12150` and `2025-03-17` are words until a
field's reader says what they mean. Empty, `~` and `null` mean absent.
"""

from __future__ import annotations

from conspectus.fields.nodes import Items, Node, Scalar, Table
from conspectus.fields.reader import read, table
from conspectus.fields.texts import decode, is_url, moved, nearest, shown
from conspectus.fields.typed import Fields, parse_date

__all__ = [
    "Fields",
    "Items",
    "Node",
    "Scalar",
    "Table",
    "decode",
    "is_url",
    "moved",
    "nearest",
    "parse_date",
    "read",
    "shown",
    "table",
]
