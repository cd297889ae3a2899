"""JSON Lines: one document a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .encoding import decoded, normalised
from .failure import UnreadableError
from .page import Page

_FIELDS = ("title", "author", "publisher", "url")


def record_pages(lines: Iterable[bytes]) -> Iterator[Page | UnreadableError]:
    """A page for every line that is not blank; an error, with its line number, for a broken one.

    `text` is required; `id`, `title`, `author`, `published` (or `date`), `url` and `publisher`
    are read where given, other fields are left alone.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _page(line, number)
        except UnreadableError as error:
            yield UnreadableError(error.reason, error.remedy, number)


def _page(line: bytes, number: int) -> Page:
    try:
        record = json.loads(decoded(line))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableError(
            f"not JSON ({error})", "write one JSON object with a 'text' field on each line"
        ) from None
    if not isinstance(record, dict):
        raise UnreadableError("not a JSON object", 'write {"text": …} on each line')
    text = record.get("text")
    if not isinstance(text, str):
        raise UnreadableError("no field 'text' with a string", "put the document's text there")
    published = record.get("published") or record.get("date")
    return Page(
        text=normalised(text),
        published=None if published is None else str(published),
        id=None if record.get("id") is None else str(record["id"]),
        line=number,
        **{name: _string(record, name) for name in _FIELDS},
    )


def _string(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value) or None  # several authors
    if not isinstance(value, str):
        raise UnreadableError(
            f"field '{name}' is not a string", "write it in quotes, or leave it out"
        )
    return normalised(value)
