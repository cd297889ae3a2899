"""Posts: who held what, since and until when, and who says so."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.graph import Graph
from actorgraph.graph.merge import merged
from actorgraph.graph.post import Post
from actorgraph.graph.record import graph_record, recorded_graph
from actorgraph.ontologies.ontology import Ontology

Article = Callable[..., Extraction]

HARN = "Pol Harn (Person)"
VINT = "Dara Vint (Person)"
BRIGADE = "Falcon Brigade (MilitaryUnit)"
PARTY = "Harbour Party (PoliticalParty)"
EVENT = {"event": True}


@pytest.fixture(scope="module")
def posts(ontology: Ontology) -> Callable[..., list[Post]]:
    def found(*articles: Extraction) -> list[Post]:
        return sorted(merged(articles, ontology).posts, key=lambda post: post.label)

    return found


Posts = Callable[..., list[Post]]


def dates(post: Post) -> tuple[list[str], list[str], str | None, str | None]:
    starts, ends = ([v.value for v in values] for values in (post.starts, post.ends))
    return starts, ends, post.first_cited, post.last_cited


def cued(told: Extraction) -> Extraction:
    """A document of one fact whose cue is the last of the words given: others stand before it."""
    (statement,) = told.statements
    known = statement.evidence
    words = told.document.text[known.cue_start : known.cue_end]
    start = known.cue_end - len(re.split(r"[ -]", words)[-1])
    evidence = replace(known, cue_start=start)
    return replace(told, statements=(replace(statement, evidence=evidence, id=""),))


# One node


def test_a_post_of_two_documents_is_one_node(article: Article, posts: Posts) -> None:
    (post,) = posts(
        article("One", (HARN, "commanded", BRIGADE, {"when": "2031-05-04", "position": "GOC"})),
        article("Two", (HARN, "leads", BRIGADE, {"position": "commander"}), published="2031-06-01"),
    )
    assert post.relation == "commanded"  # the narrowest told
    assert [t.value for t in post.titles] == ["GOC", "commander"]
    assert dates(post) == ([], [], "2031-05-04", "2031-06-01")
    assert {c.basis for c in post.claims} == {"told", "published"}
    assert (post.plain, post.sources, len(post.documents)) == (True, 2, 2)


def test_observed_is_not_started(article: Article, posts: Posts) -> None:
    (post,) = posts(article("One", (HARN, "commanded", BRIGADE, {"when": "2031-05"})))
    assert dates(post) == ([], [], "2031-05", "2031-05")


def test_what_was_led_in_the_past_is_not_led_at_publication(article: Article, posts: Posts) -> None:
    (post,) = posts(article("One", (HARN, "commanded", BRIGADE), published="2031-06-01"))
    assert dates(post) == ([], [], None, None)


@pytest.mark.parametrize(
    ("cue", "cited"),
    [
        ("commander", "2031-06-01"),
        ("was the commander", None),
        ("was named commander", "2031-06-01"),
    ],
)
def test_who_was_commander_is_none_at_publication(
    cue: str, cited: str | None, article: Article, ontology: Ontology
) -> None:
    told = article("One", (HARN, "commanded", BRIGADE, {"cue": cue}), published="2031-06-01")
    (post,) = merged([cued(told)], ontology).posts
    assert post.last_cited == cited


def test_titles_of_a_country_are_posts_of_their_own(article: Article, posts: Posts) -> None:
    one = article(
        "One",
        (HARN, "leads", "Estvia (Country)", {"cue": "president", "position": "president"}),
        (
            HARN,
            "leads",
            "Estvia (Country)",
            {"cue": "prime minister", "position": "prime minister"},
        ),
    )
    assert [p.label for p in posts(one)] == [
        "Pol Harn: president, Estvia",
        "Pol Harn: prime minister, Estvia",
    ]


def test_an_untitled_claim_joins_the_only_title(article: Article, posts: Posts) -> None:
    (post,) = posts(
        article("One", (HARN, "leads", "Estvia (Country)", {"position": "president"})),
        article("Two", (HARN, "leads", "Estvia (Country)")),
    )
    assert len(post.claims) == 2


def test_an_office_needs_no_organization(article: Article, posts: Posts) -> None:
    (post,) = posts(
        article("One", (HARN, "holds_position", "= Defence Minister (Position)")),
        article("Two", (HARN, "holds_position", "= defence minister (Position)")),
        article("Three", (HARN, "holds_position", "= commander (Position)")),  # of what?
    )
    assert post.organization is None
    assert len(post.titles) == 1
    assert len(post.documents) == 2


def test_a_membership_beside_a_command_is_no_second_post(article: Article, posts: Posts) -> None:
    same = {"same": True}
    one = article("One", (HARN, "commanded", BRIGADE), (HARN, "served_in", BRIGADE, same))
    assert [p.relation for p in posts(one)] == ["commanded"]
    assert {p.relation for p in posts(article("Two", (HARN, "served_in", BRIGADE)))} == {
        "served_in"
    }


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [
        ("Estvia (Country)", "member_of", "Union of States (IGO)"),
        ("two officers (Person)", "commanded", BRIGADE),
        (HARN, "commanded", VINT),
        (HARN, "commanded", "troops (SecurityForce)"),
        (HARN, "holds_position", "= spokesman (Position)"),
        (HARN, "attacked", BRIGADE),
    ],
)
def test_what_is_no_post(
    subject: str, relation: str, object_: str, article: Article, posts: Posts
) -> None:
    assert posts(article("One", (subject, relation, object_))) == []


# Alleged


def test_what_only_sources_say_is_alleged(article: Article, posts: Posts) -> None:
    (post,) = posts(article("One", (HARN, "commanded", BRIGADE, {"source": VINT})))
    assert (post.plain, post.polarity, post.certainty) == (False, "affirmed", "actual")
    (claim,) = post.claims
    assert claim.source is not None
    assert claim.source.name == "Dara Vint"


def test_a_denial_is_kept_beside_the_fact(article: Article, posts: Posts) -> None:
    denied = article("Two", (HARN, "commanded", BRIGADE, {"polarity": "denied"}))
    (alone,) = posts(denied)
    assert (alone.plain, alone.polarity) == (False, "denied")
    (post,) = posts(article("One", (HARN, "commanded", BRIGADE)), denied)
    assert (post.plain, post.polarity, len(post.claims), post.sources) == (True, "affirmed", 2, 1)


def test_a_planned_end_is_no_end(article: Article, posts: Posts) -> None:
    planned = {"certainty": "planned", "when": "2031-09-01", "same": True, **EVENT}
    (post,) = posts(
        article("One", (HARN, "commanded", BRIGADE), (None, "dismissed", HARN, planned))
    )
    assert dates(post) == ([], [], None, None)
    assert [c.effect for c in post.claims if not c.plain] == ["ends"]


# Begun and over


def test_appointment_and_dismissal_in_the_sentence(article: Article, posts: Posts) -> None:
    named = {"position": "commander", "same": True}
    (post,) = posts(
        article(
            "One",
            (None, "appointed", HARN, {"when": "2031-01-02", **EVENT}),
            (HARN, "commanded", BRIGADE, named),
        ),
        article(
            "Two",
            (HARN, "commanded", BRIGADE),
            (None, "dismissed", HARN, {"when": "2031-08-09", "same": True, **EVENT}),
        ),
    )
    assert dates(post) == (["2031-01-02"], ["2031-08-09"], "2031-01-02", "2031-08-09")


def test_a_post_told_before_an_appointment_is_not_the_one_begun(
    article: Article, posts: Posts
) -> None:
    (post,) = posts(
        article(
            "One",
            (HARN, "commanded", BRIGADE),
            (None, "appointed", HARN, {"when": "2031-01-02", "same": True, **EVENT}),
        )
    )
    assert dates(post)[0] == []


def test_an_appointment_with_its_office_makes_a_post(article: Article, posts: Posts) -> None:
    told = {"when": "2031-01-02", "position": "defence minister", **EVENT}
    (post,) = posts(article("One", (VINT, "appointed", HARN, told)))
    assert post.label == "Pol Harn: defence minister"
    assert dates(post) == (["2031-01-02"], [], "2031-01-02", "2031-01-02")


def test_succession_tells_both_posts(article: Article, posts: Posts) -> None:
    told = {"when": "2031-01-02", "organization": BRIGADE, "position": "commander", **EVENT}
    old, new = posts(article("One", (HARN, "succeeded", VINT, told)))
    assert (old.label, new.label) == (
        "Dara Vint: commander, Falcon Brigade",
        "Pol Harn: commander, Falcon Brigade",
    )
    assert (dates(old)[1], dates(new)[0]) == (["2031-01-02"], ["2031-01-02"])
    assert {old.relation, new.relation} == {"commanded"}


def test_the_successor_gets_the_post_of_the_predecessor(article: Article, posts: Posts) -> None:
    told = {"when": "2031-01-02", "same": True, **EVENT}
    old, new = posts(article("One", (VINT, "commanded", BRIGADE), (HARN, "succeeded", VINT, told)))
    assert dates(old)[1] == dates(new)[0] == ["2031-01-02"]
    assert new.organization == old.organization


def test_the_predecessor_had_the_post_of_the_successor(article: Article, posts: Posts) -> None:
    told = {"when": "2031-01-02", **EVENT}
    behind = {"cue": "commander", "same": True}
    old, new = posts(
        article("One", (HARN, "succeeded", VINT, told), (HARN, "commanded", BRIGADE, behind))
    )
    assert dates(old)[1] == dates(new)[0] == ["2031-01-02"]
    assert [p.label for p in (old, new)] == [
        "Dara Vint: commanded Falcon Brigade",
        "Pol Harn: commanded Falcon Brigade",
    ]


@pytest.mark.parametrize("same", [True, False])
def test_who_is_dismissed_is_no_commander_at_publication(
    same: bool, article: Article, posts: Posts
) -> None:
    told = {"same": same, **EVENT, **({} if same else {"when": "2031-05-30"})}
    (post,) = posts(
        article(
            "One",
            (HARN, "commanded", BRIGADE, {"cue": "commander"}),
            (None, "dismissed", HARN, told),
            published="2031-06-01",
        )
    )
    assert post.last_cited == (None if same else "2031-05-30")


def test_resigning_ends_what_is_held_there_alone(article: Article, posts: Posts) -> None:
    union = "Harbour Union (Organization)"
    party, other = posts(
        article("One", (HARN, "member_of", PARTY), (HARN, "member_of", union)),
        article("Two", (HARN, "resigned_from", PARTY, {"when": "2031-02-03", **EVENT})),
    )
    assert dates(party)[1] == ["2031-02-03"]
    assert dates(other)[1] == []


def test_death_ends_the_post_it_is_told_with(article: Article, posts: Posts) -> None:
    dead = {"when": "2031-03-04", "same": True, **EVENT}
    former, post = posts(
        article("One", (HARN, "leads", PARTY, {"cue": "former leader", "position": "leader"})),
        article(
            "Two",
            (HARN, "commanded", BRIGADE, {"cue": "commander"}),
            ("Veld Council (ArmedGroup)", "killed", HARN, dead),
            published="2031-03-09",
        ),
    )[::-1]
    assert dates(post) == ([], ["2031-03-04"], "2031-03-04", "2031-03-04")
    assert dates(former)[1] == []


def test_dates_in_conflict_stand_side_by_side(article: Article, posts: Posts) -> None:
    def report(title: str, day: str) -> Extraction:
        told = {"when": day, "position": "defence minister", **EVENT}
        return article(title, (None, "appointed", HARN, told))

    (post,) = posts(report("One", "2031-01-02"), report("Two", "2031-01-05"))
    assert [(v.value, len(v.documents)) for v in post.starts] == [
        ("2031-01-02", 1),
        ("2031-01-05", 1),
    ]


# Words


@pytest.mark.parametrize(
    ("cue", "when", "effect"),
    [
        ("commander", None, "holds"),
        ("the former commander", None, "held"),
        ("ex-commander", None, "held"),
        ("joined", "2031-05", "starts"),
        ("became commander", "2031-05", "starts"),
        ("resigned as commander", None, "ends"),
        ("the newly appointed commander", "2031-05", "holds"),
    ],
)
def test_words_before_a_title(
    cue: str, when: str | None, effect: str, ontology: Ontology, article: Article
) -> None:
    more = {"cue": cue, **({"when": when} if when else {})}
    (post,) = merged([cued(article("One", (HARN, "commanded", BRIGADE, more)))], ontology).posts
    assert [claim.effect for claim in post.claims] == [effect]


# Ranks


def test_the_rank_is_that_of_the_sentence(article: Article, posts: Posts) -> None:
    rank = {"same": True}
    one = article(
        "One",
        (HARN, "commanded", BRIGADE),
        (HARN, "has_rank", "= Colonel (Rank)", rank),
        (HARN, "has_rank", "= General (Rank)"),
    )
    (post,) = posts(one)
    assert [r.value for r in post.ranks] == ["Colonel"]
    (post,) = posts(
        article("Two", (HARN, "commanded", BRIGADE), (HARN, "has_rank", "= General (Rank)"))
    )
    assert [r.value for r in post.ranks] == ["General"]  # the only one the document tells


# Order, repetition, removal


@pytest.fixture(scope="module")
def collection(article: Article) -> list[Extraction]:
    dismissed = {"when": "2031-08-09", "same": True, **EVENT}
    return [
        article("1", (HARN, "commanded", BRIGADE, {"when": "2031-01", "position": "GOC"})),
        article("2", (HARN, "commanded", BRIGADE, {"source": VINT}), published="2031-02-01"),
        article("3", (HARN, "leads", BRIGADE), (None, "dismissed", HARN, dismissed)),
        article("4", (VINT, "succeeded", HARN, {"organization": BRIGADE, "when": "2031-08-09"})),
        article(
            "5", (VINT, "commanded", BRIGADE, {"when": "2031-05-04"}), (VINT, "member_of", PARTY)
        ),
        article("6", (VINT, "has_rank", "= Sergeant (Rank)"), (VINT, "commanded", BRIGADE)),
        article("7", (None, "killed", VINT, {"when": "2031-02-03", **EVENT})),
        article("8", (VINT, "resigned_from", PARTY, {"when": "2030-02-03", **EVENT})),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_order_and_repetition_do_not_matter(
    seed: int, collection: list[Extraction], ontology: Ontology
) -> None:
    chance = random.Random(seed)
    some = chance.sample(collection, chance.randint(1, len(collection)))
    shuffled = chance.sample([*some, *some[:2]], len(some) + len(some[:2]))
    one, other = merged(some, ontology), merged(shuffled, ontology)
    assert (one.posts, one.findings) == (other.posts, other.findings)


@pytest.mark.parametrize("left_out", range(8))
def test_a_document_left_out_is_as_if_it_had_never_been(
    left_out: int, collection: list[Extraction], ontology: Ontology
) -> None:
    """The posts of a graph are a function of its documents: none leaves a trace in the others."""
    rest = [c for number, c in enumerate(collection) if number != left_out]
    gone = collection[left_out].document.id
    graph = merged(rest, ontology)
    for post in graph.posts:
        assert gone not in post.documents
    for finding in graph.findings:
        assert gone not in finding.documents
    untouched = {p.id: p for p in merged(collection, ontology).posts if gone not in p.documents}
    assert untouched.items() <= {p.id: p for p in graph.posts}.items()


def test_the_record_keeps_posts_and_findings(
    collection: list[Extraction], ontology: Ontology
) -> None:
    graph: Graph = merged(collection, ontology)
    assert graph.posts
    assert graph.findings
    assert recorded_graph(graph_record(graph)) == graph


def test_the_network_has_posts(collection: list[Extraction], ontology: Ontology) -> None:
    from actorgraph.graph.network import network

    graph = merged(collection, ontology)
    view = network(graph)
    for post in graph.posts:
        assert view.nodes[post.id]["kind"] == "post"
        assert view.has_edge(post.id, post.holder)
    plain = network(merged(collection[1:2], ontology), plain_only=True)  # alleged alone
    assert not any(data.get("kind") == "post" for _, data in plain.nodes(data=True))
