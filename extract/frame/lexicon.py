"""The lexicon: every relation's frames, compiled from the ontology's sentences, and cached."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...ontologies.cache import cache_folder
from ...ontologies.ontology import Example, Ontology, Relation
from ..actor.actors import mentions
from ..annotation import Rules, reading, with_slots
from .compiler import compiled, full_node
from .example import Filled, alternatives, chosen_fillers, filled, slot_types
from .frame import Frame, frame_from_json, frame_json
from .matching import FrameIndex, Reading, frame_index

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODULES = (
    *("actors", "annotation", "appointment", "casing", "clause", "clusters", "column"),
    *("compiler", "contrast", "description", "designation", "document", "draft", "evidence"),
    *("example", "frame", "gazetteer", "grammar", "insertion", "layout", "lexicon"),
    *("lostverb", "matching", "mention", "names", "noun", "parse", "pipeline", "repair"),
    *("role", "sighting", "syntax", "titlecase", "titles", "tokens", "tree", "units"),
    *("verb", "voice", "wordclass"),
)
"""The modules of extract/ through which a sentence becomes a frame."""


@dataclass(frozen=True)
class Lexicon:
    """All frames, and the examples that gave none."""

    frames: tuple[Frame, ...]
    problems: tuple[tuple[str, str, str], ...] = ()  # relation, sentence, reason

    @cached_property
    def index(self) -> FrameIndex:
        """The positive frames, indexed."""
        return frame_index(f for f in self.frames if f.positive)

    @cached_property
    def vetoes(self) -> FrameIndex:
        """The frames of counterexamples, indexed."""
        return frame_index(f for f in self.frames if not f.positive)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the ontology made concrete: with which names, for which relation."""

    relation: Relation
    example: Example
    words: str  # the example with its alternatives chosen, slots still open
    filled: Filled
    turn: int


def sentences(ontology: Ontology, turns: Iterable[int]) -> Iterator[Sentence]:
    """Every example and counterexample with every alternative, once for each set of names."""
    names = {
        name.removeprefix("filler_"): sorted(ontology.words(name))
        for name in ontology.word_lists
        if name.startswith("filler_")
    }
    turns = tuple(turns)
    for relation in ontology.relations.values():
        defaults = {"subject": relation.domain, "object": relation.range}
        for example in relation.examples:
            for words in alternatives(example.text):
                slots = slot_types(words)
                for turn in turns:
                    fillers = chosen_fillers(slots, defaults, names, turn)
                    yield Sentence(relation, example, words, filled(words, fillers), turn)


def compiled_lexicon(ontology: Ontology, nlp: Language, rules: Rules) -> Lexicon:
    """The ontology's sentences parsed by the very pipeline that reads text, as frames."""
    frames, reasons = _positive_frames(ontology, nlp, rules)
    counter = [s for s in sentences(ontology, (0,)) if not s.example.positive]
    frames += [
        frame
        for sentence, doc in _parsed(nlp, counter)
        for frame in _vetoes(sentence, doc, rules, frames)
    ]
    problems = tuple((relation, words, why) for (relation, words), why in reasons.items())
    return Lexicon(tuple(_merged(frames)), problems)


def _positive_frames(
    ontology: Ontology, nlp: Language, rules: Rules
) -> tuple[list[Frame], dict[tuple[str, str], str]]:
    """The frames of all examples, and the reason for each example that gives none.

    A statistical parser slips on some names, so a frame counts once two parses agree on it.
    """
    votes: dict[tuple[str, str], list[_Vote]] = {}
    reasons: dict[tuple[str, str], str] = {}
    elected: dict[tuple[str, str], _Vote] = {}
    for turns in ((0, 1), (2,)):
        pending = [
            s
            for s in sentences(ontology, turns)
            if s.example.positive and (s.relation.id, s.words) not in elected
        ]
        for sentence, doc in _parsed(nlp, pending):
            key = (sentence.relation.id, sentence.words)
            vote, problem = _vote(sentence, doc, rules)
            if vote is None:
                reasons[key] = problem
                continue
            if any(vote.frame.root == other.frame.root for other in votes.get(key, ())):
                elected[key] = vote
            votes.setdefault(key, []).append(vote)
    for key in votes:
        if key in elected:
            reasons.pop(key, None)
        else:
            reasons[key] = "its parses with different names disagree"
    return list(_distinguished(elected.values())), reasons


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one parse of an example gave: the smallest frame, and all that the example says."""

    frame: Frame
    full: Frame


def _distinguished(votes: Iterable[_Vote]) -> Iterator[Frame]:
    """Frames told apart: where two relations share one, the example that says more must say it.

    *killed X* is `killed`; *killed X in a drone strike*, whose smallest frame is the same, is
    `killed_in_strike` only with its strike.
    """
    votes = list(votes)
    plain: dict[str, set[str]] = {}
    for vote in votes:
        if vote.frame.root == vote.full.root:
            plain.setdefault(repr(vote.frame.root), set()).add(vote.frame.relation)
    for vote in votes:
        owners = plain.get(repr(vote.frame.root), set())
        yield vote.full if owners - {vote.frame.relation} else vote.frame


def _parsed(nlp: Language, found: list[Sentence]) -> Iterator[tuple[Sentence, Doc]]:
    # the slots are named already, and the entity recogniser takes a third of the time
    with nlp.select_pipes(disable=[name for name in ("ner",) if name in nlp.pipe_names]):
        docs = nlp.pipe((s.filled.text for s in found), batch_size=1024)
        yield from zip(found, docs, strict=True)


def _sentence_reading(sentence: Sentence, doc: Doc, rules: Rules) -> tuple[Reading, dict[str, int]]:
    """The clauses of an example, its slots set as mentions, and the head token of each slot."""
    slots = sentence.filled.slots
    found = with_slots(doc, mentions(doc, rules.actors), slots.values())
    heads = {}
    for slot, (_, end, _type) in slots.items():
        for mention in found:
            if mention.start < end <= mention.end or mention.end == end:
                heads[slot] = mention.head
    return reading(doc, found, rules), heads


def _vote(sentence: Sentence, doc: Doc, rules: Rules) -> tuple[_Vote | None, str]:
    parsed, heads = _sentence_reading(sentence, doc, rules)
    cues = [
        token.i
        for token in doc
        if any(start <= token.idx < end for start, end in sentence.filled.cues)
    ]
    result = compiled(parsed, heads, cues)
    if result.root is None or result.full is None:
        return None, result.problem
    pinned = {s: (t,) for s, t in slot_types(sentence.words).items() if t}
    frame = Frame(sentence.relation.id, result.root, sentence.words, pinned)
    return _Vote(frame, replace(frame, root=result.full)), ""


def _vetoes(sentence: Sentence, doc: Doc, rules: Rules, frames: Iterable[Frame]) -> Iterator[Frame]:
    """For each predicate of a counterexample that could say its relation: all it says, as veto."""
    parsed, heads = _sentence_reading(sentence, doc, rules)
    lemmas = {f.root.lemma for f in frames if f.relation == sentence.relation.id}
    names = {token: slot for slot, token in heads.items()}
    pinned = {s: (t,) for s, t in slot_types(sentence.words).items() if t}
    for token in parsed.clauses:
        if token not in names and lemmas.intersection(parsed.lemmas(token)):
            root = full_node(parsed, token, names)
            lexical = [n for n in root.nodes() if n.lemma is not None]
            if len(lexical) + sum(len(n.modifiers) for n in lexical) > 1:
                yield Frame(sentence.relation.id, root, sentence.words, pinned, positive=False)


def _merged(frames: Iterable[Frame]) -> Iterator[Frame]:
    """Equal frames of one relation as one, with the number of sentences behind it."""
    grouped: dict[tuple[str, bool, str, str], list[Frame]] = {}
    for frame in frames:
        key = (frame.relation, frame.positive, repr(frame.root), repr(sorted(frame.types.items())))
        grouped.setdefault(key, []).append(frame)
    for _, group in sorted(grouped.items()):
        yield replace(min(group, key=lambda f: f.example), support=len(group))


# The cache ------------------------------------------------------------------------------------


def lexicon(ontology: Ontology, nlp: Language, rules: Rules) -> Lexicon:
    """The compiled lexicon, from the cache if ontology, pipeline and code are as they were."""
    path = cache_folder() / f"lexicon-{lexicon_key(ontology, nlp)}.json"
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return Lexicon(
            tuple(frame_from_json(frame) for frame in plain["frames"]),
            tuple((r, s, why) for r, s, why in plain["problems"]),
        )
    except (OSError, ValueError, KeyError):
        pass  # no cache, or not ours to read: compile
    compiled_now = compiled_lexicon(ontology, nlp, rules)
    _stored(path, compiled_now)
    return compiled_now


def lexicon_key(ontology: Ontology, nlp: Language) -> str:
    """A hash that changes with the ontology, the pipeline, and the code that makes frames."""
    sources = [source for source in _sources() if source.stem in MODULES]
    return _key(ontology, nlp, sources)


def reading_key(ontology: Ontology, nlp: Language) -> str:
    """A hash that changes with the ontology, the pipeline, and the code of extract/."""
    return _key(ontology, nlp, _sources())


def _sources() -> list[Path]:
    """The modules of extract/, in a fixed order."""
    return sorted(Path(__file__).parents[1].rglob("*.py"), key=lambda path: path.parts)


def _key(ontology: Ontology, nlp: Language, sources: Iterable[Path]) -> str:
    digest = hashlib.sha256(ontology.hash.encode())
    digest.update(json.dumps([nlp.meta.get(k) for k in ("lang", "name", "version")]).encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:24]


def _stored(path: Path, found: Lexicon) -> None:
    """Write aside, then rename; a folder that cannot be written only costs the next start time."""
    plain = {"frames": [frame_json(f) for f in found.frames], "problems": list(found.problems)}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as aside:
            json.dump(plain, aside, ensure_ascii=False)
        Path(aside.name).replace(path)
    except OSError:
        return
