"""The one base of all exporters: a graph in, complete files out or none."""

from __future__ import annotations

import contextlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, ClassVar

from ..graph.graph import Graph
from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import Ontology


class Exporter(ABC):
    """Writes a graph in one format.

    A subclass names its `files` and fills them in `dump`, one binary stream each, in that order.
    """

    name: ClassVar[str]
    files: ClassVar[tuple[str, ...]]

    @abstractmethod
    def dump(self, graph: Graph, ontology: Ontology, *streams: BinaryIO) -> None:
        """Write the graph to the streams; the same graph always gives the same bytes."""

    def write(self, graph: Graph, directory: Path, ontology: Ontology) -> list[Path]:
        """Write the format's files into a directory, made if missing; their paths.

        Files are written aside and renamed when complete: a reader never sees half a file, and
        after a failure the old ones are still there. Raises `ActorgraphError` if the directory
        cannot be written.
        """
        paths = [directory / file for file in self.files]
        with contextlib.ExitStack() as stack:
            streams = [stack.enter_context(_stream(path)) for path in paths]
            self.dump(graph, ontology, *streams)
        return paths


@contextlib.contextmanager
def _stream(path: Path) -> Iterator[BinaryIO]:
    """A stream to a file that takes its name only when all was written."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as stream:
            yield stream
        aside.replace(path)
    except OSError as error:
        raise ActorgraphError(
            f"{path}: cannot be written ({error.strerror or error}); "
            "choose another output directory or free its place"
        ) from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
