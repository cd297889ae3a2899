"""Shards: what some dozens of documents say, in one compressed file that never changes."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..ontologies.error import ActorgraphError

Record = Mapping[str, Any]

SIZE = 64
"""Documents a shard holds at most: four times as many compress no better."""
_LEVEL = 6


class UnwritableError(ActorgraphError):
    """A file of the store cannot be written: no space, no permission."""


def written_shard(folder: Path, records: Sequence[Record]) -> str:
    """Write records as JSON Lines into a new file of the folder; its name, made of its content.

    When this returns, the file is on the disk and whole: it is written aside, flushed and renamed.
    """
    lines = "".join(json.dumps(record, separators=(",", ":")) + "\n" for record in records)
    data = gzip.compress(lines.encode("ascii"), _LEVEL, mtime=0)
    name = hashlib.sha256(data).hexdigest()[:16] + ".jsonl.gz"
    write_whole(folder / name, data)
    return name


def shard_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a shard. Raises ActorgraphError if it is not there or damaged."""
    try:
        with gzip.open(path, "rt", encoding="ascii") as stream:
            for line in stream:
                yield json.loads(line)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise ActorgraphError(
            f"{path}: cannot be read ({error}); take the folder back from a copy, "
            "or build again into an empty one"
        ) from error


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that, whenever the machine stops, it is there whole or as it was before."""
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
        _flush_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
        raise UnwritableError(
            f"{path}: cannot be written ({error.strerror or error}); free its place"
        ) from error


def write_compressed(path: Path, pieces: Iterable[str]) -> None:
    """Write ASCII text in pieces, compressed, as `write_whole` does."""

    def data() -> Iterator[bytes]:
        packer = zlib.compressobj(_LEVEL, wbits=31)
        for piece in pieces:
            yield packer.compress(piece.encode("ascii"))
        yield packer.flush()

    write_whole(path, data())


def _flush_folder(folder: Path) -> None:
    """Make a renaming last; systems that cannot open folders need no such thing."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
