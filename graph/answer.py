"""Answers: what reconciliation services said of the entities of documents, kept in the store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .catalog import Catalog
from .entity import Entity
from .match import Bond, Match
from .shelf import without

MOST = 5
"""Candidates of one answer that are listed."""

_TABLE = """CREATE TABLE IF NOT EXISTS answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    member TEXT NOT NULL,      -- the document entity that was asked about
    service TEXT NOT NULL,     -- address
    query TEXT NOT NULL,       -- hash of the question
    candidates TEXT NOT NULL,  -- JSON, best first
    floor REAL NOT NULL,       -- score under which nothing is a match
    author TEXT NOT NULL, made TEXT NOT NULL, undone TEXT
)"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a service offers: its IRI, name, score in the service's own scale.

    `match`: whether the service itself takes it for the one.
    """

    iri: str
    label: str
    score: float
    match: bool = False
    description: str = ""
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said when asked about a document entity; `query` identifies the question.

    Candidates stand best first; those with a score below `floor` are listed, and nothing more.
    """

    member: str
    service: str
    query: str
    candidates: tuple[Candidate, ...]
    floor: float = 0.0
    author: str = ""
    made: str = ""


def standing_answers(catalog: Catalog) -> list[Answer]:
    """The answers that count: of each service about each document entity the last."""
    if not catalog.rows("SELECT 1 FROM sqlite_master WHERE name = 'answer'"):
        return []
    sql = """SELECT member, service, query, candidates, floor, author, made FROM answer
             WHERE undone IS NULL ORDER BY number"""
    found = {}
    for member, service, query, candidates, *rest in catalog.rows(sql):
        read = tuple(Candidate(**{**c, "types": tuple(c["types"])}) for c in json.loads(candidates))
        found[member, service] = Answer(member, service, query, read, *rest)
    return list(found.values())


def keep_answers(catalog: Catalog, answers: Iterable[Answer]) -> None:
    """Keep answers, all or none."""
    from .record import plain_record

    sql = """INSERT INTO answer (member, service, query, candidates, floor, author, made)
             VALUES (?, ?, ?, ?, ?, ?, ?)"""
    with catalog.transaction():
        catalog.run(_TABLE)
        for a in answers:
            found = json.dumps(plain_record(a.candidates), ensure_ascii=False)
            catalog.run(sql, a.member, a.service, a.query, found, a.floor, a.author, a.made)


def set_floor(catalog: Catalog, service: str, floor: float) -> bool:
    """Let a score be the least of a match in all answers of a service; whether that is new."""
    with catalog.transaction():
        catalog.run(_TABLE)
        sql = "UPDATE answer SET floor = ? WHERE service = ? AND floor <> ? AND undone IS NULL"
        return bool(catalog.run(sql, floor, service, floor))


def forget_answers(catalog: Catalog, service: str | None, moment: str) -> int:
    """Take back all answers of a service, or of all; how many. They stay in the list."""
    with catalog.transaction():
        catalog.run(_TABLE)
        sql = "UPDATE answer SET undone = ? WHERE undone IS NULL AND ? IN (service, '')"
        return catalog.run(sql, moment, service or "")


def answered(entities: Sequence[Entity], answers: Iterable[Answer]) -> Iterator[Match]:
    """The matches that answers make.

    A candidate is an exact match if it is the only one that the service itself takes for the one,
    none of the others has as high a score, and the name tells who is meant; a close match if it is
    alone the best, and the service takes no other for the one; else it is listed.
    """
    told = list(answers)
    home = homes(entities, {answer.member for answer in told})
    scales = _scales(told)
    for answer in told:
        entity = home.get(answer.member)
        if entity is not None and entity.named:
            yield from _matches(entity, answer, scales[answer.service])


def homes(entities: Sequence[Entity], members: Collection[str]) -> dict[str, Entity]:
    """The entities, without their mentions, that some document entities were merged into."""
    if not members:
        return {}
    return {
        member: replace(entity, mentions=())
        for entity in without(entities, "mentions")
        for member in entity.members
        if member in members
    }


def _scales(answers: Iterable[Answer]) -> Mapping[str, float]:
    """Service -> the score that stands for certainty: 1 if it never gives more, else 100."""
    highest: dict[str, float] = defaultdict(float)
    for answer in answers:
        top = max((c.score for c in answer.candidates), default=0.0)
        highest[answer.service] = max(highest[answer.service], top)
    return {service: 1.0 if top <= 1 else 100.0 for service, top in highest.items()}


def _matches(entity: Entity, answer: Answer, scale: float) -> Iterator[Match]:
    ranked = sorted(answer.candidates, key=lambda c: (-c.score, c.iri))
    chosen = [c for c in ranked if c.match]
    for candidate in ranked[:MOST]:
        alone = sum(c.score >= candidate.score for c in ranked) == 1
        bond: Bond = "candidate"
        if candidate.score >= answer.floor and alone and chosen in ([], [candidate]):
            bond = "exact" if chosen and _tells(entity) else "close"
        yield Match(
            entity=entity.id,
            iri=candidate.iri,
            bond=bond,
            confidence=round(min(max(candidate.score / scale, 0.0), 1.0), 4),
            source=answer.service,
            label=candidate.label,
            why=candidate.description,
            score=candidate.score,
            author=answer.author,
            made=answer.made,
        )


def _tells(entity: Entity) -> bool:
    """Whether a name says who is meant: a person's single word does not."""
    return entity.type != "Person" or " " in entity.name
