"""Records: a graph as plain JSON values, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ..ontologies.error import ActorgraphError
from .graph import Graph
from .shelf import Shelf


def graph_record(graph: Graph) -> dict[str, Any]:
    """The graph as dicts, lists, strings, numbers and None: equal graphs, equal records."""
    record: dict[str, Any] = plain_record(graph)
    return record


def graph_json(graph: Graph) -> Iterator[str]:
    """The record of a graph as JSON, in pieces: values are read from the disk one by one."""
    written = json.JSONEncoder(separators=(",", ":")).encode
    for number, field in enumerate(fields(graph)):
        value = getattr(graph, field.name)
        yield f"{',' if number else '{'}{written(field.name)}:"
        if isinstance(value, Sequence) and not isinstance(value, str):
            for place, item in enumerate(value):
                yield ("," if place else "[") + written(plain_record(item))
            yield "]" if value else "[]"
        else:
            yield written(plain_record(value))
    yield "}"


def recorded_graph(record: Mapping[str, Any]) -> Graph:
    """The graph a record holds. Raises ActorgraphError on what is no record of a graph."""
    try:
        graph: Graph = _value(record, Graph)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ActorgraphError(
            f"not the record of a graph ({error}); build the graph again"
        ) from error
    return graph


def plain_record(value: Any) -> Any:
    """Dataclasses, sequences and mappings as dicts and lists; what is plain already stays."""
    if is_dataclass(value):
        return {f.name: plain_record(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | Shelf):
        return [plain_record(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): plain_record(value[key]) for key in sorted(value)}
    return value


@cache
def _hints(type_: type) -> dict[str, Any]:
    return get_type_hints(type_)


def _value(plain: Any, hint: Any) -> Any:
    """A plain value as what a type hint says it was."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if plain is None:
            return None
        (hint,) = (argument for argument in arguments if argument is not NoneType)
        return _value(plain, hint)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_value(item, arguments[0]) for item in plain)
        return tuple(_value(item, a) for item, a in zip(plain, arguments, strict=True))
    if origin is Sequence:
        return tuple(_value(item, arguments[0]) for item in plain)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {key: _value(item, arguments[1]) for key, item in plain.items()}
    if isinstance(hint, type) and is_dataclass(hint):
        return hint(**{f.name: _value(plain[f.name], _hints(hint)[f.name]) for f in fields(hint)})
    return plain
