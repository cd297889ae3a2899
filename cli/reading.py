"""What `build` and `extract` share: options of reading, documents in, failures told."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .extractor import Choice, add_extractor_option, extractor_of
from .progress import counted, warn
from .status import ExitCode

if TYPE_CHECKING:
    from ..extract.model.tally import Tally
    from ..extract.statement import Extraction
    from ..extract.text.document import Document
    from ..extract.text.failure import Failure
    from ..ontologies.ontology import Ontology

FORMATS = ("text", "markdown", "html", "jsonl")


def add_reading_options(parser: argparse.ArgumentParser, inputs: str = "+") -> None:
    """The inputs, as many as `inputs` says, and how to read them."""
    parser.add_argument(
        "inputs",
        nargs=inputs,
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
    add_model_options(parser)
    add_extractor_option(parser)


def add_model_options(parser: argparse.ArgumentParser) -> None:
    """Which pipeline and ontology."""
    parser.add_argument(
        "--model", metavar="NAME", help="installed spaCy pipeline (default: the small English one)"
    )
    parser.add_argument(
        "--coreference",
        metavar="COMPONENT",
        help="installed spaCy component or pipeline that takes the place of our own coreference "
        "(fastcoref, MODULE:FACTORY)",
    )
    add_ontology_option(parser)


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
    parser.add_argument(
        "--gazetteer",
        metavar="FILE",
        dest="ontology",
        type=Path,
        action="append",
        default=[],
        help="CSV table or Turtle file of known actors and places; may be repeated",
    )


def ontology_of(arguments: argparse.Namespace) -> Ontology:
    """The ontology with the user's files."""
    from ..ontologies.turtle import loaded_ontology

    return loaded_ontology(extra=arguments.ontology)


@dataclass(slots=True)
class Reading:
    """The documents of a run, and what was not read.

    `copies`: whether a text that comes again is given again. `unopened`: the failures that gave no
    document at all.
    """

    copies: bool = False
    documents: int = 0
    failures: list[Failure] = field(default_factory=list)
    unopened: list[Failure] = field(default_factory=list)
    notes: list[Failure] = field(default_factory=list)

    def read(self, arguments: argparse.Namespace, ontology: Ontology) -> Iterator[Document]:
        """Each document of the inputs; each failure is told on standard error as it comes."""
        from ..extract.text.failure import Failure
        from ..extract.text.reader import ReadingOptions, documents

        options = ReadingOptions(ontology.words, arguments.published, arguments.format, self.copies)
        for found in documents(arguments.inputs, options=options):
            if not isinstance(found, Failure):
                self.documents += 1
                yield found
                continue
            if found.lost:
                self.unopened.append(found)
                self.failed(found)
            else:
                self.notes.append(found)
                warn(f"note: {found}")

    def begun(self, arguments: argparse.Namespace, ontology: Ontology) -> Iterator[Document]:
        """The same, with the first document read: bad input is told before a model is loaded."""
        documents = self.read(arguments, ontology)
        first = next(documents, None)
        if first is None:
            raise ActorgraphError("no document could be read")
        return chain([first], documents)

    def extractions(
        self, arguments: argparse.Namespace, ontology: Ontology, is_open: bool = False
    ) -> Iterator[Extraction]:
        """What the extractor asked for reads; failures of models are told as they come.

        What became of the proposals of models is told at the end.
        """
        from ..extract.model.tally import Tally

        documents = self.begun(arguments, ontology)
        tally = Tally()
        extractor = extractor_of(Choice(arguments, ontology, tally, is_open))
        for extraction in counted(extractor.extractions(documents), "documents"):
            self.complaint(tally)
            yield extraction
        for line in tally.lines():
            warn(line)

    def complaint(self, tally: Tally) -> str | None:
        """Tell what models failed on since last asked; in words, None if nothing."""
        found, tally.failures[:] = list(tally.failures), []
        for failure in found:
            self.failed(failure)
        return "; ".join(failure.reason for failure in found) or None

    def failed(self, failure: Failure) -> None:
        """Tell of a document that was lost."""
        self.failures.append(failure)
        warn(f"error: {failure}")

    def status(self) -> ExitCode:
        """OK, or incomplete if a document was lost."""
        return ExitCode.INCOMPLETE if self.failures else ExitCode.OK
