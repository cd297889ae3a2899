"""Shelves: long sequences of values that stay on the disk, a bucket of them in memory at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import fields
from itertools import accumulate
from operator import attrgetter, itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol, TypeVar, overload

from .codec import codec
from .shuffle import Part, Sorter, bucket, dropped, part, records

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
        self._names = [field.name for field in fields(type_)]  # type: ignore[arg-type]
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

    @property
    def folder(self) -> TemporaryDirectory[str] | None:
        """Where its files are, for shelves that are to go with it."""
        return self._folder

    def mapped(self, function: Callable[[T], T]) -> Shelf[T]:
        """The values as a function makes them, whenever they are read."""
        unpack = self._unpack
        return self._read(lambda packed: function(unpack(packed)))

    def without(self, *names: str) -> Shelf[T]:
        """The values with some fields, which hold tuples, empty: quicker to read, and light."""
        places = {self._names.index(name) for name in names}
        unpack = self._unpack
        return self._read(
            lambda packed: unpack(tuple([() if n in places else v for n, v in enumerate(packed)]))
        )

    def sifted(self, names: Sequence[str], test: Callable[..., bool]) -> Iterator[T]:
        """The values whose fields pass a test; no other is made."""
        told = [self._names.index(name) for name in names]
        for place in range(len(self._buckets)):
            for packed in self._load(place):
                if test(*[packed[number] for number in told]):
                    yield self._unpack(packed)

    def _read(self, unpack: Callable[[Any], T]) -> Shelf[T]:
        shelf = copy(self)
        shelf._unpack = unpack
        return shelf

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


def sifted(values: Sequence[T], names: Sequence[str], test: Callable[..., bool]) -> Iterator[T]:
    """The values whose fields (of plain values, by their names) pass a test."""
    if isinstance(values, Shelf):
        return values.sifted(names, test)
    tell = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    return (value for value in values if test(*tell(value)))


def mapped(values: Sequence[T], function: Callable[[T], T]) -> Sequence[T]:
    """The values as a function makes them; those on a shelf whenever they are read."""
    return values.mapped(function) if isinstance(values, Shelf) else tuple(map(function, values))


def without(values: Sequence[T], *names: str) -> Sequence[T]:
    """The values; those on a shelf without some fields, which hold tuples."""
    return values.without(*names) if isinstance(values, Shelf) else values


class Identified(Protocol):
    """A value with an id, its first field: a letter and hexadecimal digits."""

    @property
    def id(self) -> str:
        """The id."""


V = TypeVar("V", bound=Identified)
_BUCKETS = 64


def shelved(
    type_: type[V], values: Iterable[V], letter: str, folder: TemporaryDirectory[str] | None
) -> Sequence[V]:
    """Values sorted by id, of equal ids the last: a shelf in a folder, without one a tuple.

    letter: the first of their ids.
    """
    if folder is None:
        held = {value.id: value for value in values}
        return tuple(held[id_] for id_ in sorted(held))
    name, path = type_.__name__.lower(), Path(folder.name)
    sorter = Sorter(f"{name}s", path)
    pack = codec(type_).pack
    for value in values:
        sorter.add(bucket(value.id, _BUCKETS, letter), pack(value))
    parts = sorter.flush()
    buckets = []
    for number in range(_BUCKETS):
        found = {record[0]: record for record in records(parts, [number])}
        here = sorted(found.values(), key=itemgetter(0))
        buckets.append((part({0: here}, path / f"{name}-{number}"), 0, len(here)))
    dropped(parts)
    return Shelf(type_, buckets, folder)
