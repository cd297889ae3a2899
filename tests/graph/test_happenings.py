"""Events told by several documents: short reports about invented events, read by the extractor."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Extraction
from actorgraph.extract.text.document import Document
from actorgraph.graph.doubt import doubts
from actorgraph.graph.event import Event
from actorgraph.graph.explanation import why_same
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.graph import Graph
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.merge import merged
from actorgraph.ontologies.ontology import Ontology
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Report = tuple[str | None, str]
"""Date of publication and text."""
Read = Callable[[Iterable[Report]], list[Extraction]]

MAY_4, MAY_5, MAY_6, MAY_9 = "2031-05-04", "2031-05-05", "2031-05-06", "2031-05-09"
BODY = (
    "Residents said the streets were crowded. Rescue workers searched the rubble through the "
    "night, and the mayor asked for help from neighbouring towns."
)
AGENCY = f"The Veld Council bombed Basra on 4 May 2031, killing six people. {BODY}"

# Relation, reports, and which of them (by number) tell of one event.
CASES: dict[str, tuple[str, list[Report], list[set[int]]]] = {
    "reports of one bombing": (
        "bombed",
        [
            (MAY_5, "The Veld Council bombed Basra on 4 May 2031, killing six people."),
            (MAY_6, "The Veld Council bombed Basra on Sunday, killing nine people."),
            (MAY_5, "Basra was bombed yesterday by the Veld Council."),
        ],
        [{0, 1, 2}],
    ),
    "their dead": (
        "killed",
        [
            (MAY_5, "The Veld Council bombed Basra on 4 May 2031, killing six people."),
            (MAY_6, "The Veld Council bombed Basra on Sunday, killing nine people."),
            (MAY_6, "The Veld Council bombed Basra on Monday, killing nine people."),
        ],
        [{0, 1}, {2}],
    ),
    "dead of another day": (
        "killed",
        [
            (MAY_5, "Police raided Basra on Sunday after five soldiers were killed."),
            (MAY_5, "Five soldiers were killed in Basra on Sunday."),
        ],
        [{0}, {1}],
    ),
    "two days": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
            (MAY_6, "The Veld Council attacked Basra on 5 May 2031."),
            (MAY_6, "The Veld Council attacked Basra on Monday."),
        ],
        [{0}, {1, 2}],
    ),
    "anniversary": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
            ("2032-05-04", "One year ago today, the Veld Council attacked Basra."),
            ("2032-05-05", "The Veld Council attacked Basra on 4 May 2032."),
            ("2032-05-05", "The Veld Council attacked Basra yesterday."),
        ],
        [{0}, {1}, {2, 3}],
    ),
    "meeting told by both sides": (
        "met_with",
        [
            (MAY_5, "Miran Zolkov met Dara Vint in Basra on Sunday."),
            (MAY_5, "Dara Vint met Miran Zolkov in Basra on 4 May 2031."),
            (MAY_5, "Dara Vint met Miran Zolkov."),
        ],
        [{0, 1, 2}],
    ),
    "meetings with two": (
        "met_with",
        [
            (MAY_5, "Miran Zolkov met Dara Vint in Basra on 4 May 2031."),
            (MAY_5, "Miran Zolkov met Pol Harn in Basra on 4 May 2031."),
            (MAY_5, "Miran Zolkov will meet Dara Vint in Basra on 4 May 2031."),
        ],
        [{0}, {1}, {2}],
    ),
    "doer named later": (
        "killed",
        [
            (MAY_5, "General Tarek Zaran was killed in Basra on Sunday."),
            (MAY_9, "The Veld Council killed General Tarek Zaran in Basra on 4 May 2031."),
            (MAY_9, "Gunmen killed General Tarek Zaran."),
        ],
        [{0, 1, 2}],
    ),
    "doer named later, patient never": (
        "attacked",
        [
            (MAY_5, "A checkpoint in Basra was attacked on Sunday."),
            (MAY_9, "The Veld Council attacked a checkpoint in Basra on 4 May 2031."),
            (MAY_9, "The Veld Council attacked a hospital in Basra on 4 May 2031."),
        ],
        [{0, 1}, {2}],
    ),
    "doer unknown, two claim it": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
            (MAY_5, "The Harbour Union attacked Basra on 4 May 2031."),
            (MAY_5, "Basra was attacked on 4 May 2031."),
        ],
        [{0}, {1}, {2}],
    ),
    "police and rebels": (
        "attacked",
        [
            (MAY_5, "Police attacked Basra on 4 May 2031."),
            (MAY_5, "Gunmen attacked Basra on 4 May 2031."),
        ],
        [{0}, {1}],
    ),
    "retaliation": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked the Harbour Union in Basra on 4 May 2031."),
            (MAY_5, "The Harbour Union attacked the Veld Council in Basra on 4 May 2031."),
            (MAY_5, "On 4 May 2031 the Harbour Union was attacked by the Veld Council."),
        ],
        [{0, 2}, {1}],
    ),
    "wounded": (
        "wounded",
        [
            (MAY_5, "Gunmen wounded Colonel Pol Harn in Basra on 4 May 2031."),
            ("2031-05-12", "Gunmen killed Colonel Pol Harn in Basra on 11 May 2031."),
            (MAY_6, "Colonel Pol Harn was wounded in Basra on Sunday."),
        ],
        [{0, 2}],
    ),
    "killed in one place on one day": (
        "killed",
        [
            (MAY_5, "The Veld Council killed Dara Vint in Basra on 4 May 2031."),
            (MAY_5, "The Veld Council killed Pol Harn in Basra on 4 May 2031."),
            (MAY_6, "Dara Vint was killed in Basra on 5 May 2031."),
        ],
        [{0, 2}, {1}],
    ),
    "soldiers": (
        "killed",
        [
            (MAY_5, "The Veld Council killed five soldiers in Basra on 4 May 2031."),
            (MAY_6, "The Veld Council killed six soldiers in Basra on Sunday."),
            (MAY_5, "The Veld Council killed two journalists in Basra on 4 May 2031."),
            (MAY_5, "Five soldiers were killed in Basra on 4 May 2031."),
            (MAY_5, "Three soldiers were killed in Basra on 4 May 2031."),
            (MAY_5, "Five soldiers were killed in Baghdad on 4 May 2031."),
        ],
        [{0, 1, 3}, {2}, {4}, {5}],
    ),
    "a people is not killed once": (
        "killed",
        [
            (MAY_5, "The Veld Council killed Iraqis in Basra on 4 May 2031."),
            ("2031-06-05", "The Veld Council killed Iraqis in Basra on 4 June 2031."),
        ],
        [{0}, {1}],
    ),
    "weapons": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra with drones on 4 May 2031."),
            (MAY_5, "The Veld Council attacked Basra with rockets on 4 May 2031."),
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
        ],
        [{0}, {1}, {2}],
    ),
    "weapon told once": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra with drones on 4 May 2031."),
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
        ],
        [{0, 1}],
    ),
    "relative dates": (
        "arrested",
        [
            (MAY_5, "The Veld Council arrested Dara Vint yesterday."),
            ("2031-05-07", "The Veld Council arrested Dara Vint on Sunday."),
            ("2031-05-14", "On Sunday, the Veld Council arrested Dara Vint."),
            ("2031-05-14", "The Veld Council arrested Dara Vint last week."),
        ],
        [{0, 1}, {2}, {3}],
    ),
    "told again in one document": (
        "attacked",
        [
            (
                MAY_5,
                "The Veld Council attacked a depot in Basra on Sunday. The depot was attacked.",
            ),
            (
                MAY_5,
                "The Veld Council attacked Basra. Then the Harbour Union attacked Basra. "
                "Basra was attacked, a witness wrote.",
            ),
        ],
        [{0}, {1}, {1}, {1}],
    ),
    "signed by two and two": (
        "signed",
        [
            (MAY_5, "Iran and Iraq signed an agreement in Geneva on 4 May 2031."),
            (MAY_5, "Iran and Turkey signed an agreement in Geneva on 4 May 2031."),
            (MAY_5, "Iran signed an agreement in Geneva on 4 May 2031."),
        ],
        [{0}, {1}, {2}],
    ),
    "no date": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked the Harbour Union on 4 May 2031."),
            (MAY_5, "The Veld Council attacked the Harbour Union."),
            ("2031-05-20", "The Veld Council attacked the Harbour Union again and again."),
            (None, "The Veld Council attacked the Harbour Union, a witness wrote."),
        ],
        [{0, 1}, {2}, {3}],
    ),
    "no date between two": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked the Harbour Union on 4 May 2031."),
            (MAY_6, "The Veld Council attacked the Harbour Union on 5 May 2031."),
            (MAY_6, "The Veld Council attacked the Harbour Union."),
        ],
        [{0}, {1}, {2}],
    ),
    "a month": (
        "attacked",
        [
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
            ("2031-06-05", "In May 2031 the Veld Council attacked Basra."),
        ],
        [{0}, {1}],
    ),
    "denied and planned": (
        "attacked",
        [
            (MAY_5, "The Veld Council denied attacking Basra on 4 May 2031."),
            (MAY_5, "The Veld Council attacked Basra on 4 May 2031."),
            ("2031-05-03", "The Veld Council plans to attack Basra on 4 May 2031."),
        ],
        [{0}, {1}, {2}],
    ),
}


@pytest.fixture(scope="module")
def read() -> Read:
    extractor = RuleExtractor()

    @cache
    def one(report: Report) -> Extraction:
        published, text = report
        (extraction,) = extractor.extractions([Document(text, published=published)])
        return extraction

    return lambda reports: [one(report) for report in reports]


def told(graph: Graph, relation: str, ontology: Ontology) -> list[Event]:
    return [e for e in graph.events if ontology.relation_is_a(e.type, relation)]


@pytest.mark.parametrize("case", CASES)
def test_what_is_one_event(case: str, read: Read, ontology: Ontology) -> None:
    relation, reports, groups = CASES[case]
    extractions = read(reports)
    number = {e.document.id: i for i, e in enumerate(extractions)}
    graph = merged(extractions, ontology)
    events = told(graph, relation, ontology)
    found = [{number[document] for document in event.documents} for event in events]
    assert sorted(map(sorted, found)) == sorted(map(sorted, groups))
    for event in events:
        links = why_same(graph, event.id)
        assert len(links) >= len(event.members) - 1
        assert all(link.evidence for link in links)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), left_out=st.sets(st.integers(0, 60), max_size=30))
def test_order_does_not_matter(
    seed: int, left_out: set[int], read: Read, ontology: Ontology
) -> None:
    """All cases in one collection, so that blocks are mixed; any part of it, in any order."""
    reports = sorted({r for _, reports, _ in CASES.values() for r in reports}, key=str)
    kept = read(r for i, r in enumerate(reports) if i not in left_out)
    shuffled = [*kept, *kept[:3]]
    random.Random(seed).shuffle(shuffled)
    assert merged(shuffled, ontology) == merged(kept, ontology)


def test_tolls_stand_side_by_side(read: Read, ontology: Ontology) -> None:
    extractions = read(CASES["their dead"][1][:2])
    (event,) = told(merged(extractions, ontology), "killed", ontology)
    tolls = {d.value: (d.text, d.documents) for d in event.told("count")}
    first, second = (e.document.id for e in extractions)
    assert tolls == {"6": ("six people", (first,)), "9": ("nine people", (second,))}


def test_what_is_only_reported_makes_a_fact_say_no_more(read: Read, ontology: Ontology) -> None:
    extractions = read(
        [
            (MAY_5, "The killing of Tarek Zaran alarmed Basra."),
            (MAY_5, "Tarek Zaran was killed in an airstrike by the Veld Council, a witness said."),
        ]
    )
    graph = merged(extractions, ontology)
    (event,) = told(graph, "killed", ontology)
    assert event.plain and event.type == "killed"
    assert "Veld" not in event.label
    (doer,) = (p for p in event.participants if p.role == "agent")
    assert not doer.plain


def test_dates_of_one_killing_stand_side_by_side(read: Read, ontology: Ontology) -> None:
    reports = CASES["killed in one place on one day"][1]
    (event,) = told(merged(read([reports[0], reports[2]]), ontology), "killed", ontology)
    assert [(d.value, len(d.documents)) for d in event.told("when")] == [(MAY_4, 1), (MAY_5, 1)]


def test_a_copy_with_another_headline_is_no_second_source(read: Read, ontology: Ontology) -> None:
    copies = [
        (MAY_5, f"Air raid kills six in port city\n{AGENCY}"),
        (MAY_5, f"Council bombs Basra: rescue workers at work\n{AGENCY}"),
    ]
    own = (MAY_6, "The Veld Council bombed Basra on Sunday, killing nine people.")
    graph = merged(read([*copies, own]), ontology)
    (event,) = told(graph, "bombed", ontology)
    assert (len(event.documents), event.sources) == (3, 2)
    changed = AGENCY.replace("six people", "nine policemen").replace("mayor", "governor")
    other = (MAY_5, f"Air raid kills nine\n{changed.replace('crowded', 'empty')}")
    (event,) = told(merged(read([copies[0], other]), ontology), "bombed", ontology)
    assert event.sources == 2


def test_judgements_part_and_join_events(read: Read, ontology: Ontology) -> None:
    extractions = read(CASES["two days"][1])
    graph = merged(extractions, ontology)
    (pair,) = [e for e in graph.events if len(e.members) == 2]
    (single,) = [e for e in graph.events if len(e.members) == 1]
    different = Judgement("different", pair.members, "two waves", "A")
    assert len(merged(extractions, ontology, [different]).events) == 3
    same = Judgement("same", (single.members[0], pair.members[0]), "a slip of the pen", "B")
    (event,) = merged(extractions, ontology, [same]).events
    assert len(event.told("when")) == 2
    assert merged(extractions, ontology) == graph


def test_doubtful_pairs_of_events_are_shown(read: Read, ontology: Ontology) -> None:
    reports = [*CASES["two days"][1][:2], *CASES["doer unknown, two claim it"][1][1:]]
    graph = merged(read(reports), ontology)
    events = graph.event_index()
    found = [d for d in doubts(graph, Gazetteer(ontology)) if d.rule == "events_alike"]
    assert found
    for doubt in found:
        assert doubt.kind == "apart"
        assert set(doubt.nodes) <= events.keys()
        assert doubt.evidence
    words = {word for doubt in found for word in doubt.evidence}
    assert any(word.startswith("but the dates differ") for word in words)
    assert any(word.startswith("but only one tells who did it") for word in words)
    kept = Judgement("different", found[0].items)
    again = merged(read(reports), ontology, [kept])
    assert found[0].items not in {d.items for d in doubts(again, Gazetteer(ontology))}
