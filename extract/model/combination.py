"""A combination: several extractors over the same documents, each believed before the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import tee

from ..rules import unique
from ..statement import Extraction, Extractor, Reference, Statement, Value
from ..text.document import Document
from .tally import Reason, Tally

_CERTAIN = 0.99  # two readers can both be wrong

Said = tuple[str | None, object, object, int, int]
"""What a statement says, whoever reads it: relation, who, whom, and in which sentence."""


class CombinedExtractor:
    """The statements of all extractors; what several of them say is one statement.

    The earlier extractor is believed: where a later one tells the same of the same sentence with
    another stance, or the other way round, its statement is dropped and counted. Where they agree,
    the statement is the earlier one's, names both (*rules+llm*), has the circumstances of both, and
    is surer than either.

    All parts must read mentions with the same pipeline, so that they mean the same entities.
    """

    def __init__(self, parts: Sequence[Extractor], tally: Tally | None = None) -> None:
        self.parts = tuple(parts)
        self.tally = tally or Tally()

    @property
    def name(self) -> str:
        """The names of the parts, joined."""
        return "+".join(part.name for part in self.parts)

    @property
    def key(self) -> str:
        """The keys of the parts, joined."""
        return " + ".join(part.key for part in self.parts)

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read each document with every part; one extraction each, in order."""
        copies = tee(documents, len(self.parts))
        streams = [part.extractions(copy) for part, copy in zip(self.parts, copies, strict=True)]
        for extractions in zip(*streams, strict=True):
            yield self._combined(extractions)

    def _combined(self, extractions: Sequence[Extraction]) -> Extraction:
        statements: list[Statement] = []
        for extraction in extractions:
            statements = _joined(statements, extraction.statements, self.tally)
        entities = {entity.id: entity for e in reversed(extractions) for entity in e.entities}
        ordered = sorted(entities.values(), key=lambda e: (e.mentions[:1], e.id))
        return Extraction(extractions[0].document, tuple(ordered), tuple(unique(statements)))


def _joined(
    believed: Sequence[Statement], further: Iterable[Statement], tally: Tally
) -> list[Statement]:
    """The statements of two readers as those of one."""
    result = list(believed)
    said: dict[Said, list[int]] = {}
    for index, statement in enumerate(believed):
        said.setdefault(_said(statement), []).append(index)
    for statement in further:
        same = said.get(_said(statement), [])
        agreed = next((i for i in same if _stance(result[i]) == _stance(statement)), None)
        if agreed is not None:
            result[agreed] = _agreed(result[agreed], statement)
        elif same or said.get(_said(statement, backwards=True)):
            tally.drop(statement.extractor, Reason.CONTRADICTED)
        else:
            result.append(statement)
    return result


def _said(statement: Statement, backwards: bool = False) -> Said:
    ends = _end(statement.subject), _end(statement.object)
    who, whom = reversed(ends) if backwards else ends
    evidence = statement.evidence
    return statement.relation or statement.phrase, who, whom, evidence.start, evidence.end


def _end(end: Reference | Value | None) -> object:
    """Who or what is meant: an entity, or the value of a title."""
    return end.entity if isinstance(end, Reference) else end and (end.type, end.value)


def _stance(statement: Statement) -> tuple[object, ...]:
    """What must be equal for two readers to agree; who says so is the earlier one's to tell."""
    return statement.stance.polarity, statement.stance.certainty, statement.plain


def _agreed(statement: Statement, other: Statement) -> Statement:
    names = dict.fromkeys([*statement.extractor.split("+"), other.extractor])
    doubt = (1 - statement.confidence) * (1 - other.confidence)
    return replace(
        statement,
        extractor="+".join(names),
        confidence=round(max(statement.confidence, min(1 - doubt, _CERTAIN)), 3),
        qualifiers={**other.qualifiers, **statement.qualifiers},
        id="",
    )
