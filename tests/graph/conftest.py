"""Extractions made by hand: a sentence a fact, with real offsets."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Qualifier,
    Reference,
    Source,
    Stance,
    Statement,
    Value,
    entity_id,
    event_id,
)
from actorgraph.extract.text.document import Document
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return loaded_ontology()


class Writer:
    """Writes a document from facts and keeps what it says as an extraction."""

    def __init__(self, title: str, published: str | None, extra: str) -> None:
        self.text = title
        self.title, self.published, self.extra = title, published, extra
        self.spans: dict[str, list[tuple[int, int]]] = {}
        self.sentences: list[dict[str, Any]] = []

    def word(self, word: str) -> tuple[int, int]:
        start = len(self.text) + 1
        self.text += " " + word
        return start, start + len(word)

    def actor(self, spec: str | None) -> tuple[str, tuple[int, int]] | None:
        if spec is None:
            return None
        span = self.word(_parts(spec)[0])
        self.spans.setdefault(spec, []).append(span)
        return spec, span

    def fact(self, subject: str | None, relation: str, object_: str | None, **more: Any) -> None:
        start = len(self.text) + 1
        told: dict[str, Any] = {"relation": relation, **more}
        told["subject"] = self.actor(subject)
        told["cue"] = self.word(more.get("cue") or relation.replace("_", " "))
        if object_ is not None and object_.startswith("= "):
            told["value"], told["object"] = (object_[2:], self.word(_parts(object_[2:])[0])), None
        else:
            told["object"] = self.actor(object_)
        if "position" in more:
            told["position"] = (more["position"], self.word(more["position"]))
        if "organization" in more:
            told["organization"] = self.actor(more["organization"])
        for role in ("where", "source"):
            told[role] = self.actor(more.get(role))
        if "when" in more:
            told["when"] = (more["when"], self.word(more["when"]))
        self.text += "."
        told["sentence"] = self.sentences[-1]["sentence"] if more.get("same") else [start, 0]
        told["sentence"][1] = len(self.text)  # `same`: both facts stand in one sentence
        self.sentences.append(told)

    def extraction(self) -> Extraction:
        self.text += f"\n{self.extra}"
        document = Document(self.text, title=self.title, published=self.published)
        ids = {spec: entity_id(document.id, *spans[0]) for spec, spans in self.spans.items()}
        entities = tuple(_entity(ids[spec], spec, spans) for spec, spans in self.spans.items())
        statements = tuple(_statement(document, told, ids) for told in self.sentences)
        return Extraction(document, entities, statements)


def _parts(spec: str) -> tuple[str, str, str | None]:
    found = re.fullmatch(r"(.+) \((\w+)(?:, (.+))?\)", spec)
    assert found, spec
    return found[1], found[2], found[3]


def _entity(id_: str, spec: str, spans: list[tuple[int, int]]) -> DocumentEntity:
    name, type_, country = _parts(spec)
    names = () if name[0].islower() else (name,)
    return DocumentEntity(id_, name, type_, names, tuple(spans), country)


def _reference(actor: tuple[str, tuple[int, int]] | None, ids: dict[str, str]) -> Reference | None:
    if actor is None:
        return None
    spec, (start, end) = actor
    name, type_, _ = _parts(spec)
    return Reference(ids[spec], name, name, start, end, type_, named=not name[0].islower())


def _qualifiers(told: dict[str, Any], ids: dict[str, str]) -> dict[str, Qualifier]:
    found = {}
    if told.get("when"):
        value, span = told["when"]
        found["when"] = Qualifier(value, span[0], span[1], value, "day")
    for role in ("where", "organization"):
        if told.get(role):
            spec, span = told[role]
            name, type_, _ = _parts(spec)
            start, end = span
            found[role] = Qualifier(name, start, end, value=name, entity=ids[spec], type=type_)
    if told.get("position"):
        title, (start, end) = told["position"]
        found["position"] = Qualifier(title, start, end, value=title, type="Position")
    return found


def _value(told: dict[str, Any]) -> Value | None:
    if "value" not in told:
        return None
    spec, (start, end) = told["value"]
    name, type_, _ = _parts(spec)
    return Value(name, name, start, end, type_)


def _statement(document: Document, told: dict[str, Any], ids: dict[str, str]) -> Statement:
    start, end = told["sentence"]
    source = None
    if told.get("source"):
        spec, span = told["source"]
        name, type_, _ = _parts(spec)
        source = Source(name, span[0], span[1], name, ids[spec], type_)
    stance = Stance(told.get("polarity", "affirmed"), told.get("certainty", "actual"), source)
    plain = (stance.polarity, stance.certainty, source) == ("affirmed", "actual", None)
    return Statement(
        document=document.id,
        relation=told["relation"],
        phrase=told["relation"],
        subject=_reference(told["subject"], ids),
        object=_reference(told["object"], ids) or _value(told),
        stance=stance,
        evidence=Evidence(document.id, start, end, document.text[start:end], *told["cue"]),
        rule="test",
        extractor="hand",
        confidence=told.get("confidence", 0.9),
        qualifiers=_qualifiers(told, ids),
        event=event_id(document.id, *told["cue"]) if told.get("event") else None,
        role="patient" if told.get("event") else None,
        plain=plain,
    )


Article = Callable[..., Extraction]


@pytest.fixture(scope="session")
def article() -> Article:
    """article(title, fact, …): facts are (subject, relation, object, {more}).

    Actors are written `Name (Type)` or `Name (Type, Country)`; names in lower case are unnamed.
    `= Name (Type)` is a value. Of more: when, where, position, organization, source, polarity,
    certainty, confidence, event, cue (its words), same (in the sentence of the fact before).
    """

    def write(
        title: str, *facts: tuple[Any, ...], published: str | None = None, extra: str = ""
    ) -> Extraction:
        writer = Writer(title, published, extra)
        for subject, relation, object_, *more in facts:
            writer.fact(subject, relation, object_, **(more[0] if more else {}))
        return writer.extraction()

    return write
