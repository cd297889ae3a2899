"""Transcripts: what was read out of a document as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Qualifier,
    Reference,
    Source,
    Stance,
    Statement,
    Value,
)
from ..extract.text.document import Document
from ..ontologies.error import ActorgraphError
from .record import plain_record

Record = Mapping[str, Any]


def transcript(extraction: Extraction) -> dict[str, Any]:
    """An extraction as dicts, lists, strings, numbers and None: equal ones, equal transcripts."""
    found: dict[str, Any] = plain_record(extraction)
    return found


def transcribed(record: Record) -> Extraction:
    """The extraction of a transcript.

    The types are spelled out, for a store of millions of statements is read at every merge. Raises
    ActorgraphError on what is no transcript.
    """
    try:
        return Extraction(
            document_of(record["document"]),
            tuple(_entity(entity) for entity in record["entities"]),
            tuple(_statement(statement) for statement in record["statements"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ActorgraphError(
            f"not the transcript of a document ({error}); read the document again"
        ) from error


def document_of(record: Record) -> Document:
    """The document of a transcript's part `document`."""
    spans = tuple((start, end) for start, end in record["boilerplate"])
    return Document(**{**record, "boilerplate": spans})


def _entity(record: Record) -> DocumentEntity:
    mentions = tuple((start, end) for start, end in record["mentions"])
    return DocumentEntity(**{**record, "names": tuple(record["names"]), "mentions": mentions})


def _statement(record: Record) -> Statement:
    subject = record["subject"]
    return Statement(
        **{
            **record,
            "subject": None if subject is None else Reference(**subject),
            "object": _object(record["object"]),
            "stance": _stance(record["stance"]),
            "evidence": Evidence(**record["evidence"]),
            "qualifiers": {n: Qualifier(**q) for n, q in record["qualifiers"].items()},
        }
    )


def _object(record: Record | None) -> Reference | Value | None:
    if record is None:
        return None
    return Reference(**record) if "entity" in record else Value(**record)


def _stance(record: Record) -> Stance:
    return Stance(record["polarity"], record["certainty"], _source(record["source"]))


def _source(record: Record | None) -> Source | None:
    return None if record is None else Source(**{**record, "via": _source(record["via"])})
