"""`actorgraph build`: documents in, a merged graph in every format out."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..ontologies.error import ActorgraphError
from .extractor import Choice, extractor_of
from .output import check_directory
from .progress import counted, warn
from .reading import Reading, add_reading_options, ontology_of
from .status import ExitCode
from .storage import FOLDER, has_store, rebuilt
from .summary import summary, summary_text

if TYPE_CHECKING:
    from ..extract.text.failure import Failure
    from ..graph.store import Store
    from ..ontologies.ontology import Ontology

HELP = "read documents and write the graph of what they say; what was read before is kept"
EXAMPLE = """examples:
  actorgraph build news/ -o out
  actorgraph build report.html 'archive/**/*.txt' -o out --published 2020-01-03
  cat reports.jsonl | actorgraph build - --format jsonl -o out --json
  actorgraph build -o out                 (read again what failed, or what is out of date)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    add_reading_options(parser, inputs="*")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, required=True, help="folder for the graph"
    )
    parser.add_argument(
        "--no-parses",
        action="store_true",
        help="keep no parses (15 bytes a word): a change of ontology or rules parses texts again",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read what the store does not know, merge, write all formats, and tell what came out."""
    from ..graph.store import Store

    check_directory(arguments.output)
    if not arguments.inputs and not has_store(arguments.output):
        raise ActorgraphError("nothing to read; name files or folders (see actorgraph build -h)")
    ontology = ontology_of(arguments)
    work = _Work(arguments, ontology)
    with Store(arguments.output / FOLDER, writing=True) as store:
        work.read(store)
        graph, files = rebuilt(store, ontology)
    told = summary(graph, files, work.reading, work.read_now)
    print(json.dumps(told, ensure_ascii=False, indent=2) if arguments.json else summary_text(told))
    return work.reading.status()


class _Work:
    """The inputs of a build and its extractor: bad ones are told before a store is made."""

    def __init__(self, arguments: argparse.Namespace, ontology: Ontology) -> None:
        from ..extract.model.tally import Tally

        self.arguments = arguments
        self.ontology = ontology
        self.reading = Reading(copies=True)
        self.documents = self.reading.begun(arguments, ontology) if arguments.inputs else iter(())
        self.tally = Tally()
        self.choice = Choice(arguments, ontology, self.tally)
        self.extractor = extractor_of(self.choice)
        self.read_now = 0

    def read(self, store: Store) -> None:
        """Bring the store up to date."""
        from ..extract.text.failure import Failure
        from ..graph.intake import Intake

        if self.arguments.no_parses:
            store.forget_parses()
        else:
            self.choice.keep_parses(store)
        key = self.extractor.key
        # first: a store whose build was killed tells, too, what this extractor has read
        store.keep_ontology(self.arguments.ontology)
        store.set(
            key=key,
            extractor=self.extractor.name,
            model=self.arguments.model or "",
            ontology=self.ontology.hash,
            version=__version__,
        )
        intake = Intake(store, self.extractor, key, lambda _: self.reading.complaint(self.tally))
        for found in counted(intake.readings(self.documents), "documents"):
            self.read_now += 1
            if found.extraction is None:
                reason = f"could not be read ({found.failure})"
                remedy = "the next build tries again; please report it"
                self.reading.failed(Failure(found.document.source, None, reason, remedy))
        for line in self.tally.lines():
            warn(line)
        store.fail((_place(f), f"{f.reason}; {f.remedy}") for f in self.reading.unopened)


def _place(failure: Failure) -> str:
    return failure.source if failure.line is None else f"{failure.source}:{failure.line}"
