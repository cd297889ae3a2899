"""Intake: documents into a store, of which only what is new or changed is read."""

from __future__ import annotations

import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ..extract.statement import Extraction, Extractor
from ..extract.text.document import Document
from ..ontologies.error import ActorgraphError
from .reading import Reading, content_hash
from .shard import SIZE
from .store import Store

OFTEN = 10.0  # seconds: what was read is kept so often, that little is lost when we are killed

Complaint = Callable[[Document], str | None]
"""Why a document just read was not read wholly; None if it was."""


@dataclass(frozen=True)
class Intake:
    """How documents get into a store.

    key: of the extractor, see `Extractor.key`, and of whatever else its results depend on.
    complaint: asked after each document, for extractors that fail on one and go on.
    """

    store: Store
    extractor: Extractor
    key: str
    complaint: Complaint = lambda document: None

    def readings(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Bring the store up to date; each reading once it is kept for good. To be exhausted.

        Read are documents that the store does not know, and those of the store that an extractor of
        another key read, or that were not wholly read. What a source held before is forgotten.
        Whatever ends this early, an error that concerns all documents (ActorgraphError) or a key
        on the keyboard, what was read is kept.
        """
        seen: dict[str, set[str]] = defaultdict(set)
        taken: set[str] = set()
        known: list[Document] = []

        def new() -> Iterator[Document]:
            for document in documents:
                seen[document.source].add(document.id)
                content = content_hash(document)
                if content in taken or self.store.knows(document, self.key):
                    known.append(document)
                else:
                    taken.add(content)
                    yield document

        yield from self._kept(new())
        self.store.place(known)
        self.store.supersede(seen)
        yield from self._kept(self.store.unread(self.key, taken))
        self.store.tidy()

    def _kept(self, documents: Iterable[Document]) -> Iterator[Reading]:
        batch: list[Reading] = []
        last = time.monotonic()
        try:
            for reading in self._read(iter(documents)):
                batch.append(reading)
                if len(batch) == SIZE or time.monotonic() - last > OFTEN:
                    kept, batch = batch, []
                    self.store.add(kept)
                    yield from kept
                    last = time.monotonic()
        finally:
            self.store.add(batch)
        yield from batch

    def _read(self, documents: Iterator[Document]) -> Iterator[Reading]:
        while batch := list(islice(documents, SIZE)):
            done = 0
            try:
                for extraction in self.extractor.extractions(batch):
                    yield self._reading(extraction)
                    done += 1
            except ActorgraphError:
                raise
            except Exception:  # of whatever kind: told below, of the document it belongs to
                pass
            yield from self._one_by_one(batch[done:])

    def _one_by_one(self, documents: Sequence[Document]) -> Iterator[Reading]:
        for document in documents:
            try:
                (extraction,) = self.extractor.extractions([document])
            except ActorgraphError:
                raise
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                reason = f"{type(error).__name__}: {error} ({place.name}, line {place.lineno})"
                yield Reading(document, self.key, failure=" ".join(reason.split()))
            else:
                yield self._reading(extraction)

    def _reading(self, extraction: Extraction) -> Reading:
        document = extraction.document
        return Reading(document, self.key, extraction, self.complaint(document))
