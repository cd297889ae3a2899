"""Decisions: judgements made ready for merging."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations

from ..ontologies.error import ActorgraphError
from ..ontologies.ontology import Ontology
from .judgement import Judgement


@dataclass(frozen=True)
class Decisions:
    """All judgements, each once, by what they decide.

    `same` in order; `different` item -> items it is not; `rejected` statement ids; `types` entity
    -> class; `settled` what was decided of warnings; `judged` all items of `same` and `different`.
    """

    all: tuple[Judgement, ...]
    same: tuple[Judgement, ...]
    different: Mapping[str, frozenset[str]]
    rejected: frozenset[str]
    types: Mapping[str, str]
    settled: tuple[Judgement, ...] = ()

    @property
    def judged(self) -> frozenset[str]:
        """Items about whose identity somebody decided."""
        return frozenset(
            {*self.different, *(i for judgement in self.same for i in judgement.items)}
        )


def decisions(judgements: Iterable[Judgement], ontology: Ontology) -> Decisions:
    """Judgements in any order, made ready.

    Raises ActorgraphError where two contradict each other or name a class that does not exist.
    """
    ordered = tuple(sorted(set(judgements)))
    different: dict[str, set[str]] = defaultdict(set)
    types: dict[str, str] = {}
    for judgement in ordered:
        if judgement.kind == "different":
            for one, other in permutations(judgement.items, 2):
                different[one].add(other)
        elif judgement.kind == "wrong_type":
            _set_type(types, judgement, ontology)
    same = tuple(j for j in ordered if j.kind == "same")
    _check(same, different)
    _check_links(ordered)
    settled = tuple(j for j in ordered if j.settlement)
    _check_settled(settled)
    return Decisions(
        ordered,
        same,
        {item: frozenset(others) for item, others in different.items()},
        frozenset(i for j in ordered if j.kind == "not_a_fact" for i in j.items),
        types,
        settled,
    )


def _check_settled(settled: Iterable[Judgement]) -> None:
    """No warning may be both accepted and dismissed."""
    found: dict[tuple[str, ...], str] = {}
    for judgement in settled:
        if found.setdefault(judgement.items, judgement.kind) != judgement.kind:
            raise ActorgraphError(
                f"judgements contradict each other: {' '.join(judgement.items)} is accepted and "
                "dismissed; take one back"
            )


def _set_type(types: dict[str, str], judgement: Judgement, ontology: Ontology) -> None:
    item, type_ = judgement.items
    if type_ not in ontology.classes:
        raise ActorgraphError(f"judgement on {item}: {type_!r} is no class of the ontology")
    if types.setdefault(item, type_) != type_:
        raise ActorgraphError(
            f"judgements contradict each other: {item} is judged a {types[item]} and a {type_}; "
            "take one back"
        )


def _check(same: Iterable[Judgement], different: Mapping[str, set[str]]) -> None:
    """No two items may be judged one, directly or through others, and different too."""
    from .partition import Partition

    together = list(same)
    partition = Partition({item for judgement in together for item in judgement.items})
    for judgement in together:
        for item in judgement.items[1:]:
            partition.join(judgement.items[0], item)
    for group in partition.groups():
        for item in group:
            for other in sorted(different.get(item, set()) & set(group)):
                raise ActorgraphError(
                    f"judgements contradict each other: {item} and {other} are judged the same "
                    "and different; take one back"
                )


def _check_links(judgements: Iterable[Judgement]) -> None:
    """No item may be judged to be a thing elsewhere, and not to be it."""
    links: dict[tuple[str, ...], str] = {}
    for judgement in judgements:
        if judgement.kind.endswith("same_as"):
            item, iri = judgement.items
            if links.setdefault((item, iri), judgement.kind) != judgement.kind:
                raise ActorgraphError(
                    f"judgements contradict each other: {item} is judged to be {iri}, and not to "
                    "be it; take one back"
                )
