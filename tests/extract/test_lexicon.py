"""The lexicon's cache: its key covers the code that makes frames, all of it and no more."""

from __future__ import annotations

import ast
from pathlib import Path

from actorgraph.extract.frame import lexicon

_FILES = {path.stem: path for path in Path(lexicon.__file__).parents[1].rglob("*.py")}
_AFTER_FRAMES = {"coreference", "modality"}
"""What `annotation` needs for texts, and no example goes through."""


def _imported(module: str) -> set[str]:
    """The modules of extract/ that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(_FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level in (1, 2):
            names = {node.module.split(".")[-1]} if node.module else set()
            found |= names or {alias.name for alias in node.names}
    return {name for name in found if name in _FILES}


def test_the_cache_key_hashes_the_modules_that_make_frames() -> None:
    reached: set[str] = set()
    waiting = ["lexicon", "pipeline"]
    while waiting:
        module = waiting.pop()
        if module not in reached | _AFTER_FRAMES:
            reached.add(module)
            waiting.extend(_imported(module))
    assert set(lexicon.MODULES) == reached
