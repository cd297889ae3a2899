"""Hints name the relation of a clause without asking who its actors are."""

from __future__ import annotations

import pytest
from actorgraph.extract.annotation import annotation
from actorgraph.extract.frame.hint import Hint, hints
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.text.document import Document


def _hints(extractor: RuleExtractor, text: str, word: str) -> list[Hint]:
    found = annotation(extractor.nlp(text), extractor.rules)
    referents = extractor.referents(Document(text), found)
    token = found.reading.tree.text.index(word)
    return hints(
        found.reading,
        extractor.lexicon.index,
        token,
        lambda frame, slot, t: extractor.fit(frame, slot, t, found, referents),
    )


@pytest.fixture(scope="module")
def extractor() -> RuleExtractor:
    return RuleExtractor()


@pytest.mark.parametrize(
    ("text", "word", "relation"),
    [
        ("Kenya rejected the plan.", "rejected", "rejected"),
        ("Kenya expelled three smugglers.", "expelled", "expelled"),
        ("Ghana suspended aid to the northern farmers.", "suspended", "suspended_aid_to"),
        ("Somebody kidnapped the tourists.", "kidnapped", "abducted"),
        ("Kenya returned the statue to the museum.", "returned", "returned_property_to"),
        ("Kenya returned to the talks.", "returned", "visited"),
    ],
)
def test_the_words_suggest_the_relation(
    extractor: RuleExtractor, text: str, word: str, relation: str
) -> None:
    assert _hints(extractor, text, word)[0].relation == relation


def test_all_words_of_a_frame_are_asked_for(extractor: RuleExtractor) -> None:
    relations = {h.relation for h in _hints(extractor, "Kenya suspended the clerk.", "suspended")}
    assert "suspended_aid_to" not in relations


def test_a_hint_tells_what_is_missing_and_what_stands_in_its_slots(
    extractor: RuleExtractor,
) -> None:
    text = "The rebels surrendered."
    hint = next(h for h in _hints(extractor, text, "surrendered") if h.relation == "surrendered_to")
    assert (hint.words, hint.missing) == (1, 1)
    assert hint.bindings == {"subject": 1}


def test_more_words_come_first(extractor: RuleExtractor) -> None:
    found = _hints(extractor, "Kenya severed diplomatic ties with Chad.", "severed")
    assert found[0].relation == "cut_ties_with"
    assert [h.words for h in found] == sorted((h.words for h in found), reverse=True)
    assert found[0].missing == 0


def test_a_word_without_frames_suggests_nothing(extractor: RuleExtractor) -> None:
    assert _hints(extractor, "Kenya yawned.", "yawned") == []
