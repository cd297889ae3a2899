"""Blocking: which nodes are worth comparing (sorted neighbourhood: Hernandez and Stolfo 1995)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product

from .lexicon import NameLexicon
from .names import Name
from .node import Node
from .pronunciation import openings, skeletons
from .spelling import sound
from .syllable import reading_keys

LARGEST = 40  # nodes; larger blocks are sorted and compared within a window
_WINDOW = 6
_INITIAL = "initial "  # starts keys by which names with initials meet full ones


def candidates(nodes: Sequence[Node], lexicon: NameLexicon) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `nodes` whose names share a key, each once, sorted."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, node in enumerate(nodes):
        for key in sorted({key for name in node.names for key in keys(name, lexicon)}):
            blocks[f"{node.first.facet} {key}"].append(position)
    short = {position for position, node in enumerate(nodes) if _has_initials(node)}
    pairs: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        pairs.update(_short_pairs(block, short) if _INITIAL in key else _pairs(block))
    yield from sorted(pairs)


def _has_initials(node: Node) -> bool:
    return any(part.kind == "initial" for name in node.names for part in name.parts)


def _short_pairs(block: Sequence[int], short: Collection[int]) -> Iterator[tuple[int, int]]:
    """Names with initials, with each other and with the full ones; too many tell nobody."""
    some = [position for position in block if position in short]
    others = [position for position in block if position not in short]
    yield from _pairs(some)
    if len(others) <= LARGEST:
        for one, other in product(some, others):
            yield min(one, other), max(one, other)


def _pairs(block: Sequence[int]) -> Iterator[tuple[int, int]]:
    if len(block) <= LARGEST:
        yield from combinations(block, 2)
    else:
        for i, position in enumerate(block):
            yield from ((position, other) for other in block[i + 1 : i + _WINDOW])


def keys(name: Name, lexicon: NameLexicon) -> Iterator[str]:
    """What spellings of one name have in common: sounds of its words, its letters run together."""
    if name.kind == "person":
        yield from _person_keys(name, lexicon)
    else:
        yield from _organization_keys(name, [p.text for p in name.core if p.kind == "part"])
    yield "run " + sound("".join(p.text for p in name.core))


def _person_keys(name: Name, lexicon: NameLexicon) -> Iterator[str]:
    """Given and family name as they sound, in either order, and the family name and an initial."""
    words = [p.text for p in name.parts if p.kind in ("part", "initial")]
    yield from reading_keys(name.readings)
    if len(words) < 2:
        return
    first, last = words[0], words[-1]
    for one, other in {(first, last), (last, first), (first, words[1])}:
        for family in _skeletons(other, lexicon):
            for initial in openings(one, lexicon.phonology):
                yield f"{_INITIAL}{initial} {family}"
            for given in (*_given(one, lexicon), *_skeletons(one, lexicon)):
                yield f"both {given} {family}"


def _skeletons(word: str, lexicon: NameLexicon) -> Sequence[str]:
    return skeletons(word, lexicon.phonology) if len(word) > 1 else ()


def _given(word: str, lexicon: NameLexicon) -> Iterable[str]:
    """A given name's classes."""
    spellings = lexicon.given_names.get(word, frozenset())
    return sorted({*spellings, *lexicon.nicknames.get(word, frozenset())})


def _organization_keys(name: Name, words: Sequence[str]) -> Iterator[str]:
    yield "words " + " ".join(sorted(sound(p.text) for p in name.core))
    if name.acronym:
        yield "acronym " + name.acronym
    elif len(name.core) > 1:
        yield "acronym " + "".join(p.text[0] for p in name.core)
        yield "acronym " + "".join(p.text[0] for p in name.parts)
    if len(words) == 1:
        yield "word " + sound(words[0])
    for one, other in pairwise(words):
        yield f"pair {sound(one)} {sound(other)}"
