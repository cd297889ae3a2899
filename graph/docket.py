"""The docket: doubts as a table for a spreadsheet, and the decisions that come back in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from ..ontologies.error import ActorgraphError
from .doubt import Doubt
from .exhibit import Exhibit
from .judgement import Judgement, JudgementKind
from .verdict import Signature

_DECIDED = ("decision", "class_1", "class_2", "reason", "author")
_SHOWN = ("item", "name", "type", "source", "quotes")
COLUMNS = (
    *_DECIDED,
    *("kind", "rule", "score", "evidence"),
    *(f"{column}_{number}" for number in (1, 2) for column in _SHOWN),
)
"""The first five are the reader's to fill in."""


def docket_text(doubts: Iterable[Doubt], exhibits: Mapping[str, Exhibit]) -> str:
    """CSV, a doubt a line, with the evidence of both sides."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for doubt in doubts:
        row = {
            "kind": doubt.kind,
            "rule": safe(doubt.rule),
            "score": str(doubt.score),
            "evidence": safe("; ".join(doubt.evidence)),
        }
        for number, item in enumerate(doubt.items, 1):
            row[f"item_{number}"] = item
            if item in exhibits:
                row |= {f"{k}_{number}": safe(v) for k, v in _shown(exhibits[item])}
        writer.writerow(row)
    return stream.getvalue()


def _shown(exhibit: Exhibit) -> Iterator[tuple[str, str]]:
    yield "name", exhibit.name
    yield "type", exhibit.type
    yield "source", exhibit.document.source
    yield "quotes", " | ".join(exhibit.quotes)


def safe(text: str) -> str:
    """Words of a document as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def docket_judgements(text: str, place: str, sign: Signature) -> list[Judgement]:
    """The decisions in a docket; lines without one are passed over.

    Reason and author of a line count before those of `sign`. Raises ActorgraphError naming the line
    of the first decision that cannot be understood.
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = {"decision", "item_1", "item_2"} - set(reader.fieldnames or ())
    if missing:
        raise ActorgraphError(
            f"{place}: no column {', '.join(sorted(missing))}; keep the first line of the export"
        )
    found: list[Judgement] = []
    for row in reader:
        try:
            found += _judgements({k: (v or "").strip() for k, v in row.items() if k}, sign)
        except ActorgraphError as error:
            raise ActorgraphError(f"{place}, line {reader.line_num}: {error}") from error
    return found


def _judgements(row: Mapping[str, str], sign: Signature) -> Iterator[Judgement]:
    decision = row["decision"].lower().replace(" ", "_")
    if decision in ("", "skip"):
        return
    own = Signature(row.get("reason") or sign.reason, row.get("author") or sign.author, sign.made)
    for judgement in decided(decision, _items(row), _classes(row)):
        yield own.on(judgement)


def _items(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(item for item in (row["item_1"], row["item_2"]) if item)


def _classes(row: Mapping[str, str]) -> tuple[str, ...]:
    return row.get("class_1", ""), row.get("class_2", "")


def decided(
    decision: str, items: tuple[str, ...], classes: tuple[str, ...] = ()
) -> Iterator[Judgement]:
    """The judgements that a decision on items is; for *wrong_type* with the right class of each.

    Raises ActorgraphError if the decision does not fit the items, or is none.
    """
    if decision in ("same", "different") and any("://" in item for item in items):
        yield Judgement("same_as" if decision == "same" else "not_same_as", items)
    elif decision == "same":
        yield Judgement("same", tuple(sorted(items)))
    elif decision == "different":
        yield Judgement("different", tuple(sorted(items)))
    elif decision == "not_a_fact":
        if len(items) != 1:
            raise ActorgraphError("not_a_fact is said of statements only")
        yield Judgement("not_a_fact", items)
    elif decision == "wrong_type":
        if not any(classes):
            raise ActorgraphError("wrong_type needs the right class, in class_1 or class_2")
        for item, class_ in zip(items, classes, strict=False):
            if class_ and "://" in item:
                raise ActorgraphError("wrong_type is said of actors only, not of what is elsewhere")
            if class_:
                yield Judgement("wrong_type", (item, class_))
    else:
        kinds = ", ".join(get_args(JudgementKind))
        raise ActorgraphError(f"{decision!r} is no decision; write {kinds}, or skip")
