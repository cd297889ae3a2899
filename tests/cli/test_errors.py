"""Whatever goes wrong: one clear line, a stable status, and no half-written file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from actorgraph.cli.extractor import EXTRACTORS

from .conftest import Run, Simple

TEXT = "Marsh met Ode."

Case = tuple[str, int, str]

CASES: list[Case] = [
    # command line, status, what the line on standard error says
    ("build missing.txt -o out", 2, "missing.txt: no such file"),
    ("build empty.txt -o out", 2, "empty.txt: an empty file"),
    ("build binary.txt -o out", 2, "binary.txt: a binary file"),
    ("build undecodable.txt -o out", 2, "undecodable.txt: marked as utf-16"),
    ("build broken.jsonl -o out", 2, "broken.jsonl:1: not JSON"),
    ("build scan.pdf -o out", 2, "scan.pdf: unknown format '.pdf'"),
    ("build folder -o out", 2, "folder: no readable file"),
    ("build *.none -o out", 2, "*.none: matches no file"),
    ("build a.txt missing.txt -o out", 1, "missing.txt: no such file"),
    ("build a.txt half.jsonl -o out", 1, "half.jsonl:2: no field 'text'"),
    ("build a.txt -o a.txt", 3, "a.txt: this is a file"),
    ("build a.txt -o a.txt/out", 3, "a.txt: this is a file"),
    ("build a.txt -o out --published yesterday", 2, "'yesterday' is not a publication date"),
    ("build a.txt -o out --ontology broken.ttl", 2, "broken.ttl, line 1: not valid Turtle"),
    ("build a.txt -o out --ontology missing.ttl", 2, "missing.ttl: cannot be read"),
    ("build a.txt", 2, "required: -o"),
    ("build a.txt -o out --format odt", 2, "invalid choice: 'odt'"),
    ("build a.txt -o out --extractor magic", 2, "invalid choice: 'magic'"),
    ("extract missing.txt", 2, "missing.txt: no such file"),
    ("extract a.txt missing.txt -o out.jsonl", 1, "missing.txt: no such file"),
    ("extract a.txt -o folder", 3, "folder: cannot be written"),
    ("extract a.txt -o none/out.jsonl", 3, "none/out.jsonl: cannot be written"),
    ("explain missing.txt", 2, "missing.txt: no such file"),
    ("explain Soldiers. --published soon", 2, "'soon' is not a publication date"),
    ("ontology check missing.ttl", 2, "missing.ttl: no such file"),
    ("ontology list --ontology broken.ttl", 2, "broken.ttl, line 1: not valid Turtle"),
    ("query none killed", 2, "none: no such directory"),
    ("query folder killed", 2, "graph.trig: cannot be read"),
    ("query folder unknown", 2, "'unknown' is no ready query"),
    ("query folder", 2, "query needs a folder and a query"),
    ("query folder killed --set victim", 2, "'victim' is not NAME=VALUE"),
    ("frobnicate", 2, "invalid choice: 'frobnicate'"),
    ("", 2, "required: COMMAND"),
]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x07" * 99)
    (tmp_path / "undecodable.txt").write_bytes(b"\xff\xfea")
    (tmp_path / "broken.jsonl").write_text('{"text": \n')
    (tmp_path / "half.jsonl").write_text('{"text": "Ilan met Mira."}\n{"body": "x"}\n')
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "broken.ttl").write_text("this is no Turtle")
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(("line", "status", "said"), CASES, ids=[case[0] or "-" for case in CASES])
def test_errors(line: str, status: int, said: str, run: Run, files: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in files.rglob("*")}
    result = run(*line.split())
    assert result.status == status
    assert said in result.err
    assert "Traceback" not in result.err
    told = [text for text in result.err.splitlines() if text.startswith("actorgraph")]
    assert len(told) == len(set(told))
    if status != 1:
        assert result.out == ""
        assert {path: path.stat().st_mtime_ns for path in files.rglob("*")} == before
    assert not list(files.rglob("*.part"))


def test_unknown_relation_in_a_query(run: Run, files: Path) -> None:
    run("build", "a.txt", "-o", "out")
    result = run("query", "out", "SELECT ?x WHERE { ?x :met_wiht ?y }")
    assert result.status == 2
    assert "met_wiht" in result.err
    assert "met_with" in result.err
    assert run("query", "out", "SELEKT").status == 2


def test_other_documents_go_on(run: Run, files: Path) -> None:
    result = run("extract", *sorted(path.name for path in files.iterdir() if path.is_file()))
    assert result.status == 1
    assert len(result.out.splitlines()) == 2
    assert len(result.err.splitlines()) == 7


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_folder_without_permission(run: Run, files: Path) -> None:
    (files / "folder").chmod(0o500)
    assert run("build", "a.txt", "-o", "folder/out").status == 3


def test_an_old_output_stays_when_the_new_one_fails(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (files / "out.jsonl").write_text("old")

    def broken(self: Simple, documents: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Simple, "extractions", broken)
    result = run("extract", "a.txt", "-o", "out.jsonl")
    assert result.status == 130
    assert result.err == "actorgraph: interrupted; unfinished files were not kept\n"
    assert (files / "out.jsonl").read_text() == "old"
    assert not list(files.glob(".*"))


def test_a_fault_of_ours_is_told_with_its_traceback(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setitem(EXTRACTORS, "rules", broken)
    result = run("extract", "a.txt")
    assert result.status == 70
    assert "ZeroDivisionError" in result.err
    assert "please report" in result.err


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="pipes of POSIX")
def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
    done = subprocess.run(
        f"'{sys.executable}' -m actorgraph ontology list --json | head -c 10",
        shell=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )
    assert done.stderr == ""


def test_a_missing_model_is_told_with_the_way_to_install_it(
    run: Run, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    monkeypatch.chdir(files)
    result = run("extract", "a.txt", "--model", "en_core_web_none")
    assert result.status == 2
    assert "python -m spacy download en_core_web_none" in result.err
