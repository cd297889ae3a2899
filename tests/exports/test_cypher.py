"""Cypher: text cannot break out, no claim passes for a fact, and a Bolt server loads it twice."""

from __future__ import annotations

import importlib.util
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from actorgraph.exports.cypher import BATCH, Cypher, quoted
from actorgraph.exports.row import clean
from actorgraph.graph.graph import Graph
from actorgraph.ontologies.ontology import Ontology
from hypothesis import example, given
from hypothesis import strategies as st

from .content import content_of_rows, said
from .script import read_cypher

_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_UNICODE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def unquoted(literal: str) -> str:
    """A string literal as a parser reads it that knows all escapes at once."""
    body = literal[1:-1]
    assert '"' not in _ESCAPE.sub("", body) and "\n" not in body

    def sign(match: re.Match[str]) -> str:
        escape = match[1]
        return chr(int(escape[1:], 16)) if len(escape) == 5 else _SIGNS.get(escape, escape)

    return _ESCAPE.sub(sign, body)


def replaced_first(literal: str) -> str:
    r"""The query text after \uXXXX was replaced wherever it stands, as Neo4j does first."""
    return _UNICODE.sub(lambda match: chr(int(match[1], 16)), literal)


@given(st.text(alphabet=st.sampled_from("\\u0022\"nu'`\n\r\t5c") | st.characters(codec="utf-8")))
@example("\\u0022})//")
@example("\\\\u0022")
@example("\\" * 7 + "u0041")
def test_text_survives_both_ways_of_reading_escapes(text: str) -> None:
    literal = quoted(text)
    assert unquoted(literal) == text
    assert unquoted(replaced_first(literal)) == text


def test_claims_have_no_relation_as_type(directory: Path) -> None:
    script = (directory / "graph.cypher").read_text(encoding="utf-8")
    types = set(re.findall(r"MERGE \(a\)-\[r:(\w+)", script))
    assert types == {
        "AGENT",
        "CLAIM",
        "COMMANDED",
        "HOLDER",
        "HOLDS_RANK",
        "KILLED",
        "KILLED_IN_STRIKE",
        "PATIENT",
        "POST_IN",
        "WHERE",
    }


def test_batches_hold_all_rows(graph: Graph, ontology: Ontology, tmp_path: Path) -> None:
    from dataclasses import replace

    edges = tuple(replace(graph.edges[4], id=f"r{n:05}") for n in range(2 * BATCH + 1))
    big = replace(graph, edges=edges, events=(), posts=())
    Cypher().write(big, tmp_path, ontology)
    assert read_cypher(tmp_path).edges == said(big).edges
    script = (tmp_path / "graph.cypher").read_text(encoding="utf-8")
    assert script.count("MERGE (a)") == 3


_SERVER = """
import sys
import arcadedb_embedded
server = arcadedb_embedded.create_server(
    root_path=sys.argv[1],
    root_password="graph-of-actors",
    config={
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt_port": int(sys.argv[2]),
        "http_port": int(sys.argv[3]),
    },
)
server.start()
server.create_database("actors")
print("server ready for actors", flush=True)
sys.stdin.read()
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def bolt(tmp_path: Path) -> Iterator[Any]:
    """A session with a real Bolt server, in a process of its own: its JVM stops no other."""
    neo4j = pytest.importorskip("neo4j", reason="needs neo4j and arcadedb-embedded")
    if importlib.util.find_spec("arcadedb_embedded") is None:
        pytest.skip("needs arcadedb-embedded")
    port = _free_port()
    log = tmp_path / "server.log"  # not a pipe: a full one would stop the server
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-c", _SERVER, str(tmp_path / "db"), str(port), str(_free_port())],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
        )
    try:
        deadline = time.monotonic() + 60
        while b"server ready for actors" not in log.read_bytes():
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start: {log.read_text()}")
            time.sleep(0.2)
        password = ("root", "graph-of-actors")
        with (
            neo4j.GraphDatabase.driver(f"bolt://localhost:{port}", auth=password) as driver,
            driver.session(database="actors") as session,
        ):
            yield session
    finally:
        server.kill()
        server.communicate()


def test_a_bolt_server_loads_the_script_twice(bolt: Any, directory: Path, graph: Graph) -> None:
    script = (directory / "graph.cypher").read_text(encoding="utf-8")
    for _ in range(2):
        for statement in script.removesuffix(";\n").split(";\n"):
            bolt.run(statement).consume()
        nodes = [dict(row["n"]) for row in bolt.run("MATCH (n:ActorgraphNode) RETURN n")]
        found = bolt.run("MATCH (a)-[r]->(b) RETURN a.id AS a, properties(r) AS r, b.id AS b")
        edges = [{**row["r"], "from": row["a"], "to": row["b"]} for row in found]
        assert len(edges) == 17
        content = content_of_rows(nodes, edges)
        assert content == said(graph)
    facts = bolt.run(
        "MATCH (a:Person)-[:COMMANDED]->(b:MilitaryUnit) RETURN a.label AS a, b.label AS b"
    )
    assert [(row["a"], row["b"]) for row in facts] == [("Arda Velin", "7th Border Brigade")]


def test_control_characters_never_reach_a_literal() -> None:
    assert clean("a\x00b\ud800c\x1f") == "a\ufffdb\ufffdc\ufffd"
    assert clean(clean("\x00")) == clean("\x00")
    assert clean("é 漢 👩🏽‍🚀 \u202e \n\t") == "é 漢 👩🏽‍🚀 \u202e \n\t"
