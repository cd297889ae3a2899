"""The bench: what every step of a merge works with, in the main process and in its helpers."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import Ontology
from .codec import codec
from .decision import Decisions
from .entity import Entity
from .gazetteer import Gazetteer
from .shuffle import Part, part
from .table import Table

Task = ParamSpec("Task")
Result = TypeVar("Result")


class Itself(dict[str, str]):
    """A mapping in which what is not there stands for itself."""

    def __missing__(self, key: str) -> str:
        return key


@dataclass
class Bench:
    """Ontology, judgements, number of buckets, and the folder of the files (None: memory)."""

    ontology: Ontology
    decisions: Decisions
    buckets: int
    folder: Path | None
    _known: tuple[Table, Itself] | None = field(default=None, repr=False)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The ontology's names."""
        return Gazetteer(self.ontology)

    def part(self, kind: str, number: int, buckets: Mapping[int, Sequence[Any]]) -> Part:
        """Records by bucket, written under a name of their own."""
        return part(buckets, self.folder and self.folder / f"{kind}-{number}")

    def introduce(self, entities: Iterable[Entity], copies: Mapping[str, str]) -> None:
        """Tell all steps after this which entities there are, and which documents are copies."""
        if self.folder:
            pack = codec(Entity).pack
            known = (list(map(pack, entities)), dict(copies))
            (self.folder / "known").write_bytes(marshal.dumps(known))
        else:
            self._known = self._table(entities), Itself(copies)

    def _table(self, entities: Iterable[Entity]) -> Table:
        return Table({entity.id: entity for entity in entities}, Itself(), self.gazetteer)

    @property
    def table(self) -> Table:
        """The entities; statements are to be resolved first: see `codec.resolved`."""
        return self._introduced()[0]

    @property
    def copies(self) -> Itself:
        """Document -> the first of its copies."""
        return self._introduced()[1]

    def _introduced(self) -> tuple[Table, Itself]:
        if self._known is None:
            assert self.folder
            entities, copies = marshal.loads((self.folder / "known").read_bytes())
            self._known = self._table(map(codec(Entity).unpack, entities)), Itself(copies)
        return self._known


Run = Callable[..., Iterator[Any]]


@contextmanager
def crew(bench: Bench, processes: int) -> Iterator[Run]:
    """A function that calls a step with the bench and each of some lists of arguments.

    The results come in order, whoever worked them out. With several processes, steps and arguments
    are sent to helpers, which are spawned, never forked: threads of the caller do not matter.
    Raises ActorgraphError if one is killed.
    """
    if processes < 2 or bench.folder is None:
        yield lambda step, *arguments: map(partial(step, bench), *arguments)
        return
    import multiprocessing

    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        max_workers=processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(bench,),
    )
    try:
        yield lambda step, *arguments: pool.map(partial(_called, step), *arguments)
    except BrokenProcessPool as error:
        # One that was starting just then would be waited for without end.
        for helper in set(multiprocessing.active_children()) - others:
            helper.terminate()
        raise ActorgraphError(
            "a helper of the merge was killed, perhaps for want of memory; nothing was changed: "
            "free some, and run it again"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_bench: Bench | None = None


def _begin(bench: Bench) -> None:
    global _bench
    _bench = bench
    gc.disable()  # see merge: no cycles are made


def _called(
    step: Callable[Concatenate[Bench, Task], Result], *arguments: Task.args, **more: Task.kwargs
) -> Result:
    assert _bench is not None
    return step(_bench, *arguments, **more)
