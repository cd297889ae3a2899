"""Parses: what the pipeline made of the texts of a store, in an SQLite file of its own.

It is a cache: whoever deletes the file has texts parsed once more. Each parse is there as long as
a document of the store needs it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from ..extract.text.document import Document
from .catalog import Database
from .reading import content_hash

FILE = "parses.sqlite"

_TABLES = """
CREATE TABLE parse (key TEXT PRIMARY KEY, doc BLOB NOT NULL);
CREATE TABLE need (content TEXT, key TEXT, PRIMARY KEY (content, key)) WITHOUT ROWID;
CREATE INDEX need_key ON need (key);
"""


class ParseStore:
    """Parses by key, and which documents need them; see `extract.text.parse.Parses`.

    What is put is kept by `flush`, in one transaction.
    """

    def __init__(self, folder: Path) -> None:
        self._base = Database(folder / FILE, _TABLES, writing=True)
        self._new: dict[str, bytes] = {}
        self._needs: dict[str, set[str]] = defaultdict(set)

    def get(self, document: Document, key: str) -> bytes | None:
        """A parse of a document, if it is there."""
        data = self._new.get(key)
        if data is None:
            found = self._base.rows("SELECT doc FROM parse WHERE key = ?", key)
            data = found[0][0] if found else None
        if data is not None:
            self._needs[content_hash(document)].add(key)
        return data

    def put(self, document: Document, key: str, data: bytes) -> None:
        """Keep a parse as long as the document is kept."""
        self._new[key] = data
        self._needs[content_hash(document)].add(key)

    def flush(self) -> None:
        """Write what was put. Of a document that was read again, only the last parse is needed."""
        if not self._needs:
            return
        run = self._base.run
        with self._base.transaction():
            for key, data in self._new.items():
                run("INSERT OR REPLACE INTO parse VALUES (?, ?)", key, data)
            for content, keys in self._needs.items():
                run("DELETE FROM need WHERE content = ?", content)
                for key in keys:
                    run("INSERT INTO need VALUES (?, ?)", content, key)
        self._new.clear()
        self._needs.clear()

    def tidy(self, contents: Collection[str]) -> None:
        """Forget what no document with one of these hashes needs."""
        run = self._base.run
        needed = {content for (content,) in self._base.rows("SELECT DISTINCT content FROM need")}
        with self._base.transaction():
            for content in needed.difference(contents):
                run("DELETE FROM need WHERE content = ?", content)
            run("DELETE FROM parse WHERE key NOT IN (SELECT key FROM need)")

    def close(self) -> None:
        """Close the file. What was not flushed is forgotten."""
        self._base.close()
