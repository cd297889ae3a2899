"""What the ontology says of posts: read as values, checked, and complete."""

from __future__ import annotations

from pathlib import Path

import pytest
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology
from actorgraph.ontologies.validation import ontology_problems

HEAD = """
@prefix : <https://w3id.org/actorgraph/ontology#> .
@prefix ag: <https://w3id.org/actorgraph/vocabulary#> .
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return loaded_ontology()


def test_relations_tell_of_posts(ontology: Ontology) -> None:
    posts = {id_: relation.post for id_, relation in ontology.relations.items()}
    assert posts["commanded"].holds == "subject"
    assert posts["commanded"].sole == ("MilitaryUnit",)
    assert (posts["succeeded"].starts, posts["succeeded"].ends) == ("subject", "object")
    assert posts["resigned_from"].place == "object"
    assert posts["killed"].dies == "object"
    assert posts["leads"].titled
    assert not posts["attacked"].holds


def test_posts_are_held_by_persons_and_ranks_are_graded(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        if relation.post.holds:
            end = relation.domain if relation.post.holds == "subject" else relation.range
            assert ontology.fits("Person", end), relation.id
    ranks = ontology.names_of("Rank")
    assert sum(rank.grade is not None for rank in ranks) > 70
    police = ("Constable", "Inspector", "Superintendent", "Commissioner")
    assert all(rank.grade is None for rank in ranks if rank.label in police)  # no unit is theirs


def test_a_file_may_add_to_a_relation(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(HEAD + ':founded ag:holdsPost "subject" .')
    assert ontology_problems(extra=[mine]) == []
    assert loaded_ontology(extra=[mine]).relations["founded"].post.holds == "subject"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (':founded ag:holdsPost "both" .', "ag:holdsPost must be"),
        (":commanded ag:soleHolderIn :Nowhere .", "ag:soleHolderIn names a class"),
        (':rank_sergeant ag:grade "OF-5" .', "ag:grade must be"),  # it has one already
        (':rank_gendarme ag:grade "high" .', "ag:grade must be"),
        (':Nothing ag:holdsPost "subject" .', "tells of posts and is no relation"),
    ],
)
def test_what_means_nothing_is_told(line: str, reason: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(HEAD + line)
    assert any(reason in problem.reason for problem in ontology_problems(extra=[mine]))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (':founded ag:holdsPost "both" .', "holdsPost 'both'; write subject or object"),
        (":commanded ag:soleHolderIn :Nowhere .", "no class: ['Nowhere']"),
    ],
)
def test_it_is_not_loaded_either(line: str, reason: str, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(HEAD + line)
    with pytest.raises(ActorgraphError) as error:
        loaded_ontology(extra=[mine])
    assert reason in str(error.value)
