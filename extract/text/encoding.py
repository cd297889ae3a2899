"""Bytes to text: the encoding found, newlines made one, invisible characters dropped."""

from __future__ import annotations

import codecs
import re

from .failure import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)|<\?xml[^>]*encoding=["']([\w-]+)""", re.I
)
_SIGNATURES = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive or an office document",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "an RTF document",
}
_BINARY = ("a binary file, not text", "save it as plain text or HTML first")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a]")


def normalised(text: str) -> str:
    r"""The text with `\n` for every kind of line end, without soft hyphens and zero-width marks.

    Lone surrogates (they cannot be written as UTF-8) become the replacement character.
    """
    text = _INVISIBLE.sub("", _NEWLINES.sub("\n", text))
    return _SURROGATES.sub("\ufffd", text)


def decoded(data: bytes, *, markup: bool = False) -> str:
    """Bytes as text: by byte order mark, UTF-8, the declaration in HTML (`markup`), then by guess.

    Raises:
        UnreadableError: the bytes are not text, or in no encoding we can tell.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableError(
                f"this is {kind}, not text", "save it as plain text or HTML first"
            )
    if not _CONTROLS.search(data):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        if markup and (match := _DECLARED.search(data[:4096])):
            try:
                return data.decode((match[1] or match[2]).decode("ascii"))
            except (UnicodeDecodeError, LookupError):
                pass
    return _guessed(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"marked as {encoding} but broken at byte {error.start}", "save it again as UTF-8"
        ) from None


def _guessed(data: bytes) -> str:
    """The text by charset-normalizer; Western encodings first, as English is what we read."""
    from charset_normalizer import from_bytes

    has_controls = bool(_CONTROLS.search(data))  # text only if every other byte is zero
    if has_controls and data.count(b"\x00") * 4 < len(data):
        raise UnreadableError(*_BINARY)
    first = ["utf_16_le", "utf_16_be"] if has_controls else ["cp1252"]
    match = from_bytes(data, cp_isolation=first).best()
    if match is None and has_controls:
        raise UnreadableError(*_BINARY)
    match = match or from_bytes(data).best()
    if match is None:
        raise UnreadableError("in no encoding that can be told", "save it as UTF-8")
    return str(match)
