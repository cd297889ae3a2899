"""The store: documents, what was read out of them, and judgements, in a folder one can copy.

    catalog.sqlite   what is in it, and where (graph/catalog.py)
    parses.sqlite    what the pipeline made of the texts: a cache (graph/parse.py)
    shards/          the readings, some dozens a file (graph/shard.py)
    ontology/        the user's own Turtle files and gazetteers of the last build
    graph.json.gz    the merged graph of the last build: derived, for questions about it

Whatever the catalog does not name does not count. A file is on the disk before the catalog names
it, and the catalog changes in one transaction, so that a process may be killed at any moment.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from ..extract.statement import Extraction
from ..extract.text.document import Document
from ..ontologies.error import ActorgraphError
from .catalog import Catalog
from .graph import Graph
from .parse import FILE as PARSES
from .parse import ParseStore
from .reading import (
    Reading,
    content_hash,
    reading_record,
    recorded_document,
    recorded_extraction,
)
from .record import graph_json, recorded_graph
from .shard import (
    SIZE,
    UnwritableError,
    shard_records,
    write_compressed,
    write_whole,
    written_shard,
)

CATALOG = "catalog.sqlite"
_FEW = SIZE // 2  # documents: shards with fewer are put together …
_MANY = 8  # … once there are more than so many of them


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the store at one place where it was found.

    `entities` and `statements` are counts, None if it could not be read; `failure` tells why.
    """

    source: str
    id: str
    url: str | None
    entities: int | None
    statements: int | None
    failure: str | None


class Store:
    """A store in a folder: a context manager. `writing` makes it if missing, and locks it."""

    def __init__(self, folder: Path, writing: bool = False) -> None:
        self.folder = folder
        self._shards = folder / "shards"
        if writing:
            _make(self._shards)
        self.catalog = Catalog(folder / CATALOG, writing)
        self._parses: ParseStore | None = None
        if writing:
            self._sweep()
            shutil.rmtree(self.workplace, ignore_errors=True)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        place: TracebackType | None,
    ) -> None:
        if self._parses:
            self._parses.close()
        self.catalog.close()

    def parses(self) -> ParseStore:
        """Where parses are kept, from now on with every `add`. For writing only."""
        if self._parses is None:
            try:
                self._parses = ParseStore(self.folder)
            except UnwritableError:
                raise
            except ActorgraphError:  # damaged, or of another version: it is a cache
                self.forget_parses()
                self._parses = ParseStore(self.folder)
        return self._parses

    def forget_parses(self) -> None:
        """Delete all parses: texts that are read again are parsed again."""
        if self._parses:
            self._parses.close()
            self._parses = None
        for name in (PARSES, f"{PARSES}-journal"):
            (self.folder / name).unlink(missing_ok=True)

    @property
    def workplace(self) -> Path:
        """The folder of a large merge's files; emptied when the store is opened for writing."""
        return self.folder / "merge"

    # What is in it

    def entries(self) -> list[Entry]:
        """All documents at all their places, sorted by source."""
        sql = """SELECT source, id, url, entities, statements, reading.failure
                 FROM document JOIN reading USING (content) ORDER BY source, id"""
        return [Entry(*row) for row in self.catalog.rows(sql)]

    def failures(self) -> list[tuple[str, str]]:
        """Inputs that gave no document: source and reason, sorted."""
        return self.catalog.rows("SELECT source, reason FROM failure ORDER BY source")

    def extractions(self) -> Iterator[Extraction]:
        """What was read out of each document, once, whatever the number of its places.

        Of several places the first by name counts. Raises ActorgraphError if a shard is damaged.
        """
        sql = """SELECT shard, content, source, url, id FROM document JOIN reading USING (content)
                 WHERE statements IS NOT NULL ORDER BY id, source, content"""
        wanted: dict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
        ids: set[str] = set()
        for shard, content, source, url, id_ in self.catalog.rows(sql):
            if id_ not in ids:
                ids.add(id_)
                wanted[shard][content] = (source, url)
        for shard, places in sorted(wanted.items()):
            for content, record in self._records(shard, places):
                yield recorded_extraction(record, *places[content])

    def knows(self, document: Document, key: str) -> bool:
        """Whether a document was wholly read by an extractor of that key."""
        sql = "SELECT 1 FROM reading WHERE content = ? AND key = ? AND failure IS NULL"
        return bool(self.catalog.rows(sql, content_hash(document), key))

    def outdated(self, key: str) -> list[str]:
        """Content hashes of documents that no extractor of that key has wholly read."""
        sql = """SELECT DISTINCT content FROM document JOIN reading USING (content)
                 WHERE key <> ? OR failure IS NOT NULL ORDER BY shard, content"""
        return [content for (content,) in self.catalog.rows(sql, key)]

    def unread(self, key: str, but: Collection[str] = ()) -> Iterator[Document]:
        """Documents that no extractor of that key has wholly read; not those of `but`.

        but: content hashes.
        """
        sql = """SELECT shard, min(source), url FROM document JOIN reading USING (content)
                 WHERE content = ? GROUP BY content"""
        wanted: dict[str, dict[str, tuple[str, str | None]]] = defaultdict(dict)
        for content in self.outdated(key):
            if content not in but:
                shard, source, url = self.catalog.row(sql, content)
                wanted[shard][content] = (source, url)
        for shard, places in wanted.items():
            for content, record in self._records(shard, places):
                yield recorded_document(record, *places[content])

    def _records(
        self, shard: str, contents: Collection[str]
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """The records of some contents in a shard; all must be there."""
        path = self._shards / shard
        missing = set(contents)
        for record in shard_records(path):
            if record["content"] in missing:
                missing.remove(record["content"])
                yield record["content"], record
        if missing:
            raise ActorgraphError(
                f"{path}: {len(missing)} documents are missing; take the folder back from a copy, "
                "or build again into an empty one"
            )

    # Changes

    def add(self, readings: Sequence[Reading]) -> None:
        """Keep readings, all or none; an earlier reading of the same text is forgotten."""
        kept = {content_hash(reading.document): reading for reading in readings}
        if not kept:
            return
        if self._parses:
            self._parses.flush()
        shard = written_shard(self._shards, [reading_record(r) for r in kept.values()])
        run = self.catalog.run
        with self.catalog.transaction():
            run("INSERT OR REPLACE INTO shard VALUES (?, ?)", shard, len(kept))
            for content, reading in kept.items():
                found = reading.extraction
                counts = (len(found.entities), len(found.statements)) if found else (None, None)
                values = (content, reading.key, shard, *counts, reading.failure)
                run("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?)", *values)
            for reading in readings:
                self._place(reading.document)

    def place(self, documents: Iterable[Document]) -> None:
        """Note where documents were found whose text was read already."""
        sql = "SELECT 1 FROM document WHERE (source, id, content) = (?, ?, ?) AND url IS ?"
        new = [
            d
            for d in documents
            if not self.catalog.rows(sql, d.source, d.id, content_hash(d), d.url)
        ]
        if new:
            with self.catalog.transaction():
                for document in new:
                    self._place(document)

    def _place(self, document: Document) -> None:
        values = (document.source, document.id, document.url, content_hash(document))
        self.catalog.run("INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)", *values)
        self.catalog.run("DELETE FROM failure WHERE source = ?", document.source)

    def supersede(self, seen: Mapping[str, Collection[str]]) -> None:
        """Forget what sources held before: `seen` are the ids of the documents they hold now.

        Standard input is no place: what came from it is kept.
        """
        with self.catalog.transaction():
            for source, ids in seen.items():
                if source != "-" and not source.startswith("-:"):
                    marks = ", ".join("?" * len(ids))
                    sql = f"DELETE FROM document WHERE source = ? AND id NOT IN ({marks})"
                    self.catalog.run(sql, source, *ids)

    def fail(self, failures: Iterable[tuple[str, str]]) -> None:
        """Keep why inputs gave no document: source and reason."""
        with self.catalog.transaction():
            for source, reason in failures:
                self.catalog.run("INSERT OR REPLACE INTO failure VALUES (?, ?)", source, reason)

    def matching(self, name: str) -> list[Entry]:
        """Documents by id, source, or the file or folder they came from, sorted by source."""
        place = name.rstrip("/") or name
        return [e for e in self.entries() if e.id == name or _is_of(e.source, place)]

    def remove(self, name: str) -> list[Entry]:
        """Forget the documents that match a name, and failures of that place; what was forgotten.

        A text found at several places is forgotten as a whole only if removed by its id.
        """
        found = self.matching(name)
        sources = [s for s, _ in self.failures() if _is_of(s, name.rstrip("/") or name)]
        with self.catalog.transaction():
            for entry in found:
                sql = "DELETE FROM document WHERE source = ? AND id = ?"
                self.catalog.run(sql, entry.source, entry.id)
            for source in sources:
                self.catalog.run("DELETE FROM failure WHERE source = ?", source)
        return found

    def tidy(self) -> None:
        """Take from the disk what counts no more, and put small shards together."""
        run = self.catalog.run
        run("DELETE FROM reading WHERE content NOT IN (SELECT content FROM document)")
        sql = """SELECT shard.name, shard.records, count(reading.content) FROM shard
                 LEFT JOIN reading ON reading.shard = shard.name GROUP BY shard.name"""
        counts = self.catalog.rows(sql)
        old = {name for name, records, live in counts if live < records}
        small = {name for name, _, live in counts if live < _FEW}
        if len(small) > _MANY:
            old |= small
        if old:
            new = list(self._rewritten(sorted(old)))
            with self.catalog.transaction():
                for shard, contents in new:
                    run("INSERT OR REPLACE INTO shard VALUES (?, ?)", shard, len(contents))
                    for content in contents:
                        run("UPDATE reading SET shard = ? WHERE content = ?", shard, content)
                for shard in old - {name for name, _ in new}:
                    run("DELETE FROM shard WHERE name = ?", shard)
        self._sweep()
        if self._parses or (self.folder / PARSES).exists():
            rows = self.catalog.rows("SELECT content FROM reading")
            self.parses().tidy({row[0] for row in rows})

    def _rewritten(self, shards: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
        """New shards of what still counts of old ones, and the contents of each."""
        batch: list[dict[str, object]] = []

        def flushed() -> tuple[str, list[str]]:
            return written_shard(self._shards, batch), [str(r["content"]) for r in batch]

        for shard in shards:
            sql = "SELECT content FROM reading WHERE shard = ?"
            live = [content for (content,) in self.catalog.rows(sql, shard)]
            for _, record in self._records(shard, live) if live else ():
                batch.append(record)
                if len(batch) == SIZE:
                    yield flushed()
                    batch = []
        if batch:
            yield flushed()

    def _sweep(self) -> None:
        """Delete shards that the catalog does not name: a killed process left them."""
        named = {name for (name,) in self.catalog.rows("SELECT name FROM shard")}
        for path in self._shards.iterdir():
            if path.name not in named:
                path.unlink()

    # What the last build was made with, and made

    def settings(self) -> dict[str, str]:
        """Names and values, see `set`."""
        return dict(self.catalog.rows("SELECT name, value FROM setting ORDER BY name"))

    def set(self, **values: str) -> None:
        """Keep what the build was made with: extractor key, model, versions."""
        with self.catalog.transaction():
            for name, value in values.items():
                self.catalog.run("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value)

    def ontology_files(self) -> list[Path]:
        """The user's ontology files and gazetteers of the last build, in their order."""
        return sorted((self.folder / "ontology").glob("[0-9]*"))

    def keep_ontology(self, files: Sequence[Path]) -> None:
        """Keep copies of the user's ontology files and gazetteers, and only of these."""
        contents = {
            f"{number:02}{path.suffix.lower() or '.ttl'}": path.read_bytes()
            for number, path in enumerate(files, 1)
        }
        if contents == {path.name: path.read_bytes() for path in self.ontology_files()}:
            return
        folder = self.folder / "ontology"
        _make(folder)
        for name, content in contents.items():
            write_whole(folder / name, content)
        for path in self.ontology_files():
            if path.name not in contents:
                path.unlink()

    def keep_graph(self, graph: Graph) -> None:
        """Keep the merged graph for `graph`."""
        write_compressed(self.folder / "graph.json.gz", graph_json(graph))

    def graph(self) -> Graph:
        """The merged graph of the last build. Raises ActorgraphError if none was finished."""
        path = self.folder / "graph.json.gz"
        if not path.exists():
            raise ActorgraphError(
                f"{path}: no such file, for no build was finished; run actorgraph build -o "
                f"{self.folder.parent}"
            )
        (record,) = shard_records(path)
        return recorded_graph(record)


def _is_of(source: str, place: str) -> bool:
    """Whether a source is a place, or a record or file in it."""
    return source == place or source.startswith((f"{place}/", f"{place}:", f"{place}#"))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableError(
            f"{folder}: cannot be made ({error.strerror or error}); choose another place"
        ) from error
