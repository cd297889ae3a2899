"""What is known of a parsed text before any relation is read: mentions, clauses, chains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..ontologies.ontology import Ontology
from .actor.actors import ActorGrammar, actor_grammar, mentions
from .actor.mention import Mention, MentionKind
from .chain.coreference import Chain, CoreferenceRules, chains, coreference_rules
from .clause.repair import mend
from .clause.syntax import clauses
from .clause.tree import tree
from .clause.wordclass import Grammar, grammar
from .frame.matching import Reading
from .stance.modality import Cues, cues

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True)
class Rules:
    """Everything that reading needs from the ontology, compiled once."""

    ontology: Ontology
    actors: ActorGrammar
    grammar: Grammar
    coreference: CoreferenceRules
    cues: Cues


def rules(ontology: Ontology) -> Rules:
    """The ontology's word lists and names, compiled for each layer."""
    return Rules(
        ontology=ontology,
        actors=actor_grammar(ontology),
        grammar=grammar(ontology),
        coreference=coreference_rules(ontology),
        cues=cues(ontology),
    )


@dataclass(frozen=True)
class Annotation:
    """A parsed text with its mentions, clauses and chains."""

    doc: Doc
    reading: Reading
    chains: tuple[Chain, ...]


def annotation(doc: Doc, rules: Rules) -> Annotation:
    """Mentions, clauses and chains of a parsed text."""
    found = mentions(doc, rules.actors)
    read = reading(doc, found, rules)
    return Annotation(doc, read, tuple(chains(doc, found, rules.coreference)))


def reading(doc: Doc, found: Sequence[Mention], rules: Rules) -> Reading:
    """The clauses of a parsed text over given mentions; its parse is mended first."""
    mend(doc, found, rules.grammar.plain_verbs, rules.grammar.naming_verbs)
    words = tree(doc, tuple(found))
    return Reading(words, clauses(words, rules.grammar), rules.grammar.role_shifters)


def with_slots(
    doc: Doc, found: Iterable[Mention], slots: Iterable[tuple[int, int, str]]
) -> list[Mention]:
    """The mentions with those of an example's slots set as declared: (start, end, type)."""
    result = list(found)
    for start, end, type_ in slots:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        while len(span) > 1 and span[0].tag_ == "DT":
            span = span[1:]
        result = [m for m in result if m.last <= span.start or m.first >= span.end]
        kind: MentionKind = "title" if type_ in ("Rank", "Position") else "name"
        result.append(
            Mention(
                start=span.start_char,
                end=span.end_char,
                first=span.start,
                last=span.end,
                head=span.root.i,
                text=span.text,
                name=span.text,
                type=type_,
                kind=kind,
            )
        )
    return sorted(result, key=lambda m: m.first)
