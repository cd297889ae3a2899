"""`--extractor`: which extractors a run uses, what they need, and what is told of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from actorgraph.cli import main as command_line
from actorgraph.cli.main import main

TEXT = "Omar Khalil killed Ali Reza."

CASES: list[tuple[str, str]] = [
    # options, what the line on standard error says
    ("--extractor magic", "invalid choice: 'magic'"),
    ("--extractor rules+magic", "invalid choice: 'magic'"),
    ("--extractor rules+rules", "names an extractor twice"),
    ("--extractor +", "invalid choice: ''"),
    ("--extractor llm", "needs a server: --llm-url"),
    ("--extractor llm --llm-url http://localhost:1", "needs a server: --llm-url"),
    ("--extractor llm --llm-url nowhere --llm-model m", "'nowhere' is no server's address"),
    ("--extractor llm --llm-url http://x --llm-model m --llm-timeout 0", "is no number of seconds"),
    ("--extractor gliner", "needs a model: --gliner-model FOLDER"),
    ("--extractor gliner --gliner-model none", "none is no GLiNER2 model"),
    ("--extractor llm --open", "only the rules read the open layer"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    return tmp_path


@pytest.mark.parametrize(("options", "told"), CASES)
def test_what_an_extractor_needs_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], options: str, told: str
) -> None:
    try:
        status = main(["extract", "a.txt", *options.split()])
    except SystemExit as stop:
        status = int(stop.code or 0)
    assert status == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert not captured.out


def test_the_command_line_opens_no_connection_that_nobody_asked_for() -> None:
    """Nothing of the optional extractors is so much as imported by the command line."""
    code = f"import {command_line.__name__}, sys; print('urllib.request' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


@pytest.mark.model
@pytest.mark.parametrize("command", ["extract", "explain"])
def test_a_coreference_component_that_is_not_installed_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, "a.txt", "--coreference", "nobody_coref"]) == 2
    captured = capsys.readouterr()
    assert "coreference component 'nobody_coref' is not installed" in captured.err
    assert "pip install" in captured.err
    assert not captured.out
