"""The hand-made graphs of examples/ must themselves be sound."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from actorgraph.extract.statement import Certainty, Polarity
from actorgraph.ontologies.turtle import loaded_ontology

FOLDER = Path(__file__).parents[2] / "examples"
ARTICLES = FOLDER / "articles"
EXPECTED = sorted((FOLDER / "expected").glob("*.expected.json"))


def read(path: Path) -> tuple[dict[str, Any], str]:
    graph = json.loads(path.read_text(encoding="utf-8"))
    return graph, (ARTICLES / graph["document"]).read_text(encoding="utf-8")


def test_every_article_has_its_graph() -> None:
    articles = {path.stem for path in ARTICLES.glob("*.md")}
    assert articles == {path.name.removesuffix(".expected.json") for path in EXPECTED}
    assert len(articles) >= 3


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name)
def test_actors_are_spelled_in_the_article(path: Path) -> None:
    graph, text = read(path)
    ontology = loaded_ontology()
    known = {n.label: {*n.names, *n.adjectives} for n in ontology.known_names}
    folded = text.casefold()
    for actor in graph["actors"]:
        assert actor["type"] in ontology.classes
        spellings = {actor["name"], *actor["aliases"]} | known.get(actor["name"], set())
        assert any(s.casefold() in folded for s in spellings), actor
        assert all(alias in text for alias in actor["aliases"]), actor


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name)
def test_edges_fit_the_ontology_and_no_plain_edge_is_forbidden(path: Path) -> None:
    graph, text = read(path)
    ontology = loaded_ontology()
    types = {actor["name"]: actor["type"] for actor in graph["actors"]}
    plain = set()
    for edge in graph["edges"]:
        relation = ontology.relations[edge["relation"]]
        assert edge["subject"] is None or ontology.fits(types[edge["subject"]], relation.domain)
        assert ontology.fits(types[edge["object"]], relation.range), edge
        assert edge["polarity"] in get_args(Polarity)
        assert edge["certainty"] in get_args(Certainty)
        assert edge["source"] is None or edge["source"] in {*types} or edge["source"] in text
        if (edge["polarity"], edge["certainty"], edge["source"]) == ("affirmed", "actual", None):
            plain.add((edge["subject"], edge["relation"], edge["object"]))
    for edge in graph["must_not"]:
        assert edge["relation"] in ontology.relations
        forbidden = (edge["subject"], edge["relation"], edge["object"])
        assert not any(
            forbidden[:2] == found[:2] and forbidden[2] in (None, found[2]) for found in plain
        ), edge


def test_the_two_reports_share_actors_under_different_spellings() -> None:
    strike, reply = (read(FOLDER / "expected" / f"{n}.expected.json")[0] for n in
                     ("airport-strike", "missile-reply"))  # fmt: skip
    spellings = [
        {a["name"]: set(a["aliases"]) for a in graph["actors"]} for graph in (strike, reply)
    ]
    shared = spellings[0].keys() & spellings[1].keys()
    assert {"United States", "Iran", "Quds Force", "Qassem Soleimani"} <= shared
    assert "Qasem Suleimani" in spellings[1]["Qassem Soleimani"]
    assert spellings[0]["Qassem Soleimani"].isdisjoint(spellings[1]["Qassem Soleimani"])
