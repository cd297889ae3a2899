"""Warnings: what does not fit together is told with both sides, and never mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.doubt import doubts
from actorgraph.graph.finding import Finding
from actorgraph.graph.gazetteer import Gazetteer
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.merge import merged
from actorgraph.graph.period import period
from actorgraph.graph.post import Post, PostClaim, PostValue
from actorgraph.graph.tenure import tenure
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology

Article = Callable[..., Extraction]
Findings = Callable[..., Sequence[Finding]]

HARN = "Pol Harn (Person)"
VINT = "Dara Vint (Person)"
FALCON = "Falcon Brigade (MilitaryUnit)"
HERON = "Heron Battalion (MilitaryUnit)"
FRONT = "Veld Front (ArmedGroup)"


def on(day: str, **more: Any) -> dict[str, Any]:
    return {"when": day, **more}


def at_event(day: str, **more: Any) -> dict[str, Any]:
    return {"when": day, "event": True, **more}


@pytest.fixture(scope="module")
def findings(ontology: Ontology) -> Findings:
    def found(*articles: Extraction, judgements: tuple[Judgement, ...] = ()) -> Sequence[Finding]:
        return merged(articles, ontology, judgements).findings

    return found


def kinds(found: Sequence[Finding]) -> list[str]:
    return sorted(finding.kind for finding in found)


# Two at once


def test_two_commanders_at_once(article: Article, findings: Findings) -> None:
    (found,) = findings(
        article("One", (HARN, "commanded", FALCON, on("2031-01-01"))),
        article("Two", (HARN, "commanded", FALCON, on("2031-09-01"))),
        article("Three", (VINT, "commanded", FALCON, on("2031-05-01"))),
    )
    assert found.kind == "two_commanders"
    assert "Pol Harn (cited 2031-01-01 to 2031-09-01)" in found.explanation
    assert "Dara Vint (cited 2031-05-01)" in found.explanation
    assert sorted((len(found.left), len(found.right))) == [1, 2]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["2031-01-01", "2031-05-01"], ["2031-06-01"]),  # one after the other
        (["2031-01-01", "2031-06"], ["2031-06-09"]),  # somewhere in June, which day is not told
        (["2031"], ["2031"]),
    ],
)
def test_one_after_the_other_may_be(
    first: list[str], second: list[str], article: Article, findings: Findings
) -> None:
    told = [article(f"1 {d}", (HARN, "commanded", FALCON, on(d))) for d in first]
    told += [article(f"2 {d}", (VINT, "commanded", FALCON, on(d))) for d in second]
    assert findings(*told) == ()


def test_handing_over_takes_a_day(article: Article, findings: Findings) -> None:
    told = at_event("2031-05-01", organization=FALCON, position="commander")
    assert findings(article("One", (HARN, "succeeded", VINT, told))) == ()


def test_the_end_counts_more_than_a_late_citation(article: Article, findings: Findings) -> None:
    dismissed = at_event("2031-03-01", organization=FALCON, position="commander")
    one = article("One", (HARN, "commanded", FALCON, on("2031-01-01")))
    assert (
        kinds(
            findings(
                one,
                article("Two", (HARN, "commanded", FALCON, on("2031-05-05"))),
                article("Three", (None, "dismissed", HARN, dismissed)),
                article("Four", (VINT, "commanded", FALCON, on("2031-04-01"))),
            )
        )
        == []
    )


@pytest.mark.parametrize("stance", [{"polarity": "denied"}, {"certainty": "planned"}])
def test_what_is_denied_or_planned_is_no_conflict(
    stance: dict[str, str], article: Article, findings: Findings
) -> None:
    one = article("One", (HARN, "commanded", FALCON, on("2031-01-01")))
    two = article("Two", (VINT, "commanded", FALCON, on("2031-01-01", **stance)))
    assert findings(one, two) == ()
    reported = article("Three", (VINT, "commanded", FALCON, on("2031-01-01", source=HARN)))
    (found,) = findings(one, reported)
    assert "as sources say" in found.explanation


def test_an_armed_group_has_many_commanders(article: Article, findings: Findings) -> None:
    one = article("One", (HARN, "commanded", FRONT, on("2031-01-01")))
    assert findings(one, article("Two", (VINT, "commanded", FRONT, on("2031-01-01")))) == ()


def test_two_commands_at_once_unless_one_is_in_the_other(
    article: Article, findings: Findings
) -> None:
    both = article(
        "One",
        (HARN, "commanded", FALCON, on("2031-01-01")),
        (HARN, "commanded", HERON, on("2031-01-01")),
    )
    assert kinds(findings(both)) == ["two_commands"]
    assert findings(both, article("Two", (HERON, "part_of", FALCON))) == ()


# Rank and country


@pytest.mark.parametrize(
    ("rank", "unit", "kind"),
    [
        ("Sergeant", "7th Division", ["rank_too_low"]),
        ("Lieutenant General", "Heron Platoon", ["rank_too_high"]),
        ("Colonel", "Falcon Brigade", []),
        ("General", "Falcon Brigade", []),  # a brigadier general is addressed so
        ("General", "Heron Platoon", ["rank_too_high"]),
        ("Sergeant", "Unit 17", []),  # nobody knows how large it is
        ("Grand Duke", "7th Division", []),
    ],
)
def test_rank_and_unit(
    rank: str, unit: str, kind: list[str], article: Article, findings: Findings
) -> None:
    told = article(
        "One",
        (HARN, "commanded", f"{unit} (MilitaryUnit)"),
        (HARN, "has_rank", f"= {rank} (Rank)", {"same": True}),
    )
    assert kinds(findings(told)) == kind


def test_an_officer_of_another_country(article: Article, findings: Findings) -> None:
    iraqi = "Pol Harn (Person, Iraq)"
    (found,) = findings(article("One", (iraqi, "commanded", "Falcon Brigade (MilitaryUnit, Peru)")))
    assert found.kind == "other_country"
    assert "of Iraq" in found.explanation
    assert "of Peru" in found.explanation
    assert (
        findings(article("Two", (iraqi, "commanded", "Falcon Brigade (MilitaryUnit, Iraq)"))) == ()
    )
    (told,) = findings(
        article(
            "Three",
            (HARN, "citizen_of", "Iraq (Country)"),
            (HARN, "commanded", FALCON),
            (FALCON, "part_of", "army (SecurityForce)"),
            ("army (SecurityForce)", "part_of", "Peru (Country)"),
        )
    )
    assert len(told.right) == 2  # whose citizen he is, and whose army it is


# Dates


def test_command_after_death(article: Article, findings: Findings) -> None:
    dead = article("One", (FRONT, "killed", HARN, at_event("2031-03-04")))
    late = article("Two", (HARN, "commanded", FALCON, on("2031-05-01")))
    (found,) = findings(dead, late)
    assert found.kind == "held_after_death"
    assert "2031-03-04" in found.explanation
    assert findings(dead, article("Three", (HARN, "commanded", FALCON, on("2031-03")))) == ()
    obituary = article(
        "Four", (HARN, "commanded", FALCON, {"cue": "commander"}), published="2031-09-01"
    )
    assert findings(dead, obituary) == ()  # the dead are named by their last post
    doubted = article("Five", (FRONT, "killed", HARN, at_event("2031-06-04")))
    assert findings(dead, doubted, late) == ()  # one death told lies behind it


def test_end_before_start(article: Article, findings: Findings) -> None:
    told = {"organization": FALCON, "position": "commander"}
    begun = article("One", (None, "appointed", HARN, at_event("2031-05-01", **told)))
    over = article("Two", (None, "dismissed", HARN, at_event("2031-04-01", **told)))
    (found,) = findings(begun, over)
    assert found.kind == "end_before_start"
    earlier = article("Three", (None, "appointed", HARN, at_event("2030-05-01", **told)))
    assert findings(begun, over, earlier) == ()  # two terms


@pytest.mark.parametrize(
    ("cited", "starts", "ends", "days"),
    [
        (["2031-06"], [], [], None),
        (["2031-06", "2031-08"], [], [], ("2031-06-30", "2031-08-01")),
        (["2031-06-03"], [], [], ("2031-06-03", "2031-06-03")),
        (["2031-06-03", "2031-09-01"], [], ["2031-07"], ("2031-06-03", "2031-07-31")),
        (["2031-01-01", "2031-09-01"], ["2031-02-01"], [], ("2031-02-01", "2031-09-01")),
        (["2031-09-01"], [], ["2031-07-01"], None),
        ([], [], [], None),
    ],
)
def test_tenure(
    cited: list[str], starts: list[str], ends: list[str], days: tuple[str, str] | None
) -> None:
    from actorgraph.graph.evidence import EdgeEvidence

    evidence = EdgeEvidence("d", 0, 1, (0, 1), "s", "q", "r", "x", 0.9)
    claims = tuple(
        PostClaim("holds", "r", "commanded", True, "affirmed", "actual", evidence, cited=day)
        for day in cited
    )
    values = [tuple(PostValue(v, "x", True, ()) for v in told) for told in (starts, ends)]
    post = Post(
        id="p",
        holder="e",
        organization=None,
        relation="commanded",
        label="",
        plain=True,
        polarity="affirmed",
        certainty="actual",
        titles=(),
        ranks=(),
        starts=values[0],
        ends=values[1],
        first_cited=None,
        last_cited=None,
        claims=claims,
        sources=1,
        confidence=0.9,
    )
    found = tenure(post)
    first_and_last = found and (found.first, found.last)
    assert first_and_last == (days and tuple((period(day) or (0,))[0] for day in days))


# Analysts


def test_a_warning_is_a_doubt_until_somebody_settles_it(
    article: Article, findings: Findings, ontology: Ontology
) -> None:
    told = [
        article("One", (HARN, "commanded", FALCON, on("2031-01-01"))),
        article("Two", (VINT, "commanded", FALCON, on("2031-01-01"))),
    ]
    graph = merged(told, ontology)
    (finding,) = graph.findings
    doubt = next(d for d in doubts(graph, Gazetteer(ontology)) if d.kind == "warning")
    assert doubt.items == finding.items[1:]
    assert doubt.evidence == (finding.explanation,)
    settled = merged(told, ontology, [Judgement("dismissed", finding.items, "joint command")])
    (after,) = settled.findings
    assert (after.id, after.settled) == (finding.id, "dismissed")
    assert [d for d in doubts(settled, Gazetteer(ontology)) if d.kind == "warning"] == []
    assert settled.posts == graph.posts  # nothing is mended
    more = [*told, article("Three", (VINT, "commanded", FALCON, on("2031-01-02")))]
    (kept,) = merged(more, ontology, settled.judgements).findings
    assert kept.settled == "dismissed"
    (again,) = merged([*told[:1], more[-1], told[1]], ontology).findings
    assert again.settled is None


def test_settling_one_warning_settles_no_other(article: Article, ontology: Ontology) -> None:
    told = [
        article("One", (HARN, "commanded", FALCON, on("2031-01-01"))),
        article("Two", (VINT, "commanded", FALCON, on("2031-01-01"))),
        article("Three", ("Ivo Sand (Person)", "commanded", FALCON, on("2031-01-01"))),
    ]
    found = merged(told, ontology).findings
    assert len(found) == 3
    for finding in found:
        judged = merged(told, ontology, [Judgement("accepted", finding.items)]).findings
        assert [f.id for f in judged if f.settled == "accepted"] == [finding.id]


def test_rejecting_a_side_takes_the_warning_away(article: Article, ontology: Ontology) -> None:
    told = [
        article("One", (HARN, "commanded", FALCON, on("2031-01-01"))),
        article("Two", (VINT, "commanded", FALCON, on("2031-01-01"))),
    ]
    (finding,) = merged(told, ontology).findings
    graph = merged(told, ontology, [Judgement("not_a_fact", (finding.items[1],))])
    assert graph.findings == ()
    assert len(graph.posts) == 1


def test_judgements_on_warnings_are_checked(ontology: Ontology) -> None:
    with pytest.raises(ActorgraphError, match="is none of two_commanders"):
        Judgement("dismissed", ("s1", "s2"))
    items = ("two_commanders", "s1", "s2")
    both = [Judgement("dismissed", items), Judgement("accepted", items)]
    with pytest.raises(ActorgraphError, match="accepted and dismissed"):
        merged([], ontology, both)
