from pathlib import Path

import pytest
from actorgraph.ontologies.ontology import NAMESPACE, VOCABULARY
from actorgraph.ontologies.turtle import loaded_ontology
from actorgraph.ontologies.validation import Problem, ontology_problems

HEAD = f"""
@prefix : <{NAMESPACE}> .
@prefix ag: <{VOCABULARY}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
:Agent a owl:Class ; rdfs:label "agent"@en .
:Person a owl:Class ; rdfs:subClassOf :Agent ; rdfs:label "person"@en .
:City a owl:Class ; rdfs:label "city"@en .
"""
GOOD = """
:met a owl:ObjectProperty ; rdfs:label "met"@en ; skos:definition "Meets."@en ;
    ag:kind ag:event ; ag:group "diplomacy" ; rdfs:domain :Agent ; rdfs:range :Agent ;
    owl:inverseOf :met_by ; ag:example "{subject} met {object:Person} in {place}."@en ;
    ag:counterexample "{subject} met."@en .
:met_by a owl:ObjectProperty ; rdfs:label "met by"@en .
:saw a owl:ObjectProperty ; rdfs:label "saw"@en ; skos:definition "Sees."@en ; ag:kind ag:event ;
    ag:group "diplomacy" ; rdfs:domain :Person ; rdfs:range :Person ;
    ag:example "{subject} saw {object}."@en .
:list a ag:WordList ; rdfs:label "list" ; ag:word "one", "two" .
:ann a :Person ; rdfs:label "Ann" ; skos:altLabel "Anna" .
"""


def problems(folder: Path, body: str) -> list[Problem]:
    path = folder / "my.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return ontology_problems([path])


def test_good_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "resource", "reason"),
    [
        (
            'ag:kind ag:event ;\n    ag:group "diplomacy" ; rdfs:domain :Person',
            'ag:group "diplomacy" ; rdfs:domain :Person',
            "saw",
            "exactly one ag:kind",
        ),
        ('rdfs:label "saw"@en ; ', "", "saw", "rdfs:label"),
        ('skos:definition "Sees."@en ; ', "", "saw", "skos:definition"),
        ("rdfs:domain :Person ; ", "", "saw", "exactly one rdfs:domain"),
        ("rdfs:range :Person ;", "", "saw", "exactly one rdfs:range"),
        ("rdfs:range :Person ;", "rdfs:range :Persn ;", "saw", "range names a class that is not"),
        (
            "rdfs:domain :Person ;",
            "rdfs:domain [ a owl:Class ; owl:unionOf ( :Person :Gone ) ] ;",
            "saw",
            "domain names a class that is not",
        ),
        (
            'ag:example "{subject} saw {object}."@en',
            'ag:counterexample "{subject} saw."@en',
            "saw",
            "at least one ag:example",
        ),
        ("{subject} saw {object}", "{subject} saw {objct}", "saw", "no {object} slot"),
        (
            "{subject} saw {object}",
            "{subject} saw {object}, an {objekt}",
            "saw",
            "meant to be {object}",
        ),
        ("{subject} saw {object}", "{subject} saw {object:Persn}", "saw", "not defined"),
        ("{subject} saw {object}", "{subject} saw {object:City}", "saw", "does not fit"),
        ("{subject} saw {object}", "{subject} saw {object} and {object}", "saw", "2 slots"),
        ("{subject} saw {object}", "{subject} (saw|spied {object}", "saw", "brackets"),
        ("{subject} saw {object}", "{subject} saw {object} {two words}", "saw", "no slot"),
        (
            "{subject} saw {object}.",
            "{subject} met {object:Person} in {place}.",
            "saw",
            "shares an example with met",
        ),
        (
            '"{subject} met."@en',
            '"{subject} met {object:Person} in {place}."@en',
            "met",
            "example and counterexample",
        ),
        (":met_by a", ":saw owl:inverseOf :met_by . :met_by a", "met_by", "more than one relation"),
        (":met_by a", ":met a owl:SymmetricProperty . :met_by a", "met", "its own inverse"),
        (
            "rdfs:domain :Person ;",
            "rdfs:domain :Agent ; a owl:SymmetricProperty ;",
            "saw",
            "domain and range differ",
        ),
        (
            "rdfs:range :Person ;",
            "rdfs:range :City ; rdfs:subPropertyOf :met ;",
            "saw",
            "outside that of its parent",
        ),
        (
            'ag:group "diplomacy" ; rdfs:domain :Person',
            'ag:group "Diplo macy" ; rdfs:domain :Person',
            "saw",
            "ag:group",
        ),
        ('ag:word "one", "two"', 'ag:word "one", " "', "list", "blank"),
        (' ; ag:word "one", "two"', "", "list", "at least one ag:word"),
        (":ann a", ':bob a :Person ; rdfs:label "Anna" . :ann a', "bob", "shares the Person name"),
        (
            ":ann a :Person",
            ":Agent rdfs:subClassOf :Person . :ann a :Person",
            "Agent",
            "own ancestor",
        ),
        (":ann a :Person ;", ":ann a :Persn ;", "ann", "class of the ontology as its type"),
    ],
)
def test_each_fault_is_reported_with_file_and_resource(
    tmp_path: Path, old: str, new: str, resource: str, reason: str
) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(
        p.file == "my.ttl" and p.resource == resource and reason in p.reason for p in found
    ), found


def test_a_file_that_does_not_parse_is_one_problem(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, ":met a ; .")
    assert str(problem).count("my.ttl") == 1
    assert "my.ttl, line 10" in problem.reason


def test_problem_reads_as_one_line() -> None:
    assert str(Problem("my.ttl", "met", "has no label")) == "my.ttl: met: has no label"


def test_our_own_ontology_has_no_problems() -> None:
    assert ontology_problems() == []


def test_alignments_with_wikidata_name_properties() -> None:
    for relation in loaded_ontology().relations.values():
        for _, target in relation.alignments:
            if "wikidata.org" in target:
                assert target.startswith("http://www.wikidata.org/"), (relation.id, target)
                assert target.rsplit("/", 1)[1][:1] == "P", (relation.id, target)
