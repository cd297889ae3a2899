"""Shuffling: records sorted into buckets, so that each bucket can be worked on by itself.

Records that belong together (one document, one event, one edge) are put into one bucket by their
key, and every bucket is small enough for memory: hash partitioning, as in the Grace join
(Kitsuregawa, Tanaka and Moto-oka 1983). Where a key is a content hash, buckets are its ranges, so
that sorted buckets one after the other are sorted as a whole.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

_DIGITS = "0123456789abcdef"
WEIGHT = 50_000
"""Values in memory before they are written."""
_LONG = 4  # digits that tell ranges apart: up to 65 536 buckets


def bucket(id_: str, buckets: int, letter: str) -> int:
    """The bucket of an id in ranges of equal size; greater ids are never in smaller buckets.

    Ids are a letter and hexadecimal digits. Others sort before or behind these, and are put there.
    """
    if not id_.startswith(letter):
        return 0 if id_ < letter else buckets - 1
    rank: int = _rank(id_[1 : 1 + _LONG])
    return rank * buckets >> 4 * _LONG


@lru_cache(maxsize=1 << 17)
def _rank(digits: str) -> int:
    """Digits as a number; anything else as the number of the digits that sort just below it."""
    number = 0
    for place in range(_LONG):
        digit = digits[place : place + 1]
        value = _DIGITS.find(digit) if digit else 0
        if value < 0:
            below = sum(d < digit for d in _DIGITS)
            rest: int = 16 ** (_LONG - place)
            return number * rest + (below * rest // 16 - 1 if below else 0)
        number = number * 16 + value
    return number


@dataclass(frozen=True, slots=True)
class Part:
    """Records of one writer, bucket by bucket, in a file or (`path` None) in memory.

    `places`: bucket -> offset and length of its records.
    """

    path: Path | None
    data: bytes
    places: Mapping[int, tuple[int, int]]


def part(buckets: Mapping[int, Sequence[Any]], path: Path | None) -> Part:
    """Records by bucket (plain values), written to a new file, or kept in memory."""
    places, pieces, end = {}, [], 0
    for number, records in sorted(buckets.items()):
        pieces.append(marshal.dumps(list(records)))
        places[number] = (end, len(pieces[-1]))
        end += len(pieces[-1])
    if path is None:
        return Part(None, b"".join(pieces), places)
    with path.open("wb") as stream:
        stream.writelines(pieces)
    return Part(path, b"", places)


class Sorter:
    """Records on their way to buckets, written whenever there are too many to hold."""

    parts: list[Part]

    def __init__(self, kind: str, folder: Path | None, limit: int = WEIGHT) -> None:
        self.kind, self.folder, self.limit = kind, folder, limit
        self.parts = []
        self._held: dict[int, list[Any]] = defaultdict(list)
        self._weight = 0

    def add(self, number: int, record: Any, weight: int = 1) -> None:
        """Take a record; `weight`: the values in it."""
        self._held[number].append(record)
        self._weight += weight
        if self._weight > self.limit and self.folder:
            self.flush()

    def flush(self) -> list[Part]:
        """All parts; nothing is held any more."""
        if self._held:
            path = self.folder and self.folder / f"{self.kind}-{len(self.parts)}"
            self.parts.append(part(self._held, path))
            self._held.clear()
            self._weight = 0
        return self.parts


def records(parts: Iterable[Part], buckets: Iterable[int]) -> Iterator[Any]:
    """The records of some buckets, of all writers."""
    wanted = list(buckets)
    for one in parts:
        if one.path is None:
            for number in wanted:
                start, length = one.places.get(number, (0, 0))
                if length:
                    yield from marshal.loads(one.data[start : start + length])
            continue
        with one.path.open("rb") as stream:
            for number in wanted:
                start, length = one.places.get(number, (0, 0))
                if length:
                    stream.seek(start)
                    yield from marshal.loads(stream.read(length))


def dropped(parts: Iterable[Part]) -> None:
    """Delete the files of parts that nobody reads any more."""
    for one in parts:
        if one.path is not None:
            one.path.unlink(missing_ok=True)
