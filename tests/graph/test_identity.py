"""Who is one, who is not, and why: spellings, homographs, acronyms, places, countries."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest
from actorgraph.extract.statement import Extraction
from actorgraph.graph.cluster import APART
from actorgraph.graph.entity import Entity
from actorgraph.graph.explanation import why_same
from actorgraph.graph.graph import Graph
from actorgraph.graph.lexicon import default_lexicon
from actorgraph.graph.merge import merged
from actorgraph.graph.pronunciation import pronunciation_likeness, skeletons
from actorgraph.graph.record import graph_record
from actorgraph.graph.resemblance import resemblance
from actorgraph.ontologies.ontology import Ontology
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import variants

Article = Callable[..., Extraction]

COUNCIL = "Veld Council (ArmedGroup)"
BRIGADE = "Falcon Brigade (MilitaryUnit)"
OTHERS = "Pol Harn (Person)"
WHOLE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def called(graph: Graph, name: str) -> list[Entity]:
    return [entity for entity in graph.entities if name in entity.names]


# Spellings


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Rodion Melishchev", "Rodion Melistcheff"),
        ("Rodion Melishchev", "Родион Мелищев"),
        ("Yury Gorokhin", "Ûrij Gorohin"),
        ("Hryhorii Sivoshiy", "Grigory Sivoshy"),
        ("Qasim Qaruri", "Kassem Karoouri"),
        ("Abd al-Rahman Khazali", "Abderrahmane El-Khazali"),
        ("Salahuddin Khazali", "Salah ad-Din Khazali"),
        ("Nuri bin Yusuf al-Khazabi", "Nuri al-Khazabi"),
        ("Ivan Petrovich Orlenkov", "Orlenkov Ivan Petrovich"),
        ("Teng Shu-jui", "Deng Shurui"),
        ("邓树瑞", "Shurui Deng"),
        ("Choe Byeong-hyeok", "Choi Byung Hyuk"),
        ("최병혁", "Ch'oe Pyŏnghyŏk"),
        ("Lefteris Raftoudis", "Λευτέρης Ραυτούδης"),
        ("Bahram Dustkhani", "بهرام دوستخانی"),
    ],
)
def test_spellings_of_one_name(left: str, right: str) -> None:
    found = resemblance(left, right, "Person")
    assert found.score >= 0.9, found
    assert not found.conflicts
    assert found.reasons


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hasan Velurko", "Husayn Velurko"),
        ("Olav Jensen", "Olav Hansen"),
        ("Kim Yong-chol", "Kim Yong-chun"),
        ("Deng Shurui", "Deng Shuqing"),
        ("Ivan Petrovich Orlenkov", "Ivan Pavlovich Orlenkov"),
        ("Yusuf bin Khalid", "Khalid bin Yusuf"),
    ],
)
def test_names_of_two(left: str, right: str) -> None:
    found = resemblance(left, right, "Person")
    assert found.conflicts or found.score < 0.8, found


WORDS = st.text(alphabet="abcdeghijklmnoprstuvwxyz", min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_pronunciation_is_symmetric_and_bounded(left: str, right: str) -> None:
    phonology = default_lexicon().phonology
    found = pronunciation_likeness(left, right, phonology)
    assert 0 <= found <= 1
    assert found == pytest.approx(pronunciation_likeness(right, left, phonology))
    assert pronunciation_likeness(left, left, phonology) == 1
    assert skeletons(left, phonology)


# Two of one name


def test_frequent_names_need_surroundings(article: Article, ontology: Ontology) -> None:
    who = "Mohammed Hassan (Person)"
    graph = merged(
        [
            article("One", (who, "commanded", BRIGADE)),
            article("Two", ("Muhammad Hasan (Person)", "leads", BRIGADE)),
            article("Three", (who, "leads", "Harbour Union (Organization)")),
        ],
        ontology,
    )
    assert sorted(len(e.documents) for e in called(graph, "Mohammed Hassan")) == [1, 2]
    (links,) = [
        why_same(graph, e.id) for e in called(graph, "Mohammed Hassan") if len(e.members) > 1
    ]
    assert "both appear with Falcon Brigade" in links[0].evidence


def test_what_everybody_stands_beside_tells_nothing(article: Article, ontology: Ontology) -> None:
    crowd = [
        article(f"No {n}", (f"Person{n} Velu{'rkts'[n % 4]}o{n} (Person)", "met_with", COUNCIL))
        for n in range(12)
    ]
    who = [article(f"Ali {n}", ("Ali Hassan (Person)", "met_with", COUNCIL)) for n in range(2)]
    assert len(called(merged([*crowd, *who], ontology), "Ali Hassan")) == 2
    assert len(called(merged(who, ontology), "Ali Hassan")) == 1


def test_two_in_one_document(article: Article, ontology: Ontology) -> None:
    both = article(
        "Both",
        ("Pavel Orlenkov (Person)", "commanded", BRIGADE),
        ("Pavel Orlenkov (Person, Peru)", "leads", "Harbour Union (Organization)"),
    )
    graph = merged(
        [
            both,
            article("One", ("Pavel Orlenkov (Person)", "leads", "Harbour Union (Organization)")),
            article("Two", ("Pavel Orlenkov (Person)", "commanded", BRIGADE)),
            article("Three", ("Pavel Orlenkoff (Person)", "commanded", BRIGADE)),
        ],
        ontology,
    )
    told = {e.id for e in both.entities if "Orlenkov" in e.name}
    homes = [set(e.members) for e in graph.entities if told & set(e.members)]
    assert sorted(map(len, homes)) == [2, 3]


def test_initials_of_the_only_bearer(article: Article, ontology: Ontology) -> None:
    read = [
        article("One", ("Yury Tarkhishchev (Person)", "commanded", BRIGADE)),
        article("Two", ("J. Tarchischtschew (Person)", "met_with", OTHERS)),
    ]
    graph = merged(read, ontology)
    (person,) = called(graph, "J. Tarchischtschew")
    assert person.names == ("J. Tarchischtschew", "Yury Tarkhishchev")
    assert {link.rule for link in why_same(graph, person.id)} == {"initials"}
    more = [
        *read,
        article("Three", ("Yakov Tarkhishchev (Person)", "leads", "Harbour Union (Organization)")),
    ]
    assert len(called(merged(more, ontology), "J. Tarchischtschew")[0].names) == 1


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 10_000))
def test_chains_of_small_changes_do_not_join_their_ends(
    seed: int, article: Article, ontology: Ontology
) -> None:
    """Adversarial: every step is one letter, and all stand beside the same brigade.

    What a cluster keeps of names agrees pair by pair; the rest is a slip of the pen from one kept.
    """
    chance = random.Random(seed)
    name, end = list("bardonek"), list("vulgirat")
    steps = ["".join(name)]
    for at in chance.sample(range(8), 8):
        name[at] = end[at]
        steps.append("".join(name))
    read = [
        article(step, (f"Oskar {step.capitalize()} (Person)", "commanded", BRIGADE))
        for step in steps
    ]
    graph = merged(read, ontology)
    first, last = (
        next(e.id for e in graph.entities if f"Oskar {step.capitalize()}" in e.names)
        for step in (steps[0], steps[-1])
    )
    assert first != last
    for entity in graph.entities:
        people = [n for n in entity.names if n.startswith("Oskar")]
        slips = {n: [m for m in people if OSA.distance(n, m) <= 1] for n in people}
        for left, right in combinations(people, 2):
            pairs = product(slips[left], slips[right])
            assert max(resemblance(*pair, "Person").score for pair in pairs) >= APART


# Organisations, places, countries


def test_acronym_introduced_in_a_text(article: Article, ontology: Ontology) -> None:
    full = "Harbour Liberation Union (ArmedGroup)"
    first = article("One", (full, "attacked", COUNCIL))
    introduced = Extraction(
        first.document,
        tuple(
            replace(e, names=(*e.names, "HLU")) if "Union" in e.name else e for e in first.entities
        ),
        first.statements,
    )
    other = article("Two", ("HLU (ArmedGroup)", "attacked", "Ostrel (City)"))
    graph = merged([introduced, other], ontology)
    (union,) = called(graph, "HLU")
    assert len(union.documents) == 2
    assert {link.rule for link in why_same(graph, union.id)} == {"acronym"}
    assert len(called(merged([first, other], ontology), "HLU")[0].documents) == 1


def test_places_with_their_country(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", (COUNCIL, "attacked", "Tripoli, Libya (City)")),
            article("Two", (COUNCIL, "attacked", "Tripoli, Lebanon (City)")),
            article("Three", (COUNCIL, "attacked", "Tripoli (City, Libya)")),
        ],
        ontology,
    )
    found = {e.country: len(e.documents) for e in called(graph, "Tripoli")}
    assert found == {"Libya": 2, "Lebanon": 1}


def test_a_country_its_government_and_its_people(article: Article, ontology: Ontology) -> None:
    graph = merged(
        [
            article("One", ("Iran (Country)", "attacked", COUNCIL)),
            article("Two", ("Iranians (PopulationGroup)", "attacked", COUNCIL)),
            article("Three", ("Iranian government (GovernmentBody)", "attacked", COUNCIL)),
            article("Four", ("Miran Zolkov (Person, Iran)", "attacked", COUNCIL)),
        ],
        ontology,
    )
    (country,) = [e for e in graph.entities if e.type == "Country"]
    related = {e.name: e.country_reason for e in graph.entities if e.country_entity == country.id}
    assert set(related) == {"Iranians", "Iranian government", "Miran Zolkov"}
    assert related["Miran Zolkov"] == "the documents tell Miran Zolkov to be of Iran"
    assert country.country_entity is None
    assert called(graph, "Veld Council")[0].country_entity is None


# The whole


@pytest.fixture(scope="module")
def pages() -> list[Extraction]:
    chance = random.Random(7)
    found = [
        variants.extraction(page, n, chance)[0]
        for n, (page, _) in enumerate(variants.pages(chance))
    ]
    return found[:60] + found[-60:]


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(chance=st.randoms(use_true_random=False))
def test_order_does_not_matter(
    chance: random.Random, pages: list[Extraction], ontology: Ontology
) -> None:
    some = chance.sample(pages, 60)
    again = [*chance.sample(some, 60), *some[:10]]
    assert graph_record(merged(some, ontology)) == graph_record(merged(again, ontology))


def test_variants_and_homographs() -> None:
    score, _, mentions = variants.measured(1)
    assert mentions > 2_500
    assert score.precision >= 0.98
    assert score.recall >= 0.90
