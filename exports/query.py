"""SPARQL over an exported graph: ready queries by name, or the user's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import NAMESPACE, Ontology

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store

FILE = "graph.trig"
FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True, slots=True)
class Query:
    """A SPARQL query. `place` names it in error messages; `title` says what it asks.

    `parameters` maps each line `VALUES ?name { "default" }` to its default. A trailing `_is`
    of the variable is not part of the parameter's name.
    """

    text: str
    place: str = "query"
    title: str = ""

    @property
    def parameters(self) -> dict[str, str]:
        """Parameter -> default."""
        found = _PARAMETER.finditer(self.text)
        return {match["name"].removesuffix("_is"): match["value"] for match in found}

    def with_settings(self, settings: Mapping[str, str]) -> Query:
        """The query with parameters set; an unknown one raises `ActorgraphError`."""
        for name in settings:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise ActorgraphError(
                    f"{self.place}: no parameter {name!r} to set; it has: {known}"
                )

        def filled(match: re.Match[str]) -> str:
            name = match["name"].removesuffix("_is")
            if name not in settings:
                return match[0]
            return f"VALUES ?{match['name']} {{ {_literal(settings[name])} }}"

        return Query(_PARAMETER.sub(filled, self.text), self.place, self.title)


_PARAMETER = re.compile(r'VALUES\s+\?(?P<name>\w+)\s*\{\s*"(?P<value>[^"\\]*)"\s*\}')


def _literal(text: str) -> str:
    from .term import string

    return str(string(text))


Cell = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The solutions of a query: column names and rows.

    ASK gives one row in the column `answer`; CONSTRUCT and DESCRIBE give subject, predicate and
    object. A cell is a str (text, or an IRI, shortened if a prefix is known), bool, int, float
    or None. `notes` say why there may be no rows.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def ready_queries() -> dict[str, Query]:
    """The queries that come with actorgraph, by name."""
    queries = {}
    for file in sorted(FOLDER.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        queries[file.stem] = Query(text, file.stem, text.partition("\n")[0].lstrip("# "))
    return queries


def query_from(source: str) -> Query:
    """A ready query by its name, a file by its path, or the text itself.

    Raises `ActorgraphError` for one word that is neither a ready query nor a file.
    """
    ready = ready_queries()
    if source in ready:
        return ready[source]
    if source.split() == [source] and "{" not in source:
        try:
            return Query(Path(source).read_text(encoding="utf-8"), source)
        except UnicodeDecodeError as error:
            raise ActorgraphError(f"{source}: not UTF-8 text at byte {error.start}") from error
        except OSError as error:
            near = _near(source, ready)
            raise ActorgraphError(
                f"{source!r} is no ready query ({', '.join(ready)}) and no file that can be read "
                f"({error.strerror}){near}"
            ) from error
    return Query(source)


def answered(
    directory: Path, query: Query, ontology: Ontology, settings: Mapping[str, str] | None = None
) -> Answer:
    """Ask an exported graph; its default graph is the union of all named graphs.

    Raises `ActorgraphError` if the directory holds no graph, if the query is no SPARQL, sets a
    parameter that it does not have, or asks for a relation or class that neither the ontology
    nor the graph knows.
    """
    from .term import PREFIXES

    query = query.with_settings(settings or {})
    store = loaded_store(directory)
    _check_names(query, store, ontology)
    try:
        answer = _answer(store.query(query.text, prefixes=dict(PREFIXES)))
    except SyntaxError as error:
        raise ActorgraphError(_syntax_message(query, str(error))) from error
    if not answer.rows:
        return replace(answer, notes=tuple(_unknown_names(settings or {}, store)))
    return answer


_ACTORS = ("actor", "person", "organization", "place", "victim", "killer")
"""Parameters of the ready queries that take a name, or a part of one."""


def _unknown_names(settings: Mapping[str, str], store: Store) -> Iterator[str]:
    """What is to be said of names set that no actor has, nor as a part of its name."""
    asked = [value for parameter, value in settings.items() if parameter in _ACTORS and value]
    names = {_folded(name): name for name in _entity_names(store)} if asked else {}
    for value in asked:
        if not any(_folded(value) in name for name in names):
            near = _near(value, names.values())
            yield f"no actor, place or thing of this graph has the name {value!r}{near}"


def _folded(name: str) -> str:
    return name.casefold()


def _entity_names(store: Store) -> Iterator[str]:
    from pyoxigraph import DefaultGraph, Literal, NamedNode

    from .term import minted, name

    entity = minted("e").value
    for property_ in ("rdfs:label", "skos:altLabel"):
        for quad in store.quads_for_pattern(None, name(property_), None, DefaultGraph()):
            mine = isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(entity)
            if mine and isinstance(quad.object, Literal):
                yield quad.object.value


def loaded_store(directory: Path) -> Store:
    """The graph.trig of a directory in memory; its default graph holds all triples once.

    Oxigraph can also query the union of all graphs, but counts what two documents say twice.
    """
    from pyoxigraph import Store

    file = directory / FILE
    if not directory.is_dir():
        raise ActorgraphError(f"{directory}: no such directory; `actorgraph build` makes one")
    store = Store()
    try:
        store.bulk_extend(_quads(file))
    except SyntaxError as error:
        raise ActorgraphError(f"{file}: broken ({error}); build the graph again") from error
    except OSError as error:
        raise ActorgraphError(
            f"{file}: cannot be read ({error.strerror or error}); "
            f"`actorgraph build INPUT -o {directory}` writes it"
        ) from error
    return store


def _quads(file: Path) -> Iterator[Quad]:
    """The quads of a file, each also in the default graph."""
    from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

    union = DefaultGraph()
    for quad in parse(path=file, format=RdfFormat.TRIG):
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object, union)


# Names in a query

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|' + r"'''(?:[^'\\]|\\.|'(?!''))*'''|"
    r'"(?:[^"\\\n]|\\.)*"|' + r"'(?:[^'\\\n]|\\.)*'|"
    r"<(?P<iri>[^<>\s]*)>|\#[^\n]*|[?$]\w+|_:\w+|"
    r"(?P<prefix>[A-Za-z][\w.-]*)?:(?P<local>[\w%](?:[\w%.-]*[\w%-])?)?"
)
_DECLARED = re.compile(r"(?i)\bprefix\s+([\w.-]*):\s*<([^>\s]*)>")


def _check_names(query: Query, store: Store, ontology: Ontology) -> None:
    """Refuse names of our namespace that nobody knows: they would silently match nothing."""
    known = {*ontology.relations, *ontology.classes, *(n.id for n in ontology.known_names)}
    inverse = {r.inverse: r.id for r in ontology.relations.values() if r.inverse}
    for name, line in _names(query.text):
        if name in known or _occurs(name, store):
            continue
        place = f"{query.place}, line {line}"
        if name in inverse:
            raise ActorgraphError(
                f"{place}: :{name} is the inverse of :{inverse[name]}, and the graph holds the "
                f"latter only; write ^:{inverse[name]} instead"
            )
        raise ActorgraphError(
            f"{place}: the ontology has no relation or class :{name}{_near(name, known)} "
            "(`actorgraph ontology list` prints them)"
        )


def _names(text: str) -> Iterator[tuple[str, int]]:
    """Local names of our namespace in a query, with their line."""
    from .term import PREFIXES

    declared = {**PREFIXES, **dict(_DECLARED.findall(text))}
    for match in _TOKEN.finditer(text):
        iri = match["iri"]
        if iri is None and match["local"] is not None:
            iri = declared.get(match["prefix"] or "", "") + match["local"]
        if iri and iri.startswith(NAMESPACE) and iri != NAMESPACE:
            yield iri.removeprefix(NAMESPACE), text.count("\n", 0, match.start()) + 1


def _occurs(name: str, store: Store) -> bool:
    from pyoxigraph import NamedNode

    iri = NamedNode(NAMESPACE + name)
    places = ((iri, None, None), (None, iri, None), (None, None, iri))
    return any(next(store.quads_for_pattern(*place), None) is not None for place in places)


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), n=3, cutoff=0.6)
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _syntax_message(query: Query, error: str) -> str:
    """Place and reason of a syntax error, without the parser's list of all that might follow."""
    if "Prefix not found" in error:
        from .term import PREFIXES

        reason = f"unknown prefix; known are {', '.join(f'{p}:' for p in PREFIXES)}"
    else:
        reason = "this is no SPARQL query (SELECT, ASK, CONSTRUCT or DESCRIBE)"
    found = re.search(r"at (\d+):(\d+)", error)
    if not found:
        return f"{query.place}: {reason} ({error})"
    line, column = int(found[1]), int(found[2])
    lines = [*query.text.splitlines(), ""]
    rest = lines[min(line, len(lines)) - 1][column - 1 :].strip()
    near = f"before {rest[:40]!r}" if rest else "at the end of the line"
    return f"{query.place}, line {line}, column {column}, {near}: {reason}"


# Solutions


def _answer(found: object) -> Answer:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    if isinstance(found, QueryBoolean):
        return Answer(("answer",), ((bool(found),),))
    if isinstance(found, QueryTriples):
        rows = ((t.subject, t.predicate, t.object) for t in found)
        cells = sorted(tuple(_cell(term) for term in row) for row in rows)
        return Answer(("subject", "predicate", "object"), tuple(cells))
    assert isinstance(found, QuerySolutions)
    columns = tuple(variable.value for variable in found.variables)
    return Answer(columns, tuple(tuple(_cell(term) for term in row) for row in found))


_NUMBERS = {"integer": int, "decimal": float, "double": float, "float": float}


def _cell(term: object) -> Cell:
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return None
    if isinstance(term, NamedNode):
        return _short(term.value)
    if isinstance(term, Literal):
        datatype = term.datatype.value.rpartition("#")[2]
        if datatype == "boolean":
            return term.value in ("true", "1")
        return _NUMBERS[datatype](term.value) if datatype in _NUMBERS else term.value
    return str(term)


def _short(iri: str) -> str:
    """An IRI as a prefixed name, if a prefix is known."""
    from .term import PREFIXES

    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[\w-]+", local):
            return f"{prefix}:{local}"
    return iri
