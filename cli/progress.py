"""Progress: one line on a terminal, nothing anywhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_INTERVAL = 0.1  # seconds between two drawings
_CLEAR = "\r\x1b[K"


def counted(items: Iterable[T], noun: str) -> Iterator[T]:
    """The items, while standard error, if it is a terminal, shows how many have come."""
    if not sys.stderr.isatty():
        yield from items
        return
    began = drawn = time.monotonic()
    count = 0
    try:
        for count, item in enumerate(items, start=1):
            now = time.monotonic()
            if now - drawn >= _INTERVAL or count == 1:
                drawn = now
                rate = count / max(now - began, 1e-3)
                sys.stderr.write(f"{_CLEAR}{count:,} {noun}  {rate:.1f}/s")
                sys.stderr.flush()
            yield item
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def warn(message: str) -> None:
    """One line on standard error, over the progress line."""
    clear = _CLEAR if sys.stderr.isatty() else ""
    print(f"{clear}actorgraph: {message}", file=sys.stderr)
