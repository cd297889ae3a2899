"""Codecs: values of dataclasses as plain tuples, which `marshal` writes and reads at once."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar

from ..extract.statement import Qualifier, Reference, Source, Stance, Statement

T = TypeVar("T")
Packed = tuple[Any, ...]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """How values of one type become plain tuples, and back."""

    pack: Callable[[T], Packed]
    unpack: Callable[[Packed], T]


def codec(type_: type[T]) -> Codec[T]:
    """The codec of a dataclass: its fields in order, made of its type hints.

    Fields may hold strings, numbers, None, tuples, dataclasses (also the class itself), mappings of
    strings to them, and the choice of two dataclasses.
    """
    hint: Any = type_  # classes are hashable, whatever their values are
    return _codec(hint)


@cache
def _codec(type_: Any) -> Codec[Any]:
    names = [f.name for f in fields(type_)]
    hints = typing.get_type_hints(type_)
    found = [(place, *_converters(hints[name], type_)) for place, name in enumerate(names)]
    packers = [(place, pack) for place, pack, _ in found if pack]
    unpackers = [(place, unpack) for place, _, unpack in found if unpack]
    every = attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
    if not packers:
        return Codec(every, lambda packed: type_(*packed))

    def pack(value: Any) -> Packed:
        parts = list(every(value))
        for place, convert in packers:
            if parts[place] is not None:
                parts[place] = convert(parts[place])
        return tuple(parts)

    def unpack(packed: Packed) -> Any:
        parts = list(packed)
        for place, convert in unpackers:
            if parts[place] is not None:
                parts[place] = convert(parts[place])
        return type_(*parts)

    return Codec(pack, unpack)


def _converters(hint: Any, within: type) -> tuple[Convert | None, Convert | None]:
    """How a field's value is packed and unpacked; None if it is plain already."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType):
        kinds = [argument for argument in arguments if argument is not NoneType]
        return _converters(kinds[0], within) if len(kinds) == 1 else _choice(kinds)
    if origin is tuple and arguments[-1] is Ellipsis:
        return _each(*_converters(arguments[0], within))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _by_name(*_converters(arguments[1], within))
    if hint is within:  # its codec is being made: looked up when it is needed
        return (lambda v: codec(hint).pack(v)), (lambda p: codec(hint).unpack(p))
    if isinstance(hint, type) and is_dataclass(hint):
        found: Codec[Any] = codec(hint)
        return found.pack, found.unpack
    return None, None


def _each(pack: Convert | None, unpack: Convert | None) -> tuple[Convert | None, Convert | None]:
    if pack is None or unpack is None:
        return None, None
    return (lambda values: tuple(map(pack, values))), (lambda packed: tuple(map(unpack, packed)))


def _by_name(pack: Convert | None, unpack: Convert | None) -> tuple[Convert, Convert]:
    if pack is None or unpack is None:
        return (lambda values: tuple(values.items())), dict
    return (
        lambda values: tuple([(name, pack(value)) for name, value in values.items()]),
        lambda packed: {name: unpack(value) for name, value in packed},
    )


def _choice(kinds: list[Any]) -> tuple[Convert | None, Convert | None]:
    """One of several dataclasses, told by its number; of several plain types, nothing to do."""
    if not all(is_dataclass(kind) for kind in kinds):
        return None, None
    codecs = [codec(kind) for kind in kinds]
    numbers = {kind: number for number, kind in enumerate(kinds)}

    def pack(value: Any) -> Packed:
        number = numbers[type(value)]
        return number, codecs[number].pack(value)

    return pack, lambda packed: codecs[packed[0]].unpack(packed[1])


def _place(type_: type, name: str) -> int:
    return [f.name for f in fields(type_)].index(name)


_SUBJECT, _OBJECT = _place(Statement, "subject"), _place(Statement, "object")
_QUALIFIERS, _STANCE = _place(Statement, "qualifiers"), _place(Statement, "stance")
_ACTOR, _CIRCUMSTANCE = _place(Reference, "entity"), _place(Qualifier, "entity")
_SOURCE, _SPEAKER, _VIA = _place(Stance, "source"), _place(Source, "entity"), _place(Source, "via")
_REFERENCE = 0  # the first kind of object


def resolved(packed: Packed, home: Mapping[str, str]) -> Packed:
    """A packed statement about merged entities instead of documents': `home` tells which."""
    parts = list(packed)
    if parts[_SUBJECT] is not None:
        parts[_SUBJECT] = _moved(parts[_SUBJECT], _ACTOR, home)
    if parts[_OBJECT] is not None and parts[_OBJECT][0] == _REFERENCE:
        parts[_OBJECT] = (_REFERENCE, _moved(parts[_OBJECT][1], _ACTOR, home))
    parts[_QUALIFIERS] = tuple(
        [(name, _moved(q, _CIRCUMSTANCE, home)) for name, q in parts[_QUALIFIERS]]
    )
    if parts[_STANCE][_SOURCE] is not None:
        stance = list(parts[_STANCE])
        stance[_SOURCE] = _spoken(stance[_SOURCE], home)
        parts[_STANCE] = tuple(stance)
    return tuple(parts)


def _moved(part: Packed, place: int, home: Mapping[str, str]) -> Packed:
    if part[place] is None:
        return part
    return (*part[:place], home[part[place]], *part[place + 1 :])


def _spoken(source: Packed, home: Mapping[str, str]) -> Packed:
    via = source[_VIA]
    source = _moved(source, _SPEAKER, home)
    return source if via is None else (*source[:_VIA], _spoken(via, home), *source[_VIA + 1 :])
