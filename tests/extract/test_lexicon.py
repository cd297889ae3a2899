"""The lexicon's cache: its key covers the code that makes frames, all of it and no more."""

from __future__ import annotations

import ast
from pathlib import Path

from actorgraph.extract import lexicon

_FOLDER = Path(lexicon.__file__).parent
_AFTER_FRAMES = {"coreference", "modality"}
"""What `annotation` needs for texts, and no example goes through."""


def _imported(module: str) -> set[str]:
    """The modules of the folder that a module imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((_FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found


def test_the_cache_key_hashes_the_modules_that_make_frames() -> None:
    reached: set[str] = set()
    waiting = ["lexicon", "pipeline"]
    while waiting:
        module = waiting.pop()
        if module not in reached | _AFTER_FRAMES:
            reached.add(module)
            waiting.extend(_imported(module))
    assert set(lexicon.MODULES) == reached
