"""Gazetteers: a user's table of actors and places, read as known names of the ontology."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from .error import ActorgraphError
from .ontology import NAMESPACE, VOCABULARY
from .triples import Triples, is_blank, local

if TYPE_CHECKING:
    from .triples import Term

SUFFIXES = (".csv", ".tsv")
"""Endings of files that are tables; all others are Turtle."""

COLUMNS = (
    *("name", "aliases", "type", "country"),
    *("wikidata", "geonames", "iri", "latitude", "longitude"),
)

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_LABEL = _RDFS + "label"
_ALIAS = "http://www.w3.org/2004/02/skos/core#altLabel"
_SAME = _OWL + "sameAs"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
"""WGS84 latitude and longitude, in degrees."""
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/|wd:)?(Q[1-9]\d*)")
_GEONAMES = re.compile(r"(?:https?://(?:sws|www)\.geonames\.org/)?([1-9]\d*)(?:/.*)?")


def add_gazetteer(triples: Triples, path: Path, content: bytes) -> None:
    """Add the rows of a table to triples, each as a known name.

    Columns, in any order, separated by comma, semicolon or tab: name, aliases (separated by `|`),
    type (id or label of a class), country (name or ISO code), wikidata, geonames, iri, latitude,
    longitude; others are passed over. A row with a name that is known already adds to it. Raises
    ActorgraphError naming file and line of the first row that cannot be used.
    """
    register = _Register(triples)
    for line, cells in _rows(path, content):
        try:
            register.add(cells, f"{path.name}:{line}")
        except ActorgraphError as error:
            raise ActorgraphError(f"{path}, line {line}: {error}") from error


def _rows(path: Path, content: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Line and cells of each row that is not empty."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ActorgraphError(f"{path}, line {line}: not UTF-8; save the table as UTF-8") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        _check_head(path, head)
        line = reader.line_num
        for row in reader:
            began, line = line + 1, reader.line_num
            cells = {name: cell.strip() for name, cell in zip(head, row, strict=False)}
            if len(row) > len(head) and any(row[len(head) :]):
                raise ActorgraphError(
                    f"{path}, line {began}: {len(row)} cells, and the first line names "
                    f"{len(head)}; put cells that hold the separator in quotes"
                )
            if any(cells.values()):
                yield began, cells
    except csv.Error as error:
        raise ActorgraphError(f"{path}, line {reader.line_num}: not valid CSV: {error}") from error


def _check_head(path: Path, head: list[str]) -> None:
    if "name" not in head:
        raise ActorgraphError(
            f"{path}, line 1: no column name; the first line names the columns: "
            f"{', '.join(COLUMNS)}"
        )
    for name in head:
        if head.count(name) > 1 and name:
            raise ActorgraphError(f"{path}, line 1: two columns {name!r}; keep one")
        meant = get_close_matches(name, COLUMNS, n=1, cutoff=0.8)
        if name not in COLUMNS and meant:
            raise ActorgraphError(
                f"{path}, line 1: column {name!r} is probably meant to be {meant[0]!r}"
            )


@dataclass
class _Register:
    """The known names and classes of triples, found as tables call them."""

    triples: Triples
    _classes: dict[str, Term] = field(init=False)
    _types: dict[Term, Term] = field(init=False)
    _bearers: dict[str, list[Term]] = field(init=False)

    def __post_init__(self) -> None:
        self._classes, self._types, self._bearers = {}, {}, defaultdict(list)
        nodes = [n for n in self.triples.of if self._is_class(n)]
        for node in nodes:
            for word in (local(node.value), *self.triples.texts(node, _LABEL)):
                self._classes[word.lower()] = node
        for node in list(self.triples.of):
            for type_ in self.triples.values(node, _RDF + "type"):
                if type_ in nodes and not is_blank(node):
                    self._types[node] = type_
                    self._enter(node)

    def _is_class(self, node: Term) -> bool:
        types = {type_.value for type_ in self.triples.values(node, _RDF + "type")}
        return _OWL + "Class" in types and not node.value.startswith(VOCABULARY)

    def _enter(self, node: Term) -> None:
        texts = (*self.triples.texts(node, _LABEL), *self.triples.texts(node, _ALIAS))
        for text in texts:
            if node not in self._bearers[_folded(text)]:
                self._bearers[_folded(text)].append(node)

    def add(self, cells: Mapping[str, str], place: str) -> None:
        """Add one row."""
        name = cells.get("name", "")
        if not name:
            raise ActorgraphError("no name; give one, or delete the line")
        aliases = [a.strip() for a in cells.get("aliases", "").split("|") if a.strip()]
        type_ = self._class(cells.get("type", ""))
        node = self._bearer((name, *aliases), type_)
        if node is None:
            if type_ is None:
                raise ActorgraphError(f"{name!r} has no type, and is not known yet; give a class")
            node = self._minted(name, type_, place)
        for spelling in (name, *aliases):
            if spelling not in self.triples.texts(node, _LABEL):
                self.triples.add(node, _ALIAS, _literal(spelling))
        self._locate(node, cells.get("country", ""))
        for iri in _identifiers(cells):
            self._identify(node, iri)
        self._point(node, cells.get("latitude", ""), cells.get("longitude", ""))
        self._enter(node)

    def _class(self, text: str) -> Term | None:
        if not text:
            return None
        node = self._classes.get(text.lower())
        if node is None:
            near = get_close_matches(text.lower(), self._classes, 3)
            told = f"; perhaps {' or '.join(near)}" if near else ""
            raise ActorgraphError(f"the type {text!r} is no class of the ontology{told}")
        return node

    def _bearer(self, names: tuple[str, ...], type_: Term | None) -> Term | None:
        """What is known already under one of the names and may be of the type; the one."""
        found = {
            node
            for name in names
            for node in self._bearers.get(_folded(name), ())
            if type_ is None or self._kin(self._types[node], type_)
        }
        if len(found) > 1:
            told = ", ".join(sorted(local(node.value) for node in found))
            raise ActorgraphError(
                f"{names[0]!r} and its aliases are names of several known names ({told}); "
                "give a type, or leave out the alias that is another's"
            )
        return found.pop() if found else None

    def _kin(self, one: Term, other: Term) -> bool:
        return other in self._above(one) or one in self._above(other)

    def _above(self, class_: Term) -> set[Term]:
        seen, waiting = set[object](), [class_]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += self.triples.values(node, _RDFS + "subClassOf")
        return seen  # type: ignore[return-value]

    def _minted(self, name: str, type_: Term, place: str) -> Term:
        """A new known name; its id is made of the name, and of the class if that is taken."""
        from pyoxigraph import NamedNode

        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        slug = "_".join(re.findall("[a-z0-9]+", plain))
        if not slug:
            slug = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        taken = {local(node.value) for node in self.triples.of}
        id_ = f"name_{slug}"
        if id_ in taken:
            id_ = f"{id_}_{local(type_.value).lower()}"
        if id_ in taken:
            raise ActorgraphError(f"{name!r} looks like another name once accents are dropped")
        node = NamedNode(NAMESPACE + id_)
        self.triples.add(node, _RDF + "type", type_)
        self.triples.add(node, _LABEL, _literal(name))
        self.triples.places.setdefault(node, place)
        self._types[node] = type_
        return node

    def _locate(self, node: Term, country: str) -> None:
        """Say of which country it is, unless its place is known better."""
        if not country:
            return
        states = [
            state
            for state, type_ in self._types.items()
            if local(type_.value) == "Country"
            and (
                country.upper() in self.triples.texts(state, VOCABULARY + "iso")
                or state in self._bearers.get(_folded(country), ())
            )
        ]
        if len(states) != 1:
            raise ActorgraphError(
                f"the country {country!r} is not known; write its English name or ISO 3166-1 "
                "alpha-2 code"
            )
        home = self._home(node)
        if home is None:
            self.triples.add(node, VOCABULARY + "locatedIn", states[0])
        elif self._types.get(home) == self._types[states[0]] and home != states[0]:
            raise ActorgraphError(
                f"{self.triples.texts(node, _LABEL)[0]} is known to be of {local(home.value)}, not "
                f"{country}; give the other one a name that tells them apart"
            )

    def _home(self, node: Term) -> Term | None:
        """The outermost place that a known name is or lies in; None if nothing is told."""
        seen = [node]
        while inner := self.triples.values(seen[-1], VOCABULARY + "locatedIn"):
            if inner[0] in seen:
                break
            seen.append(inner[0])
        is_state = local(self._types[node].value) == "Country"
        return seen[-1] if len(seen) > 1 or is_state else None

    def _identify(self, node: Term, iri: str) -> None:
        """Say what it is elsewhere; of Wikidata and GeoNames it has one id."""
        from pyoxigraph import NamedNode

        for space in (WIKIDATA, GEONAMES):
            others = [v.value for v in self.triples.values(node, _SAME) if v.value != iri]
            other = next((v for v in others if v.startswith(space)), None)
            if iri.startswith(space) and other:
                raise ActorgraphError(
                    f"{self.triples.texts(node, _LABEL)[0]} is {other} already, not {iri}; correct "
                    "the id, or say in Turtle that it replaces what is known (ag:replaces)"
                )
        self.triples.add(node, _SAME, NamedNode(iri))

    def _point(self, node: Term, latitude: str, longitude: str) -> None:
        if not latitude and not longitude:
            return
        for text, name, most in ((latitude, "lat", 90.0), (longitude, "long", 180.0)):
            degrees = _degrees(text)
            if degrees is None or not abs(degrees) <= most:
                raise ActorgraphError(
                    f"latitude {latitude!r}, longitude {longitude!r} are no place on earth; write "
                    "degrees: 33.3, -44.4"
                )
            known = self.triples.values(node, GEO + name)
            if not known:
                self.triples.add(node, GEO + name, _literal(repr(degrees)))


def _degrees(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _identifiers(cells: Mapping[str, str]) -> Iterator[str]:
    """The IRIs of the columns wikidata, geonames and iri."""
    for column, pattern, space, end in (
        ("wikidata", _WIKIDATA, WIKIDATA, ""),
        ("geonames", _GEONAMES, GEONAMES, "/"),
    ):
        text = cells.get(column, "")
        if text:
            match = pattern.fullmatch(text)
            if match is None:
                raise ActorgraphError(f"{text!r} is no id of {column}")
            yield f"{space}{match[1]}{end}"
    text = cells.get("iri", "")
    if text:
        if not _IRI.fullmatch(text):
            raise ActorgraphError(f"{text!r} is no IRI; write it with https:// and without blanks")
        yield text


def _literal(text: str) -> Term:
    from pyoxigraph import Literal

    return Literal(" ".join(text.split()))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
