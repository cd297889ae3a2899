"""Events kept apart that may be one: shown with what speaks for it and against it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.doubt import doubts
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.merge import merged
from actorgraph.graph.separation import separations
from actorgraph.ontologies.ontology import Ontology

Article = Callable[..., Extraction]

COUNCIL = "Veld Council (ArmedGroup)"
FRONT = "Harbour Front (ArmedGroup)"


def attack(article: Article, title: str, day: str | None, **more: Any) -> Extraction:
    told = {"event": True, **({"when": day} if day else {}), **more}
    return article(title, (COUNCIL, "attacked", FRONT, told), published="2031-05-06")


@pytest.mark.parametrize(
    ("other", "more", "against"),
    [
        ("2031-05-06", {}, "but their dates are"),
        (None, {}, "but not both are dated"),
        ("2031-05-04", {"where": "Ostrel (City)"}, "but one is told of"),
    ],
)
def test_what_speaks_for_and_against(
    other: str | None, more: dict[str, str], against: str, article: Article, ontology: Ontology
) -> None:
    graph = merged(
        [
            attack(article, "One", "2031-05-04", where="Veld (City)"),
            attack(article, "Two", other, **more),
        ],
        ontology,
    )
    assert len(graph.events) == 2
    (found,) = separations(graph, Gazetteer(ontology))
    assert found.evidence[0] == "both tell of Harbour Front and Veld Council"
    assert any(word.startswith(against) for word in found.evidence)


@pytest.mark.parametrize(
    ("day", "more"),
    [
        ("2031-09-01", {}),  # months later
        ("2031-05-05", {"certainty": "planned"}),
        ("2031-05-05", {"polarity": "denied"}),
    ],
)
def test_what_is_surely_another(
    day: str, more: dict[str, str], article: Article, ontology: Ontology
) -> None:
    graph = merged(
        [attack(article, "One", "2031-05-04"), attack(article, "Two", day, **more)], ontology
    )
    assert len(graph.events) == 2
    assert list(separations(graph, Gazetteer(ontology))) == []


def test_a_document_tells_its_own_events_apart(article: Article, ontology: Ontology) -> None:
    told = ((COUNCIL, "attacked", FRONT, {"event": True, "when": f"2031-05-0{n}"}) for n in (4, 5))
    graph = merged([article("One", *told)], ontology)
    assert len(graph.events) == 2
    assert list(separations(graph, Gazetteer(ontology))) == []


def test_a_judgement_settles_the_doubt(article: Article, ontology: Ontology) -> None:
    told = [attack(article, "One", "2031-05-04"), attack(article, "Two", "2031-05-06")]
    (doubt,) = (d for d in doubts(merged(told, ontology), Gazetteer(ontology)) if d.kind == "apart")
    assert doubt.rule == "events_alike"
    for judgement in (Judgement("same", doubt.items), Judgement("different", doubt.items)):
        graph = merged(told, ontology, [judgement])
        assert len(graph.events) == (1 if judgement.kind == "same" else 2)
        assert [d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "apart"] == []
