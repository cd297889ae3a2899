"""Builds that go on where they stopped, corrections that last, and documents taken back."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from actorgraph.cli import storage
from actorgraph.cli.extractor import EXTRACTORS, Choice
from actorgraph.cli.main import main
from actorgraph.extract.statement import Extraction
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.parse import Parses
from actorgraph.ontologies.error import ActorgraphError

from .conftest import Run, Simple

TEXTS = {
    "a.txt": "Marsh met Ode.\n\nHolt did not meet Ode.",
    "b.txt": "Marsh met Ode.\n\nHolt met Marsh.",
    "c.txt": "Ilan met Mira.",
}
APART = {"d.txt": "Marsh met Ode.", "e.txt": "Holt met Vane."}
"""Holt of e.txt shares nobody with Holt of a.txt."""


class Counting(Simple):
    """Counts the texts it reads; fails on those with a word it was told."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.hates = ""
        self.error: Exception = ZeroDivisionError("by nothing")

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if self.hates and self.hates in document.text:
                raise self.error
            self.read.append(document.source)
            yield from super().extractions([document])


@pytest.fixture
def extractor(run: Run, monkeypatch: pytest.MonkeyPatch) -> Counting:
    found = Counting()

    def counting(choice: Choice) -> Counting:
        return found

    monkeypatch.setitem(EXTRACTORS, "rules", counting)
    return found


@pytest.fixture
def files(run: Run, tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    return tmp_path


class Parsing(Counting):
    """Asks for parses as the rule extractor does."""

    parses: Parses | None = None

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if self.parses and not self.parses.get(document, document.text):
                self.parses.put(document, document.text, b"parse")
                yield from super().extractions([document])
            else:
                yield self._extraction(document)


def test_parses_are_kept_told_and_forgotten(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Parsing()

    def rules(choice: Choice) -> Parsing:
        vars(choice)["rules"] = found  # as if it were the rule extractor
        return found

    monkeypatch.setitem(EXTRACTORS, "rules", rules)
    run("build", "a.txt", "b.txt", "-o", "out")
    assert found.read == ["a.txt", "b.txt"]
    found.key = "simple 2"
    run("build", "-o", "out")
    assert found.read == ["a.txt", "b.txt"]
    assert json.loads(run("status", "out", "--json").out)["parses"] > 0
    assert "of them parses" in run("status", "out").out
    run("build", "-o", "out", "--no-parses")
    assert json.loads(run("status", "out", "--json").out)["parses"] == 0


def exports(directory: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(directory).glob("*.*")}


def ids(run: Run, name: str) -> list[str]:
    """The document entities of an actor of `out`, sorted."""
    found = json.loads(run("why", "out", name, "--json").out)
    return [member["id"] for member in found["members"]]


def judged(run: Run) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("status", "out", "--json").out)["judgements"]
    return found


# Build


def test_a_second_build_reads_only_what_is_new(run: Run, files: Path, extractor: Counting) -> None:
    assert "Documents   2\n" in run("build", "a.txt", "b.txt", "-o", "out").out
    told = json.loads(run("build", "a.txt", "c.txt", "-o", "out", "--json").out)
    assert (told["documents"], told["read_now"]) == (3, 1)
    assert extractor.read == ["a.txt", "b.txt", "c.txt"]
    (files / "c.txt").write_text("Ilan did not meet Mira.")
    assert "Documents   3, 1 of them read now\n" in run("build", "c.txt", "-o", "out").out
    assert "Documents   3, 0 of them read now\n" in run("build", "-o", "out").out
    run("build", "a.txt", "b.txt", "c.txt", "-o", "fresh")
    assert exports("out") == exports("fresh")


def test_steps_and_order_do_not_matter(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "once")
    for name in reversed(TEXTS):
        run("build", name, "-o", "steps")
    assert exports("once") == exports("steps")


def test_another_extractor_reads_everything_again(
    run: Run, files: Path, extractor: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")
    monkeypatch.setattr(Simple, "key", "simple 2")
    run("build", "c.txt", "-o", "out")
    assert sorted(extractor.read) == ["a.txt", "a.txt", "b.txt", "b.txt", "c.txt"]


def test_a_document_that_fails_is_told_and_tried_again(
    run: Run, files: Path, extractor: Counting
) -> None:
    extractor.hates = "Ilan"
    result = run("build", *TEXTS, "-o", "out")
    assert result.status == 1
    assert "c.txt: could not be read (ZeroDivisionError: by nothing" in result.err
    assert "Documents   2, 1 failed\n" in result.out
    status = run("status", "out").out
    assert "Failed      c.txt: ZeroDivisionError" in status
    assert "1 not yet; the next build reads them" in status
    extractor.hates = ""
    assert run("build", "-o", "out").status == 0
    run("build", *TEXTS, "-o", "fresh")
    assert exports("out") == exports("fresh")


def test_what_was_read_before_an_interruption_is_kept(
    run: Run, files: Path, extractor: Counting
) -> None:
    extractor.hates, extractor.error = "Ilan", ActorgraphError("the server has gone")
    result = run("build", *TEXTS, "-o", "out")
    assert (result.status, result.out) == (2, "")
    assert "the server has gone" in result.err
    extractor.hates = ""
    assert run("build", *TEXTS, "-o", "out").status == 0
    assert extractor.read == ["a.txt", "b.txt", "c.txt"]


def test_inputs_that_cannot_be_read_are_kept_in_mind(run: Run, files: Path) -> None:
    assert run("build", "a.txt", "d.txt", "-o", "out").status == 1
    assert "Failed      d.txt: no such file" in run("status", "out").out
    (files / "d.txt").write_text("Ilan met Ode.")
    assert run("build", "d.txt", "-o", "out").status == 0
    assert "Failed" not in run("status", "out").out


def test_the_ontology_of_a_build_is_kept_for_corrections(run: Run, files: Path) -> None:
    (files / "mine.ttl").write_text(
        "@prefix : <https://w3id.org/actorgraph/ontology#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        ':Wizard a owl:Class ; rdfs:subClassOf :Person ; rdfs:label "wizard"@en ;\n'
        '    skos:definition "Somebody who does magic."@en .\n'
    )
    assert run("build", "a.txt", "-o", "out", "--ontology", "mine.ttl").status == 0
    (files / "mine.ttl").unlink()
    assert run("judge", "out", "type", "Marsh", "Wizard").status == 0
    assert "Marsh (Wizard)" in run("why", "out", "Marsh").out


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes of POSIX")
@pytest.mark.parametrize("moment", ["extractions", "exports", "graph"])
def test_killed_in_the_middle(
    moment: str, run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", *TEXTS, "-o", "fresh")
    run("build", "a.txt", "-o", "out")

    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if not child:
        from actorgraph.exports.csv import Csv
        from actorgraph.graph.store import Store

        places = {
            "extractions": (Simple, "extractions"),
            "exports": (Csv, "write"),
            "graph": (Store, "keep_graph"),
        }
        monkeypatch.setattr(*places[moment], die)
        main(["build", *TEXTS, "-o", "out"])
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert run("build", *TEXTS, "-o", "out").status == 0
    assert exports("out") == exports("fresh")
    assert run("diff", "out", "fresh").out == "no difference\n"


# Remove


@pytest.mark.parametrize("name", ["b.txt", "id"])
def test_add_then_remove_is_the_identity(name: str, run: Run, files: Path) -> None:
    run("build", "a.txt", "c.txt", "-o", "without")
    run("build", *TEXTS, "-o", "out")
    if name == "id":
        sources = json.loads(run("status", "out", "--json").out)["sources"]
        (name,) = [s["id"] for s in sources if s["source"] == "b.txt"]
    result = run("remove", name, "-o", "out")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("removed  b.txt  d")
    assert exports("out") == exports("without")
    assert "b.txt" not in run("status", "out", "--documents").out


def test_removing_one_of_two_copies(run: Run, files: Path) -> None:
    (files / "copy.txt").write_text(TEXTS["b.txt"])
    run("build", *TEXTS, "copy.txt", "-o", "out")
    result = run("remove", "copy.txt", "-o", "out")
    assert "b.txt has the same text, which therefore stays" in result.err
    run("build", *TEXTS, "-o", "without")
    assert exports("out") == exports("without")


def test_removing_all_of_several_or_none(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "out")
    before = exports("out")
    result = run("remove", "a.txt", "none.txt", "-o", "out")
    assert (result.status, result.out) == (2, "")
    assert "none.txt: no such document in out" in result.err
    assert exports("out") == before
    assert run("remove", *TEXTS, "-o", "out").status == 0
    assert run("status", "out").out.startswith("Documents   0\n")


# Judgements


def test_merging_and_undoing(run: Run, files: Path) -> None:
    run("build", "a.txt", "c.txt", "-o", "out")
    before = exports("out")
    result = run("judge", "out", "merge", "Marsh", "Ilan", "--reason", "an alias", "--author", "A")
    assert result.out.startswith("judgement 1\n4 actors,")
    why = run("why", "out", "ilan").out
    assert "1.00  judgement: judged by A: an alias" in why
    assert "in a.txt\n" in why
    assert "“Marsh met Ode.”" in why
    trig = exports("out")["graph.trig"].decode()
    assert "an alias" in trig
    assert "wasInfluencedBy" in trig
    assert run("judge", "out", "undo", "1").out == "undone  1\n"
    assert exports("out") == before
    (ruling,) = judged(run)
    assert ruling["kind"] == "same"
    assert ruling["undone"]


def test_judgements_are_replayed_when_documents_come_and_go(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "out")
    run("judge", "out", "merge", "Marsh", "Holt")
    run("build", "c.txt", "-o", "out")
    assert len(ids(run, "Holt")) == 2
    result = run("remove", "a.txt", "-o", "out")
    assert "judgement 1 is about what is gone" in result.err
    run("build", "a.txt", "-o", "out")
    assert len(ids(run, "Holt")) == 2


def test_splitting_what_evidence_joined(run: Run, files: Path) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")
    one, other = ids(run, "Marsh")
    assert run("judge", "out", "split", one, other, "--reason", "namesakes").status == 0
    result = run("why", "out", "Marsh")
    assert result.status == 2
    assert "'Marsh' is a name of several actors, give the id of one: e" in result.err
    assert "nothing was merged" in run("why", "out", one).out


def test_splitting_a_node_from_its_member(run: Run, files: Path) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")
    result = run("judge", "out", "split", "Marsh", "Marsh")
    assert result.status == 2
    assert "name the document entities to part" in result.err
    member = ids(run, "Marsh")[0]
    assert run("judge", "out", "split", "Marsh", member).status == 0
    assert run("why", "out", "Marsh").status == 2


@pytest.mark.parametrize("what", ["edge", "statement"])
def test_rejecting_a_statement(what: str, run: Run, files: Path) -> None:
    run("build", "b.txt", "c.txt", "-o", "out")
    rows = list(csv.DictReader(io.StringIO(exports("out")["edges.csv"].decode())))
    (row,) = [r for r in rows if r["layer"] == "statement" and "Ilan met Mira." in r["evidence"]]
    id_ = row["id"] if what == "edge" else json.loads(row["evidence"])[0]["statement"]
    assert run("judge", "out", "reject", id_).status == 0
    assert b"Ilan met Mira." not in exports("out")["edges.csv"]
    assert run("judge", "out", "undo", "1").status == 0
    assert b"Ilan met Mira." in exports("out")["edges.csv"]


def test_a_merge_across_kinds_takes_the_whole_of_both(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "out")
    before = exports("out")
    result = run("judge", "out", "type", "Marsh", "Organization")
    assert result.out.startswith("judgement 1\n5 actors,")
    assert [ruling["number"] for ruling in judged(run)] == [1, 1]  # one decision on two documents
    marsh, ilan = ids(run, "Marsh"), ids(run, "Ilan")
    typed = exports("out")
    assert run("judge", "out", "merge", "Marsh", "Ilan", "--force").out.startswith("judgement 2\n")
    assert ids(run, "Ilan") == sorted(marsh + ilan)
    assert [ruling["number"] for ruling in judged(run)] == [1, 1, 2]
    assert run("judge", "out", "undo", "2").status == 0
    assert exports("out") == typed
    assert run("judge", "out", "undo", "1").status == 0
    assert exports("out") == before
    assert run("judge", "out", "undo", "1").status == 2


def test_actors_whose_classes_exclude_each_other_are_merged_by_force_only(
    run: Run, files: Path
) -> None:
    run("build", *TEXTS, "-o", "out")
    run("judge", "out", "type", "Marsh", "ArmedGroup")
    result = run("judge", "out", "merge", "Marsh", "Ilan", "--reason", "an alias")
    assert result.status == 2
    assert "of class ArmedGroup" in result.err and "of class Person" in result.err
    assert "merge them nevertheless by --force" in result.err
    assert len(judged(run)) == 2
    run("judge", "out", "merge", "Marsh", "Ilan", "--reason", "an alias", "--force")
    assert judged(run)[-1]["reason"] == "an alias; forced: their classes exclude each other"
    run("judge", "out", "undo", "1", "2")
    run("judge", "out", "type", "Marsh", "Agent")  # may be a person
    assert run("judge", "out", "merge", "Marsh", "Ilan").status == 0


def test_a_statement_rejected_again(run: Run, files: Path) -> None:
    run("build", "b.txt", "c.txt", "-o", "out")
    rows = list(csv.DictReader(io.StringIO(exports("out")["edges.csv"].decode())))
    id_ = next(json.loads(r["evidence"])[0]["statement"] for r in rows if r["evidence"])
    assert run("judge", "out", "reject", id_).out.startswith("judgement 1\n")
    before = exports("out")
    result = run("judge", "out", "reject", id_)
    assert (result.status, result.out) == (0, f"{id_}: already rejected by judgement 1\n")
    assert exports("out") == before
    run("judge", "out", "undo", "1")
    assert run("judge", "out", "reject", id_).out.startswith("judgement 2\n")


def test_status_after_a_killed_build_tells_what_was_read(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("actorgraph.cli.build.rebuilt", killed)
    assert run("build", *TEXTS, "-o", "out").status != 0
    told = json.loads(run("status", "out", "--json").out)
    assert (told["documents"], told["out_of_date"]) == (len(TEXTS), 0)
    assert told["settings"]["extractor"] == "simple"
    assert "not yet" not in run("status", "out").out


def test_an_ambiguous_name_lists_its_bearers(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "out")
    one, other = ids(run, "Marsh")
    run("judge", "out", "split", one, other)
    for command in (("why", "out", "Marsh"), ("judge", "out", "type", "Marsh", "Agent")):
        result = run(*command)
        assert result.status == 2
        told = re.findall(r"e\w{16} Marsh \(Person\), 1 document, (\w\.txt)", result.err)
        assert sorted(told) == ["a.txt", "b.txt"]


def test_a_query_for_a_name_that_nobody_has_says_so(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "out")
    result = run("query", "out", "alleged", "--set", "actor=Mrash")
    assert result.status == 0
    assert "note: no actor, place or thing of this graph has the name 'Mrash'" in result.err
    assert "did you mean Marsh or Mira?" in result.err
    assert "note" not in run("query", "out", "commanders", "--set", "actor=marsh").err


def test_a_merge_leaves_apart_what_was_judged_different(run: Run, files: Path) -> None:
    run("build", *TEXTS, "-o", "out")
    one, other = ids(run, "Marsh")
    ilan = ids(run, "Ilan")
    assert run("judge", "out", "split", other, "Ilan").status == 0
    assert run("judge", "out", "merge", one, "Ilan").status == 0
    assert ids(run, "Ilan") == sorted([one, *ilan])
    assert [ruling["kind"] for ruling in judged(run)] == ["different", "same"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("judge out merge Marsh", "merge takes two or more"),
        ("judge out merge Marsh Marsh", "this is one node already"),
        ("judge out merge Marsh Nobody", "no actor or event 'Nobody'"),
        ("judge out merge Mrash Ode", "names like it: Marsh"),
        ("judge out split Marsh Ode Holt", "split takes two nodes"),
        ("judge out reject s0", "no statement 's0'"),
        ("judge out type Marsh Wizard", "'Wizard' is no class"),
        ("judge out undo 1", "no judgement 1 stands"),
        ("judge out undo one", "undo takes numbers"),
        ("judge none undo 1", "none: no store in this folder"),
        ("remove a.txt -o none", "none: no store in this folder"),
        ("status none", "none: no store in this folder"),
        ("why none Marsh", "none: no store in this folder"),
        ("why out Nobody", "no actor or event 'Nobody'"),
        ("diff out none", "none: no store in this folder"),
        ("review none", "none: no store in this folder"),
        ("review out --import none.csv", "none.csv: cannot be read"),
        ("review out --import a.txt", "a.txt: no column decision"),
        ("build -o none", "nothing to read"),
    ],
)
def test_wrong_usage_changes_nothing(line: str, said: str, run: Run, files: Path) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")
    before = exports("out")
    result = run(*line.split())
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert exports("out") == before
    assert judged(run) == []


def test_judgements_that_contradict_are_not_kept(run: Run, files: Path) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")
    one, other = ids(run, "Marsh")
    run("judge", "out", "split", one, other)
    result = run("judge", "out", "merge", one, other)
    assert result.status == 2
    assert "judged the same and different; take one back" in result.err
    assert run("judge", "out", "split", one, other).out.startswith("judged so already\n")
    assert len(judged(run)) == 1


# Review


def test_review_at_the_terminal(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in APART.items():
        (files / name).write_text(text)
    run("build", "a.txt", "d.txt", "e.txt", "-o", "out")
    listed = run("review", "out", "--list").out
    assert listed.count("Two nodes, perhaps one: names_alike") == 1
    assert listed.count("One node, perhaps wrongly: same_name_and_context") == 2
    assert listed.count("Two nodes, perhaps one: events_alike") == 1
    assert "“Holt did not meet Ode.”" in listed
    answers = iter(["x", "n", "t 3 Person", "s", "", "", "d"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    result = run("review", "out", "--author", "A", "--reason", "checked")
    assert "'x' is no decision" in result.out
    assert "not_a_fact is said of statements only" in result.out
    assert "write t, 1 or 2" in result.out
    assert result.out.endswith("2 judgements\n")
    assert [ruling["kind"] for ruling in judged(run)] == ["same", "different"]
    assert {ruling["author"] for ruling in judged(run)} == {"A"}
    assert len(ids(run, "Holt")) == 2
    assert run("review", "out", "--list").out.count("perhaps") < 3


def test_review_ends_with_its_input(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "a.txt", "b.txt", "-o", "out")

    def ended(prompt: str) -> str:
        raise EOFError

    for answer in (ended, lambda prompt: "q"):
        monkeypatch.setattr("builtins.input", answer)
        assert run("review", "out").out.endswith("0 judgements\n")
    assert judged(run) == []


def test_review_in_a_table(run: Run, files: Path) -> None:
    for name, text in APART.items():
        (files / name).write_text(text)
    run("build", "a.txt", "d.txt", "e.txt", "-o", "out")
    assert run("review", "out", "--export", "doubts.csv").status == 0
    rows = list(csv.DictReader(io.StringIO((files / "doubts.csv").read_text())))
    assert {(row["name_1"], row["kind"]) for row in rows} == {
        ("Holt", "apart"), ("Marsh", "merged"), ("Ode", "merged"),
        ("Marsh —met_with→ Ode", "apart"),
    }  # fmt: skip
    decisions = {
        "Holt": {"decision": "same", "reason": "one man", "author": "B"},
        "Ode": {"decision": "wrong type", "class_1": "City"},
        "Marsh": {"decision": "skip"},
        "Marsh —met_with→ Ode": {},
    }
    for row in rows:
        row |= decisions[row["name_1"]]
    write(files / "doubts.csv", rows)
    result = run("review", "out", "--import", "doubts.csv", "--author", "A")
    assert result.out == "2 new judgements of 2 decisions\n"
    assert {(r["kind"], r["author"]) for r in judged(run)} == {("same", "B"), ("wrong_type", "A")}
    assert len(ids(run, "Holt")) == 2
    rows[0]["decision"] = "maybe"
    write(files / "doubts.csv", rows)
    result = run("review", "out", "--import", "doubts.csv")
    assert result.status == 2
    assert "doubts.csv, line 2: 'maybe' is no decision" in result.err


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_weak_fact_can_be_rejected_in_review(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    class Unsure(Simple):
        def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for found in super().extractions(documents):
                weak = tuple(replace(s, confidence=0.5) for s in found.statements)
                yield replace(found, statements=weak)

    monkeypatch.setitem(EXTRACTORS, "rules", lambda choice: Unsure())
    run("build", "c.txt", "-o", "out")
    assert "Perhaps misread: simple, 0.50" in run("review", "out", "--list").out
    monkeypatch.setattr("builtins.input", lambda prompt: "n")
    assert run("review", "out", "--kind", "statement").out.endswith("1 judgements\n")
    assert len(exports("out")["edges.csv"].splitlines()) == 1


# Diff


def test_diff(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "old")
    (files / "a.txt").write_text(TEXTS["a.txt"].replace("did not meet", "met"))
    run("build", "a.txt", "c.txt", "-o", "new")
    out = run("diff", "old", "new").out
    assert "Documents   +2 -1 ~0" in out
    assert "  + Ilan (Person)" in out
    assert "  + Holt —met_with→ Ode\n      “Holt met Ode.”" in out
    assert "  - Holt —met_with→ Ode [denied]" in out
    told = json.loads(run("diff", "new", "old", "--json").out)
    assert "Ilan (Person)" in {actor["told"] for actor in told["actors"]["lost"]}
    assert run("diff", "new", "new").out == "no difference\n"


def test_diff_of_one_text_read_otherwise(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from actorgraph.extract.statement import Stance

    class Bold(Simple):
        key = "bold"

        def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for found in super().extractions(documents):
                bold = tuple(replace(s, stance=Stance(), plain=True) for s in found.statements)
                yield replace(found, statements=bold)

    run("build", "a.txt", "-o", "old")
    monkeypatch.setitem(EXTRACTORS, "rules", lambda choice: Bold())
    run("build", "a.txt", "-o", "new")
    told = json.loads(run("diff", "old", "new", "--json").out)
    (stance,) = told["stances"]["changed"]
    assert stance["told"] == "Holt —met_with→ Ode [denied] => Holt —met_with→ Ode"
    assert told["statements"]["gained"] == told["statements"]["lost"] == []


def test_diff_tells_a_merge_of_actors_as_one_change(run: Run, files: Path) -> None:
    for directory in ("old", "out"):
        run("build", *TEXTS, "-o", directory)
    run("judge", "out", "merge", "Marsh", "Ilan")
    told = json.loads(run("diff", "old", "out", "--json").out)
    names = {sort: [a["told"] for a in told["actors"][sort]] for sort in told["actors"]}
    assert "Ilan (Person)" in names["lost"]
    assert {s["told"] for s in told["stances"]["changed"]} == {
        "Ilan —met_with→ Mira => Marsh —met_with→ Mira"
    }
    assert told["statements"]["gained"] == told["statements"]["lost"] == []


# The store in use, or out of order


def test_a_store_in_use(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "out")
    with storage.opened(Path("out"), writing=True):
        for line in ("build b.txt -o out", "remove a.txt -o out", "judge out undo 1"):
            result = run(*line.split())
            assert result.status == 2
            assert "another actorgraph is at work on it" in result.err
        assert run("status", "out").status == 0


def test_a_damaged_store(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "out")
    (files / "out" / "store" / "graph.json.gz").unlink()
    result = run("why", "out", "Marsh")
    assert result.status == 2
    assert "no build was finished; run actorgraph build -o out" in result.err
    assert run("build", "-o", "out").status == 0
    assert run("why", "out", "Marsh").status == 0
    for shard in (files / "out" / "store" / "shards").iterdir():
        shard.write_bytes(b"")
    result = run("build", "-o", "out")
    assert result.status == 2
    assert "take the folder back from a copy" in result.err


def test_a_store_of_an_older_ontology_is_told(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "out")
    with storage.opened(Path("out"), writing=True) as store:
        store.set(ontology="old")
    result = run("judge", "out", "type", "Marsh", "Organization")
    assert result.status == 0
    assert "read with another version of the ontology" in result.err


@pytest.mark.parametrize("command", ["remove", "status", "judge", "review", "why", "diff"])
def test_help(command: str, run: Run) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert f"  actorgraph {command} " in out or f"actorgraph {command} before out" in out
