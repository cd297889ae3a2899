"""GLiNER2 as proposer of statements: entities and relations in one pass, typed by the ontology.

Reads with the library's joint extraction (`gliner2.joint_ie.JointIE`), which scores spans and
relations and searches the graph in which every relation joins classes that it may join.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...ontologies.error import ActorgraphError
from ...ontologies.ontology import Ontology, Relation
from .passage import Passage
from .tally import Reason
from .verification import Proposal

if TYPE_CHECKING:
    from gliner2.joint_ie import JointIE, JointIEConfig, JointResult
    from gliner2.joint_ie.compiler import CompiledJointSchema

_RELATIONS = 16
"""Relations asked for at once: every one of them takes from the window that the text needs, too."""

_CONFIDENCE = 0.9
"""What the model's certainty of its least certain part is worth: scores are no frequencies."""


class Gliner:
    """A GLiNER2 model read from a folder; nothing is ever downloaded.

    path: the folder of a checkpoint with relation heads, as `save_pretrained` writes it.
    """

    name = "gliner"

    def __init__(self, path: Path, ontology: Ontology) -> None:
        self._ontology = ontology
        self._path = path
        self._model, self._config = _loaded(path)

    @cached_property
    def key(self) -> str:
        """A hash of the checkpoint."""
        digest = hashlib.sha256()
        for file in sorted(f for f in self._path.rglob("*") if f.is_file()):
            digest.update(file.relative_to(self._path).as_posix().encode())
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return f"{self.name} {digest.hexdigest()[:16]}"

    def proposals(self, passage: Passage) -> Iterator[Proposal | Reason]:
        """What the model reads in a passage; see `Proposer`."""
        types = sorted({p.type for p in passage.participants})
        for relations in _batches(self._possible(types)):
            schema = self._schema(relations, types)
            result = self._model.extract(passage.words, schema, config=self._config)
            yield from self._read(result, passage)

    def _possible(self, types: Sequence[str]) -> list[tuple[Relation, list[str], list[str]]]:
        """The relations that the classes of a passage allow, with the classes at either end."""
        found = []
        for _, relation in sorted(self._ontology.relations.items()):
            heads = [t for t in types if self._ontology.fits(t, relation.domain)]
            tails = [t for t in types if self._ontology.fits(t, relation.range)]
            if relation.symmetric:
                heads = tails = [t for t in heads if t in tails]
            if heads and tails:
                found.append((relation, heads, tails))
        return found

    def _schema(
        self, relations: Sequence[tuple[Relation, list[str], list[str]]], types: Sequence[str]
    ) -> CompiledJointSchema:
        from gliner2.joint_ie import JointSchema, compile_schema

        schema = JointSchema()
        for type_ in types:
            schema.entity(type_, self._ontology.classes[type_].definition or None)
        for relation, heads, tails in relations:
            schema.relation(
                relation.id,
                head=heads,
                tail=tails,
                description=relation.definition or relation.label,
                symmetric=relation.symmetric,
            )
        # Compiled here: the library's cache (2.1) knows a schema by its address in memory, and
        # answers by an old one when that is used again.
        return compile_schema(schema)

    def _read(self, result: JointResult, passage: Passage) -> Iterator[Proposal | Reason]:
        """The relations of a result between what are actors of ours, too."""
        entities: dict[str, Any] = {entity.id: entity for entity in result.entities}
        for relation in result.relations:
            ends = entities[relation.head], entities[relation.tail]
            head, tail = (_actor(end, passage) for end in ends)
            if head is None or tail is None:
                yield Reason.ACTOR
                continue
            yield Proposal(
                relation=relation.type,
                subject=(head,),
                object=(tail,),
                quote=(head, head + 1),  # it quotes no words; the sentence is what counts
                confidence=_CONFIDENCE * min(part.confidence or 0.0 for part in (relation, *ends)),
                rule=f"{self.name}: {self._path.name}",
            )


def _actor(entity: Any, passage: Passage) -> int | None:
    """The head token of the participant that a span of the model speaks of."""
    tokens = passage.tokens(passage.start + entity.start, passage.start + entity.end)
    if tokens is None:
        return None
    inside = [
        (participant.type != entity.type, token)
        for participant in passage.participants
        for token in participant.tokens
        if tokens[0] <= token < tokens[1]
    ]
    return min(inside)[1] if inside else None


def _batches(
    relations: Sequence[tuple[Relation, list[str], list[str]]],
) -> Iterator[list[tuple[Relation, list[str], list[str]]]]:
    """Relations of one group together, so that the model has to tell like from like."""
    groups = defaultdict(list)
    for entry in relations:
        groups[entry[0].group].append(entry)
    for _, group in sorted(groups.items()):
        for start in range(0, len(group), _RELATIONS):
            yield group[start : start + _RELATIONS]


def _loaded(path: Path) -> tuple[JointIE, JointIEConfig]:
    """The model, and how it decodes: greedily, for beams take minutes where much is found."""
    if not (path / "config.json").is_file():
        raise ActorgraphError(
            f"{path} is no GLiNER2 model; give the folder of a downloaded checkpoint "
            "(with config.json) as --gliner-model"
        )
    # The library asks a hub for whatever a folder lacks; a text reader has no business there.
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    try:
        from gliner2.joint_ie import JointIE, JointIEConfig
    except ImportError as error:
        raise ActorgraphError(
            f"the extractor gliner is not installed ({error.name} is missing); "
            "run: python -m pip install 'actorgraph[gliner]'"
        ) from error
    try:
        model = JointIE.from_pretrained(str(path))
    except (OSError, ValueError, RuntimeError, TypeError, KeyError) as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ActorgraphError(
            f"{path} cannot be loaded as GLiNER2 model ({reason}); download it again, or use a "
            "checkpoint of the installed gliner2's version"
        ) from error
    return model, JointIEConfig(optimizer="greedy")
