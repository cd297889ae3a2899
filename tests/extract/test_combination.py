"""Several extractors at once: who said what, where they agree, and who is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from actorgraph.extract.model.combination import CombinedExtractor
from actorgraph.extract.model.tally import Reason, Tally
from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Extractor,
    Qualifier,
    Reference,
    Source,
    Stance,
    Statement,
    Value,
)
from actorgraph.extract.text.document import Document

TEXT = "A hit B. C did not hit D."
DOCUMENT = Document(TEXT)
STARTS = {name: TEXT.index(name) for name in "ABCD"}


class Fixed:
    """Says the same of every document."""

    def __init__(self, name: str, statements: Sequence[Statement]) -> None:
        self.name = name
        self.key = name
        self._statements = tuple(replace(s, extractor=name, id="") for s in statements)

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            ends = {
                end.entity: end
                for s in self._statements
                for end in (s.subject, s.object)
                if isinstance(end, Reference)
            }
            entities = tuple(
                DocumentEntity(id_, e.name, e.type, (e.name,), ((e.start, e.end),))
                for id_, e in ends.items()
            )
            yield Extraction(document, entities, self._statements)


def end(name: str) -> Reference:
    start = STARTS[name]
    return Reference(f"m{name}", name, name, start, start + 1, "Person")


def hit(
    subject: str | None,
    object_: str | Value,
    stance: Stance | None = None,
    confidence: float = 0.8,
    relation: str = "attacked",
) -> Statement:
    said = end(object_) if isinstance(object_, str) else object_
    start, stop = (0, 8) if said.start < 8 else (9, len(TEXT))
    cue = TEXT.index("hit", start)
    stance = stance or Stance()
    return Statement(
        document=DOCUMENT.id,
        relation=relation,
        phrase="hit",
        subject=end(subject) if subject else None,
        object=said,
        stance=stance,
        evidence=Evidence(DOCUMENT.id, start, stop, TEXT[start:stop], cue, cue + 3),
        rule="test",
        extractor="",
        confidence=confidence,
        plain=stance == Stance(),
    )


def combined(*said: Sequence[Statement], tally: Tally | None = None) -> tuple[Statement, ...]:
    names = ("rules", "llm", "gliner")
    parts: list[Extractor] = [Fixed(n, s) for n, s in zip(names, said, strict=False)]
    (extraction,) = CombinedExtractor(parts, tally).extractions([DOCUMENT])
    return extraction.statements


def shown(statements: Iterable[Statement]) -> list[tuple[str, str, str, float]]:
    return [
        (
            s.subject.name if isinstance(s.subject, Reference) else "-",
            s.object.name
            if isinstance(s.object, Reference)
            else s.object.value
            if s.object
            else "-",
            s.extractor,
            s.confidence,
        )
        for s in statements
    ]


DENIED = Stance("denied")
PLANNED = Stance(certainty="planned")
Shown = list[tuple[str, str, str, float]]

TABLE: list[tuple[str, list[list[Statement]], Shown, int]] = [
    # what is told of, what each extractor says, what comes of it, how many are contradicted
    (
        "both the same",
        [[hit("A", "B")], [hit("A", "B", confidence=0.6)]],
        [("A", "B", "rules+llm", 0.92)],
        0,
    ),
    (
        "all three the same",
        [[hit("A", "B")], [hit("A", "B")], [hit("A", "B")]],
        [("A", "B", "rules+llm+gliner", 0.99)],
        0,
    ),
    (
        "two different things",
        [[hit("A", "B")], [hit("C", "D", DENIED)]],
        [("A", "B", "rules", 0.8), ("C", "D", "llm", 0.8)],
        0,
    ),
    ("only the model", [[], [hit("A", "B")]], [("A", "B", "llm", 0.8)], 0),
    ("the other way round", [[hit("A", "B")], [hit("B", "A")]], [("A", "B", "rules", 0.8)], 1),
    (
        "another stance",
        [[hit("C", "D", DENIED)], [hit("C", "D")]],
        [("C", "D", "rules", 0.8)],
        1,
    ),
    (
        "another stance, more careful",
        [[hit("A", "B")], [hit("A", "B", PLANNED)]],
        [("A", "B", "rules", 0.8)],
        1,
    ),
    (
        "another stance in another sentence",
        [
            [hit("A", "B")],
            [replace(hit("A", "B", DENIED), evidence=hit("C", "D").evidence, id="")],
        ],
        [("A", "B", "rules", 0.8), ("A", "B", "llm", 0.8)],
        0,
    ),
    (
        "two stances in one sentence",
        [[hit("A", "B"), hit("A", "B", PLANNED)], [hit("A", "B", PLANNED)]],
        [("A", "B", "rules", 0.8), ("A", "B", "rules+llm", 0.96)],
        0,
    ),
    (
        "another relation",
        [[hit("A", "B")], [hit("A", "B", relation="killed")]],
        [("A", "B", "rules", 0.8), ("A", "B", "llm", 0.8)],
        0,
    ),
    (
        "an agent that only one of them finds",
        [[hit(None, "B")], [hit("A", "B")]],
        [("-", "B", "rules", 0.8), ("A", "B", "llm", 0.8)],
        0,
    ),
    (
        "a rank as a value",
        [[hit("A", Value("general", "B", 6, 7, "Rank"))]] * 2,
        [("A", "general", "rules+llm", 0.96)],
        0,
    ),
]


@pytest.mark.parametrize(
    ("said", "expected", "contradicted"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_combination(said: list[list[Statement]], expected: Shown, contradicted: int) -> None:
    tally = Tally()
    found = combined(*said, tally=tally)
    assert sorted(shown(found)) == sorted(expected)
    assert tally.dropped.total() == contradicted
    assert {reason for _, reason in tally.dropped} <= {Reason.CONTRADICTED}
    assert len({s.id for s in found}) == len(found)


def test_an_agreed_statement_has_the_circumstances_of_both_and_the_source_of_the_first() -> None:
    def with_(role: str, text: str, source: str) -> Statement:
        stance = Stance(source=Source(source, 0, 1, source))
        qualifiers = {role: Qualifier(text, 0, 1), "where": Qualifier(text, 0, 1)}
        return replace(hit("A", "B", stance), qualifiers=qualifiers)

    (found,) = combined([with_("when", "now", "A")], [with_("instrument", "stone", "B")])
    assert {role: q.text for role, q in found.qualifiers.items()} == {
        "when": "now",
        "where": "now",
        "instrument": "stone",
    }
    assert found.stance.source is not None
    assert found.stance.source.name == "A"
    assert not found.plain


def test_every_document_is_read_by_every_part_in_step() -> None:
    pulled: list[int] = []

    def documents() -> Iterator[Document]:
        for number in range(3):
            pulled.append(number)
            yield Document(f"{TEXT} {number}")

    extractor = CombinedExtractor([Fixed("rules", [hit("A", "B")]), Fixed("llm", [])])
    stream = extractor.extractions(documents())
    assert next(stream).document.text == f"{TEXT} 0"
    assert pulled == [0]  # a generator: nothing is read ahead by the combination itself
    assert [e.document.text[-1] for e in stream] == ["1", "2"]
    assert extractor.name == "rules+llm"
    assert extractor.key == "rules + llm"


def test_entities_of_all_parts_are_there_once() -> None:
    parts: list[Extractor] = [
        Fixed("rules", [hit("A", "B")]),
        Fixed("llm", [hit("A", "B"), hit("C", "D")]),
    ]
    (extraction,) = CombinedExtractor(parts).extractions([DOCUMENT])
    assert [entity.id for entity in extraction.entities] == ["mA", "mB", "mC", "mD"]
