"""Readings: documents as they came, and what an extractor read out of each, or why nothing."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from ..extract.statement import Extraction
from ..extract.text.document import Document
from .record import plain_record
from .transcript import document_of, transcribed


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what was read out of it, by an extractor of that key.

    `failure` tells why it was not read wholly, or, with `extraction` None, not at all.
    """

    document: Document
    key: str
    extraction: Extraction | None = None
    failure: str | None = None


def content_hash(document: Document) -> str:
    """Hash of all of a document that a reading may depend on: not where the text was found."""
    record = _bare(document)
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode("ascii")).hexdigest()[:32]


def _bare(document: Document) -> dict[str, Any]:
    found: dict[str, Any] = plain_record(replace(document, source="-", url=None))
    return found


def reading_record(reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON values; source and url are the catalog's to know."""
    extraction = reading.extraction
    return {
        "content": content_hash(reading.document),
        "document": _bare(reading.document),
        "entities": [plain_record(e) for e in extraction.entities] if extraction else [],
        "statements": [plain_record(s) for s in extraction.statements] if extraction else [],
    }


def recorded_extraction(record: dict[str, Any], source: str, url: str | None) -> Extraction:
    """The extraction of a record, its document found at a source."""
    found = transcribed(record)
    return replace(found, document=replace(found.document, source=source, url=url))


def recorded_document(record: dict[str, Any], source: str, url: str | None) -> Document:
    """The document of a record alone."""
    return replace(document_of(record["document"]), source=source, url=url)
