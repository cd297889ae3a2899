"""The commands do what they say."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from actorgraph.cli import progress

from .conftest import Run

TEXT = "Marsh met Ode.\n\nHolt did not meet Ode."


def test_extract_streams_one_object_a_statement(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_text("Ilan met Mira.")
    status, out, err = run("extract", "a.txt", "b.txt")
    records = [json.loads(line) for line in out.splitlines()]
    assert (status, err) == (0, "")
    assert [r["subject"]["name"] for r in records] == ["Marsh", "Holt", "Ilan"]
    assert [r["stance"]["polarity"] for r in records] == ["affirmed", "denied", "affirmed"]
    assert [r["origin"] for r in records] == ["a.txt", "a.txt", "b.txt"]
    assert records[0]["evidence"]["quote"] == "Marsh met Ode."


def test_extract_from_standard_input_to_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = json.dumps({"text": TEXT, "id": "x"}).encode()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(line)))
    status, out, _ = run("extract", "-", "--format", "jsonl", "-o", "out.jsonl")
    assert (status, out) == (0, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_build_writes_the_graph_and_tells_what_came_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    status, out, err = run("build", "a.txt", "-o", "out/graph")
    assert (status, err) == (0, "")
    assert "Documents   1\n" in out
    assert "Actors      3\n" in out
    assert "    1  met_with" in out
    assert "denied, actual" in out
    assert "out/graph/graph.trig" in out
    files = {path.name for path in (tmp_path / "out" / "graph").iterdir()}
    assert {"graph.ttl", "graph.trig", "graph.graphml", "graph.gexf", "nodes.csv"} <= files
    assert not [name for name in files if name.startswith(".")]


def test_build_tells_scripts_in_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    told = json.loads(run("build", "a.txt", "missing.txt", "-o", "out", "--json").out)
    assert told["documents"] == 1
    assert told["facts_by_relation"] == {"met_with": 1}
    assert told["others_by_stance"] == {"denied, actual": 1}
    assert [place.split(":")[0] for place in told["failed"]] == ["missing.txt"]
    assert all(Path(file).exists() for file in told["files"])


def test_the_same_input_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    run("build", "a.txt", "-o", "one")
    run("build", "a.txt", "-o", "two")
    for path in (tmp_path / "one").glob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_the_folder_that_was_built_answers_queries(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    run("build", "a.txt", "-o", "out")
    query = "SELECT ?a ?b WHERE { ?x :met_with ?y . ?x rdfs:label ?a . ?y rdfs:label ?b }"
    expected = {frozenset({"Marsh", "Ode"})}
    rows = json.loads(run("query", "out", query, "--format", "json").out)
    assert {frozenset(row.values()) for row in rows} == expected
    monkeypatch.setattr(sys, "stdin", io.StringIO(query))
    assert run("query", "out", "-", "--format", "csv").out.splitlines()[0] == "a,b"
    (tmp_path / "mine.rq").write_text(query)
    assert "(1 row)" in run("query", "out", "mine.rq").out
    assert run("query", "out", "timeline", "--set", "actor=Marsh").status == 0


def test_query_lists_the_ready_queries(run: Run) -> None:
    status, out, _ = run("query", "--list")
    assert status == 0
    assert any(line.startswith("killed ") for line in out.splitlines())


def test_ontology_list(run: Run) -> None:
    status, out, _ = run("ontology", "list")
    assert status == 0
    assert any(line.split()[:2] == ["met_with", "event"] for line in out.splitlines())
    relations = json.loads(run("ontology", "list", "--json").out)
    assert all(relation["definition"] for relation in relations)
    assert f"{len(relations)} relations" in out


def test_version(run: Run) -> None:
    status, out, _ = run("version")
    assert status == 0
    assert out.startswith("actorgraph ")
    assert "spacy " in out


@pytest.mark.parametrize(
    "command", ["build", "extract", "explain", "ontology", "query", "version", "ontology check"]
)
def test_help_shows_an_example(run: Run, command: str) -> None:
    status, out, _ = run(*command.split(), "--help")
    assert status == 0
    assert f"  actorgraph {command}" in out


def test_help_tells_the_exit_codes(run: Run) -> None:
    out = run("--help").out
    assert all(f"{code} " in out for code in (0, 1, 2, 3, 70, 130))


def test_it_runs_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "actorgraph", "--version"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stdout.startswith("actorgraph ")


def test_no_command_line_loads_a_library_it_does_not_need(tmp_path: Path) -> None:
    code = (
        "import sys; from actorgraph.cli.main import main; main(['version']); "
        "print([m for m in ('spacy', 'rdflib', 'trafilatura', 'networkx') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_progress_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream in (io.StringIO(), Terminal()):
        monkeypatch.setattr(sys, "stderr", stream)
        assert list(progress.counted(iter("abc"), "documents")) == ["a", "b", "c"]
        assert ("documents" in stream.getvalue()) == stream.isatty()


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("General Ilan Marsh met Mira Ode in Paris on Friday.", "—met_with→"),
        ("The weather was fine.", "no match"),
    ],
)
def test_explain(run: Run, text: str, expected: str) -> None:
    status, out, _ = run("explain", text)
    assert status == 0
    assert expected in out


@pytest.mark.model
def test_explain_one_statement_of_a_file(run: Run, tmp_path: Path) -> None:
    from actorgraph.cli.extractor import EXTRACTORS
    from actorgraph.extract.rules import RuleExtractor
    from actorgraph.extract.text.document import Document
    from actorgraph.ontologies.turtle import loaded_ontology

    assert "rules" in EXTRACTORS
    text = "General Ilan Marsh met Mira Ode in Paris on Friday.\n\nHe did not meet Jan Holt."
    (tmp_path / "a.txt").write_text(text)
    (extraction,) = RuleExtractor(loaded_ontology()).extractions([Document(text)])
    met = next(s for s in extraction.statements if s.relation == "met_with" and s.plain)
    out = run("explain", "a.txt", "--statement", met.id).out
    assert out.count("statement ") == 1
    assert "[S: Ilan Marsh] <met> [O: Mira Ode]" in out
    assert "rule" in out
    failed = run("explain", "a.txt", "--statement", "s0")
    assert (failed.status, failed.out) == (2, "")
    assert "no statement 's0'" in failed.err


def test_ontology_check_own_wants_a_file(run: Run) -> None:
    status, _, err = run("ontology", "check", "--own")
    assert status == 2
    assert "--own tests the relations of a file" in err
