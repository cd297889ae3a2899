"""The gazetteer: known names, ranks and offices in a trie of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from ...ontologies.ontology import KnownName, Ontology

EntryKind = Literal["name", "demonym", "rank", "position"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of a known name.

    casing: upper (an acronym, only in capitals), capital (at least the first letter), any.
    """

    name: str
    type: str
    kind: EntryKind
    casing: Literal["upper", "capital", "any"]


_FREER = {"upper": 0, "capital": 1, "any": 2}


@dataclass(slots=True)
class Trie:
    """Word sequences -> entry; a node is reached by its parent's words."""

    words: dict[str, Trie] = field(default_factory=dict)
    entry: Entry | None = None

    def add(self, words: Iterable[str], entry: Entry) -> None:
        """Put an entry under its words; the first name to claim them keeps them.

        Of one name's spellings that differ in case only (*NATO*, *Nato*) the freest counts.
        """
        node = self
        for word in words:
            node = node.words.setdefault(word, Trie())
        old = node.entry
        freer = old and old.name == entry.name and _FREER[entry.casing] > _FREER[old.casing]
        if old is None or freer:
            node.entry = entry


def word_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Lower-case words of letters and digits, with their characters: *Maj.-Gen.* has two."""
    for match in _WORD.finditer(text):
        yield match[0].lower(), match.start(), match.end()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a spelling, so that *Maj.-Gen.*, *Maj Gen* and *MAJ. GEN.* are one."""
    return tuple(word for word, _, _ in word_spans(text))


def gazetteer(ontology: Ontology) -> Trie:
    """All known names, with every spelling that a compound rank may take from its words."""
    trie = Trie()
    ranks = ontology.names_of("Rank")
    spellings = _rank_words(ranks)
    for known in _by_weight(ontology.known_names):
        if ontology.is_a(known.type, "Rank"):
            _add_rank(trie, known, spellings)
            continue
        kind: EntryKind = "position" if ontology.is_a(known.type, "Position") else "name"
        for spelling in known.names:
            casing = _casing(spelling, known.label, kind)
            trie.add(words_of(spelling), Entry(known.label, known.type, kind, casing))
        for adjective in known.adjectives:
            trie.add(words_of(adjective), Entry(known.label, known.type, "demonym", "capital"))
    return trie


def _by_weight(names: Iterable[KnownName]) -> list[KnownName]:
    """Countries first: *Georgia* is the country before it is anything else."""
    return sorted(names, key=lambda known: (known.type != "Country", known.id))


def _casing(spelling: str, label: str, kind: EntryKind) -> Literal["upper", "capital", "any"]:
    letters = [c for c in spelling if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "upper"
    if (kind == "position" and spelling == label) or spelling[:1].islower():
        return "any"
    return "capital"


def _rank_words(ranks: Iterable[KnownName]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """*major* -> (major), (maj): the spellings of the ranks of one word."""
    return {
        known.label.lower(): tuple(words_of(name) for name in known.names if not _is_acronym(name))
        for known in ranks
        if len(known.label.split()) == 1
    }


def _is_acronym(spelling: str) -> bool:
    return len(spelling) > 1 and spelling.replace(".", "").isupper()


def _add_rank(
    trie: Trie, known: KnownName, spellings: Mapping[str, tuple[tuple[str, ...], ...]]
) -> None:
    full = words_of(known.label)
    trie.add(full, Entry(known.label, known.type, "rank", "any"))
    short = Entry(known.label, known.type, "rank", "capital")
    for variant in product(*(spellings.get(word, ((word,),)) for word in full)):
        trie.add([word for part in variant for word in part], short)
    for spelling in known.names[1:]:
        acronym = _is_acronym(spelling)
        entry = Entry(known.label, known.type, "rank", "upper" if acronym else "capital")
        trie.add(words_of(spelling), entry)
