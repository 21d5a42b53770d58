"""Frozen values in; JSON out, and the same values back."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any


def written(value: Any) -> Any:
    """A dataclass as a mapping of its fields, a tuple as a list; everything else as it is."""
    if dataclasses.is_dataclass(value):
        names = (field.name for field in dataclasses.fields(value))
        return {name: written(getattr(value, name)) for name in names}
    return [written(each) for each in value] if isinstance(value, tuple) else value


def read(kind: Any, value: Any) -> Any:
    """The value of this type that was written so."""
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: read(hints[name], each) for name, each in value.items()})  # type: ignore[operator]
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        known = next(each for each in arguments if each is not type(None))
        return None if value is None else read(known, value)
    if typing.get_origin(kind) is tuple:
        return tuple(read(arguments[0], each) for each in value)
    return value
