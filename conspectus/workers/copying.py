"""A copy of this process, which has all that its parent has for as little memory as can be."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

CONTEXT = multiprocessing.get_context("fork")


def begun(work: Callable[..., None], *arguments: Any) -> ForkProcess:
    """A copy at work. It shares its parent's memory until one of the two writes there."""
    process = CONTEXT.Process(target=work, args=arguments, daemon=True)
    gc.freeze()  # what is shared is written to where the collector looks at it
    try:
        process.start()
    finally:
        gc.unfreeze()
    return process


def give_back() -> None:
    """Hand free memory to the system, where that can be (glibc): each copy would fill it anew."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
