"""Coreference: short texts with the mentions that are one, and those that must stay apart.

`[Anna Berg]1 left. [She]1 …`: equal numbers are one actor, different numbers are not.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from actorgraph.extract.actor.actors import ActorGrammar, actor_grammar
from actorgraph.extract.actor.actors import mentions as actors
from actorgraph.extract.chain.coreference import Chain, CoreferenceRules, chains, coreference_rules
from actorgraph.extract.chain.nounphrase import noun_phrases
from actorgraph.extract.text.pipeline import loaded_pipeline
from actorgraph.ontologies.turtle import loaded_ontology

if TYPE_CHECKING:
    from actorgraph.extract.actor.mention import Mention
    from spacy.language import Language

TEXTS = """
[Farid Hamidi]1 flew to Paris. [Hamidi]1 met reporters there.
[Farid Hamidi]1 flew to Paris. [Mr Hamidi]1 met reporters there.
[Farid Hamidi]1 flew to Paris. [He]1 met reporters there.
[Hamidi]1 resigned on Monday. [Farid Hamidi]1 had led the ministry for two years.
[George W. Marlow]1 resigned. [George Marlow]1 had served for two years.
[Jean-Claude Petit]1 resigned. [Jean Claude Petit]1 had served for two years.
[Yusuf al-Masri]1 was arrested. [Yusuf Masri]1 denied the charges.
[Yusuf al-Masri]1 was arrested. [Al-Masri]1 denied the charges.
[Karim Soleimani]1 was arrested. [Suleimani]1 denied the charges.
[Anna Berg]1 and [Peter Berg]2 left the party. [Anna]1 later returned.
[Anna Berg]1 criticised [Peter Berg]2 in parliament.
[Hassan Rahimi]1 met [Hossein Rahimi]2 in Shiraz.
[John Carter]1 was succeeded by his son, [John Carter Jr]2.
[Omar Haddad]1 praised [his]1 wife, [Lina Haddad]2. [She]2 thanked [him]1.
[Maria Lopez]1 said [she]1 would resign.
[David Cohen]1 said [he]1 would resign.
[Maria Lopez]1 met [David Cohen]2 in Rome. [She]1 later praised [him]2.
[Maria Lopez]1 met [David Cohen]2 in Rome. [He]2 later praised [her]1.
[David Cohen]1 told [Maria Lopez]2 that [he]1 trusted [her]2.
[David Cohen]1 defended [himself]1 in court.
[David Cohen]1 defended [him]2 in court.
[The minister]1 defended [herself]1 in court.
[Peter Novak]1, [who]1 led the army, fled to Vienna.
The army arrested [the general]1 [who]1 had led the coup.
The army dissolved [the brigade]1, [which]1 had led the coup.
[Peter Novak]1, [the commander of the brigade]1, fled to Vienna.
[Peter Novak]1 is [the commander of the brigade]1.
[Peter Novak]1 was [a general]1. [The general]1 fled to Vienna.
[Peter Novak]1 is not [the commander of the brigade]2.
[Peter Novak]1 may be [the next commander]2.
If [Peter Novak]1 is [the leader]2, the talks will fail.
[President Peter Novak]1 fled to Vienna. [The president]1 had ruled since 2009.
[General Peter Novak]1 fled to Vienna. [The general]1 had ruled since 2009.
[Colonel Adam Weiss]1 met [General Peter Novak]2. [The general]2 praised the army.
[Colonel Adam Weiss]1 met [General Peter Novak]2. [The colonel]1 praised the army.
[General Peter Novak]1 fled to Vienna. [The colonel]2 stayed in Prague.
[The rebels]1 attacked the town. [They]1 killed two people.
[A rebel group]1 attacked the town. [The group]1 killed two people.
[A rebel group]1 attacked the town. [Another group]2 killed two people.
[A rebel group]1 attacked the town. [The second group]2 stayed outside.
[Two soldiers]1 were killed. [The soldiers]1 had guarded the airport.
[Two soldiers]1 were killed. [The soldier]2 was buried on Friday.
[The Sudanese army]1 attacked [the Ethiopian army]2.
[The 3rd Brigade]1 replaced [the 7th Brigade]2 in Aleppo.
[The National Salvation Front (NSF)]1 won the election. [The NSF]1 took 40 seats.
[The National Salvation Front]1 won the election. [The NSF]1 took 40 seats.
[The Union of Free Workers]1 went on strike. [The union]1 wants higher wages.
[Acme Holdings Inc.]1 sold its mines. [Acme Holdings]1 had bought them in 2001.
[Acme Holdings]1 bought [Delta Mining]2 last year.
[The Ministry of Defence]1 denied the report. [The ministry]1 said it was false.
[The Ministry of Defence]1 blamed [the Ministry of Justice]2.
[The company]1 said [it]1 would sell its mines.
[Norway]1 said [it]1 would close its embassy.
[Norway]1 closed [its]1 embassy in Havana.
[The government]1 closed [its]1 embassy in Havana.
[The police]1 said [they]1 had arrested two men.
[Protesters]1 gathered in Lima. [They]1 demanded new elections.
[Norway]1 closed the embassy. [The country]1 had opened it in 1999.
[Turkey]1 accused [Greece]2 of shooting at a boat.
[The attack]1 killed ten people. [It]1 happened on Friday.
[An attack]1 killed ten people. [The attack]1 happened on Friday.
[The first attack]1 killed ten people. [The second attack]2 killed four.
[The mayor of Lyon]1 met [the mayor of Milan]2.
[Anna Berg]1 left the room. "[I]1 am tired," [she]1 said.
"[I]1 am tired," [Anna Berg]1 said.
"[I]1 am tired," said [Anna Berg]1. "[I]1 want to go home."
"[My]1 government will not resign," [Anna Berg]1 told reporters.
"[He]2 is a liar," [David Cohen]1 said.
"[I]1 blame the army," said [Omar Haddad]1. "[I]2 blame the rebels," said [Anna Berg]2.
It is clear that [Anna Berg]1 won. [She]1 celebrated in Oslo.
[The club]1 dismissed [Anna Berg]2. [It]1 gave no reason.
[Anna Berg]1 sued [the club]2 after [it]2 dismissed [her]1.
[Anna Berg]1 lost [her]1 seat.
[The woman]1 lost [her]1 son. [He]2 was ten.
[The boy]1 lost [his]1 mother. [She]2 was a teacher.
[The king]1 met [the queen]2. [She]2 smiled.
[Sheikh Nasser Jabri]1 met [Layla Jabri]2. [The sheikh]1 thanked [her]2.
[Mr Khan]1 met [Mrs Khan]2 in Lahore.
[Anna Berg]1 married [Carl Lind]2. [Berg]1 kept [her]1 name.
[Doctor Ali Reza]1 treated the wounded. [The doctor]1 worked all night.
[The militia]1 freed [its]1 hostages. [The hostages]2 flew to Cairo.
[Swedish police]1 arrested [a man]2. [The man]2 had threatened a judge.
[A man]1 was shot in Kano. [Another man]2 was wounded.
[Hassan Rahimi]1 commands [the Falcon Brigade]2. [The militia]2 holds [him]1 in esteem.
[Idris Bello]1 visited Chad. [Bello's]1 convoy was attacked.
[The prisoners]1 hurt [each other]1.
[The suspects]1 blamed [themselves]1.
[Samira Haddad]1, [a lawyer]1, defended [Omar Aziz]2. [The lawyer]1 asked for mercy.
[Captain Jonas Lind]1 met [the owner]2. [The captain]1 signed the papers.
[The rebels]1 fought [the army]2. [The army]2 lost.
[Interior Minister Anna Berg]1 met [Defence Minister Carl Lind]2.
[Ivan Petrov]1 called [Boris Orlov]2 because [Petrov]1 was afraid.
[Elena Petrova]1 called [Boris Orlov]2 because [she]1 was afraid.
[The bank]1 fired [Boris Orlov]2. [The bank]1 did not say why.
[A bank]1 in Riga fired [Boris Orlov]2. [The bank]1 did not say why.
[Kofi Mensah]1 was born in Accra. In 1990, [Mensah]1 joined [the navy]2.
[The Alpha Party]1 beat [the Beta Party]2.
[Ruth Okoro]1 leads [the Alpha Party]2. [The party]2 elected [her]1 in May.
[The European Union]1 imposed sanctions on [the company]2.
[Colonel Ali Mahdi]1 replaced [Colonel Samir Odeh]2. [The colonel]3 praised the troops.
[The army chief]1 blamed [the deputy army chief]2.
[Hamas leader Ismail Darwish]1 visited Ankara. [The Hamas chief]1 thanked Turkey.
[The army]1 planned [the attack]2. [It]3 killed ten people.
[Berg]1 resigned. [Anna Berg]1 had led the party since 2001.
[Iraqi forces]1 surrounded [the militants]2 and killed both of [them]2.
[Army chief General Ali Mahdi]1 flew to Cairo. [Mahdi]1 met reporters.
[Ali Mahdi]1, [whose]1 brother leads a militia, fled.
[Anna Berg]1 and [Lisa Berg]2 spoke. [Berg]3 smiled.
[Norway]1 called [it]2 terrorism.
[The Ministry of Defence of Malta]1 hired [Malta]2.
[Every soldier]1 obeyed. [The soldier]2 fled.
[The bank]1 sued [the bank]2.
[The Coastal Guard Corps]1 seized a ship. [The Guards]1 held the crew.
[Anna Berg]1 resigned: "[I]1 have lost."
""".strip().splitlines()


@cache
def pipeline() -> Language:
    return loaded_pipeline()


@cache
def rules() -> CoreferenceRules:
    return coreference_rules(loaded_ontology())


@cache
def grammar() -> ActorGrammar:
    return actor_grammar(loaded_ontology())


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without marks, and (start, end, number) of what they mark."""
    plain, spans, opened = "", [], []
    for piece in re.findall(r"\[|\]\d|[^\[\]]+", text):
        if piece == "[":
            opened.append(len(plain))
        elif piece.startswith("]"):
            spans.append((opened.pop(), len(plain), piece[1:]))
        else:
            plain += piece
    return plain, spans


def read(text: str) -> tuple[tuple[Mention, ...], list[Chain]]:
    doc = pipeline()(text)
    mentions = noun_phrases(doc, actors(doc, grammar()))
    return mentions, chains(doc, mentions, rules())


def chain_of(start: int, end: int, mentions: tuple[Mention, ...], found: list[Chain]) -> Chain:
    """The chain of the outermost mention inside a marked span: the last name, else the first."""
    inside = [i for i, m in enumerate(mentions) if start <= m.start and m.end <= end]
    assert inside, f"no mention in {start}–{end}"
    heads = [i for i in inside if mentions[i].kind == "name"] or inside[:1]
    return next(c for c in found if (inside[0] if len(heads) > 1 else heads[0]) in c.mentions)


@pytest.mark.model
@pytest.mark.parametrize("text", TEXTS)
def test_mentions_are_one_or_apart(text: str) -> None:
    plain, spans = unmarked(text)
    mentions, found = read(plain)
    placed = [(plain[s:e], n, chain_of(s, e, mentions, found)) for s, e, n in spans]
    for (one, number, chain), (other, another, second) in combinations(placed, 2):
        assert (chain is second) == (number == another), f"{one} / {other}"
