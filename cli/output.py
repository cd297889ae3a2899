"""Where results go: standard output, or a file that is there complete or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from .status import OutputError


@contextmanager
def text_output(path: Path | None) -> Iterator[TextIO]:
    """A stream of UTF-8 text to a file, or to standard output if `path` is None or `-`.

    A file is written aside and renamed when everything is in it; after a failure an old one is
    still there. Raises `OutputError` if it cannot be written.
    """
    if path is None or str(path) == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    stream = _opened(aside, path)
    try:
        with stream:
            yield stream
            _flush(stream, path)
        _rename(aside, path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def check_directory(directory: Path) -> None:
    """Raise `OutputError` if files cannot be written there, before the long work starts.

    Nothing is made yet: the directory is there only once there is something to put into it.
    """
    there = next(path for path in (directory, *directory.absolute().parents) if path.exists())
    if not there.is_dir():
        raise OutputError(f"{there}: this is a file, not a folder; choose another place with -o")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"{there}: no permission to write here; choose another place with -o")


def _opened(aside: Path, path: Path) -> TextIO:
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        return aside.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _output_error(path, error) from error


def _flush(stream: TextIO, path: Path) -> None:
    try:
        stream.flush()
    except OSError as error:
        raise _output_error(path, error) from error


def _rename(aside: Path, path: Path) -> None:
    try:
        aside.replace(path)
    except OSError as error:
        raise _output_error(path, error) from error


def _output_error(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be written ({error.strerror or error}); choose another place with -o"
    )
