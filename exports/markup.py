"""XML text: escaped so that every reader gives back the same string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from .row import SEPARATOR, Cell

# Readers turn raw line ends and tabs of attributes into blanks, and \r of text into \n.
_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)


def escaped(text: str) -> str:
    """Text for an XML attribute or element."""
    return text.translate(_ESCAPES)


def cell_text(cell: Cell) -> str:
    """A cell as escaped XML text: true, 3, 0.9, or the string; lists joined by `;`."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case tuple():
            return escaped(SEPARATOR.join(cell))
    return escaped(str(cell))


def attributes(cells: Mapping[str, Cell]) -> str:
    """Cells as XML attributes, each led by a blank."""
    return "".join(f' {name}="{cell_text(cell)}"' for name, cell in cells.items())


def write_lines(stream: BinaryIO, lines: Iterable[str]) -> None:
    """Write lines as UTF-8."""
    for line in lines:
        stream.write(f"{line}\n".encode())
