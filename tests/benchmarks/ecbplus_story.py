"""Which documents of ECB+ are about one story, and groups by average linkage."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

ONE_STORY = 0.32
"""Documents are compared if the mean likeness of their stories is above."""


def words(text: str) -> list[str]:
    """Its words in lower case."""
    return re.findall(r"[a-z]{2,}", text.lower())


def names(text: str) -> list[str]:
    """Its numbers, and the capitalised words inside its sentences."""
    return re.findall(r"(?<=[a-z,] )[A-Z][a-z]+|\d+", text)


def likeness(texts: Sequence[str]) -> Floats:
    """How alike texts are, from 0 to 1: root of the mean cosine of their words and of their names.

    Words are weighed by tf-idf with the logarithm of the frequency (Salton and Buckley 1988).
    """
    both = (_cosines(texts, words) + _cosines(texts, names)) / 2
    found: Floats = np.sqrt(np.clip(both, 0, 1))
    np.fill_diagonal(found, 1)
    return found


def _cosines(texts: Sequence[str], tokens: Callable[[str], list[str]]) -> Floats:
    counts = [Counter(tokens(text)) for text in texts]
    spread = Counter(word for count in counts for word in count)
    place = {word: i for i, word in enumerate(sorted(w for w, n in spread.items() if n > 1))}
    table = np.zeros((len(texts), len(place)))
    for row, count in zip(table, counts, strict=True):
        for word, number in count.items():
            if word in place:
                row[place[word]] = (1 + math.log(number)) * math.log(len(texts) / spread[word])
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    found: Floats = table @ table.T
    return found


def stories(alike: Sequence[Sequence[float]]) -> list[int]:
    """A number for each document, equal for those about one story."""
    return linked(np.square(np.array(alike)), ONE_STORY**2)


def linked(alike: Floats, least: float) -> list[int]:
    """Groups by average linkage: the two most alike are joined while their mean is above `least`.

    alike: symmetric, n by n. Gives a number for each row.
    """
    size = len(alike)
    table, weight = alike.astype(np.float64).copy(), np.ones(size)
    group, here = np.arange(size), np.ones(size, dtype=bool)
    np.fill_diagonal(table, -1)
    while size:
        one, other = divmod(int(table.argmax()), size)
        if table[one, other] <= least:
            break
        mean = table[one] * weight[one] + table[other] * weight[other]
        weight[one] += weight[other]
        here[other] = False
        mean = np.where(here, mean / weight[one], -1)
        table[one], table[:, one] = mean, mean
        table[one, one], table[other], table[:, other] = -1, -1, -1
        group[group == other] = one
    return [int(number) for number in group]
