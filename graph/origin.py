"""Origin: near-identical copies of one report, which count as one source."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..extract.text.document import Document
from .partition import Partition

if TYPE_CHECKING:
    import numpy

    Factors = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint64]]
    Shingles = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint32]]

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
    ordered = sorted(documents, key=lambda d: d.id)
    pairs = suspects([signatures(ordered)])
    found = copies(pairs, ordered)
    return {d.id: found.get(d.id, d.id) for d in ordered}


@dataclass(frozen=True, slots=True)
class Signatures:
    """MinHash signatures of documents: ids, and a row of numbers (32 bits each) for each of them.

    Plain values, so that they can be sent from one process to another.
    """

    ids: tuple[str, ...]
    rows: bytes


def signatures(documents: Sequence[Document]) -> Signatures:
    """The signatures of documents."""
    import numpy

    generator = numpy.random.Generator(numpy.random.PCG64(7))
    factors = generator.integers(1, _PRIME, (_BANDS * _ROWS, 2), dtype=numpy.uint64)
    rows = [_signature(_shingles(d.text), factors).tobytes() for d in documents]
    return Signatures(tuple(d.id for d in documents), b"".join(rows))


def suspects(found: Iterable[Signatures]) -> list[tuple[str, str]]:
    """Documents whose signatures agree in a band, each with its neighbour and with the first."""
    import numpy

    parts = list(found)
    ids = [id_ for one in parts for id_ in one.ids]
    if not ids:
        return []
    rows = numpy.frombuffer(b"".join(one.rows for one in parts), dtype=numpy.uint32)
    rows = rows.reshape(len(ids), _BANDS * _ROWS)
    by_id = numpy.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=numpy.int64)
    pairs: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        columns = rows[by_id, band * _ROWS : (band + 1) * _ROWS]
        order = numpy.lexsort(columns.T[::-1])  # stable: documents of one band stay sorted by id
        columns = columns[order]
        same = (columns[1:] == columns[:-1]).all(axis=1)
        first = -1
        for place in numpy.flatnonzero(same).tolist():
            first = first if place and same[place - 1] else place
            pairs.add((int(order[place]), int(order[place + 1])))
            pairs.add((int(order[first]), int(order[place + 1])))
    return sorted((ids[by_id[left]], ids[by_id[right]]) for left, right in pairs)


def copies(pairs: Iterable[tuple[str, str]], documents: Iterable[Document]) -> dict[str, str]:
    """Of suspected pairs that are alike: document id -> the first of its copies, if another."""
    import numpy

    pairs = list(pairs)
    wanted = {id_ for pair in pairs for id_ in pair}
    shingles = {
        d.id: numpy.fromiter(sorted(_shingles(d.text)), dtype=numpy.uint32)
        for d in documents
        if d.id in wanted
    }
    groups = Partition(sorted(wanted))
    for left, right in pairs:
        if groups.root(left) != groups.root(right) and _alike(shingles[left], shingles[right]):
            groups.join(left, right)
    return {id_: group[0] for group in groups.groups() for id_ in group[1:]}


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


def _alike(left: Shingles, right: Shingles) -> bool:
    import numpy

    common = len(numpy.intersect1d(left, right, assume_unique=True))
    return common >= ALIKE * (len(left) + len(right) - common)


def _signature(shingles: frozenset[int], factors: Factors) -> Shingles:
    """The least value of the hashes under each permutation x -> ax + b."""
    import numpy

    hashes = numpy.fromiter(shingles, dtype=numpy.uint64, count=len(shingles))
    permuted = (hashes[None, :] * factors[:, :1] + factors[:, 1:]) % numpy.uint64(_PRIME)
    least: Shingles = permuted.min(axis=1).astype(numpy.uint32)
    return least
