"""The catalog: an SQLite file that tells what a store holds, and in which shard."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..ontologies.error import ActorgraphError
from .shard import UnwritableError

FORMAT = 1
"""Version of the tables; a store of another version is refused, not guessed at."""

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE shard (name TEXT PRIMARY KEY, records INTEGER NOT NULL);
CREATE TABLE reading (
    content TEXT PRIMARY KEY,   -- hash of all that a reading depends on but the extractor
    key TEXT NOT NULL,          -- which extractor read it: code, ontology, model
    shard TEXT NOT NULL REFERENCES shard,
    entities INTEGER,           -- how many; NULL if nothing was read at all
    statements INTEGER,
    failure TEXT                -- why it was not read, or not wholly
);
CREATE TABLE document (
    source TEXT, id TEXT, url TEXT, content TEXT NOT NULL REFERENCES reading,
    PRIMARY KEY (source, id)
);
CREATE TABLE failure (source TEXT PRIMARY KEY, reason TEXT NOT NULL);
CREATE TABLE judgement (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL, items TEXT NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL,
    made TEXT NOT NULL, undone TEXT
);
"""
_WAIT = 10.0  # seconds for somebody else's commit


class Database:
    """A connection to an SQLite file of ours, which writing makes.

    Raises ActorgraphError if the file is missing, damaged, or of another version.
    """

    def __init__(self, path: Path, tables: str, writing: bool) -> None:
        self.path = path
        if not writing and not path.exists():
            raise ActorgraphError(f"{path}: no such file; actorgraph build makes it")
        with self._told():
            self._connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
            self._connection.execute("PRAGMA auto_vacuum = FULL")  # before the first table
            self._connection.execute("PRAGMA secure_delete = ON")  # what is removed is gone
            self._connection.execute("PRAGMA synchronous = FULL")
        self._check(tables, writing)

    def _check(self, tables: str, writing: bool) -> None:
        (found,) = self.row("PRAGMA user_version")
        if found == 0 and writing:
            with self.transaction():
                for statement in tables.split(";\n"):
                    self.run(statement)
                self.run(f"PRAGMA user_version = {FORMAT}")
        elif found != FORMAT:
            raise ActorgraphError(
                f"{self.path}: a store of version {found}, and this actorgraph reads version "
                f"{FORMAT}; use the actorgraph that made it, or build again into an empty folder"
            )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        with self._told():
            return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> tuple[Any, ...]:
        """The first row of a query that always has one."""
        return self.rows(sql, *values)[0]

    def run(self, sql: str, *values: Any) -> int:
        """Change something; the number of rows changed."""
        with self._told():
            return self._connection.execute(sql, values).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes made inside, or none."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database as ours."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if any(word in str(error) for word in ("full", "readonly", "unable to open", "disk")):
                raise UnwritableError(
                    f"{self.path}: cannot be written ({error}); free its place"
                ) from error
            raise ActorgraphError(
                f"{self.path}: cannot be read ({error}); take the folder back from a copy, "
                "or build again into an empty one"
            ) from error


class Catalog(Database):
    """A connection to a catalog.

    Writing takes a lock that the system gives back when the process ends, however it ends. Others
    may read meanwhile; they see the last commit. Raises ActorgraphError as a database does, or (for
    writing) if the catalog is in use.
    """

    def __init__(self, path: Path, writing: bool) -> None:
        self._lock = _locked(path.with_name("lock")) if writing else None
        try:
            super().__init__(path, _TABLES, writing)
        except ActorgraphError:
            if self._lock:
                self._lock.close()
            raise

    def close(self) -> None:
        """Close the connection and give the lock back."""
        super().close()
        if self._lock:
            self._lock.close()


def _locked(path: Path) -> sqlite3.Connection:
    """A lock of this process alone, portably: an SQLite file in an exclusive transaction."""
    connection = None
    try:
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        return connection
    except sqlite3.OperationalError as error:
        if connection:
            connection.close()
        if "locked" in str(error):
            raise ActorgraphError(
                f"{path.parent}: another actorgraph is at work on it; wait until it has finished"
            ) from error
        raise UnwritableError(f"{path}: cannot be written ({error}); free its place") from error
