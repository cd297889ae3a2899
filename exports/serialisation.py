"""RDF streamed to a file, the same bytes every time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, cast

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from .term import PREFIXES


def write_rdf(
    statements: Iterable[Triple] | Iterable[Quad], stream: BinaryIO, format_: RdfFormat
) -> None:
    """Stream triples or quads, with the prefixes declared in a fixed order."""
    prefixes = dict(PREFIXES)
    lines = (f"@prefix {prefix}: <{iri}> .\n".encode() for prefix, iri in prefixes.items())
    head = b"".join(lines)
    stream.write(head)
    body = cast(BinaryIO, _Body(stream, len(head)))
    serialize(statements, body, format_, prefixes=prefixes)


class _Body:
    """A stream without its first bytes: pyoxigraph declares the prefixes in any order."""

    def __init__(self, stream: BinaryIO, skip: int) -> None:
        self.stream = stream
        self.skip = skip

    def write(self, data: bytes) -> int:
        rest = data[self.skip :]
        self.skip = max(0, self.skip - len(data))
        self.stream.write(rest)
        return len(data)

    def flush(self) -> None:
        self.stream.flush()
