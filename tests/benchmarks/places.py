"""How often a city is linked to a place of GeoNames, and how often to one of a wrong country.

    python tests/benchmarks/places.py

The cities are the ontology's own, which says in which country each lies; the linker is not told.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from actorgraph.graph.entity import Entity, EntityMention
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.geonames import settlement
from actorgraph.graph.locating import Surroundings, located
from actorgraph.ontologies.ontology import KnownName
from actorgraph.ontologies.turtle import loaded_ontology

SEED = 9


def _city(known: KnownName, type_: str) -> Entity:
    """A city as a text names it: nothing is known of it."""
    mention = EntityMention("d", 0, 1)
    return Entity("c", known.label, type_, known.names, (mention,), ("c",), (type_,))


def _country(known: KnownName, number: int) -> Entity:
    mention = EntityMention("d", 2, 3)
    type_, id_ = "Country", f"s{number}"
    names = (known.label,)
    return Entity(id_, known.label, type_, names, (mention,), (id_,), (type_,), known=known.id)


def _outcome(city: Entity, others: Sequence[Entity], gazetteer: Gazetteer, iso: str) -> str:
    where = Surroundings((city, *others), gazetteer)
    sure = [m for m in located(city, where) if m.asserted]
    if not sure:
        return "no link"
    found = settlement(sure[0].iri)
    return "right country" if found and found.country == iso else "wrong country"


def _settings(
    home: KnownName, countries: Sequence[KnownName], dice: random.Random
) -> Iterator[tuple[str, list[KnownName]]]:
    others = [c for c in countries if c is not home]
    yield "no country in the text", []
    yield "its country in the text", [home]
    yield "its country and another", [home, dice.choice(others)]
    yield "another country only", [dice.choice(others)]


def main() -> None:
    """Print a table."""
    gazetteer = Gazetteer(loaded_ontology())
    known = gazetteer.ontology.known_names
    countries = [k for k in known if k.iso]
    dice = random.Random(SEED)
    counts: dict[tuple[str, str], Counter[str]] = {}
    for city in known:
        home = gazetteer.home(city.located_in)
        if city.type != "City" or home is None or home.iso is None:
            continue
        for setting, told in _settings(home, countries, dice):
            others = [_country(c, n) for n, c in enumerate(told)]
            for type_ in ("City", "Place"):
                outcome = _outcome(_city(city, type_), others, gazetteer, home.iso)
                counts.setdefault((type_, setting), Counter())[outcome] += 1
    for (type_, setting), found in sorted(counts.items()):
        told_ = ", ".join(f"{n} {outcome}" for outcome, n in sorted(found.items()))
        print(f"{type_:<6} {setting:<26} {told_}")


if __name__ == "__main__":
    main()
