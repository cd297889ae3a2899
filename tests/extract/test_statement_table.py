"""The contract itself must be sound before the extractor is held to it."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

from actorgraph.extract.statement import Certainty
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology

TABLE = Path(__file__).with_name("statements.tsv")
Row = dict[str, str]
RANKS = {"Major General": "Maj. Gen.", "Brigadier General": "Brig. Gen.", "Captain": "Capt."}


@cache
def rows() -> tuple[Row, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def ontology() -> Ontology:
    return loaded_ontology()


def statements(row: Row) -> list[tuple[str, str, str, str]]:
    cells = [part.split(" | ") for part in row["statements"].split(" ; ") if part]
    assert all(len(cell) == 4 for cell in cells), row["id"]
    return [(s, r, o, stance) for s, r, o, stance in cells]


def spellings(name: str) -> set[str]:
    """A canonical name and what may stand for it in a sentence."""
    found = {name, RANKS.get(name, name)}
    for known in ontology().known_names:
        if known.label == name:
            found |= {*known.names, *known.adjectives}
    return {spelling.casefold() for spelling in found}


def test_table_is_large_and_its_ids_are_unique() -> None:
    assert len(rows()) >= 300
    assert len({row["id"] for row in rows()}) == len(rows())
    assert len({row["sentence"] for row in rows()}) >= len(rows()) - 1
    assert all(row["published"] == "" or re.fullmatch(r"\d{4}-\d\d-\d\d", row["published"])
               for row in rows())  # fmt: skip


def test_relations_exist_and_no_statement_is_listed_twice() -> None:
    for row in rows():
        listed = []
        for subject, relation, object_, _ in statements(row):
            assert relation in ontology().relations, (row["id"], relation)
            symmetric = ontology().relations[relation].symmetric
            pair = sorted((subject, object_)) if symmetric else [subject, object_]
            listed.append((relation, *pair))
        assert len(set(listed)) == len(listed), row["id"]


def test_names_stand_in_the_sentence() -> None:
    for row in rows():
        sentence = row["sentence"].casefold()
        for subject, _, object_, _ in statements(row):
            for name in {subject, object_} - {"-"}:
                assert any(s in sentence for s in spellings(name)), (row["id"], name)
            assert object_ != "-", row["id"]


def test_stances_are_spelled_right_and_their_sources_stand_in_the_sentence() -> None:
    for row in rows():
        for *_, stance in statements(row):
            parts = stance.split(",")
            sources = [p.removeprefix("source=") for p in parts if p.startswith("source=")]
            rest = [p for p in parts if not p.startswith("source=")]
            assert len(sources) <= 1, row["id"]
            assert set(rest) <= {"plain", "denied", *get_args(Certainty)} - {"actual"}, row["id"]
            assert sum(p in get_args(Certainty) for p in rest) <= 1, row["id"]
            assert "plain" not in parts or parts == ["plain"], row["id"]
            for source in sources:
                for name in source.split(" via "):
                    assert name == "unnamed" or name.casefold() in row["sentence"].casefold(), row[
                        "id"
                    ]


def test_every_stance_and_many_relations_are_covered() -> None:
    stances = Counter(
        part.split("=")[0] for row in rows() for *_, s in statements(row) for part in s.split(",")
    )
    wanted = {"plain", "denied", "source", *get_args(Certainty)} - {"actual"}
    assert wanted <= set(stances)
    assert len({relation for row in rows() for _, relation, _, _ in statements(row)}) >= 45
    assert sum(not row["statements"] for row in rows()) >= 10
