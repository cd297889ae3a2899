"""Chains over parses written by hand: what the sieves do when the parser is right."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import pytest
from actorgraph.extract.actor.mention import Mention, MentionKind
from actorgraph.extract.chain.coreference import (
    Chain,
    CoreferenceRules,
    chains,
    coreference_rules,
    representative,
)
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.ontology import Ontology
from actorgraph.ontologies.turtle import loaded_ontology
from spacy.lang.en import English
from spacy.tokens import Doc
from spacy.vocab import Vocab

NOVAK = """
Peter   PROPN NNP 1 compound
Novak   PROPN NNP 2 nsubj
led     VERB  VBD 2 ROOT
rebels  NOUN  NNS 2 dobj
.       PUNCT .   2 punct
"""
HE_FLED = """
He      PRON  PRP 1 nsubj
fled    VERB  VBD 1 ROOT
.       PUNCT .   1 punct
"""
WHO = """
The     DET   DT  1 det
general NOUN  NN  5 nsubj
who     PRON  WP  3 nsubj
led     VERB  VBD 1 relcl
them    PRON  PRP 3 dobj
fled    VERB  VBD 5 ROOT
.       PUNCT .   5 punct
"""
COPULA = """
Peter   PROPN NNP 1 compound
Novak   PROPN NNP 2 nsubj
is      AUX   VBZ 2 ROOT
the     DET   DT  4 det
general NOUN  NN  2 attr
.       PUNCT .   2 punct
"""
NEGATED = """
Peter   PROPN NNP 1 compound
Novak   PROPN NNP 2 nsubj
is      AUX   VBZ 2 ROOT
not     PART  RB  2 neg
the     DET   DT  5 det
general NOUN  NN  2 attr
.       PUNCT .   2 punct
"""
BOTH = """
Anna    PROPN NNP 3 nsubj
and     CCONJ CC  0 cc
Peter   PROPN NNP 0 conj
met     VERB  VBD 3 ROOT
.       PUNCT .   3 punct
"""
THEY_LEFT = """
They    PRON  PRP 1 nsubj
left    VERB  VBD 1 ROOT
.       PUNCT .   1 punct
"""
REFLEXIVE = """
The     DET   DT  1 det
general NOUN  NN  2 nsubj
shot    VERB  VBD 2 ROOT
himself PRON  PRP 2 dobj
.       PUNCT .   2 punct
"""
CO_ARGUMENT = """
The     DET   DT  1 det
general NOUN  NN  2 nsubj
shot    VERB  VBD 2 ROOT
him     PRON  PRP 2 dobj
.       PUNCT .   2 punct
"""
ARMY = """
The     DET   DT  1 det
army    NOUN  NN  2 nsubj
planned VERB  VBD 2 ROOT
the     DET   DT  4 det
attack  NOUN  NN  2 dobj
.       PUNCT .   2 punct
"""
IT_KILLED = """
It      PRON  PRP 1 nsubj
killed  VERB  VBD 1 ROOT
ten     NUM   CD  3 nummod
people  NOUN  NNS 1 dobj
.       PUNCT .   1 punct
"""
ITS = """
The     DET   DT  1 det
army    NOUN  NN  2 nsubj
lost    VERB  VBD 2 ROOT
its     PRON  PRP$ 4 poss
base    NOUN  NN  2 dobj
.       PUNCT .   2 punct
"""

Marks = dict[str, tuple[str, MentionKind]]
TYPES: Marks = {
    "Peter Novak": ("Person", "name"),
    "Novak": ("Person", "name"),
    "Anna": ("Person", "name"),
    "Peter": ("Person", "name"),
    "rebels": ("ArmedGroup", "nominal"),
    "general": ("Rank", "title"),
    "army": ("SecurityForce", "nominal"),
    "people": ("PopulationGroup", "nominal"),
    "base": ("Facility", "nominal"),
    **dict.fromkeys(("He", "he", "him", "himself", "who"), ("Person", "pronoun")),
    **dict.fromkeys(("They", "them", "It", "its"), ("Agent", "pronoun")),
}


@cache
def ontology() -> Ontology:
    return loaded_ontology()


@cache
def rules() -> CoreferenceRules:
    return coreference_rules(ontology())


@cache
def vocab() -> Vocab:
    return English().vocab


def parsed(*sentences: str) -> Doc:
    """Sentences of `word POS TAG head dep` lines, heads counted inside the sentence."""
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool | int | None] = []
    for sentence in sentences:
        first = len(rows)
        rows += [line.split() for line in sentence.strip().splitlines()]
        heads += [first + int(row[3]) for row in rows[first:]]
        starts += [place == first for place in range(first, len(rows))]
    words = [row[0] for row in rows]
    return Doc(
        vocab(),
        words=words,
        pos=[row[1] for row in rows],
        tags=[row[2] for row in rows],
        heads=heads,
        deps=[row[4] for row in rows],
        lemmas=[{"is": "be", "rebels": "rebel"}.get(w, w.lower()) for w in words],
        sent_starts=starts,
    )


def marked(doc: Doc) -> list[Mention]:
    """The mentions of a hand-made parse: the longest strings of TYPES."""
    found: list[Mention] = []
    place = 0
    while place < len(doc):
        for size in (2, 1):
            span = doc[place : place + size]
            if span.text in TYPES:
                type_, kind = TYPES[span.text]
                found.append(
                    Mention(
                        span.start_char,
                        span.end_char,
                        span.start,
                        span.end,
                        span.end - 1,
                        span.text,
                        span.text,
                        type_,
                        kind,
                    )
                )
                place += size - 1
                break
        place += 1
    return found


def told(*sentences: str, least: float = 0.6) -> tuple[list[Mention], list[Chain]]:
    doc = parsed(*sentences)
    mentions = marked(doc)
    return mentions, chains(doc, mentions, rules(), least)


def groups(mentions: list[Mention], found: list[Chain]) -> list[list[str]]:
    return [[mentions[i].text for i in chain.mentions] for chain in found]


def test_a_pronoun_joins_the_only_man() -> None:
    mentions, found = told(NOVAK, HE_FLED)
    assert groups(mentions, found) == [["Peter Novak", "He"], ["rebels"]]
    assert found[0].name == "Peter Novak"
    assert found[0].type == "Person"
    (link,) = found[0].links
    assert (link.mention, link.antecedent, link.rule) == (2, 0, "pronoun")
    assert 0.6 <= link.confidence <= 1


def test_nothing_is_linked_that_is_less_sure_than_asked() -> None:
    mentions, found = told(NOVAK, HE_FLED, least=0.99)
    assert groups(mentions, found) == [["Peter Novak"], ["rebels"], ["He"]]
    assert all(not chain.links for chain in found)


def test_a_relative_pronoun_is_its_noun() -> None:
    mentions, found = told(WHO)
    assert groups(mentions, found) == [["general", "who"], ["them"]]
    assert found[0].links[0].rule == "relative pronoun"


def test_a_copula_makes_one_and_its_negation_does_not() -> None:
    mentions, found = told(COPULA)
    assert groups(mentions, found) == [["Peter Novak", "general"]]
    mentions, found = told(NEGATED)
    assert groups(mentions, found) == [["Peter Novak"], ["general"]]


def test_a_title_told_by_a_copula_is_used_later() -> None:
    mentions, found = told(COPULA, REFLEXIVE)
    assert groups(mentions, found) == [["Peter Novak", "general", "general", "himself"]]


def test_they_may_stand_for_two() -> None:
    mentions, found = told(BOTH, THEY_LEFT)
    assert groups(mentions, found) == [["Anna"], ["Peter"], ["They"]]
    assert [chain.members for chain in found] == [(), (), (0, 1)]


def test_a_reflexive_is_the_subject_and_an_object_is_not() -> None:
    mentions, found = told(REFLEXIVE)
    assert groups(mentions, found) == [["general", "himself"]]
    mentions, found = told(CO_ARGUMENT, least=0.0)
    assert groups(mentions, found) == [["general"], ["him"]]


def test_a_thing_that_is_no_mention_competes_for_it() -> None:
    mentions, found = told(ARMY, IT_KILLED)
    assert groups(mentions, found) == [["army"], ["It"], ["people"]]


def test_a_possessive_inside_the_clause_is_its_subject() -> None:
    mentions, found = told(ITS)
    assert groups(mentions, found) == [["army", "its"], ["base"]]


@pytest.mark.parametrize("least", [0.0, 0.6, 1.0])
def test_chains_partition_the_mentions_and_links_join_them(least: float) -> None:
    sentences = (NOVAK, HE_FLED, WHO, COPULA, BOTH, THEY_LEFT, ARMY, IT_KILLED, ITS)
    mentions, found = told(*sentences, least=least)
    assert sorted(i for c in found for i in c.mentions) == list(range(len(mentions)))
    assert [c.mentions[0] for c in found] == sorted(c.mentions[0] for c in found)
    for chain in found:
        assert chain.representative in chain.mentions
        assert len(chain.links) == len(chain.mentions) - 1
        reached = {chain.mentions[0]}
        for _ in chain.links:
            for link in chain.links:
                if {link.mention, link.antecedent} & reached:
                    reached |= {link.mention, link.antecedent}
        assert reached == set(chain.mentions)
        assert all(link.confidence >= least for link in chain.links)


def test_no_mentions_no_chains() -> None:
    assert chains(parsed(NOVAK), [], rules()) == []
    assert chains(Doc(vocab(), words=[]), [], rules()) == []


def test_the_fullest_name_represents() -> None:
    def mention(text: str, kind: MentionKind) -> Mention:
        return Mention(0, len(text), 0, 1, 0, text, text, "Person", kind)

    named = [("he", "pronoun"), ("general", "title"), ("Novak", "name"), ("Peter Novak", "name")]
    candidates = [(i, mention(t, k)) for i, (t, k) in enumerate(named)]  # type: ignore[arg-type]
    assert representative(candidates) == 3
    assert representative(candidates[:2]) == 1
    assert representative(candidates[:1]) == 0


def test_a_missing_word_list_is_told() -> None:
    known = ontology()
    lists = {k: v for k, v in known.word_lists.items() if k != "coref_person_noun"}
    bare = Ontology(
        known.classes, known.relations, MappingProxyType(lists), known.known_names, known.hash
    )
    with pytest.raises(ActorgraphError, match="coref_person_noun"):
        coreference_rules(bare)
