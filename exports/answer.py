"""Answers as text: a table for the eye, CSV and JSON for programs."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from ..ontologies.error import ActorgraphError
from .query import Answer, Cell

WIDEST = 80
"""Characters of a cell that a table shows; CSV and JSON hold all."""


def answer_text(answer: Answer, format_: str = "table") -> str:
    """An answer as `table`, `csv` or `json` (a list of objects), ended by a line end."""
    if format_ not in FORMATS:
        raise ActorgraphError(
            f"unknown answer format {format_!r}; choose from {', '.join(FORMATS)}"
        )
    return FORMATS[format_](answer)


def _table(answer: Answer) -> str:
    rows = [answer.columns, *(tuple(map(_printable, row)) for row in answer.rows)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(answer.columns))]

    def lines() -> Iterator[str]:
        for number, row in enumerate(rows):
            cells = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()
            if number == 0:
                yield "  ".join("─" * w for w in widths)
        yield f"({len(answer.rows)} row{'s' * (len(answer.rows) != 1)})"

    return "\n".join(lines()) + "\n"


def _width(text: str) -> int:
    """Columns of a terminal that the text takes."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)


def _printable(cell: Cell) -> str:
    """One line without control characters, which could steer the terminal."""
    text = " ".join(_plain(cell).split())
    shown = text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in shown)


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
    return str(cell)


def _csv(answer: Answer) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_plain(cell) for cell in row] for row in answer.rows)
    return text.getvalue()


def _json(answer: Answer) -> str:
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Answer], str]] = {"table": _table, "csv": _csv, "json": _json}
"""Format -> what writes it."""
