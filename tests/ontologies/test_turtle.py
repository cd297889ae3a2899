import time
from pathlib import Path

import pytest
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import NAMESPACE, VOCABULARY
from actorgraph.ontologies.turtle import loaded_ontology, ontology_files, ontology_graph
from rdflib import RDF, RDFS, SKOS, Literal, URIRef

PREFIXES = f"""
@prefix : <{NAMESPACE}> .
@prefix ag: <{VOCABULARY}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""

SMALL = """
:Agent a owl:Class ; rdfs:label "agent"@en .
:Person a owl:Class ; rdfs:subClassOf :Agent , <http://xmlns.com/foaf/0.1/Person> ;
    rdfs:label "person"@en , "personne"@fr .
:Group a owl:Class ; rdfs:subClassOf :Agent ; rdfs:label "group"@en .
:Place a owl:Class ; rdfs:label "place"@en .
:Country a owl:Class ; rdfs:subClassOf :Agent , :Place ; rdfs:label "country"@en .
:City a owl:Class ; rdfs:subClassOf :Place ; rdfs:label "city"@en .
:harmed a owl:ObjectProperty ; rdfs:label "harmed"@en ; ag:kind ag:event ; ag:group "kinetic" ;
    skos:definition "Does harm to."@en ; rdfs:domain :Agent ; rdfs:range :Person ;
    ag:example "{subject} harmed {object}."@en .
:killed a owl:ObjectProperty ; rdfs:label "killed"@en ; ag:kind ag:event ; ag:group "kinetic" ;
    skos:definition "Takes the life of."@en ; rdfs:subPropertyOf :harmed ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( :Person :Group ) ] ; rdfs:range :Person ;
    owl:inverseOf :killed_by ; skos:closeMatch wd:P157 ; ag:cameo "180" ;
    ag:example "{subject} (killed|shot) {object}."@en ,
        "{object} [died] at the hands of {subject}."@en ;
    ag:counterexample "{object} died."@en .
:killed_by a owl:ObjectProperty ; rdfs:label "killed by"@en .
:met a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "met"@en ; ag:kind ag:event ;
    ag:group "diplomacy" ; skos:definition "Meets."@en ; rdfs:domain :Person ; rdfs:range :Person ;
    ag:example "{subject} met {object}."@en .
:stop a ag:WordList ; rdfs:label "stop" ; ag:word "halt", "stop" .
:freedonia a :Country ; rdfs:label "Freedonia"@en , "Freedonie"@fr ; skos:altLabel "FRD" ;
    ag:adjective "Freedonian", "Freedonians" ; ag:iso "FD" ; owl:sameAs wd:Q1 .
:glorytown a :City ; rdfs:label "Glorytown"@en ; ag:seatOf :freedonia ; ag:locatedIn :freedonia .
"""


def written(folder: Path, body: str, name: str = "small.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + body, encoding="utf-8")
    return path


def test_relation_is_read_with_everything_it_says(tmp_path: Path) -> None:
    killed = loaded_ontology([written(tmp_path, SMALL)]).relations["killed"]
    assert killed.kind == "event"
    assert killed.group == "kinetic"
    assert killed.domain == ("Group", "Person")
    assert killed.range == ("Person",)
    assert killed.parents == ("harmed",)
    assert (killed.inverse, killed.inverse_label) == ("killed_by", "killed by")
    assert killed.definition == "Takes the life of."
    assert killed.iri == NAMESPACE + "killed"
    assert [(e.text, e.positive) for e in killed.examples] == [
        ("{object} [died] at the hands of {subject}.", True),
        ("{subject} (killed|shot) {object}.", True),
        ("{object} died.", False),
    ]
    assert (str(SKOS.closeMatch), "http://www.wikidata.org/entity/P157") in killed.alignments
    assert (VOCABULARY + "cameo", "180") in killed.alignments
    assert not any(NAMESPACE in target for _, target in killed.alignments)


def test_example_knows_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    example = loaded_ontology([path]).relations["met"].examples[0]
    file, line = example.place.split(":")
    assert file == "small.ttl"
    assert example.text in path.read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_symmetry_and_inverse_only_properties(tmp_path: Path) -> None:
    ontology = loaded_ontology([written(tmp_path, SMALL)])
    assert ontology.relations["met"].symmetric
    assert not ontology.relations["killed"].symmetric
    assert "killed_by" not in ontology.relations


def test_classes_keep_own_parents_and_align_others(tmp_path: Path) -> None:
    person = loaded_ontology([written(tmp_path, SMALL)]).classes["Person"]
    assert person.parents == ("Agent",)
    assert person.label == "person"
    assert (str(RDFS.subClassOf), "http://xmlns.com/foaf/0.1/Person") in person.alignments


def test_known_names_and_words(tmp_path: Path) -> None:
    ontology = loaded_ontology([written(tmp_path, SMALL)])
    (country,) = ontology.names_of("Agent")
    assert country.names == ("Freedonia", "FRD")
    assert country.adjectives == ("Freedonian", "Freedonians")
    assert country.iso == "FD"
    (city,) = ontology.names_of("City")
    assert (city.seat_of, city.located_in) == ("freedonia", "freedonia")
    assert ontology.words("stop") == {"stop", "halt"}
    with pytest.raises(ActorgraphError, match="no word list 'go'"):
        ontology.words("go")


def test_extra_file_adds_words_names_and_examples(tmp_path: Path) -> None:
    base = written(tmp_path, SMALL)
    more = written(
        tmp_path,
        """:stop ag:word "desist" . :freedonia skos:altLabel "Land of the Free" .
        :killed ag:example "{subject} slew {object}."@en .""",
        "more.ttl",
    )
    ontology = loaded_ontology([base], [more])
    assert ontology.words("stop") == {"stop", "halt", "desist"}
    assert "Land of the Free" in ontology.names_of("Country")[0].names
    assert sum(e.positive for e in ontology.relations["killed"].examples) == 3
    assert ontology.hash != loaded_ontology([base]).hash


def test_extra_file_replaces_what_it_says_it_replaces(tmp_path: Path) -> None:
    base = written(tmp_path, SMALL)
    mine = written(
        tmp_path,
        """:stop a ag:WordList ; rdfs:label "stop" ; ag:replaces true ; ag:word "desist" .
        :killed ag:replaces true ; a owl:ObjectProperty ; rdfs:label "slew"@en ; ag:kind ag:event ;
            ag:group "kinetic" ; skos:definition "Slays."@en ; rdfs:domain :Person ;
            rdfs:range :Person ; ag:example "{subject} slew {object}."@en .""",
        "mine.ttl",
    )
    ontology = loaded_ontology([base], [mine])
    assert ontology.words("stop") == {"desist"}
    killed = ontology.relations["killed"]
    assert (killed.label, killed.domain, killed.parents) == ("slew", ("Person",), ())
    assert len(killed.examples) == 1
    graph = ontology_graph([base], [mine])
    orphans = [n for n in graph.subjects(RDF.first) if not list(graph.subjects(None, n))]
    assert not orphans, "the replaced domain's list must go with it"


def test_a_second_domain_is_refused_not_guessed(tmp_path: Path) -> None:
    base = written(tmp_path, SMALL)
    more = written(tmp_path, ":met rdfs:domain :Group .", "more.ttl")
    with pytest.raises(ActorgraphError, match=r"met has 2 values of domain.*ag:replaces"):
        loaded_ontology([base], [more])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (":killed a owl:ObjectProperty ; rdfs:label ; .", r"bad\.ttl, line 8: not valid Turtle"),
        (":x a owl:ObjectProperty ; ag:example '{subject} x.' .", r"bad\.ttl: x has .* no ag:kind"),
        (":Y a owl:Class ; rdfs:label 'y' ; rdfs:subClassOf :Z .", "parent that is not defined: Z"),
        (":Y a owl:Class .", "Y needs exactly one English label, has 0"),
        (
            ":Y a owl:Class ; rdfs:label 'y' . :r a owl:ObjectProperty ; ag:kind ag:event ;"
            " rdfs:label 'r' ; ag:group 'g' ; rdfs:domain :Y ; rdfs:range :Nothing .",
            r"r has a range that is no class: \['Nothing'\]",
        ),
        (
            ":Y a owl:Class ; rdfs:label 'y' . :r a owl:ObjectProperty ; ag:kind ag:fact .",
            "r has ag:kind 'fact'; use ag:event",
        ),
        (
            ":Y a owl:Class ; rdfs:label 'y' . :a a :Y ; rdfs:label 'a' ; ag:seatOf :b .",
            "a refers to b, which is not defined",
        ),
        (
            ":Y a owl:Class ; rdfs:label 'y' ."
            " <http://example.org/Y> a owl:Class ; rdfs:label 'y' .",
            "rename one",
        ),
    ],
)
def test_bad_files_are_refused_with_file_resource_and_reason(
    tmp_path: Path, body: str, message: str
) -> None:
    with pytest.raises(ActorgraphError, match=message):
        loaded_ontology([written(tmp_path, body, "bad.ttl")])


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ActorgraphError, match=r"none\.ttl: cannot be read"):
        loaded_ontology([tmp_path / "none.ttl"])


def test_hash_does_not_depend_on_names_of_files(tmp_path: Path) -> None:
    one = written(tmp_path, SMALL, "one.ttl")
    two = written(tmp_path, SMALL, "two.ttl")
    assert loaded_ontology([one]).hash == loaded_ontology([two]).hash
    assert loaded_ontology([one]) == loaded_ontology([two])


def test_reading_twice_gives_the_same_values() -> None:
    assert repr(loaded_ontology()) == repr(loaded_ontology())


def test_our_own_ontology_loads_quickly() -> None:
    loaded_ontology()
    start = time.perf_counter()
    ontology = loaded_ontology()
    assert time.perf_counter() - start < 1.5
    assert ontology.is_a("MilitaryUnit", "Agent")
    assert ontology.is_a("Country", "Place")
    assert not ontology.is_a("City", "Agent")
    assert "shapes.ttl" not in {path.name for path in ontology_files()}


def test_graph_says_the_same_as_the_values() -> None:
    ontology = loaded_ontology()
    graph = ontology_graph()
    for class_ in ontology.classes.values():
        assert (URIRef(class_.iri), RDFS.label, Literal(class_.label, lang="en")) in graph
    for relation in ontology.relations.values():
        assert {str(o) for o in graph.objects(URIRef(relation.iri), URIRef(VOCABULARY + "kind"))}
