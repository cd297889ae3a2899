"""The question put to a language model, and the JSON schema of its answer, from the ontology."""

from __future__ import annotations

from typing import Any, get_args

from ...ontologies.ontology import Ontology, Relation
from ..statement import Certainty, Polarity
from .passage import Participant, Passage

_TASK = """\
You read a passage of a news report and list what it says about the actors listed below it, using
only the relations of the inventory.

Answer with one JSON object {"statements": [...]}. Each statement has
  relation   a name from the inventory
  subject    the number of the actor on the left of the relation; null only where the inventory
             marks the relation with * and the passage does not tell who
  object     the number of the actor on the right
  quote      words copied letter by letter from ONE sentence, in which both are spoken of
  predicate  the shortest words inside the quote that name the relation (a verb, noun or title)
  polarity   denied if the passage says that it is not so, else affirmed
  certainty  actual, or planned, attempted, requested (ordered, demanded, threatened), possible,
             hypothetical, feared, habitual (used to)

Rules
- Only what the passage says in words. No world knowledge, no conclusions.
- Mind the direction: in "B was killed by A" the subject is A.
- The classes of subject and object must be those of the inventory, or narrower ones.
- A title (Position, Rank) also stands for its holder where a Person is asked for.
- What nothing in the inventory fits is left out. An empty list is a good answer."""


def instructions(ontology: Ontology) -> str:
    """The task, the classes and the relations: the same for every passage."""
    classes = "\n".join(
        f"- {c.id} is a kind of {', '.join(c.parents)}"
        for _, c in sorted(ontology.classes.items())
        if c.parents
    )
    relations = "\n".join(_line(r) for _, r in sorted(ontology.relations.items()))
    return f"{_TASK}\n\nClasses\n{classes}\n\nInventory\n{relations}"


def _line(relation: Relation) -> str:
    mark = "*" if relation.kind in ("event", "statement") else ""
    arrow = "—" if relation.symmetric else "→"
    signature = f"{' or '.join(relation.domain)} {arrow} {' or '.join(relation.range)}"
    return f"- {relation.id}{mark} ({signature}): {relation.definition or relation.label}"


def question(passage: Passage) -> str:
    """A passage and its numbered actors."""
    actors = "\n".join(
        f"{number}: {_described(participant, passage)}"
        for number, participant in enumerate(passage.participants)
    )
    return f"Passage\n{passage.words}\n\nActors\n{actors}"


def _described(participant: Participant, passage: Passage) -> str:
    tree = passage.text.found.reading.tree
    mentions = [tree.mention_of(token) for token in participant.tokens]
    others = dict.fromkeys(m.text for m in mentions if m and m.text != participant.name)
    also = f", also called: {'; '.join(others)}" if others else ""
    return f"{participant.name} ({participant.type}){also}"


def answer_schema(ontology: Ontology) -> dict[str, Any]:
    """The JSON schema of an answer, strict: every key required, no other allowed."""
    number = {"type": ["integer", "null"]}
    properties = {
        "relation": {"type": "string", "enum": sorted(ontology.relations)},
        "subject": number,
        "object": {"type": "integer"},
        "quote": {"type": "string"},
        "predicate": {"type": "string"},
        "polarity": {"type": "string", "enum": list(get_args(Polarity))},
        "certainty": {"type": "string", "enum": list(get_args(Certainty))},
    }
    statement = _closed(properties)
    return _closed({"statements": {"type": "array", "items": statement}})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
