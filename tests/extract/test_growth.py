"""Growth: a document twice as long takes twice as long to read, whatever it is made of."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from functools import cache

import pytest
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.pipeline import docs

pytestmark = pytest.mark.model


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def _names(count: int) -> str:
    pairs = (f"Jonas Petrak{i} and Maria Lund{i}" for i in range(count))
    return f"Police arrested {', '.join(pairs)}."


def _one_name(count: int) -> str:
    return "\n\n".join(f"Jonas Petrak left camp {i}. He lost his car." for i in range(count))


def _descriptions(count: int) -> str:
    places = ", ".join(f"the colonel of camp {i}" for i in range(count))
    return f"The army's colonel met {places}. The colonel left."


def _dates(count: int) -> str:
    return f"Jonas Petrak met Maria Lund on {', '.join('3 May 2011' for _ in range(count))}."


def _calls(text: str) -> int:
    """How many function calls it takes to read a parsed text."""
    document = Document(text)
    ((_, doc),) = docs(extractor().nlp, [document])
    profile = Profile()
    profile.runcall(extractor().extraction, document, doc)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("text", [_names, _one_name, _descriptions, _dates])
def test_work_grows_with_the_text_and_not_with_its_square(text: Callable[[int], str]) -> None:
    few, many = (_calls(text(count)) for count in (150, 600))
    assert many < 6 * few  # 4 times the text; with its square it would be 16
