"""The ledger: judgements as a store keeps them, numbered, dated, and never lost when undone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..ontologies.error import ActorgraphError
from .catalog import Catalog
from .judgement import Judgement


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement with its number in the ledger, and when it was undone, if it was."""

    number: int
    judgement: Judgement
    undone: str | None = None


def rulings(catalog: Catalog) -> list[Ruling]:
    """All rulings, in the order in which they were made."""
    sql = "SELECT number, undone, kind, items, reason, author, made FROM judgement ORDER BY number"
    return [
        Ruling(number, Judgement(kind, tuple(json.loads(items)), reason, author, made), undone)
        for number, undone, kind, items, reason, author, made in catalog.rows(sql)
    ]


def standing(catalog: Catalog) -> list[Judgement]:
    """The judgements that were not undone."""
    return [ruling.judgement for ruling in rulings(catalog) if ruling.undone is None]


def enter(catalog: Catalog, judgements: Sequence[Judgement]) -> list[int]:
    """Keep judgements, all or none; their numbers.

    One that stands already, whatever its reason and author, is not entered again and gives none.
    """
    before = {(judgement.kind, judgement.items) for judgement in standing(catalog)}
    sql = "INSERT INTO judgement (kind, items, reason, author, made) VALUES (?, ?, ?, ?, ?)"
    numbers = []
    with catalog.transaction():
        for j in judgements:
            if (j.kind, j.items) not in before:
                before.add((j.kind, j.items))
                catalog.run(sql, j.kind, json.dumps(j.items), j.reason, j.author, j.made)
                numbers.append(catalog.row("SELECT last_insert_rowid()")[0])
    return numbers


def undo(catalog: Catalog, numbers: Iterable[int], moment: str) -> None:
    """Take rulings back, all or none. Raises ActorgraphError if one does not stand."""
    standing_ = {ruling.number for ruling in rulings(catalog) if ruling.undone is None}
    with catalog.transaction():
        for number in numbers:
            if number not in standing_:
                raise ActorgraphError(
                    f"no judgement {number} stands; actorgraph status DIR lists them"
                )
            catalog.run("UPDATE judgement SET undone = ? WHERE number = ?", moment, number)
