"""Origin: near-identical copies of one report, which count as one source."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ..extract.text.document import Document
from .partition import Partition

if TYPE_CHECKING:
    import numpy

    Hashes = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint64]]

SHINGLE = 5  # words
ALIKE = 0.8  # Jaccard index of the shingles of copies
_ENOUGH = 20  # words below a headline
_BANDS, _ROWS = 14, 3  # finds 0.99995 of the pairs at the index 0.8
_PRIME = 2**31 - 1


def origins(documents: Iterable[Document]) -> dict[str, str]:
    """Document id -> id of the first of its copies (itself, mostly), by id.

    Copies share at least `ALIKE` of their five-word shingles, headlines left out.
    Candidates come from MinHash with
    banding (Broder 1997), so that cost grows with the number of documents, and are then compared
    exactly.
    """
    shingles = {d.id: _shingles(d.text) for d in sorted(documents, key=lambda d: d.id)}
    copies = Partition(shingles)
    for left, right in sorted(set(_candidates(shingles))):
        if copies.root(left) != copies.root(right) and _alike(shingles[left], shingles[right]):
            copies.join(left, right)
    return {document: min(group) for group in copies.groups() for document in group}


def _shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of words; a text shorter than a run is one shingle."""
    words = [zlib.crc32(w.encode()) for w in re.findall(r"\w+", _body(text).lower())]
    runs = range(max(len(words) - SHINGLE + 1, 1))
    return frozenset(hash(tuple(words[i : i + SHINGLE])) & 0x7FFFFFFF for i in runs)


def _body(text: str) -> str:
    """A text without its headline, which every paper writes anew, if enough is left to compare."""
    headline, _, rest = text.lstrip().partition("\n")
    is_headline = headline.rstrip()[-1:] not in tuple('.!?…"”')
    enough = len(rest.split()) >= max(_ENOUGH, len(headline.split()))
    return rest if is_headline and enough else text


def _alike(left: frozenset[int], right: frozenset[int]) -> bool:
    return len(left & right) >= ALIKE * len(left | right)


def _candidates(shingles: dict[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Pairs that agree in a band of their signatures; neighbours and first-with-each of a band."""
    import numpy

    generator = numpy.random.Generator(numpy.random.PCG64(7))
    factors = generator.integers(1, _PRIME, (_BANDS * _ROWS, 2), dtype=numpy.uint64)
    bands: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for document, hashes in shingles.items():
        values = numpy.fromiter(hashes, dtype=numpy.uint64, count=len(hashes))
        signature = _signature(values, factors)
        for band in range(_BANDS):
            bands[band, signature[band * _ROWS : (band + 1) * _ROWS].tobytes()].append(document)
    for band_documents in bands.values():
        yield from pairwise(band_documents)
        yield from ((band_documents[0], other) for other in band_documents[2:])


def _signature(values: Hashes, factors: Hashes) -> Hashes:
    """The least value of the hashes under each permutation x -> ax + b."""
    import numpy

    permuted = (values[None, :] * factors[:, :1] + factors[:, 1:]) % numpy.uint64(_PRIME)
    least: Hashes = permuted.min(axis=1)
    return least
