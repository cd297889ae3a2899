"""Partition: disjoint sets that grow by joining."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=str)


class Partition(Generic[Item]):
    """Union-find over named items, smaller set into larger; which root wins tells nothing."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._parents = {item: item for item in items}
        self._groups: dict[Item, list[Item]] = {item: [item] for item in self._parents}

    def root(self, item: Item) -> Item:
        """The item that stands for the set of an item."""
        parents = self._parents
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    def join(self, left: Item, right: Item) -> Item:
        """Make two sets one; the root of the result."""
        left, right = self.root(left), self.root(right)
        if left == right:
            return left
        if (len(self._groups[left]), right) < (len(self._groups[right]), left):
            left, right = right, left
        self._parents[right] = left
        self._groups[left] += self._groups.pop(right)
        return left

    def group(self, item: Item) -> list[Item]:
        """The set of an item, in no particular order."""
        return self._groups[self.root(item)]

    def groups(self) -> Iterator[list[Item]]:
        """All sets, each sorted."""
        return (sorted(group) for group in self._groups.values())
