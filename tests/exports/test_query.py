"""Queries: the ready ones answer rightly, wrong ones are refused with place and remedy."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from actorgraph.exports.answer import answer_text
from actorgraph.exports.query import Answer, Cell, Query, answered, query_from, ready_queries
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology

Rows = list[tuple[Cell, ...]]


def rows(
    directory: Path, ontology: Ontology, source: str, columns: str = "", **settings: str
) -> Rows:
    """The rows of an answer, reduced to some columns."""
    answer = answered(directory, query_from(source), ontology, settings)
    places = [answer.columns.index(c) for c in columns.split()] or range(len(answer.columns))
    return [tuple(row[place] for place in places) for row in answer.rows]


def test_every_ready_query_has_a_title_and_runs(directory: Path, ontology: Ontology) -> None:
    names = "alleged commanders events evidence killed links places posts sources timeline warnings"
    assert list(ready_queries()) == names.split()
    for name, query in ready_queries().items():
        assert query.title.endswith("."), name
        assert answered(directory, query, ontology).rows


def test_commanders_are_facts_only(directory: Path, ontology: Ontology) -> None:
    told = ("GOC", "Brigadier General", "2019, 2019-03 [reported]", None, "2019", "2021-02")
    expected: Rows = [("Arda Velin", "7th Border Brigade", *told)]
    assert rows(directory, ontology, "commanders") == expected
    assert rows(directory, ontology, "commanders", actor="VELIN") == expected
    assert rows(directory, ontology, "commanders", actor="border") == expected
    assert rows(directory, ontology, "commanders", actor="nobody") == []


def test_posts_tell_what_is_known_and_what_is_a_fact(directory: Path, ontology: Ontology) -> None:
    columns = "holder title in started ended last_cited fact"
    goc = (
        "Arda Velin",
        "GOC",
        "7th Border Brigade",
        "2019, 2019-03 [reported]",
        None,
        "2021-02",
        True,
    )
    (alleged,) = (r for r in rows(directory, ontology, "posts", columns) if r != goc)
    assert alleged[1:] == (None, None, None, None, None, False)  # a title that nobody states
    assert rows(directory, ontology, "posts", columns, organization="border") == [goc]
    assert rows(directory, ontology, "posts", columns, person="velin", relation="commanded") == [
        goc
    ]
    assert rows(directory, ontology, "posts", columns, relation="killed") == []


def test_warnings_lead_to_both_sides(directory: Path, ontology: Ontology) -> None:
    columns = "warning side quote settled"
    assert rows(directory, ontology, "warnings", columns, kind="two_commands") == [
        ("w1", "one", "Velin commanded the brigade.", "dismissed"),
        ("w1", "other", "He might.", "dismissed"),
    ]
    assert len(rows(directory, ontology, "warnings", kind="rank")) == 1


def test_killed_names_no_killer_whom_nobody_names(directory: Path, ontology: Ontology) -> None:
    strike, airport = "killed in strike", "Tamsir airport"
    assert rows(directory, ontology, "killed") == [
        ("two policemen", None, "killed", None, None),
        ("Arda Velin", "Iran", strike, airport, "2021-03-04"),
        ("two policemen", "Iran", strike, airport, "2021-03-04"),
    ]
    assert len(rows(directory, ontology, "killed", victim="policemen")) == 2
    assert len(rows(directory, ontology, "killed", killer="iran", victim="policemen")) == 1


def test_alleged_holds_what_is_no_fact(directory: Path, ontology: Ontology) -> None:
    columns = "subject relation polarity certainty source"
    unit = "7th Border Brigade"
    assert rows(directory, ontology, "alleged", columns, polarity="denied") == [
        (unit, "attacked", "denied", "actual", unit)
    ]
    assert rows(directory, ontology, "alleged", columns, certainty="planned") == [
        ("Arda Velin", "commanded", "affirmed", "planned", None)
    ]
    assert len(rows(directory, ontology, "alleged", columns)) == 5


def test_evidence_leads_to_the_words(directory: Path, ontology: Ontology) -> None:
    columns = "edge document start end quote"
    assert rows(directory, ontology, "evidence", columns, edge="r05") == [
        ("r05", "news/one.txt", 150, 178, "Velin commanded the brigade.")
    ]
    both = rows(directory, ontology, "evidence", "edge quote", relation="killed_in_strike")
    assert both == [
        ("r01", "Iran killed Velin."),
        ("r01", "Dead."),
        ("r02", "So did two policemen."),
    ]
    assert both == rows(directory, ontology, "evidence", "edge quote", relation="Killed in strike")


def test_timeline_finds_an_actor_by_any_name(directory: Path, ontology: Ontology) -> None:
    found = rows(directory, ontology, "timeline", "date relation object fact", actor="airport")
    assert found == [
        ("2021-03-04", "attacked", "Tamsir airport", False),
        ("2021-03-04", "attacked", "Tamsir airport", False),
    ]
    assert len(rows(directory, ontology, "timeline", actor="velin")) == 6


def test_sources_count_claims_and_documents(directory: Path, ontology: Ontology) -> None:
    expected: Rows = [("7th Border Brigade", 1, 1), ("officials", 1, 1)]
    assert rows(directory, ontology, "sources") == expected


def test_events_have_each_participant_once(directory: Path, ontology: Ontology) -> None:
    columns = "event role participant fact"
    assert rows(directory, ontology, "events", columns, type="attacked") == [
        ("v3", "agent", "7th Border Brigade", False),
        ("v3", "patient", "Tamsir airport", False),
    ]
    assert rows(directory, ontology, "events", columns, type="killed_in_strike") == [
        ("v1", "agent", "Iran", True),
        ("v1", "patient", "Arda Velin", True),
        ("v1", "patient", "two policemen", True),
        ("v1", "where", "Tamsir airport", True),
    ]


def test_what_two_documents_say_counts_once(directory: Path, ontology: Ontology) -> None:
    count = "SELECT (COUNT(*) AS ?n) { id:e1 rdfs:label ?label }"
    assert rows(directory, ontology, count) == [(1,)]
    graphs = "SELECT ?g { GRAPH ?g { id:e1 rdfs:label ?label } } ORDER BY ?g"
    assert rows(directory, ontology, graphs) == [("id:d1",), ("id:d2",)]


def test_ask_construct_and_describe(directory: Path, ontology: Ontology) -> None:
    assert rows(directory, ontology, "ASK { id:e1 :commanded id:e2 }") == [(True,)]
    assert rows(directory, ontology, "ASK { id:e2 :attacked id:e4 }") == [(False,)]
    triples = "CONSTRUCT { ?a :commanded ?b } WHERE { ?a :commanded ?b }"
    assert rows(directory, ontology, triples) == [("id:e1", ":commanded", "id:e2")]
    assert ("id:e1", "rdf:type", ":Person") in rows(directory, ontology, "DESCRIBE id:e1")


def test_a_setting_cannot_break_out(directory: Path, ontology: Ontology) -> None:
    for name in ('") } #', '"} VALUES ?x { "', "\\", '\\" } ', "\n", "\ud800", "{{}}", r"\1"):
        assert rows(directory, ontology, "commanders", actor=name) == []


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a { ?a :comanded ?b }", r"line 1: .* no relation or class :comanded; did you me"),
        ("SELECT ?a {\n ?a :nix ?b }", r"line 2: the ontology has no relation or class :nix \("),
        (
            "PREFIX x: <https://w3id.org/actorgraph/ontology#> ASK { ?a x:kiled ?b }",
            r"no relation or class :kiled; did you mean killed",
        ),
        ("ASK { ?a <https://w3id.org/actorgraph/ontology#nix> ?b }", r"no relation or class :nix"),
        ("ASK { ?a :commanded_by ?b }", r":commanded_by is the inverse of :commanded, .*\^:comm"),
        ("SELECT ?a { ?a :commanded ?b", r"line 1, column \d+, at the end of the line: this is no"),
        ("SELECT ?a {\n ?a ?b\n}", r"query, line \d, column \d+, .*: this is no SPARQL query"),
        ("ASK { ?a foo:bar ?b }", r"unknown prefix; known are :, ag:, id:"),
        ("INSERT DATA { :iran :killed :iran }", r"this is no SPARQL query \(SELECT, ASK"),
        ("comanders", r"'comanders' is no ready query .*; did you mean commanders\?"),
    ],
)
def test_wrong_queries_are_refused(
    query: str, message: str, directory: Path, ontology: Ontology
) -> None:
    with pytest.raises(ActorgraphError, match=message):
        answered(directory, query_from(query), ontology)


def test_names_in_strings_and_comments_are_no_relations(
    directory: Path, ontology: Ontology
) -> None:
    query = """ASK { # not :nix
      ?a rdfs:label ":nix", ':nix', \"\"\"a " :nix\"\"\" ; ?p "x"@en . ?a:nix ?q _:nix }"""
    with pytest.raises(ActorgraphError, match=r"no relation or class :nix"):
        answered(directory, Query(query), ontology)  # `?a:nix` is the variable and the name
    assert answered(directory, Query(query.replace("?a:nix", "?a")), ontology).rows == ((False,),)


def test_names_of_the_graph_alone_are_known(directory: Path, ontology: Ontology) -> None:
    assert rows(directory, ontology, "ASK { ?x a :Airport ; owl:sameAs|rdfs:label ?y }")


def test_unknown_setting(directory: Path, ontology: Ontology) -> None:
    with pytest.raises(ActorgraphError, match=r"commanders: no parameter 'actr'.*: actor$"):
        rows(directory, ontology, "commanders", actr="x")


def test_missing_directory_and_graph(tmp_path: Path, ontology: Ontology) -> None:
    query = query_from("commanders")
    with pytest.raises(ActorgraphError, match="no such directory"):
        answered(tmp_path / "nix", query, ontology)
    with pytest.raises(ActorgraphError, match=r"graph\.trig: cannot be read .*actorgraph build"):
        answered(tmp_path, query, ontology)
    (tmp_path / "graph.trig").write_text("id:d1 {\n broken")
    with pytest.raises(ActorgraphError, match=r"graph\.trig: broken \(.*build the graph again"):
        answered(tmp_path, query, ontology)


def test_a_query_from_a_file(tmp_path: Path, directory: Path, ontology: Ontology) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("SELECT ?a WHERE { ?a :commanded ?b }", encoding="utf-8")
    assert rows(directory, ontology, str(file)) == [("id:e1",)]
    file.write_bytes(b"SELECT \xff")
    with pytest.raises(ActorgraphError, match=r"mine\.rq: not UTF-8 text at byte 7"):
        query_from(str(file))


ANSWER = Answer(
    ("who", "n", "fact"),
    (("Jean «J» Ü", 3, True), ('a,"b"\nc\x1b[31m', None, False), ("漢字", 0.5, None)),
)


def test_answer_as_table() -> None:
    assert answer_text(ANSWER) == (
        "who           n    fact\n"
        "────────────  ───  ─────\n"
        "Jean «J» Ü    3    true\n"
        'a,"b" c\ufffd[31m       false\n'
        "漢字          0.5\n"
        "(3 rows)\n"
    )


def test_answer_as_csv_and_json() -> None:
    text = answer_text(ANSWER, "csv")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["who", "n", "fact"],
        ["Jean «J» Ü", "3", "true"],
        ['a,"b"\nc\x1b[31m', "", "false"],
        ["漢字", "0.5", ""],
    ]
    assert json.loads(answer_text(ANSWER, "json")) == [
        dict(zip(ANSWER.columns, row, strict=True)) for row in ANSWER.rows
    ]
    with pytest.raises(ActorgraphError, match="unknown answer format 'xml'; choose from table"):
        answer_text(ANSWER, "xml")


def test_a_table_cuts_long_cells_and_csv_does_not() -> None:
    answer = Answer(("quote",), (("x" * 500,),))
    assert max(map(len, answer_text(answer).splitlines())) == 80
    assert "x" * 500 in answer_text(answer, "csv")


def test_links(directory: Path, ontology: Ontology) -> None:
    found = rows(directory, ontology, "links", actor="velin")
    assert [row[1:4] for row in found] == [
        ("https://things.example/id/7", "exact", 0.97),
        ("https://things.example/id/8", "candidate", 0.6),
    ]
    assert len(rows(directory, ontology, "links", kind="same")) == 1


def test_places(directory: Path, ontology: Ontology) -> None:
    found = rows(directory, ontology, "places")
    assert [row[2:] for row in found] == [("Tamsir airport", -36.25, 43.125)]
    assert rows(directory, ontology, "places", place="nowhere") == []
