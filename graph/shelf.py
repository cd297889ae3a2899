"""Shelves: long sequences of values that stay on the disk, a bucket of them in memory at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from tempfile import TemporaryDirectory
from typing import Any, TypeVar, overload

from .codec import codec
from .shuffle import Part, records

T = TypeVar("T")


class Shelf(Sequence[T]):
    """Values of a dataclass, sorted, read from packed buckets whenever they are asked for.

    Iterating holds one bucket; an index reads the bucket it lies in. Equal to any sequence of equal
    values. `folder` holds the files, and is deleted with the last shelf on it (None: somebody else
    does).
    """

    def __init__(
        self,
        type_: type[T],
        buckets: Sequence[tuple[Part, int, int]],
        folder: TemporaryDirectory[str] | None = None,
    ) -> None:
        """`buckets`: part, number of the bucket in it, number of values; in order."""
        self._unpack: Callable[[Any], T] = codec(type_).unpack
        self._folder = folder
        self._buckets = [found for found in buckets if found[2]]
        self._ends = list(accumulate(length for _, _, length in self._buckets))
        self._last: tuple[int, list[Any]] = (-1, [])

    def _load(self, place: int) -> list[Any]:
        one, number, _ = self._buckets[place]
        return list(records([one], [number]))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[T]:
        for place in range(len(self._buckets)):
            yield from map(self._unpack, self._load(place))

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        number = index + len(self) if index < 0 else index
        if not 0 <= number < len(self):
            raise IndexError(index)
        place = bisect_right(self._ends, number)
        before = self._ends[place - 1] if place else 0
        if self._last[0] != place:
            self._last = place, self._load(place)
        return self._unpack(self._last[1][number - before])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(self) != len(other):
            return NotImplemented if not isinstance(other, Sequence) else False
        return all(one == another for one, another in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
