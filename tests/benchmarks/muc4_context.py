"""The words around a phrase, and the deeds its sentence tells of before and after it."""

from __future__ import annotations

from collections.abc import Mapping

from actorgraph.extract.clause.tree import Tree

_WINDOW = 3  # tokens
_NEAR = (4, 9)  # tokens: nearer than the first, than the second, farther


def nearby(tree: Tree, first: int, last: int) -> set[str]:
    """The lemmas right before and after a phrase; of a name, that it is one."""
    found = set()
    for side, place, step in (("left", first - 1, -1), ("right", last, 1)):
        for n in range(_WINDOW):
            inside = 0 <= place < len(tree) and tree.sentence[place] == tree.sentence[first]
            word = "|"
            if inside:
                word = "NNP" if tree.tag[place].startswith("NNP") else tree.lemma[place]
            found.add(f"{side} {word}")
            if n == 0:
                found.add(f"{side}1 {word}")
            if not inside:
                break
            place += step
    return found


def order(tree: Tree, head: int, marks: Mapping[int, set[str]]) -> set[str]:
    """Which kinds of deed (marks: token -> kinds) stand before and after a phrase, how near."""
    found = set()
    for step, side in ((-1, "behind"), (1, "before")):
        token = head + step
        while 0 <= token < len(tree) and tree.sentence[token] == tree.sentence[head]:
            far = sum(abs(token - head) >= limit for limit in _NEAR)
            for kind in marks.get(token, ()):
                found |= {f"{side} {kind}", f"{side} {kind} {far}"}
            token += step
    return found
