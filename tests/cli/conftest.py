"""A command line in a folder of its own, with an extractor that reads one kind of sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from actorgraph.cli.extractor import EXTRACTORS, Choice
from actorgraph.cli.main import main
from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Reference,
    Stance,
    Statement,
    entity_id,
    event_id,
)
from actorgraph.extract.text.document import Document
from actorgraph.ontologies import turtle
from actorgraph.ontologies.ontology import Ontology

_SENTENCE = re.compile(r"(\w+) (did not meet|met) (\w+)\.")


class Simple:
    """Reads *A met B.* and *A did not meet B.*, so that commands are tested without a model."""

    name = "simple"
    key = "simple 1"

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            yield self._extraction(document)

    def _extraction(self, document: Document) -> Extraction:
        spans: dict[str, list[tuple[int, int]]] = {}
        for match in _SENTENCE.finditer(document.text):
            for group in (1, 3):
                spans.setdefault(match[group], []).append(match.span(group))
        ids = {name: entity_id(document.id, *found[0]) for name, found in spans.items()}
        entities = (
            DocumentEntity(ids[name], name, "Person", (name,), tuple(found))
            for name, found in spans.items()
        )
        statements = []
        for match in _SENTENCE.finditer(document.text):
            ends = [
                Reference(ids[match[n]], match[n], match[n], *match.span(n), "Person")
                for n in (1, 3)
            ]
            denied = match[2] != "met"
            evidence = Evidence(document.id, *match.span(), match[0], *match.span(2))
            statements.append(
                Statement(
                    document=document.id,
                    relation="met_with",
                    phrase="met",
                    subject=ends[0],
                    object=ends[1],
                    stance=Stance("denied" if denied else "affirmed"),
                    evidence=evidence,
                    rule="simple",
                    extractor=self.name,
                    confidence=0.9,
                    event=event_id(document.id, *match.span(2)),
                    role="patient",
                    plain=not denied,
                )
            )
        return Extraction(document, tuple(entities), tuple(statements))


class Result(NamedTuple):
    """What a run leaves: status, standard output, standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return turtle.loaded_ontology()


@pytest.fixture
def run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ontology: Ontology,
) -> Run:
    load = turtle.loaded_ontology

    def loaded(files: Iterable[Path] | None = None, extra: Iterable[Path] = ()) -> Ontology:
        """Our own ontology is loaded once for all tests, which run a hundred commands."""
        return ontology if files is None and not extra else load(files, extra)

    monkeypatch.setattr(turtle, "loaded_ontology", loaded)

    def simple(choice: Choice) -> Simple:
        return Simple()

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(EXTRACTORS, "rules", simple)

    def result(*arguments: str) -> Result:
        try:
            status = main(arguments)
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
        captured = capsys.readouterr()
        return Result(status, captured.out, captured.err)

    return result
