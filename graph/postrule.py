"""Post rules: what the ontology says of posts, ready for looking up."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from ..ontologies.ontology import End, Ontology, PostPart
from .edge import Edge
from .evidence import EdgeEvidence
from .post import Effect

PERSON = "Person"
_NOTHING = PostPart()
_NEAR = 5  # words before a title among which *former* may stand
_GRADE = re.compile(r"(OR|OF)-(\d+)")

Grades = tuple[int, int]
"""Lowest and highest grade: OR-1 … OR-9 are 1 … 9, OF-1 … OF-10 are 11 … 20."""


@dataclass(frozen=True)
class PostRules:
    """The post annotations of relations and the word lists of posts.ttl.

    An ontology without these lists knows no posts by their words; nothing else changes.
    """

    ontology: Ontology
    _parts: dict[str, PostPart] = field(default_factory=dict, init=False)
    _lists: dict[str, frozenset[str]] = field(default_factory=dict, init=False)

    def part(self, relation: str | None) -> PostPart:
        """What a relation tells of posts; a narrower one what its parent tells, if nothing else."""
        known = self.ontology.relations.get(relation or "")
        if known is None:
            return _NOTHING
        if known.id not in self._parts:
            self._parts[known.id] = _NOTHING  # a cycle of parents ends here
            above = (self.part(parent) for parent in sorted(known.parents))
            own = known.post
            inherited = next((p for p in above if p != _NOTHING), _NOTHING)
            self._parts[known.id] = own if own != _NOTHING else inherited
        return self._parts[known.id]

    def family(self, relation: str) -> str:
        """The widest relation above one that still tells of a post held."""
        parents = self.ontology.relations[relation].parents
        above = [p for p in sorted(parents) if p != relation and self.part(p).holds]
        return self.family(above[0]) if above else relation

    @cached_property
    def _held(self) -> list[str]:
        """The relations that tell of posts held, the narrowest first."""
        held = (r for r in self.ontology.relations if self.part(r).holds)
        return sorted(held, key=lambda r: (-self.ontology.depth(r), r))

    @cached_property
    def head_family(self) -> str:
        """The function of the one person at the head of an organization; empty if none is known."""
        return next((self.family(r) for r in self._held if self.part(r).sole), "")

    def relation(self, family: str, type_: str) -> str | None:
        """The narrowest relation that tells of a function in an organization of a class."""
        is_a, relations = self.ontology.is_a, self.ontology.relations
        fitting = (r for r in self._held if family == self.family(r))
        return next((r for r in fitting if any(is_a(type_, c) for c in relations[r].range)), None)

    def is_person(self, type_: str) -> bool:
        """Whether a class is of persons, who alone hold posts."""
        return self.ontology.is_a(type_, PERSON)

    # Titles

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Spelling of a known office -> its label."""
        names = self.ontology.names_of("Position")
        return {_folded(spelling): known.label for known in names for spelling in known.names}

    def _words(self, name: str) -> frozenset[str]:
        if name not in self._lists:
            words = self.ontology.word_lists.get(name, ())
            self._lists[name] = frozenset(_folded(word) for word in words)
        return self._lists[name]

    def title_key(self, title: str | None) -> str:
        """What is equal of two titles that are one; empty for none and for the head of anything."""
        folded = _folded(title or "")
        known = _folded(self._titles.get(folded, folded))
        return "" if self._words("post_head_title") & {folded, known} else known

    def is_office(self, key: str) -> bool:
        """Whether a title tells of a post without an organization: a minister, not a spokesman."""
        return bool(key) and key not in self._words("post_bare_title")

    def title(self, edge: Edge, evidence: EdgeEvidence) -> str | None:
        """The words for the post in one piece of evidence, that with its cue first."""
        quote, cue = _folded(evidence.quote), _folded(cue_text(evidence))
        told = {
            d.value
            for d in edge.details
            if d.role == "position" and evidence.document in d.documents
        }
        fitting = [t for t in told if _folded(t) in quote or len(told) == 1]
        return min(fitting, key=lambda t: (cue not in _folded(t), -len(t), t), default=None)

    # Words around a title

    def is_past(self, evidence: EdgeEvidence) -> bool:
        """Whether the words before the title say that it is not held any more: *the former*."""
        return not self._words("post_past_word").isdisjoint(_words_before(evidence))

    def is_past_verb(self, evidence: EdgeEvidence) -> bool:
        """Whether its verb is in the past, which tells nothing of today: *commanded*, *was the*."""
        past, before = self._words("post_past_verb"), _words_before(evidence)
        was = not past.isdisjoint(before) and self._words("post_start_verb").isdisjoint(before)
        return was or not past.isdisjoint(_folded(cue_text(evidence)).split()[:1])

    def is_start(self, evidence: EdgeEvidence) -> bool:
        """Whether its cue, or a verb before the title, says it was begun: *became commander*."""
        before = _words_before(evidence)
        words = {*_folded(cue_text(evidence)).split()[:1], *before}
        return not self._words("post_start_verb").isdisjoint(words) and self._words(
            "post_news_word"
        ).isdisjoint(before)

    def is_end(self, evidence: EdgeEvidence) -> bool:
        """Whether the words before the title say that it is given up: *resigned as commander*."""
        before = _words_before(evidence)
        as_ = before.index("as") if "as" in before else 0
        return not self._words("post_end_verb").isdisjoint(before[:as_])

    def bound(self, edge: Edge, evidence: EdgeEvidence) -> Effect | None:
        """What a date bounds if a word before it says so: *since May*, *until June*."""
        quote = evidence.quote
        for d in edge.details:
            if d.role == "when" and d.value == evidence.when and d.text in quote:
                words = f"{quote[: quote.index(d.text)]} {d.text}".casefold().split()
                before = words[: len(words) - len(d.text.split()) + 1][-2:]
                if not self._words("post_since_word").isdisjoint(before):
                    return "starts"
                if not self._words("post_until_word").isdisjoint(before):
                    return "ends"
        return None

    # Ranks and units

    @cached_property
    def _rank_grades(self) -> dict[str, Grades]:
        ranks = self.ontology.names_of("Rank")
        return {_folded(s): _grades(r.grade) for r in ranks if r.grade for s in r.names}

    @cached_property
    def _unit_grades(self) -> dict[str, Grades]:
        listed = (w.split("=", 1) for w in self.ontology.word_lists.get("unit_grade", ()))
        return {_folded(word): _grades(grade) for word, grade in listed}

    def rank_grades(self, rank: str) -> Grades | None:
        """The grades a rank may have; None if the ontology does not tell."""
        return self._rank_grades.get(_folded(rank))

    def unit_grades(self, name: str) -> Grades | None:
        """The grades usual for the commander of a unit, by the last word of its name that tells."""
        known = (self._unit_grades.get(word) for word in reversed(_folded(name).split()))
        return next((grades for grades in known if grades), None)

    def sole(self, relation: str, type_: str) -> bool:
        """Whether one person at a time holds such a post in an organization of a class."""
        return any(self.ontology.is_a(type_, class_) for class_ in self.part(relation).sole)


def ends(edge: Edge, end: End) -> tuple[str | None, str | None]:
    """The entity at an end of an edge, and the one at the other."""
    return (edge.subject, edge.object) if end == "subject" else (edge.object, edge.subject)


def cue_text(evidence: EdgeEvidence) -> str:
    """The words of the cue, as the quote has them."""
    first, last = evidence.cue
    return evidence.quote[max(first - evidence.start, 0) : max(last - evidence.start, 0)]


def _words_before(evidence: EdgeEvidence) -> list[str]:
    """The few words before the cue that no sign parts from it."""
    before = evidence.quote[: max(evidence.cue[0] - evidence.start, 0)]
    words = re.split(r"[,;:.()–—]", before)[-1].replace("-", " - ").split()[-_NEAR:]
    return [_folded(word) for word in words]


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace(".", "").split())


def _grades(code: str) -> Grades:
    found = [int(n) + (10 if kind == "OF" else 0) for kind, n in _GRADE.findall(code)]
    return (found[0], found[-1]) if found else (0, 99)
