"""What a cell may hold, and the words that every format shares."""

from __future__ import annotations

import json
import re

from ..graph.evidence import Attribution

# What XML 1.0 cannot hold at all, and lone surrogates, which UTF-8 cannot.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without characters that some target refuses, each replaced by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def said_by(source: Attribution | None) -> str | None:
    """Who says so, in words: *officials via Reuters*; None if the author does."""
    return " via ".join(s.name for s in source.chain()) if source else None


def meant_as(polarity: str, certainty: str, plain: bool) -> str:
    """How it is meant, so that a label never passes for a fact: *killed [denied]*."""
    notes = ["denied"] if polarity == "denied" else []
    if certainty != "actual":
        notes.append(certainty)
    if not notes and not plain:
        notes.append("reported")
    return f" [{', '.join(notes)}]" if notes else ""


def json_text(value: object) -> str:
    """A value as JSON on one line, fit for every target."""
    # Clean before encoding: JSON would spell control characters out, other columns would not.
    return json.dumps(_cleaned(value), ensure_ascii=False, separators=(",", ":"))


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case dict():
            return {name: _cleaned(cell) for name, cell in value.items()}
        case list() | tuple():
            return [_cleaned(cell) for cell in value]
    return value
