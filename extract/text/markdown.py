"""Markdown: front matter as metadata, markup reduced to plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from .failure import UnreadableError
from .page import Page

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.S)
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>", re.S)


def markdown_page(text: str) -> Page:
    """Front matter (title, author, published or date, url, publisher) and the text as paragraphs.

    Blocks are parted by blank lines; link texts stay, images, code and struck-out words go.

    Raises:
        UnreadableError: the front matter is not a YAML mapping.
    """
    from markdown_it import MarkdownIt

    meta, body = _front_matter(text)
    tokens = MarkdownIt("js-default", {"html": True}).parse(body)
    blocks = list(_blocks(tokens))
    title = meta.get("title") or next((block for level, block in blocks if level == "h1"), None)
    return Page(
        text="\n\n".join(block for _, block in blocks),
        title=title,
        author=meta.get("author"),
        publisher=meta.get("publisher"),
        published=meta.get("published") or meta.get("date"),
        url=meta.get("url"),
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    match = _FRONT.match(text)
    if not match:
        return {}, text
    import srsly  # type: ignore[import-untyped]  # spaCy's own reader of YAML

    try:
        found = srsly.yaml_loads(match[1]) or {}
    except ValueError as error:
        raise UnreadableError(
            f"the front matter is not YAML ({str(error).splitlines()[0]})",
            "write it as 'name: value' lines between two '---'",
        ) from None
    if not isinstance(found, dict):
        raise UnreadableError(
            "the front matter is not a list of fields",
            "write it as 'name: value' lines between two '---'",
        )
    meta = {
        str(name).lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in found.items()
        if value is not None
    }
    return meta, text[match.end() :]


def _blocks(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """(tag of the enclosing block, its text) for every block that has words."""
    tag = ""
    for token in tokens:
        if token.type in {"heading_open", "paragraph_open"}:
            tag = token.tag
        text = ""
        if token.type == "inline":
            text = "".join(_inline(token.children or []))
        elif token.type == "html_block":
            text = unescape(_TAGS.sub(" ", token.content))
        if text := " ".join(text.split()):
            yield tag, text


def _inline(tokens: list[Token]) -> Iterator[str]:
    struck = 0
    for token in tokens:
        struck += (token.type == "s_open") - (token.type == "s_close")
        if struck:
            continue
        if token.type in {"text", "code_inline", "text_special"}:
            yield token.content
        elif token.type in {"softbreak", "hardbreak"}:
            yield " "
