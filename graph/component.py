"""Components: which items chains of common keys join."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy

    Numbers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]]
    Keys = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint64]]


def components(size: int, keys: Keys, owners: Numbers, pairs: Iterable[tuple[int, int]]) -> Numbers:
    """For each of `size` items the least item that it is joined with (union-find over numbers).

    keys, owners: hashes, and the items that have them; pairs: items joined anyhow.
    """
    import numpy

    order = numpy.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    same = keys[1:] == keys[:-1]
    parents = list(range(size))

    def root(item: int) -> int:
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    def join(left: int, right: int) -> None:
        left, right = root(left), root(right)
        parents[max(left, right)] = min(left, right)

    for left, right in zip(owners[:-1][same].tolist(), owners[1:][same].tolist(), strict=True):
        join(left, right)
    for left, right in pairs:
        join(left, right)
    return numpy.fromiter(map(root, range(size)), dtype=numpy.int64, count=size)
