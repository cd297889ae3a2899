"""The store in a folder that `build` wrote: opened, merged again, and exported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .progress import warn
from .status import OutputError

if TYPE_CHECKING:
    from ..graph.exhibit import Exhibit
    from ..graph.graph import Graph
    from ..graph.judgement import Judgement
    from ..graph.merge import Means
    from ..graph.store import Store
    from ..ontologies.ontology import Ontology

FOLDER = "store"
"""Below the folder of the exports."""


def has_store(directory: Path) -> bool:
    """Whether `build` has made a store there."""
    from ..graph.store import CATALOG

    return (directory / FOLDER / CATALOG).is_file()


def opened(directory: Path, writing: bool = False) -> Store:
    """The store of a folder; `writing` locks it. Raises ActorgraphError if there is none."""
    from ..graph.store import Store

    if not has_store(directory):
        raise ActorgraphError(
            f"{directory}: no store in this folder; actorgraph build INPUT… -o {directory} makes it"
        )
    return Store(directory / FOLDER, writing)


def stored_ontology(store: Store) -> Ontology:
    """The ontology with the user's files of the last build; told if it is not the same any more."""
    from ..ontologies.turtle import loaded_ontology

    ontology = loaded_ontology(extra=store.ontology_files())
    if store.settings().get("ontology", ontology.hash) != ontology.hash:
        warn(
            "note: this was read with another version of the ontology; actorgraph build "
            f"-o {store.folder.parent} reads it again"
        )
    return ontology


def rebuilt(store: Store, ontology: Ontology) -> tuple[Graph, list[Path]]:
    """The graph of all that the store holds, judgements replayed, and its files, written."""
    from ..graph.answer import standing_answers
    from ..graph.ledger import standing
    from ..graph.merge import merged

    catalog = store.catalog
    judgements, answers = standing(catalog), standing_answers(catalog)
    graph = merged(store.extractions(), ontology, judgements, answers, _means(store))
    return graph, written(graph, store, ontology)


def _means(store: Store) -> Means:
    """What the merge of a large store may use: its folder, and up to four processors."""
    from ..graph.merge import Means

    return Means(processes=min(os.cpu_count() or 1, 4), folder=store.workplace)


def written(graph: Graph, store: Store, ontology: Ontology) -> list[Path]:
    """Write a graph in every format, and into its store."""
    from ..exports.exporter import exported

    try:
        files = exported(graph, store.folder.parent, ontology)
    except ActorgraphError as error:  # all it can complain of is the directory
        raise OutputError(str(error)) from error
    store.keep_graph(graph)
    return files


def ruled(
    store: Store, judgements: Sequence[Judgement], ontology: Ontology, together: bool = False
) -> tuple[list[int], Graph]:
    """Enter judgements, all or none, and rebuild; the numbers of their decisions, and the graph.

    What is judged the same is made one as a whole, as far as no judgement holds parts of it apart:
    a judgement is given all the items that this takes. together: they are one decision. Raises
    ActorgraphError if they contradict what was judged before.
    """
    from ..graph.answer import standing_answers
    from ..graph.ledger import enter, standing, widen
    from ..graph.merge import merged
    from ..graph.verdict import whole

    answers = standing_answers(store.catalog)
    before, stand = store.graph(), standing(store.catalog)
    decided = {(judgement.kind, judgement.items) for judgement in stand}
    new = [j for j in judgements if (j.kind, j.items) not in decided]
    check(store, new, ontology)
    items: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}

    def widened(judgement: Judgement) -> Judgement:
        key = (judgement.kind, judgement.items)
        return replace(judgement, items=items.get(key, judgement.items))

    while True:
        replayed = map(widened, [*stand, *new])
        graph = merged(store.extractions(), ontology, replayed, answers, _means(store))
        grown = whole(before, graph, map(widened, judgements))
        fitting: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {
            (j.kind, j.items): grown[widened(j)].items
            for j in judgements
            if widened(j) in grown and _fits(store, [*new, grown[widened(j)]], ontology)
        }
        if not fitting:
            break
        items |= fitting
    numbers = enter(store.catalog, list(map(widened, new)), together)
    for judgement in stand:
        if (judgement.kind, judgement.items) in items:
            widen(store.catalog, judgement, widened(judgement).items)
    written(graph, store, ontology)
    return numbers, graph


def _fits(store: Store, judgements: Sequence[Judgement], ontology: Ontology) -> bool:
    try:
        check(store, judgements, ontology)
    except ActorgraphError:
        return False
    return True


def check(store: Store, judgements: Sequence[Judgement], ontology: Ontology) -> None:
    """Raise ActorgraphError if judgements contradict those that stand, or know no such class."""
    from ..graph.decision import decisions
    from ..graph.ledger import standing

    decisions([*standing(store.catalog), *judgements], ontology)


def shown(store: Store, items: Iterable[str]) -> dict[str, Exhibit]:
    """What documents show of items, by id."""
    from ..graph.exhibit import exhibits

    return exhibits(store.extractions(), set(items))


def now() -> str:
    """This moment as ISO 8601 has it, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def decided_text(file: Path) -> str:
    """The text of a table of decisions. Raises ActorgraphError if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ActorgraphError(
            f"{file}: cannot be read ({error}); give it a file of --export in UTF-8"
        ) from error
