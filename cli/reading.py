"""What `build` and `extract` share: options of reading, documents in, failures told."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .progress import warn
from .status import ExitCode

if TYPE_CHECKING:
    from ..extract.document import Document
    from ..extract.failure import Failure
    from ..extract.statement import Extractor
    from ..ontologies.ontology import Ontology

FORMATS = ("text", "markdown", "html", "jsonl")


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """The inputs and how to read them."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help=".txt, .md, .html or .jsonl file, folder, glob pattern, or - for standard input",
    )
    parser.add_argument(
        "--published",
        metavar="DATE",
        help="date of publication of documents that tell none (2020-01-03)",
    )
    parser.add_argument(
        "--format", choices=FORMATS, help="format of all inputs (default: by their endings)"
    )
    add_extractor_options(parser)


def add_extractor_options(parser: argparse.ArgumentParser) -> None:
    """Which pipeline, ontology and extractor."""
    parser.add_argument(
        "--model", metavar="NAME", help="installed spaCy pipeline (default: the small English one)"
    )
    add_ontology_option(parser)
    parser.add_argument(
        "--extractor", choices=tuple(EXTRACTORS), default="rules", help="default: rules"
    )


def add_ontology_option(parser: argparse.ArgumentParser) -> None:
    """The user's own Turtle files."""
    parser.add_argument(
        "--ontology",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="Turtle file that adds to the ontology, or replaces parts of it; may be repeated",
    )


def ontology_of(arguments: argparse.Namespace) -> Ontology:
    """The ontology with the user's files."""
    from ..ontologies.turtle import loaded_ontology

    return loaded_ontology(extra=arguments.ontology)


def _rules(ontology: Ontology, model: str | None, is_open: bool) -> Extractor:
    if is_open:
        from ..extract.open import OpenExtractor

        return OpenExtractor(ontology, model)
    from ..extract.rules import RuleExtractor

    return RuleExtractor(ontology, model)


EXTRACTORS: dict[str, Callable[[Ontology, str | None, bool], Extractor]] = {"rules": _rules}
"""Extractors by name: made of an ontology, a model, and whether to read the open layer, too."""


def extractor_of(
    arguments: argparse.Namespace, ontology: Ontology, is_open: bool = False
) -> Extractor:
    """The extractor that the arguments ask for."""
    return EXTRACTORS[arguments.extractor](ontology, arguments.model, is_open)


@dataclass(slots=True)
class Reading:
    """The documents of a run, and what was not read."""

    documents: int = 0
    failures: list[Failure] = field(default_factory=list)
    notes: list[Failure] = field(default_factory=list)

    def read(self, arguments: argparse.Namespace, ontology: Ontology) -> Iterator[Document]:
        """Each document of the inputs; each failure is told on standard error as it comes."""
        from ..extract.failure import Failure
        from ..extract.reader import ReadingOptions, documents

        options = ReadingOptions(ontology.words, arguments.published, arguments.format)
        for found in documents(arguments.inputs, options=options):
            if not isinstance(found, Failure):
                self.documents += 1
                yield found
                continue
            (self.failures if found.lost else self.notes).append(found)
            warn(f"{'error' if found.lost else 'note'}: {found}")

    def begun(self, arguments: argparse.Namespace, ontology: Ontology) -> Iterator[Document]:
        """The same, with the first document read: bad input is told before a model is loaded."""
        documents = self.read(arguments, ontology)
        first = next(documents, None)
        if first is None:
            raise ActorgraphError("no document could be read")
        return chain([first], documents)

    def status(self) -> ExitCode:
        """OK, or incomplete if a document was lost."""
        return ExitCode.INCOMPLETE if self.failures else ExitCode.OK
