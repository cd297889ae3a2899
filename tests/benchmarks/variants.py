"""How well people are told by their names: spellings brought together, homographs kept apart.

    python tests/benchmarks/variants.py [--seed N] [--errors]

Invents 200 people of thirteen traditions in ten scripts and 100 pairs of different people who bear
the same name or nearly the same, writes each person's name in five ways (`variant_names.py`) into
small documents that tell of their circle (unit, country, town, colleagues; a quarter tells less,
some nothing), merges the documents, and scores pairs of mentions: a pair is right if both are one
person's. Prints the pairs' precision, recall and F1, then recall by tradition and what kinds of
homographs were joined. `--errors` prints the wrong pairs and the missing spellings.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Reference,
    Stance,
    Statement,
    entity_id,
)
from actorgraph.extract.text.document import Document
from actorgraph.graph.merge import merged
from actorgraph.ontologies.turtle import loaded_ontology
from variant_names import DATA, TRADITIONS, Person, invented, spelled, style

PEOPLE, SPELLINGS, PAIRS, CIRCLE = 200, 5, 100, 4
OFFICES = ("commanded", "leads", "member_of", "works_for", "spokesperson_for", "served_in")
DEEDS = ("met_with", "accused", "praised", "ordered", "attacked", "warned")
WORLD = DATA["world"]
KINDS = ("country", "office", "actors", "town", "together")


@dataclass(frozen=True)
class Circle:
    """Whom and what a person's documents tell of beside it."""

    unit: str
    town: str
    office: str
    country: str | None
    people: tuple[Person, ...] = ()


@dataclass
class Page:
    """A document in the making: actors as (names, type, country, person) and facts between them."""

    actors: list[tuple[tuple[str, ...], str, str | None, str | None]] = field(default_factory=list)
    facts: list[tuple[int, str, int]] = field(default_factory=list)

    def actor(
        self, names: Sequence[str], type_: str, country: str | None = None, who: str | None = None
    ) -> int:
        """The place of a new actor."""
        self.actors.append((tuple(names), type_, country, who))
        return len(self.actors) - 1


def circle(people: tuple[Person, ...], chance: random.Random, country: str | None) -> Circle:
    """A unit, a town and an office nobody else has."""

    def word(length: int) -> str:
        return "".join(chance.choice(WORLD["syllables"]) for _ in range(length)).capitalize()

    unit = f"{word(3)} {chance.choice(WORLD['units'])}"
    return Circle(unit, word(3), chance.choice(OFFICES), country, people)


def population(chance: random.Random) -> list[tuple[Person, Circle]]:
    """The people, in circles of four of one tradition; a tenth bear names that many bear."""
    found: list[tuple[Person, Circle]] = []
    while len(found) < PEOPLE:
        tradition = TRADITIONS[len(found) // CIRCLE % len(TRADITIONS)]
        some: tuple[Person, ...] = ()
        while len({(p.given, p.family) for p in some}) < CIRCLE:
            some = tuple(
                invented(len(found) + i, tradition, chance, common=chance.random() < 0.1)
                for i in range(CIRCLE)
            )
        some = tuple(replace(person, country=some[0].country) for person in some)
        around = circle(some, chance, some[0].country)
        found += [(person, replace(around, office=chance.choice(OFFICES))) for person in some]
    return found


@dataclass(frozen=True)
class Homographs:
    """Two people who bear one name, or nearly one, and what tells them apart."""

    left: tuple[Person, Circle]
    right: tuple[Person, Circle]
    kind: str
    near: str


def homographs(
    everybody: Sequence[tuple[Person, Circle]], chance: random.Random
) -> list[Homographs]:
    """Pairs: most have a common name; of the others country or office tell them apart."""
    found = []
    for n in range(PAIRS):
        kind = KINDS[n % len(KINDS)]
        common = kind in ("actors", "town") or chance.random() < 0.6
        tradition = chance.choice(TRADITIONS)
        one = invented(1000 + 2 * n, tradition, chance, common)
        other = replace(one, number=one.number + 1)
        near = chance.choice(("same", "same", "same", "father", "given", "family"))
        other = _nearly(other, near, tradition, chance)
        sides = []
        for person in (one, other):
            friends = tuple(p for p, _ in chance.sample(everybody, 3))
            sides.append((person, circle(friends, chance, person.country)))
        if kind == "country":
            country = chance.choice([c for c in ("Canada", "Sudan", "Japan") if c != one.country])
            sides[1] = replace(other, country=country), replace(sides[1][1], country=country)
        found.append(Homographs(sides[0], sides[1], kind, near))
    return found


def _nearly(person: Person, near: str, tradition: str, chance: random.Random) -> Person:
    """The same name, another father's, a brother's, or one of another family of like sound."""
    stranger = invented(person.number, tradition, chance)
    if near == "father" and person.patronymic:
        others = (invented(person.number, tradition, chance).patronymic for _ in range(20))
        return replace(person, patronymic=next(p for p in others if p != person.patronymic))
    if near == "given":
        return replace(person, given=stranger.given, middle=stranger.middle)
    if near == "family":
        return replace(person, family=stranger.family)
    return person


def page(
    told: tuple[Person, Circle], names: Sequence[str], chance: random.Random, kind: str = ""
) -> Page:
    """A document about a person: a quarter tells little of its circle, a tenth nothing."""
    person, around = told
    depth = 1.0 if kind else chance.random()
    found = Page()
    country = around.country if kind == "country" or (not kind and chance.random() < 0.4) else None
    me = found.actor(names, "Person", country, f"p{person.number}")
    if kind in ("", "office", "together", "country") and depth > 0.25:
        unit = found.actor((around.unit,), "Organization")
        found.facts.append((me, around.office, unit))
    if kind == "town" or (not kind and depth > 0.5):
        town = found.actor((around.town,), "City")
        found.facts.append((me, chance.choice(("born_in", "visited")), town))
    if kind in ("", "actors", "together") and depth > 0.1:
        _friends(found, person, around, chance)
    for spec in chance.sample(WORLD["everywhere"], chance.choice((0, 1, 1, 2))):
        type_, name = spec.split("|")
        found.facts.append((me, chance.choice(DEEDS), found.actor((name,), type_)))
    return found


def _friends(found: Page, person: Person, around: Circle, chance: random.Random) -> None:
    friends = [p for p in around.people if p.number != person.number]
    for friend in chance.sample(friends, chance.choice((1, 1, 2))):
        name = spelled(friend, style(friend.tradition, chance), chance)
        beside = found.actor((name,), "Person", None, f"p{friend.number}")
        if chance.random() < 0.6:
            found.facts.append((0, chance.choice(DEEDS), beside))


def pages(chance: random.Random) -> Iterator[tuple[Page, str]]:
    """All documents, each with the kind of homographs it is about, if any."""
    everybody = population(chance)
    for told in everybody:
        person = told[0]
        for _ in range(SPELLINGS):
            name = spelled(person, style(person.tradition, chance), chance)
            names: tuple[str, ...] = (name,)
            if not name.isascii() and chance.random() < 0.4:  # *Qasem Solgani (قاسم …)*
                names = (name, spelled(person, style(person.tradition, chance), chance))
            yield page(told, names, chance), ""
    for pair in homographs(everybody, chance):
        system = style(pair.left[0].tradition, chance)
        for side in (pair.left, pair.right):
            for _ in range(chance.choice((2, 3))):
                yield page(side, (spelled(side[0], system, chance),), chance, pair.kind), pair.kind
        if pair.kind == "together":
            shape = chance.random()  # one text writes like names alike
            sides = (pair.left[0], pair.right[0])
            alike = [spelled(person, system, random.Random(shape)) for person in sides]
            both = page(pair.left, alike[:1], chance, "office")
            other = both.actor(alike[1:], "Person", None, f"p{pair.right[0].number}")
            unit = both.actor((pair.right[1].unit,), "Organization")
            both.facts.append((other, pair.right[1].office, unit))
            yield both, pair.kind


def extraction(page_: Page, number: int, chance: random.Random) -> tuple[Extraction, list[str]]:
    """A page as an extractor reads it, and the ids of its actors."""
    text, spans = f"Report {number}.", []
    for names, *_ in page_.actors:
        spans.append((len(text) + 1, len(text) + 1 + len(names[0])))
        text += " " + names[0]
    text += "".join(f" {chance.choice(WORLD['syllables'])}" for _ in range(60))
    document = Document(text, published=f"2024-{1 + number % 12:02}-{1 + number % 28:02}")
    ids = [entity_id(document.id, *span) for span in spans]
    entities = tuple(
        DocumentEntity(id_, max(names, key=len), type_, names, (span,), country=country)
        for id_, (names, type_, country, _), span in zip(ids, page_.actors, spans, strict=True)
    )
    references = [
        Reference(e.id, e.name, e.name, *span, e.type)
        for e, span in zip(entities, spans, strict=True)
    ]
    statements = tuple(
        _statement(document, references[left], relation, references[right], place)
        for place, (left, relation, right) in enumerate(page_.facts)
    )
    return Extraction(document, entities, statements), ids


def _statement(
    document: Document, subject: Reference, relation: str, object_: Reference, place: int
) -> Statement:
    return Statement(
        document=document.id,
        relation=relation,
        phrase=relation,
        subject=subject,
        object=object_,
        stance=Stance(),
        evidence=Evidence(document.id, 0, 9, document.text[:9], place, place + 1),
        rule="synthetic",
        extractor="synthetic",
        confidence=0.8,
        plain=True,
    )


@dataclass
class Score:
    """Pairs of mentions; `missed` and `wrong` hold (person, person, name, name)."""

    right: int = 0
    wrong: list[tuple[str, str, str, str]] = field(default_factory=list)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + len(self.wrong), 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + len(self.missed), 1)


def score(who: Mapping[str, str], names: Mapping[str, str], home: Mapping[str, str]) -> Score:
    """`who`: mention -> person; `home`: mention -> entity of the graph."""
    result = Score()
    by_person, by_entity = defaultdict(list), defaultdict(list)
    for mention, person in who.items():
        by_person[person].append(mention)
        by_entity[home[mention]].append(mention)
    for person, mentions in by_person.items():
        for left, right in combinations(mentions, 2):
            result.gold[person] += 1
            if home[left] == home[right]:
                result.right += 1
                result.found[person] += 1
            else:
                result.missed.append((person, person, names[left], names[right]))
    for mentions in by_entity.values():
        for left, right in combinations(mentions, 2):
            if who[left] != who[right]:
                result.wrong.append((who[left], who[right], names[left], names[right]))
    return result


def measured(seed: int) -> tuple[Score, dict[str, str], int]:
    """The score of a seed, each person's tradition or kind of homograph, number of mentions."""
    chance = random.Random(seed)
    read, who, names, groups = [], {}, {}, {}
    traditions = {f"p{p.number}": p.tradition for p, _ in population(random.Random(seed))}
    for number, (page_, kind) in enumerate(pages(chance)):
        made, ids = extraction(page_, number, chance)
        read.append(made)
        for id_, (spellings, _, _, person) in zip(ids, page_.actors, strict=True):
            if person:
                who[id_], names[id_] = person, " = ".join(spellings)
                groups[person] = traditions.get(person, f"homographs by {kind}")
    graph = merged(read, loaded_ontology())
    home = {member: entity.id for entity in graph.entities for member in entity.members}
    return score(who, names, home), groups, len(who)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true", help="print wrong and missed pairs")
    options = parser.parse_args()
    result, groups, mentions = measured(options.seed)
    p, r = result.precision, result.recall
    by_group: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for person, gold in result.gold.items():
        by_group[groups[person]][0] += gold
        by_group[groups[person]][1] += result.found[person]
    for left, _, _, _ in result.wrong:
        by_group[groups[left]][2] += 1
    print("group                     recall   pairs  wrong")
    for group, (gold, found, wrong) in sorted(by_group.items()):
        print(f"{group:24} {found / max(gold, 1):7.3f} {gold:7} {wrong:6}")
    if options.errors:
        for title, pairs in (("wrong", result.wrong), ("missed", result.missed)):
            for left, right, one, other in sorted(pairs):
                print(title, left, right, one, "|", other, sep="\t")
    print(
        f"F1 {2 * p * r / max(p + r, 1e-9):.3f} P {p:.3f} R {r:.3f} "
        f"wrong {len(result.wrong)} of {sum(result.gold.values())} mentions {mentions}"
    )


if __name__ == "__main__":
    main()
