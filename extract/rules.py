"""The rule extractor: the ontology's frames laid over the clauses of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..ontologies.ontology import Ontology, Relation
from .annotation import Annotation, Rules, annotation, rules
from .attribution import evidence_of, is_plain, stance_of
from .circumstance import circumstances
from .date.dates import DateMention, dates
from .date.pattern import DateGrammar, date_grammar
from .frame.candidate import Candidate, chosen, is_possessed_agent, vetoed
from .frame.frame import Frame
from .frame.lexicon import Lexicon, lexicon, reading_key
from .frame.matching import Match, Matcher
from .referent import Referents
from .stance.modality import stance_reading
from .statement import (
    Extraction,
    Reference,
    Stance,
    Statement,
    Value,
    event_id,
)
from .text.casing import casing_of_names
from .text.document import Document
from .text.parse import Parses

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_VALUES = ("Rank", "Position")
_PLURAL = ("NNS", "NNPS")
_WEIGHTS = {"exact": 1.0, "wide": 0.85, "pronoun": 0.9, "unnamed": 0.95}


@dataclass(frozen=True)
class Text:
    """A document as every extractor finds it: parsed, its actors, titles and dates known."""

    document: Document
    found: Annotation
    referents: Referents
    times: list[DateMention]


class RuleExtractor:
    """Reads documents with a spaCy pipeline and the frames of an ontology.

    model: name of an installed spaCy pipeline, None for the small English one. coreference: a
    spaCy component whose clusters take the place of our own pronouns and descriptions, see
    `extract/text/clusters.py`. The lexicon is compiled on first use, and cached.
    """

    name = "rules"

    def __init__(
        self,
        ontology: Ontology | None = None,
        model: str | None = None,
        coreference: str | None = None,
    ) -> None:
        from ..ontologies.turtle import loaded_ontology
        from .text.clusters import add_coreference
        from .text.pipeline import loaded_pipeline

        self.ontology = ontology or loaded_ontology()
        self.nlp: Language = loaded_pipeline(model)
        self.parses: Parses | None = None  # where parses are kept, if somebody sets it
        self.casing = casing_of_names(self.nlp, self.ontology)
        self.rules: Rules = rules(self.ontology)
        self.coreference = coreference
        own = list(self.nlp.pipe_names)
        if coreference is not None:
            add_coreference(self.nlp, coreference)
        others = [name for name in self.nlp.pipe_names if name not in own or name == coreference]
        with self.nlp.select_pipes(disable=others):  # examples are single sentences
            self.lexicon: Lexicon = lexicon(self.ontology, self.nlp, self.rules)
        self._dates: DateGrammar = date_grammar(self.ontology)
        labels = {known.id: known.label for known in self.ontology.known_names}
        self._seats = {
            known.label: labels[known.seat_of]
            for known in self.ontology.known_names
            if known.seat_of in labels
        }
        self._things = {
            name.removeprefix("thing_"): self.ontology.words(name)
            for name in sorted(self.ontology.word_lists)
            if name.startswith("thing_")
        }
        self._agentless = {
            r.id for r in self.ontology.relations.values() if r.kind in ("event", "statement")
        }

    @property
    def key(self) -> str:
        """A hash of all that extractions depend on but the document."""
        from importlib.metadata import version

        from .text.clusters import component_key

        key = reading_key(self.ontology, self.nlp)
        who = (
            f" coreference {component_key(self.nlp, self.coreference)}" if self.coreference else ""
        )
        return f"{type(self).__name__} {key} spacy {version('spacy')}{who}"

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read each document; one extraction each, in order."""
        from .text.pipeline import docs

        for document, doc in docs(self.nlp, documents, self.casing, self.parses):
            yield self.extraction(document, doc)

    def extraction(self, document: Document, doc: Doc) -> Extraction:
        """The entities and statements of one parsed document."""
        text = self.read(document, doc)
        statements = tuple(
            unique(
                statement
                for candidate in self.candidates(text.found, text.referents)
                for statement in self.statements(candidate, text)
            )
        )
        return Extraction(document, text.referents.entities(statements), statements)

    def read(self, document: Document, doc: Doc) -> Text:
        """What is known of a parsed document before any relation is read."""
        found = annotation(doc, self.rules)
        times = dates(doc, document.published, self._dates)
        return Text(document, found, self.referents(document, found), times)

    def referents(self, document: Document, found: Annotation) -> Referents:
        """What the mentions of a document refer to."""
        tree = found.reading.tree
        return Referents(
            document.id,
            document.text,
            self.ontology,
            tree,
            found.chains,
            self._things,
            self._seats,
        )

    def candidates(self, found: Annotation, referents: Referents) -> list[Candidate]:
        """The matches that are sound in types and reference, one for each thing said."""
        reading = found.reading
        matcher = self.matcher(found, referents)
        result: list[Candidate] = []
        vetoes: dict[int, list[Match]] = {}
        for token in reading.clauses:
            result += [
                self._candidate(match, found, referents)
                for match in matcher.matches(self.lexicon.index, token, self._agentless)
            ]
            vetoes[token] = list(matcher.matches(self.lexicon.vetoes, token, set()))
        sound = [
            c
            for c in result
            if (c.object is not None or c.subject is not None)
            and not vetoed(c, _at(c.match, vetoes), self.ontology)
            and not self._is_possessed_agent(c, found, referents)
        ]
        by_sentence: dict[int, list[Candidate]] = {}
        for candidate in sound:
            by_sentence.setdefault(reading.tree.sentence[candidate.match.root], []).append(
                candidate
            )
        return [c for group in by_sentence.values() for c in chosen(group, self.ontology)]

    def _is_possessed_agent(
        self, candidate: Candidate, found: Annotation, referents: Referents
    ) -> bool:
        index = -1 if candidate.object is None else found.reading.tree.mention[candidate.object]
        type_ = referents.type_of(index) if index >= 0 else ""
        return is_possessed_agent(candidate, found.reading, type_, self.ontology)

    def matcher(self, found: Annotation, referents: Referents) -> Matcher:
        """What lays frames over a text, the types of their slots checked."""
        reading = found.reading
        known: dict[tuple[tuple[str, ...], bool, str, int], bool] = {}

        def fits(frame: Frame, slot: str, token: int) -> bool:
            # all that a fit depends on: thousands of frames share few signatures
            key = (self.expected(frame, slot), frame.root.lemma is None, slot, token)
            if key not in known:
                known[key] = self.fit(frame, slot, token, found, referents) > 0
            return known[key]

        def unknown(token: int) -> bool:
            index = reading.tree.mention[token]
            return index >= 0 and not referents.is_known(index)

        return Matcher(reading, fits, unknown)

    def expected(self, frame: Frame, slot: str) -> tuple[str, ...]:
        """The classes that may fill a slot of a frame."""
        pinned = frame.types.get(slot)
        if pinned is not None:
            return pinned
        relation = self.ontology.relations[frame.relation]
        return {"subject": relation.domain, "object": relation.range}.get(slot, ())

    def fit(
        self, frame: Frame, slot: str, token: int, found: Annotation, referents: Referents
    ) -> int:
        """0 if a word cannot fill a slot, 1 if its class is wider than asked for, 2 if it fits."""
        if slot not in ("subject", "object"):
            return 2
        expected = self.expected(frame, slot)
        index = found.reading.tree.mention[token]
        if index < 0:
            thing = referents.thing_type(token)
            return 2 if thing and any(self.ontology.is_a(thing, e) for e in expected) else 0
        mention = found.reading.tree.mentions[index]
        if any(e in _VALUES for e in expected):
            if mention.kind != "title":
                return 0
            type_ = mention.type
        else:
            if not referents.is_known(index):
                return 0
            type_ = referents.type_of(index)
        if any(self.ontology.is_a(type_, e) for e in expected):
            return 2
        if mention.kind == "nominal" and found.reading.tree.tag[mention.head] in _PLURAL:
            # *policemen*, *militants*: a plural description stands for its members
            type_ = "PopulationGroup" if self.ontology.is_a(type_, "Organization") else type_
            if any(self.ontology.is_a(type_, e) for e in expected):
                return 1
        people = referents.is_people(index)
        if people and any(self.ontology.is_a("PopulationGroup", e) for e in expected):
            return 1
        country = referents.speaks_for(index) is not None
        if country and any(self.ontology.is_a("Country", e) for e in expected):
            return 1
        # a frame without a word of its own (*Iran's Quds Force*) has only the types to go by
        return int(frame.root.lemma is not None and self.ontology.fits(type_, expected))

    def _candidate(self, match: Match, found: Annotation, referents: Referents) -> Candidate:
        bindings = match.bindings
        fit = sum(
            self.fit(match.frame, slot, bindings[slot], found, referents)
            for slot in ("subject", "object")
            if slot in bindings
        )
        subject, object_ = bindings.get("subject"), bindings.get("object")
        ends = (referents.identity(subject), referents.identity(object_))
        return Candidate(match, subject, object_, fit, ends)

    def statements(self, candidate: Candidate, text: Text) -> Iterator[Statement]:
        """A candidate with its stance, circumstances and evidence, for each actor it is about."""
        document, found, referents = text.document, text.found, text.referents
        relation = self.ontology.relations[candidate.relation]
        clause = found.reading.clauses.get(candidate.match.root)
        kind = clause.kind if clause else None
        reading = stance_reading(found.doc[candidate.match.root], self.rules.cues, kind)
        stance = stance_of(reading, found, referents)
        if _is_presupposed(candidate):
            stance = Stance(source=stance.source)
        affirmed = stance.polarity == "affirmed" and stance.certainty == "actual"
        if affirmed and _is_alternative(candidate, found):
            stance = replace(stance, certainty="possible")
        qualifiers = circumstances(candidate.match, found.reading, referents, text.times)
        evidence = evidence_of(candidate.match, document, found)
        event = relation.kind == "event"
        for subject in _arguments(candidate.subject, relation.domain, referents):
            for object_ in _arguments(candidate.object, relation.range, referents):
                if _same(subject, object_):
                    continue
                if relation.symmetric and _backwards(subject, object_):
                    subject, object_ = object_, subject
                yield Statement(
                    document=document.id,
                    relation=relation.id,
                    phrase=_phrase(candidate.match, found),
                    subject=subject,  # type: ignore[arg-type]
                    object=object_,
                    stance=stance,
                    evidence=evidence,
                    rule=candidate.match.frame.example,
                    extractor=self.name,
                    confidence=_confidence(candidate, relation, subject, object_),
                    qualifiers=qualifiers,
                    event=event_id(document.id, evidence.cue_start, evidence.cue_end)
                    if event
                    else None,
                    role=("participant" if relation.symmetric else "patient") if event else None,
                    plain=is_plain(stance, reading),
                )


def _at(match: Match, vetoes: Mapping[int, list[Match]]) -> list[Match]:
    """The counterexamples that are rooted at the words of a match."""
    return [veto for token in {match.root, *match.tokens} for veto in vetoes.get(token, ())]


def _is_presupposed(candidate: Candidate) -> bool:
    """*Iran's Quds Force did not …*: what joins two names without a word is not denied with it."""
    root = candidate.match.frame.root
    return root.lemma is None and all(role == "of" for role, _ in root.edges)


def _is_alternative(candidate: Candidate, found: Annotation) -> bool:
    """*Either X or Y attacked Z*: each of them may have; *neither X nor Y* is no alternative."""
    tree = found.reading.tree
    for token in (candidate.subject, candidate.object):
        if token is None:
            continue
        heads = [token, tree.head[token]] if tree.dep[token] == "conj" else [token]
        if any(tree.lower[c] == "or" for head in heads for c in tree.some(head, "cc")):
            return True
    return False


def _arguments(
    token: int | None, types: tuple[str, ...], referents: Referents
) -> list[Reference | Value | None]:
    if token is None:
        return [None]
    mention = referents.tree.mention_of(token)
    if any(t in _VALUES for t in types) and mention is not None and mention.kind == "title":
        return [referents.value(token)]
    index = referents.tree.mention[token]
    ontology = referents.ontology
    if index >= 0 and not any(ontology.is_a(referents.type_of(index), t) for t in types):
        if referents.is_people(index):
            return [referents.people(index)]
        if referents.speaks_for(index) is not None:
            return [referents.government(index)]
    return list(referents.references(token))


def _same(subject: Reference | Value | None, object_: Reference | Value | None) -> bool:
    """A statement of an actor about itself is a slip of reading, and one of nobody says nothing."""
    if isinstance(subject, Reference) and isinstance(object_, Reference):
        return subject.entity == object_.entity
    return subject is None and object_ is None


def _backwards(subject: Reference | Value | None, object_: Reference | Value | None) -> bool:
    return subject is not None and object_ is not None and object_.start < subject.start


def _phrase(match: Match, found: Annotation) -> str:
    tree = found.reading.tree
    tokens = sorted(dict.fromkeys(match.tokens)) or [match.root]
    return " ".join(tree.text[t] for t in tokens)


def _confidence(
    candidate: Candidate,
    relation: Relation,
    subject: Reference | Value | None,
    object_: Reference | Value | None,
) -> float:
    """How sure the reading is: full frames with exactly fitting, named actors come first."""
    slots = len(candidate.match.bindings.keys() & {"subject", "object"})
    score = 0.95 if candidate.fit >= 2 * slots else 0.95 * _WEIGHTS["wide"]
    for argument in (subject, object_):
        if isinstance(argument, Reference):
            if argument.text.lower() != argument.name.lower() and not argument.named:
                score *= _WEIGHTS["unnamed"]
            elif argument.name.split()[-1] not in argument.text:
                score *= _WEIGHTS["pronoun"]
    return round(score, 3)


def unique(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Each statement once, in text order; the surer of two equal ones."""
    best: dict[str, Statement] = {}
    for statement in statements:
        other = best.get(statement.id)
        if other is None or statement.confidence > other.confidence:
            best[statement.id] = statement
    yield from sorted(best.values(), key=lambda s: (s.evidence.cue_start, s.relation or "", s.id))
