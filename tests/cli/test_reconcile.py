"""`actorgraph reconcile` and `--gazetteer` against a real service on this machine."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from actorgraph.graph.catalog import Catalog

from ..graph.reconserver import MANIFEST, SPACE, Recon, Reply, candidate, knowing, recon
from .conftest import Run

TEXT = "Arda met Mira.\n\nTarek met Mira."
FOUND: dict[str, Any] = {
    "Arda": [candidate("7", "Arda Velin", 98, True), candidate("8", "Arda", 60)],
    "Mira": [candidate("9", "Mira Sol", 71)],
}


@pytest.fixture
def built(run: Run, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("build", "a.txt", "-o", "out").status == 0
    return tmp_path / "out"


@pytest.fixture
def service() -> Iterator[Recon]:
    with recon(knowing(FOUND)) as served:
        yield served


def links(directory: Path) -> dict[str, list[tuple[str, str]]]:
    """Name -> identifier and bond of each link of the exported nodes."""
    with (directory / "nodes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["label"]: [(m["iri"].removeprefix(SPACE), m["bond"]) for m in json.loads(row["links"])]
        for row in rows
        if row["links"]
    }


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}


def test_answers_are_kept_and_exported(run: Run, built: Path, service: Recon) -> None:
    result = run("reconcile", "out", "--url", service.url)
    assert result.status == 0, result.err
    assert "Invented things: 3 answered now, 0 failed" in result.out
    assert sorted(service.names) == ["Arda", "Mira", "Tarek"]
    assert f"Answers     3 of {service.url}\n" in run("status", "out").out
    # One word says of no person who is meant: what the service is sure of is not asserted.
    assert links(built) == {"Arda": [("7", "close"), ("8", "candidate")], "Mira": [("9", "close")]}


def test_a_key_in_the_address_is_kept_to_the_service(run: Run, built: Path, service: Recon) -> None:
    assert run("reconcile", "out", "--url", service.url + "?key=opensesame").status == 0
    assert {path.split("?")[1] for path in service.paths} == {"key=opensesame"}
    assert not any(b"opensesame" in text for text in content(built).values())
    assert "opensesame" not in run("status", "out", "--json").out
    assert "0 answered now" in run("reconcile", "out", "--url", service.url).out


def test_nothing_is_asked_twice(run: Run, built: Path, service: Recon) -> None:
    run("reconcile", "out", "--url", service.url, "--most", "2")
    assert len(service.names) == 2
    run("reconcile", "out", "--url", service.url)
    assert len(service.names) == 3
    before = content(built)
    assert "0 answered now" in run("reconcile", "out", "--url", service.url).out
    assert len(service.names) == 3 and content(built) == before
    run("reconcile", "out", "--url", service.url, "--again")
    assert len(service.names) == 6
    run("reconcile", "out", "--url", service.url, "--limit", "2")  # another question
    assert len(service.names) == 9


def test_answers_are_replayed_at_every_build(run: Run, built: Path, service: Recon) -> None:
    run("reconcile", "out", "--url", service.url)
    before = content(built)
    assert run("build", "-o", "out").status == 0
    assert content(built) == before
    (built.parent / "b.txt").write_text("Arda met Holt.")
    run("build", "b.txt", "-o", "out")
    assert ("7", "close") in links(built)["Arda"]
    run("remove", "b.txt", "-o", "out")
    assert content(built) == before


def test_types_country_and_limit_are_told(run: Run, built: Path, service: Recon) -> None:
    arguments = ("--type-map", "Agent=Q1", "--type-map", "Person=Q5", "--limit", "3")
    assert run("reconcile", "out", "--url", service.url, *arguments).status == 0
    (batch,) = service.asked
    assert {(q["type"], q["limit"]) for q in batch.values()} == {("Q5", 3)}
    run("reconcile", "out", "--url", service.url, "--type", "Country")
    assert len(service.asked) == 1


def test_the_ontology_maps_types(run: Run, built: Path) -> None:
    manifest = {**MANIFEST, "identifierSpace": "http://www.wikidata.org/entity/"}
    with recon(knowing({}), manifest=manifest) as served:
        run("reconcile", "out", "--url", served.url)
        assert {q["type"] for q in served.asked[0].values()} == {"Q5"}


def test_a_score_too_low_is_no_match(run: Run, built: Path, service: Recon) -> None:
    run("reconcile", "out", "--url", service.url, "--min-score", "80")
    assert links(built)["Mira"] == [("9", "candidate")]
    run("reconcile", "out", "--url", service.url, "--min-score", "70")
    assert links(built)["Mira"] == [("9", "close")]
    assert len(service.names) == 3


def test_what_fails_is_told_and_asked_again(run: Run, built: Path) -> None:
    bad = Reply(b'{"q0": {"result": []}, "q1": {}, "q2": {"result": "x"}}')
    with recon(bad, knowing(FOUND)) as served:
        result = run("reconcile", "out", "--url", served.url)
        assert result.status == 1
        assert result.err.count("no answer (the answer has no result for it)") == 2
        assert "1 answered now, 2 failed" in result.out
        assert run("reconcile", "out", "--url", served.url).status == 0
        assert len(served.names) == 5


def test_what_was_answered_before_a_failure_is_kept(run: Run, built: Path) -> None:
    manifest = {**MANIFEST, "batchSize": 1}
    with recon(knowing(FOUND), Reply(b"go away", 403), manifest=manifest) as served:
        result = run("reconcile", "out", "--url", served.url)
    assert result.status == 2
    assert "gives no answer (HTTP 403: go away)" in result.err
    with closing(Catalog(built / "store" / "catalog.sqlite", False)) as catalog:
        assert catalog.rows("SELECT count(*) FROM answer") == [(1,)]


def decide(path: Path, decisions: dict[str, str]) -> None:
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    for row in rows:
        row["decision"] = decisions.get(row["iri"].removeprefix(SPACE), "")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_an_analyst_decides_in_a_spreadsheet(
    run: Run, built: Path, service: Recon, tmp_path: Path
) -> None:
    run("reconcile", "out", "--url", service.url, "--export", "links.csv")
    table = tmp_path / "links.csv"
    decide(table, {"7": "same", "9": "different"})
    result = run("reconcile", "out", "--import", "links.csv", "--author", "AB")
    assert result.out == "2 new judgements of 2 decisions\n", result.err
    assert links(built) == {"Arda": [("7", "same"), ("8", "candidate")]}
    assert run("reconcile", "out", "--import", "links.csv").out.startswith("0 new judgements")
    status = json.loads(run("status", "out", "--json").out)
    assert [j["kind"] for j in status["judgements"]] == ["same_as", "not_same_as"]
    assert run("judge", "out", "undo", "1", "2").status == 0
    assert links(built) == {"Arda": [("7", "close"), ("8", "candidate")], "Mira": [("9", "close")]}


def test_a_wrong_decision_is_told_by_line_and_none_is_taken(
    run: Run, built: Path, service: Recon, tmp_path: Path
) -> None:
    run("reconcile", "out", "--url", service.url, "--export", "links.csv")
    decide(tmp_path / "links.csv", {"7": "same", "9": "perhaps"})
    result = run("reconcile", "out", "--import", "links.csv")
    assert result.status == 2
    assert "links.csv, line " in result.err and "'perhaps' is no decision" in result.err
    assert json.loads(run("status", "out", "--json").out)["judgements"] == []
    (tmp_path / "bare.csv").write_text("decision,iri\nsame,Q1\n")
    assert "no column item" in run("reconcile", "out", "--import", "bare.csv").err
    (tmp_path / "gone.csv").write_text("decision,item,iri\nsame,m1,Q1\n")
    assert "line 2: no document of this graph has an actor 'm1'" in (
        run("reconcile", "out", "--import", "gone.csv").err
    )


def test_judge_links_and_unlinks(run: Run, built: Path, service: Recon) -> None:
    run("reconcile", "out", "--url", service.url)
    assert run("judge", "out", "link", "Tarek", "Q42", "--reason", "his page").status == 0
    assert links(built)["Tarek"] == [("http://www.wikidata.org/entity/Q42", "same")]
    assert run("judge", "out", "unlink", "Mira", SPACE + "9").status == 0
    assert "Mira" not in links(built)
    assert "contradict" in run("judge", "out", "unlink", "Tarek", "Q42").err
    assert "identifies nothing" in run("judge", "out", "link", "Tarek", "forty-two").err
    assert "1.00  same http://www.wikidata.org/entity/Q42, says analyst (his page)" in (
        run("why", "out", "Tarek").out
    )


def test_review_lists_close_matches(run: Run, built: Path, service: Recon) -> None:
    run("reconcile", "out", "--url", service.url)
    result = run("review", "out", "--list", "--kind", "candidate")
    assert result.out.count("Perhaps a thing elsewhere") == 2
    assert SPACE + "9; Mira Sol" in result.out
    run("review", "out", "--export", "doubts.csv", "--kind", "candidate")
    table = built.parent / "doubts.csv"
    table.write_text(table.read_text().replace("\n,", "\nsame,"))
    run("review", "out", "--import", "doubts.csv")
    assert {("7", "same"), ("9", "same")} <= {m for found in links(built).values() for m in found}


def test_two_of_one_thing_are_reviewed(run: Run, built: Path) -> None:
    same = {name: [candidate("7", "Arda Velin", 90)] for name in ("Arda", "Tarek")}
    with recon(knowing(same)) as served:
        run("reconcile", "out", "--url", served.url)
    out = run("review", "out", "--list", "--kind", "shared").out
    assert f"both are {SPACE}7 (Arda Velin)" in out


def test_forgetting_takes_a_services_answers_back(run: Run, built: Path, service: Recon) -> None:
    before = content(built)
    run("reconcile", "out", "--url", service.url)
    assert content(built) != before
    assert run("reconcile", "out", "--forget", "--url", "http://other").out.startswith("0 answers")
    assert run("reconcile", "out", "--forget", "--url", service.url).out == "3 answers forgotten\n"
    assert content(built) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "nothing to do"),
        (("--url", "nonsense"), "no address"),
        (("--url", "http://127.0.0.1:9/x", "--type-map", "Person"), "write CLASS=ID"),
        (("--url", "http://127.0.0.1:9/x", "--type-map", "Prson=Q5"), "no class of the ontology"),
        (("--url", "http://127.0.0.1:9/x"), "gives no answer"),
        (("--import", "x.csv", "--url", "http://127.0.0.1:9/x"), "--import goes alone"),
        (("--import", "x.csv"), "x.csv: cannot be read"),
        (("--limit", "0", "--url", "http://127.0.0.1:9/x"), "no number of things"),
    ],
)
def test_wrong_usage(run: Run, built: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = run("reconcile", "out", *arguments)
    assert result.status == 2
    assert reason in result.err


def test_a_gazetteer_names_actors_and_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("name,type,country,wikidata\nArda,Person,Iraq,Q77\n")
    (tmp_path / "a.txt").write_text(TEXT)
    assert run("build", "a.txt", "-o", "out", "--gazetteer", "names.csv").status == 0
    assert links(tmp_path / "out")["Arda"] == [("http://www.wikidata.org/entity/Q77", "same")]
    assert (tmp_path / "out" / "store" / "ontology" / "01.csv").exists()
    (tmp_path / "names.csv").unlink()
    assert run("judge", "out", "link", "Mira", "Q5").status == 0  # with the copy in the store
    assert links(tmp_path / "out")["Arda"] == [("http://www.wikidata.org/entity/Q77", "same")]
    assert run("build", "-o", "out").status == 0
    assert "Arda" not in links(tmp_path / "out")
    assert not list((tmp_path / "out" / "store" / "ontology").iterdir())


def test_a_bad_gazetteer_is_told_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("name,type\nArda,Persson\n")
    (tmp_path / "a.txt").write_text(TEXT)
    result = run("build", "a.txt", "-o", "out", "--gazetteer", "names.csv")
    assert result.status == 2
    assert "names.csv, line 2: the type 'Persson' is no class" in result.err
    assert not (tmp_path / "out").exists()
