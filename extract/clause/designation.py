"""Who holds which post, read from the order of titles, organisations and names alone.

*The GOC, 7 Division, General X*; *General X, formerly Commander, 22 Brigade, now GOC 3 Division*:
such strings have no verb and too many commas for a parser, but a plain grammar of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..actor.mention import Mention
from .tree import Tree
from .wordclass import Grammar

_LONGEST = 8  # tokens between two parts of one designation
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", '"', "'", "``", "''"})
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset({"at", "in", "for", "with"})
_BE = frozenset({"is", "was", "'s", "are", "were"})

Joint = Literal["adjacent", "comma", "and", "of", "at", "owner", "is", "break"]
Kind = Literal["person", "rank", "post", "organisation", "place", "other"]


@dataclass(frozen=True, slots=True)
class Designation:
    """A title said of a person, with its organisation if one is named; all are head tokens.

    title is None where only the organisation is told (*General X, formerly of 3 Division*).
    called: the title stands before the name and means the same (*the GOC, General X, said*).
    """

    title: int | None
    person: int
    organisation: int | None
    called: bool


@dataclass(frozen=True, slots=True)
class _Glue:
    """What stands between two mentions: its kind, and whether a word of time is in it."""

    joint: Joint
    timed: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A person with ranks, or a post with its organisation: mentions first … last (inclusive)."""

    kind: Literal["person", "post", "rank"]
    head: int
    first: int
    last: int
    organisation: int | None = None
    plural: bool = False
    start: int = 0  # first token, determiner included
    determined: bool = False


def designations(tree: Tree, words: Grammar) -> Iterator[Designation]:
    """Every post that word order alone ties to a person.

    A post belongs to the name beside it: to the right if nothing or a comma parts them, to the
    left if *is*, *formerly* or *now* stands between; between two names the first part of the
    string tells whether posts come before or after their names.
    """
    reader = _Reader(tree, words)
    for chain in reader.chains():
        yield from _assigned(tree, reader, chain)


def _assigned(tree: Tree, reader: _Reader, chain: Sequence[_Part]) -> Iterator[Designation]:
    names_first = chain[0].kind == "person"
    holder = -1  # of the post before, if it belongs to the name on its left
    for number, part in enumerate(chain):
        before = reader.glue(chain[number - 1].last, part.first) if number else None
        if part.kind == "person":
            # *the aide of X, ...*: what follows is not said of X
            inside = before is not None and before.joint in ("of", "at")
            holder = -1 if inside else part.head
            if part.organisation is not None:
                yield Designation(None, holder, part.organisation, False)
            continue
        if _is_owner(tree, part.head):
            holder = -1  # *X, the general's daughter*: X is no general
            continue
        after = chain[number + 1] if number + 1 < len(chain) else None
        behind = reader.glue(part.last, after.first) if after else None
        left = holder >= 0 and before is not None and _opens_left(tree, part, before)
        named = after is not None and after.kind == "person" and _is_name(tree, after.head)
        right = named and _opens_right(tree, part, behind)
        if left and right and before and behind:
            left = (
                before.joint == "is" or before.timed or _prefers_left(before, behind, names_first)
            )
        if left:
            yield Designation(part.head, holder, part.organisation, False)
        elif right and after:
            called = behind is not None and behind.joint in ("comma", "is")
            yield Designation(part.head, after.head, part.organisation, called)
            holder = -1
        if not left:
            holder = -1


def _is_owner(tree: Tree, token: int) -> bool:
    """Whether a mention is followed by *'s*."""
    mention = tree.mention_of(token)
    behind = mention.last if mention is not None else token + 1
    return behind < len(tree) and tree.tag[behind] == "POS"


def _is_name(tree: Tree, token: int) -> bool:
    mention = tree.mention_of(token)
    return mention is not None and mention.kind == "name"


def _opens_left(tree: Tree, part: _Part, glue: _Glue) -> bool:
    """Whether a post may be said of the name before it."""
    if part.plural or glue.joint not in ("adjacent", "comma", "is"):
        return False
    # *X, the mayor of A, the governor of B and Y met*: somebody else, if the parser says so
    listed = tree.dep[part.head] == "conj" and not glue.timed and glue.joint == "comma"
    return not (listed and part.determined)


def _opens_right(tree: Tree, part: _Part, glue: _Glue | None) -> bool:
    """Whether a post may be said of the name behind it."""
    if glue is None or part.kind == "rank" or part.plural:
        return False
    if glue.joint == "comma":  # *moves to headquarters as director, General X is the new chief*
        return part.start == 0 or tree.lower[part.start - 1] not in ("as", "become", "became")
    return glue.joint in ("adjacent", "is")


def _prefers_left(before: _Glue, behind: _Glue, names_first: bool) -> bool:
    if behind.joint == "is":
        return False
    if "adjacent" in (before.joint, behind.joint):
        return before.joint == "adjacent" and behind.joint != "adjacent"
    return names_first


class _Reader:
    """The mentions of a document as parts of designations."""

    def __init__(self, tree: Tree, words: Grammar) -> None:
        self._tree = tree
        self._words = words
        self._mentions = [m for m in tree.mentions if not self._is_passed_over(m)]
        self._kinds = [self._kind(m) for m in self._mentions]

    def chains(self) -> Iterator[list[_Part]]:
        """Strings of persons and posts with nothing else between them."""
        chain: list[_Part] = []
        index = 0
        while index < len(self._mentions):
            part = self._part(index)
            if part is None:
                index += 1
                continue
            if chain and self.glue(chain[-1].last, part.first).joint == "break":
                yield chain
                chain = []
            chain.append(part)
            index = part.last + 1
        if chain:
            yield chain

    def glue(self, left: int, right: int) -> _Glue:
        """What joins two mentions, anything between them included."""
        tree = self._tree
        first, last = self._mentions[left].last, self._mentions[right].first
        if last - first > _LONGEST or right > left + 1:
            return _Glue("break")
        words: list[str] = []
        depth = 0
        for token in range(first, last):
            word = tree.lower[token]
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                depth -= 1
            elif depth == 0 and word not in _DETERMINERS and not self._is_honorific(token):
                words.append(word)
        if any(tree.child(t, "dobj") >= 0 for t in range(first, last) if tree.is_verb(t)):
            return _Glue("break")  # *the president appointed X*: who does it is not X
        timed = [w for w in words if w in self._words.posting_times]
        kept = [w for w in words if w not in self._words.posting_times]
        return _Glue(_joint(kept) if depth == 0 else "break", bool(timed))

    def _is_honorific(self, token: int) -> bool:
        word = self._tree.lower[token]
        if word == ".":
            return token > 0 and self._is_honorific(token - 1)
        return word.rstrip(".") in self._words.honorifics

    def _is_passed_over(self, mention: Mention) -> bool:
        """An abbreviation in brackets, *(GOC)*, and the *who* of *who is now*."""
        tree = self._tree
        if mention.kind == "pronoun" and mention.text.lower() == "who":
            return True
        around = mention.first > 0 and mention.last < len(tree)
        return bool(
            around and tree.text[mention.first - 1] == "(" and tree.text[mention.last] == ")"
        )

    def _kind(self, mention: Mention) -> Kind:
        if mention.kind == "title":
            return "rank" if mention.type == "Rank" else "post"
        if mention.kind == "name" and mention.type == "Person":
            return "person"
        if mention.text.lower() in ("he", "she") and mention.last < len(self._tree):
            # *He was formerly Commander, 31 Brigade*
            return "person" if self._tree.lower[mention.last] in _BE else "other"
        if mention.type in self._words.organisation_types and mention.kind in ("name", "nominal"):
            return "organisation"
        if mention.kind == "name" and mention.type in self._words.actor_types:
            return "place"
        return "other"

    def _part(self, index: int) -> _Part | None:
        """The person or post that begins with a mention."""
        kind = self._kinds[index]
        if kind in ("person", "rank"):
            return self._person(index) or self._rank(index)
        if kind == "post":
            return self._post(index, index, None)
        if kind in ("organisation", "place") and self._next_kind(index) == "post":
            joint = self.glue(index, index + 1).joint
            if joint in ("adjacent", "owner"):
                owner = self._mentions[index].head if kind == "organisation" else None
                return self._post(index + 1, index, owner)
        return None

    def _next_kind(self, index: int) -> Kind | None:
        return self._kinds[index + 1] if index + 1 < len(self._kinds) else None

    def _person(self, index: int) -> _Part | None:
        """*General X*: ranks and the name."""
        last = index
        while self._kinds[last] == "rank" and self._next_kind(last) in ("rank", "person"):
            if self.glue(last, last + 1).joint != "adjacent":
                return None
            last += 1
        if self._kinds[last] != "person":
            return None
        head = self._mentions[last].head
        if self._next_kind(last) != "organisation" or self._owns_next(last + 1):
            return _Part("person", head, index, last)
        if self.glue(last, last + 1).joint != "of":
            return _Part("person", head, index, last)
        organisation = self._mentions[last + 1].head
        end = last + 1
        while self._next_kind(end) in ("organisation", "place") and not self._owns_next(end + 1):
            if self.glue(end, end + 1).joint not in ("comma", "of", "at"):
                break
            end += 1
        return _Part("person", head, index, end, organisation)

    def _rank(self, index: int) -> _Part:
        return _Part("rank", self._mentions[index].head, index, index)

    def _post(self, title: int, first: int, owner: int | None) -> _Part:
        """A title with its abbreviation, its organisation and what that belongs to."""
        mention = self._mentions[title]
        last = title
        if self._is_short(last + 1) and self.glue(last, last + 1).joint == "comma":
            last += 1
        while self._next_kind(last) in ("organisation", "place") and not self._owns_next(last + 1):
            if not self._goes_on(last, owner):
                break
            last += 1
            if owner is None and self._kinds[last] == "organisation":
                owner = self._mentions[last].head
        plural = self._tree.tag[mention.head] in ("NNS", "NNPS")
        start = self._mentions[first].first
        determined = start > 0 and self._tree.lower[start - 1] in _ARTICLES
        start -= determined
        return _Part("post", mention.head, first, last, owner, plural, start, determined)

    def _is_short(self, index: int) -> bool:
        """The office's abbreviation after it: *General Officer Commanding, GOC, 7 Division*."""
        if self._next_kind(index - 1) != "post":
            return False
        mention = self._mentions[index]
        return mention.last - mention.first == 1 and mention.text.isupper()

    def _goes_on(self, last: int, owner: int | None) -> bool:
        joint = self.glue(last, last + 1).joint
        following = self._mentions[last + 1]
        if following.kind != "name" and joint == "adjacent":
            return following.first > self._mentions[last].last  # *commanding the division*
        named = following.kind == "name"
        return joint in ("of", "at") or (joint in ("adjacent", "comma") and named)

    def _owns_next(self, index: int) -> bool:
        """Whether an organisation or place begins the next post: *the minister, Army chief X*."""
        if self._next_kind(index) != "post":
            return False
        return self.glue(index, index + 1).joint in ("adjacent", "owner")


def _joint(words: Sequence[str]) -> Joint:
    """The kind of what stands between two mentions, determiners and words of time left out."""
    plain = [w for w in words if w not in (",", "who", "-")]
    commas = len(plain) < len(words)
    match plain:
        case []:
            return "comma" if commas else "adjacent"
        case ["and"]:
            return "and"
        case ["'s"] | ["'"] if not commas:
            return "owner"
        case [word] if word in _BE:
            return "is"
        case ["has" | "had", "been"]:
            return "is"
        case ["of"]:
            return "of"
        case ["in", "charge", "of"] | ["in", "charge"]:
            return "at"
        case [word] if word in _PREPOSITIONS:
            return "at"
    return "break"
