"""The reader: files, folders, globs, standard input and JSON Lines in, documents out."""

from __future__ import annotations

import glob
import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal

from ...ontologies.error import ActorgraphError
from .boilerplate import Words, boilerplate_spans, byline, dated
from .document import Document
from .encoding import decoded, normalised
from .failure import Failure, UnreadableError
from .layout import headline
from .page import Page, iso_date

Format = Literal["text", "markdown", "html", "jsonl"]

FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The formats by a file's ending; each may be followed by `.gz`."""

_READABLE = "name .txt, .md, .html or .jsonl files, or say --format text|markdown|html|jsonl"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How to read.

    words: the ontology's word lists (`Ontology.words`), for what boilerplate looks like.
    published: the ISO date of documents that tell none. format: of all inputs, else by ending.
    copies: give a text that comes again each time, for who keeps where it was found.
    """

    words: Words
    published: str | None = None
    format: Format | None = None
    copies: bool = False

    def __post_init__(self) -> None:
        if self.published is not None and iso_date(self.published) != self.published:
            raise ActorgraphError(
                f"{self.published!r} is not a publication date; write it as 2020-01-03"
            )


@dataclass(frozen=True, slots=True)
class _File:
    name: str  # as the user wrote it, or the path below the folder given
    path: Path | None  # None: standard input
    format: Format


def documents(
    inputs: Iterable[str | Path], *, options: ReadingOptions
) -> Iterator[Document | Failure]:
    """Every document of the inputs, in their order, and a `Failure` for whatever was not read.

    inputs: files, folders (read recursively, by name), glob patterns, or `-` for standard input.
      A text that comes twice is read once, and noted. One bad document never loses the others.
    """
    first: dict[str, str] = {}  # document id -> its source
    for file in _files(inputs, options.format):
        if isinstance(file, Failure):
            yield file
            continue
        for page in _pages(file):
            if isinstance(page, Failure):
                yield page
                continue
            document, note = _document(page, file.name, options)
            if note:
                yield note
            if document.id in first:
                reason = f"the same text as {first[document.id]}"
                yield Failure(document.source, None, reason, "read once", lost=False)
                if not options.copies:
                    continue
            first.setdefault(document.id, document.source)
            yield document


def _files(inputs: Iterable[str | Path], format_: Format | None) -> Iterator[_File | Failure]:
    for given in inputs:
        name = str(given)
        path = Path(name)
        if name == "-":
            yield _File("-", None, format_ or "text")
        elif path.is_dir():
            yield from _folder(name, format_)
        elif path.exists() or not glob.has_magic(name):
            yield _file(name, format_)
        elif found := sorted(glob.glob(name, recursive=True)):  # noqa: PTH207
            yield from _files(found, format_)
        else:
            yield Failure(name, None, "matches no file", "check the pattern")


def _file(name: str, format_: Format | None) -> _File | Failure:
    """An input the user named; without an ending it is taken for text."""
    suffix = _suffix(name)
    known = format_ or (FORMATS.get(suffix) if suffix else "text")
    if known is None:
        return Failure(name, None, f"unknown format {suffix!r}", _READABLE)
    return _File(name, Path(name), known)


def _folder(name: str, format_: Format | None) -> Iterator[_File | Failure]:
    """The readable files below a folder by name; one note tells of the others."""
    unknown: list[str] = []
    count = 0
    errors: list[OSError] = []
    for folder, folders, names in os.walk(name, onerror=errors.append):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(n for n in names if not n.startswith(".")):
            known = format_ or FORMATS.get(_suffix(file))
            if known is None:
                unknown.append(_suffix(file) or "no ending")
                continue
            count += 1
            yield _File(str(Path(folder, file)), Path(folder, file), known)
    for error in errors:
        place = error.filename or name
        yield Failure(
            str(place), None, f"cannot be read ({error.strerror})", "check its permissions"
        )
    if unknown:
        kinds = ", ".join(sorted(set(unknown)))
        reason = f"{len(unknown)} files of other kinds left out ({kinds})"
        yield Failure(name, None, reason, _READABLE, lost=False)
    if not count and not errors:
        yield Failure(name, None, "no readable file in this folder", _READABLE)


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(".gz")).suffix


def _pages(file: _File) -> Iterator[Page | Failure]:
    """The pages of one file; whatever is wrong with it becomes a failure."""
    try:
        with _opened(file) as stream:
            if file.format == "jsonl":
                yield from _records(file, stream)
            else:
                yield _page(stream.read(), file.format)
    except FileNotFoundError:
        yield Failure(file.name, None, "no such file or folder", "check the name")
    except UnreadableError as error:
        yield error.failure(file.name)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Failure(file.name, None, f"not a whole gzip file ({error})", "compress it again")
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
        yield Failure(file.name, None, reason, "check the file and its permissions")


def _opened(file: _File) -> AbstractContextManager[IO[bytes] | gzip.GzipFile]:
    if file.path is None:
        return nullcontext(sys.stdin.buffer)
    if file.path.suffix.lower() == ".gz":
        return gzip.open(file.path, "rb")
    return file.path.open("rb")


def _records(file: _File, stream: Iterable[bytes]) -> Iterator[Page | Failure]:
    from .record import record_pages

    empty = True
    for page in record_pages(stream):
        empty = False
        if isinstance(page, UnreadableError):
            yield page.failure(file.name)
        elif not page.text.strip():
            yield Failure(file.name, page.line, "an empty text", "give the document's text")
        else:
            yield page
    if empty:
        raise UnreadableError("an empty file", "give it one JSON object a line")


def _page(data: bytes, format_: Format) -> Page:
    if not data.strip():
        raise UnreadableError("an empty file", "give it some text, or leave it out")
    text = normalised(decoded(data, markup=format_ == "html"))
    if format_ == "html":
        from .html import html_page

        page = html_page(text)
    elif format_ == "markdown":
        from .markdown import markdown_page

        page = markdown_page(text)
    else:
        page = Page(text)
    if not page.text.strip():
        raise UnreadableError("no text in this file", "give it some text, or leave it out")
    return page


def _document(page: Page, name: str, options: ReadingOptions) -> tuple[Document, Failure | None]:
    """The document of a page, and a note if its date cannot be used."""
    published = iso_date(page.published) if page.published else None
    note = None
    if page.published and not published:
        reason = f"{page.published!r} is not a date, and not used"
        note = Failure(name, page.line, reason, "write it as 2020-01-03", lost=False)
    source = name
    if page.line is not None:
        source = f"{name}#{page.id}" if page.id else f"{name}:{page.line}"
    document = Document(
        text=page.text,
        source=source,
        author=page.author or byline(page.text, options.words),
        publisher=page.publisher,
        published=published or dated(page.text, options.words) or options.published,
        url=page.url,
        boilerplate=boilerplate_spans(page.text, options.words),
    )
    return replace(document, title=page.title or headline(document)), note
