"""The ledger: judgements as a store keeps them, numbered, dated, and never lost when undone."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..ontologies.error import ActorgraphError
from .catalog import Catalog
from .judgement import Judgement

_TABLE = """CREATE TABLE IF NOT EXISTS decision (
    row INTEGER PRIMARY KEY,  -- number of the judgement's row
    number INTEGER NOT NULL   -- of the decision that it belongs to
)"""  # rows without a decision, of older stores, are decisions of their own


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement with its number in the ledger, and when it was undone, if it was.

    What one command decided has one number, however many judgements it takes.
    """

    number: int
    judgement: Judgement
    undone: str | None = None


def rulings(catalog: Catalog) -> list[Ruling]:
    """All rulings, in the order in which they were made."""
    sql = "SELECT number, undone, kind, items, reason, author, made FROM judgement ORDER BY number"
    numbers = _numbers(catalog)
    return [
        Ruling(
            numbers.get(row, row),
            Judgement(kind, tuple(json.loads(items)), reason, author, made),
            undone,
        )
        for row, undone, kind, items, reason, author, made in catalog.rows(sql)
    ]


def _numbers(catalog: Catalog) -> Mapping[int, int]:
    """Row of a judgement -> number of its decision."""
    if not catalog.rows("SELECT 1 FROM sqlite_master WHERE name = 'decision'"):
        return {}
    return dict(catalog.rows("SELECT row, number FROM decision"))


def standing(catalog: Catalog) -> list[Judgement]:
    """The judgements that were not undone."""
    return [ruling.judgement for ruling in rulings(catalog) if ruling.undone is None]


def enter(catalog: Catalog, judgements: Sequence[Judgement], together: bool = False) -> list[int]:
    """Keep judgements, all or none; the numbers of their decisions.

    together: they are one decision, with one number. One that stands already, whatever its reason
    and author, is not entered again and gives none.
    """
    before = {(judgement.kind, judgement.items) for judgement in standing(catalog)}
    sql = "INSERT INTO judgement (kind, items, reason, author, made) VALUES (?, ?, ?, ?, ?)"
    numbers: list[int] = []
    with catalog.transaction():
        catalog.run(_TABLE)
        last = max((ruling.number for ruling in rulings(catalog)), default=0)
        for j in judgements:
            if (j.kind, j.items) not in before:
                before.add((j.kind, j.items))
                catalog.run(sql, j.kind, json.dumps(j.items), j.reason, j.author, j.made)
                (row,) = catalog.row("SELECT last_insert_rowid()")
                if not together or not numbers:
                    last += 1
                    numbers.append(last)
                catalog.run("INSERT INTO decision VALUES (?, ?)", row, last)
    return numbers


def widen(catalog: Catalog, judgement: Judgement, items: Sequence[str]) -> None:
    """Let a judgement that stands be about more items: it stays the decision that it is."""
    sql = "UPDATE judgement SET items = ? WHERE kind = ? AND items = ? AND undone IS NULL"
    catalog.run(sql, json.dumps(items), judgement.kind, json.dumps(judgement.items))


def undo(catalog: Catalog, numbers: Iterable[int], moment: str) -> None:
    """Take decisions back, all or none. Raises ActorgraphError if one does not stand."""
    standing_ = {ruling.number for ruling in rulings(catalog) if ruling.undone is None}
    of = _numbers(catalog)
    rows: dict[int, list[int]] = defaultdict(list)
    for (row,) in catalog.rows("SELECT number FROM judgement WHERE undone IS NULL"):
        rows[of.get(row, row)].append(row)
    with catalog.transaction():
        for number in numbers:
            if number not in standing_:
                raise ActorgraphError(
                    f"no judgement {number} stands; actorgraph status DIR lists them"
                )
            for row in rows[number]:
                catalog.run("UPDATE judgement SET undone = ? WHERE number = ?", moment, row)
