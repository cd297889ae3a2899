"""What a sentence states between two marked actors, as a PLOVER class: our reading, mapped.

Shared by the adapters plv.py and plover_gsr.py. The mapping itself is data, plover.toml.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from actorgraph.extract.annotation import annotation
from actorgraph.extract.frame.hint import Hint, hints
from actorgraph.extract.referent import Referents
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.stance.negation import qualification
from actorgraph.extract.text.document import Document

TABLE = tomllib.loads(Path(__file__).with_name("plover.toml").read_text(encoding="utf-8"))
OPERATORS: dict[str, str] = {
    word: name for name, words in TABLE["operator"].items() for word in words
}
CODES = TABLE["code"]

_NO_ROLE = ("agent", "bearer", "modifier", "possessor")
_CLAUSAL = ("xcomp", "ccomp", "acomp", "pcomp", "acl", "attr", "oprd")
_DEPTH = 7  # operators hardly nest deeper
_NO_PHONE = frozenset({"on", "upon", "for", "to", "attribute"})


class PloverReader:
    """The extractor, and the PLOVER class of each relation; `special` are those of one data set."""

    def __init__(self, special: str = "") -> None:
        self.extractor = RuleExtractor()
        self.light = self.extractor.rules.grammar.light_verbs
        self.codes = dict(self._declared()) | (TABLE[special] if special else {})

    def _declared(self) -> Iterator[tuple[str, str]]:
        """Each relation's class: as the table says, else by its `ag:plover`."""
        for relation in self.extractor.ontology.relations.values():
            roots = [
                value.split("/")[0]
                for property_, value in relation.alignments
                if property_.endswith("#plover")
            ]
            code = TABLE["relation"].get(relation.id) or next(iter(roots), "NONE")
            yield relation.id, CODES["fold"].get(code, code)


class PloverSentence:
    """One sentence parsed, and the classes of its predicates.

    The class of a predicate comes from the hints of the ontology's frames, and from the words
    above and beside it: promises, refusals, requests, negation.
    """

    def __init__(self, reader: PloverReader, text: str) -> None:
        self._reader = reader
        extractor = reader.extractor
        self.found = annotation(extractor.nlp(text), extractor.rules)
        self.doc = self.found.doc
        self.tree = self.found.reading.tree
        self.clauses = self.found.reading.clauses
        self.ontology = extractor.ontology
        self._document = Document(text)
        self.sources: frozenset[int] = frozenset()

    @cached_property
    def _referents(self) -> Referents:
        return self._reader.extractor.referents(self._document, self.found)

    def code(self, token: int, seen: tuple[int, ...] = ()) -> str | None:
        """The class of what a predicate says, with what it governs and what negates it."""
        if token in seen or len(seen) > _DEPTH:
            return None
        other = bool(seen) and self._is_reported(token, seen[-1])
        code = self._qualified(token, self._bare(token, (*seen, token)), other)
        if code and other:
            return str(TABLE["effect"]["reported"].get(code, code))
        return code

    def _bare(self, token: int, seen: tuple[int, ...]) -> str | None:
        own, words = self._own(token)
        operator = self._operator(token)
        if operator == "requested" and self._is_phone_call(token):
            return self._for_purpose(token, "CONSULT", seen)
        if own and words > 1 and (operator != "promised" or own in CODES["kept"]):
            return self._for_purpose(token, own, seen)
        if operator in ("threatened", "refused"):
            return _effect(operator, None)
        inner = next((c for g in self._governed(token) if (c := self.code(g, seen))), None)
        if operator in ("ended", "eased") and inner is None:
            return own or _effect(operator, None)
        if operator is not None:
            return _effect(operator, inner)
        if own and not (inner and self._is_light(token)):
            return self._for_purpose(token, own, seen)
        return inner

    def _for_purpose(self, token: int, own: str, seen: tuple[int, ...]) -> str:
        """*Sent jets to destroy it*: the purpose tells what the sending is."""
        for child in self.tree.some(token, "advcl", "xcomp", "acl"):
            if self._is_infinitive(child):
                code = self.code(child, seen)
                if code is not None and code in TABLE["purpose"].get(own, ()):
                    return code
        return own

    def _is_infinitive(self, token: int) -> bool:
        return any(self.tree.tag[c] == "TO" for c in self.tree.children[token])

    def _own(self, token: int) -> tuple[str | None, int]:
        """The class that the frames suggest, and in how many words."""
        hint = next(self._hints(token), None)
        return (self._reader.codes[hint.relation], hint.words) if hint else (None, 0)

    def bound(self, token: int) -> int | None:
        """What the best fitting frame at a predicate takes for the object."""
        hint = next(self._hints(token), None)
        return hint.bindings.get("object") if hint else None

    def leaning(self, token: int) -> str | None:
        """The class to which most frames of a word belong, for want of one that fits: *imposed* is
        said of sanctions and curfews."""
        votes: Counter[str] = Counter()
        for lemma in self.found.reading.lemmas(token):
            for frame in self._reader.extractor.lexicon.index.by_lemma.get(lemma, ()):
                votes[self._reader.codes[frame.relation]] += frame.support
        code, count = max(votes.items(), key=lambda v: (v[1], v[0]), default=("NONE", 0))
        sure = code != "NONE" and count >= CODES["majority"] * votes.total()
        return self._qualified(token, code, False) if sure else None

    def _hints(self, token: int) -> Iterator[Hint]:
        """The hints at a predicate that have a class, in the right direction."""
        extractor = self._reader.extractor
        for hint in hints(
            self.found.reading,
            extractor.lexicon.index,
            token,
            lambda frame, slot, t: extractor.fit(frame, slot, t, self.found, self._referents),
        ):
            symmetric = self.ontology.relations[hint.relation].symmetric
            backwards = hint.bindings.get("object") in self.sources and not symmetric
            if not backwards and self._reader.codes[hint.relation] != "NONE":
                yield hint

    def _operator(self, token: int) -> str | None:
        for lemma in self.found.reading.lemmas(token):
            if lemma in OPERATORS:
                return OPERATORS[lemma]
        return None

    def _is_light(self, token: int) -> bool:
        return any(lemma in self._reader.light for lemma in self.found.reading.lemmas(token))

    def _qualified(self, token: int, code: str | None, other: bool) -> str | None:
        """The class under the auxiliaries and negations beside the predicate.

        other: somebody says it of another, who *must* do it by request, not by commitment.
        """
        own = qualification(self.doc[token], self._reader.extractor.rules.cues)
        certainties = {certainty for certainty, _ in own.certainties}
        if "requested" in certainties and (code or other):
            return "REQUEST" if other else "AGREE"
        if own.negations and (code or "planned" in certainties) and code != "ACCUSE":
            return _effect("negated", code)
        if code and "planned" in certainties:
            return _effect("planned", code)
        return code

    def _is_reported(self, token: int, above: int) -> bool:
        """Whether a speaker says it of another: *Kenya said that rebels had attacked*."""
        if not set(CODES["speakers"]).intersection(self.found.reading.lemmas(above)):
            return False
        mine, theirs = self._subjects(token), self._subjects(above)
        pronoun = any(self.doc[a].pos_ == "PRON" for a in mine)
        return bool(mine) and not pronoun and not mine & theirs

    def _subjects(self, token: int) -> set[int]:
        clause = self.clauses.get(token)
        agents = {a.antecedent for a in clause.arguments if a.role == "agent"} if clause else set()
        return agents or set(self.tree.some(token, "nsubj", "nsubjpass"))

    def _is_phone_call(self, token: int) -> bool:
        """*Called X*, which is no call on, for or to anything."""
        clause = self.clauses.get(token)
        if clause is None or clause.kind != "verb" or clause.lemma != "call":
            return False
        times = ("DATE", "TIME")
        roles = {a.role for a in clause.arguments if self.doc[a.token].ent_type_ not in times}
        return "patient" in roles and not roles & _NO_PHONE

    def _governed(self, token: int) -> Iterator[int]:
        """The predicates under a predicate: its complements, then the nouns in its object and in
        its prepositional phrases, but for those that only tell when."""
        tree, clause = self.tree, self.clauses.get(token)
        arguments = clause.arguments if clause is not None else ()
        under = [a for a in arguments if a.role not in _NO_ROLE and a.role not in CODES["passing"]]
        for argument in sorted(under, key=lambda a: (a.role != "complement", a.role != "patient")):
            yield argument.antecedent
        yield from tree.some(token, *_CLAUSAL)
        for argument in under:
            if argument.role == "patient":
                yield from tree.some(argument.antecedent, "acl")
        for preposition in tree.some(token, "prep"):
            if tree.lower[preposition] not in CODES["passing"]:
                yield from tree.some(preposition, "pobj", "pcomp")


def _effect(name: str, code: str | None) -> str | None:
    table: dict[str, str] = TABLE["effect"][name]
    return table.get(code or "else", table["else"]) or None
