"""Identifiers as people write them: Q42, wd:Q42, geonames:2210247 or an IRI."""

from __future__ import annotations

import re

from ..ontologies.error import ActorgraphError
from ..ontologies.gazetteer import GEONAMES, WIKIDATA

_SHORT = (
    (re.compile(r"(?:wd:|https?://www\.wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)"), WIKIDATA, ""),
    (
        re.compile(r"(?:geonames:|https?://(?:www|sws)\.geonames\.org/)([1-9]\d*)(?:/.*)?"),
        GEONAMES,
        "/",
    ),
)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`]+")


def identifier(text: str) -> str:
    """The IRI that a text means. Raises ActorgraphError if it means none."""
    for pattern, space, end in _SHORT:
        match = pattern.fullmatch(text.strip())
        if match:
            return f"{space}{match[1]}{end}"
    if _IRI.fullmatch(text.strip()):
        return text.strip()
    raise ActorgraphError(
        f"{text!r} identifies nothing; write Q42 for Wikidata, geonames:98182, or a whole IRI"
    )
