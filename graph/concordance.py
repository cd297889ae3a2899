"""The concordance: matches as a table for a spreadsheet, and the decisions that come back in it."""

from __future__ import annotations

import csv
import io

from ..ontologies.error import ActorgraphError
from .docket import safe
from .graph import Graph
from .identifier import identifier
from .judgement import Judgement, JudgementKind
from .verdict import Signature

COLUMNS = (
    *("decision", "reason", "author"),
    *("item", "name", "type", "country", "iri", "label", "why"),
    *("bond", "confidence", "score", "source"),
)
"""The first three are the reader's to fill in."""


def concordance_text(graph: Graph) -> str:
    """CSV, a match a line, an entity's together; what the ontology says itself is left out."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    entities = graph.entity_index()
    for match in graph.matches:
        if match.source == "ontology":
            continue
        entity = entities[match.entity]
        writer.writerow(
            {
                "decision": "",
                "reason": "",
                "author": "",
                "item": entity.members[0],
                "name": safe(entity.name),
                "type": entity.type,
                "country": safe(entity.country or ""),
                "iri": match.iri,
                "label": safe(match.label),
                "why": safe(match.why),
                "bond": match.bond,
                "confidence": match.confidence,
                "score": "" if match.score is None else match.score,
                "source": match.source,
            }
        )
    return stream.getvalue()


def concordance_judgements(text: str, place: str, sign: Signature, graph: Graph) -> list[Judgement]:
    """The decisions in a concordance; lines without one are passed over.

    Raises ActorgraphError naming the line of the first decision that cannot be understood.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = {"decision", "item", "iri"} - set(reader.fieldnames or ())
    if missing:
        raise ActorgraphError(
            f"{place}: no column {', '.join(sorted(missing))}; keep the first line of the export"
        )
    members = {member for entity in graph.entities for member in entity.members}
    found = []
    for row in reader:
        cells = {k: (v or "").strip() for k, v in row.items() if k}
        decision = cells["decision"].lower()
        if decision in ("", "skip"):
            continue
        try:
            found.append(_judgement(decision, cells, members, sign))
        except ActorgraphError as error:
            raise ActorgraphError(f"{place}, line {reader.line_num}: {error}") from error
    return found


def _judgement(
    decision: str, cells: dict[str, str], members: set[str], sign: Signature
) -> Judgement:
    if decision not in ("same", "different"):
        raise ActorgraphError(f"{decision!r} is no decision; write same, different or skip")
    if cells["item"] not in members:
        raise ActorgraphError(f"no document of this graph has an actor {cells['item']!r}")
    kind: JudgementKind = "same_as" if decision == "same" else "not_same_as"
    own = Signature(
        cells.get("reason") or sign.reason, cells.get("author") or sign.author, sign.made
    )
    return own.on(Judgement(kind, (cells["item"], identifier(cells["iri"]))))
