"""The triples of Turtle files, and the places they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .error import ActorgraphError
from .ontology import VOCABULARY

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    Term = NamedNode | BlankNode | Literal


@dataclass(slots=True)
class Triples:
    """Triples by subject and predicate, and the file and line that first tells of a term."""

    of: dict[Term, dict[str, dict[Term, None]]] = field(default_factory=dict)
    places: dict[Term, str] = field(default_factory=dict)

    def add(self, subject: Term, predicate: str, value: Term) -> None:
        """Add a triple, once."""
        self.of.setdefault(subject, {}).setdefault(predicate, {})[value] = None

    def drop(self, subject: Term) -> None:
        """Forget what is said of a resource, and the blank nodes that hang on it."""
        self.places.pop(subject, None)
        for values in self.of.pop(subject, {}).values():
            for value in values:
                if is_blank(value):
                    self.drop(value)

    def all(self) -> Iterator[Triple]:
        """Every triple, grouped by subject."""
        from pyoxigraph import NamedNode, Triple

        for subject, predicates in self.of.items():
            for predicate, values in predicates.items():
                for value in values:
                    yield Triple(cast("NamedNode", subject), NamedNode(predicate), value)

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """The values of a property, in file order."""
        return list(self.of.get(subject, {}).get(predicate, {}))

    def texts(self, subject: Term, predicate: str) -> tuple[str, ...]:
        """A property's literals in English or no language, sorted: Turtle has no order."""
        return tuple(
            sorted(
                value.value
                for value in self.values(subject, predicate)
                if not is_node(value)
                and (cast("Literal", value).language or "en").split("-")[0] == "en"
            )
        )

    def one(self, subject: Term, predicate: str, needed: bool = True) -> Term | None:
        """The only value of a property."""
        found = self.values(subject, predicate)
        if len(found) == 1 or (not found and not needed):
            return found[0] if found else None
        reason = "has no" if not found else f"has {len(found)} values of"
        remedy = "add one" if not found else "keep one, or replace the resource with ag:replaces"
        raise self.error(subject, f"{reason} {local(predicate)}; {remedy}")

    def text(self, subject: Term, predicate: str, default: str | None = None) -> str:
        """The only English literal of a property."""
        found = self.texts(subject, predicate)
        if len(found) == 1 or (not found and default is not None):
            return found[0] if found else cast(str, default)
        raise self.error(subject, f"needs exactly one English {local(predicate)}, has {len(found)}")

    def error(self, subject: Term, reason: str) -> ActorgraphError:
        """The error to raise about a resource: its file, its name, the reason."""
        place = self.places.get(subject, "ontology")
        return ActorgraphError(f"{place}: {local(subject.value)} {reason}")


def merged_triples(files: Iterable[Path]) -> tuple[Triples, tuple[tuple[Path, bytes], ...]]:
    """All files merged in order, and the bytes of each.

    Raises ActorgraphError on a file that cannot be read or is not valid Turtle.
    """
    triples = Triples()
    contents = []
    for path in files:
        content = _bytes(path)
        contents.append((path, content))
        _merge(triples, path, content)
    return triples, tuple(contents)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ActorgraphError(f"{path}: cannot be read: {error.strerror}") from error


def _merge(triples: Triples, path: Path, content: bytes) -> None:
    from pyoxigraph import RdfFormat, parse

    from .gazetteer import SUFFIXES, add_gazetteer

    if path.suffix.lower() in SUFFIXES:
        add_gazetteer(triples, path, content)
        return
    try:
        fresh = [
            (quad.subject, quad.predicate.value, quad.object)
            for quad in parse(content, format=RdfFormat.TURTLE, rename_blank_nodes=True)
        ]
    except SyntaxError as error:
        raise ActorgraphError(
            f"{path}, line {error.lineno or '?'}: not valid Turtle: {error.msg}"
        ) from error
    for subject, predicate, value in fresh:
        if predicate == VOCABULARY + "replaces" and value.value in ("true", "1"):
            triples.drop(subject)
    quoted = _quoted_lines(content.decode("utf-8", "replace"))
    for subject, predicate, value in fresh:
        triples.add(subject, predicate, value)
        triples.places.setdefault(subject, path.name)
        if predicate in (VOCABULARY + "example", VOCABULARY + "counterexample"):
            line = quoted.get(value.value)
            triples.places.setdefault(value, f"{path.name}:{line}" if line else path.name)


def _quoted_lines(text: str) -> dict[str, int]:
    """Each quoted string of a Turtle file and its first line, for error messages."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for quoted in re.findall(r'"((?:[^"\\]|\\.)*)"', line):
            found.setdefault(quoted.replace('\\"', '"'), number)
    return found


@cache
def local(iri: str) -> str:
    """The local name of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def is_blank(term: Term) -> bool:
    """Whether a term is a blank node (without importing pyoxigraph for it)."""
    return type(term).__name__ == "BlankNode"


def is_node(term: Term) -> bool:
    """Whether a term is no literal."""
    return type(term).__name__ != "Literal"
