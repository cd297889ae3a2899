"""Example sentences of the ontology: alternatives expanded, slots filled with natural names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_CHOICE = re.compile(r"\(([^()]*\|[^()]*)\)")
_PART = re.compile(r"\{(?P<slot>\w+)(?::\w+)?\}|\[(?P<cue>[^\[\]]*)\]|(?P<text>[^{}\[\]]+)")
# *an Iran-backed {object}*, *his {object}*: the name loses its own article
_DETERMINED = re.compile(r"(?:\b(?:an?|the|its|his|her|their|this|that|'s)|\S-[a-z]+) $", re.I)


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence made from an example: its text, its slots, and the words it insists on.

    slots: slot -> (start, end, type) in characters; cues: character spans of bracketed words.
    """

    text: str
    slots: Mapping[str, tuple[int, int, str]]
    cues: tuple[tuple[int, int], ...]


def alternatives(example: str) -> Iterator[str]:
    """All sentences that the `(a|b)` of an example stand for, in order."""
    parts = _CHOICE.split(example)
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield re.sub(r" +([.,])", r"\1", " ".join("".join(chosen).split()))


def slot_types(example: str) -> dict[str, str | None]:
    """Slot -> pinned type or None."""
    return {match[1]: match[2] for match in _SLOT.finditer(example)}


def filled(sentence: str, fillers: Mapping[str, tuple[str, str]]) -> Filled:
    """The sentence with its slots filled; fillers: slot -> (words, type)."""
    text = ""
    slots: dict[str, tuple[int, int, str]] = {}
    cues: list[tuple[int, int]] = []
    for part in _PART.finditer(sentence):
        if part["slot"]:
            words, type_ = fillers[part["slot"]]
            if not text.rstrip(" \"'"):
                words = words[0].upper() + words[1:]
            if _DETERMINED.search(text):
                words = words.removeprefix("the ")
            start = len(text)
            text += words
            slots[part["slot"]] = (start, len(text), type_)
        elif part["cue"] is not None:
            inner, previous = part["cue"], len(text)
            text += inner
            cues.append((previous, len(text)))
        else:
            text += part["text"]
    if text:
        text = text[0].upper() + text[1:]
    return Filled(text, slots, tuple(cues))


def chosen_fillers(
    slots: Mapping[str, str | None],
    defaults: Mapping[str, Sequence[str]],
    words: Mapping[str, Sequence[str]],
    turn: int,
) -> dict[str, tuple[str, str]]:
    """For each slot a name of its type; another `turn` gives other names, no name twice."""
    used: set[str] = set()
    chosen = {}
    for position, (slot, pinned) in enumerate(slots.items()):
        types = [pinned] if pinned else list(defaults.get(slot, ("Agent",)))
        type_ = types[turn % len(types)]
        names = [name for name in words[type_] if name not in used]
        name = names[(turn + position) % len(names)]
        used.add(name)
        chosen[slot] = (name, type_)
    return chosen
