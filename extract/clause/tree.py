"""A parsed document as plain lists: the form in which the clause layer walks the grammar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import column

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..actor.mention import Mention


@dataclass(frozen=True, slots=True)
class Tree:
    """The dependency tree of a document (CLEAR labels), one list entry a token.

    Token attributes of spaCy cost a Cython call each; the clause layer reads every one of them
    several times, so they are read once. `mention` gives the index of the mention that covers a
    token, or -1.
    """

    text: list[str]
    lower: list[str]
    lemma: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    children: list[list[int]]
    start: list[int]  # first character
    end: list[int]  # after the last character
    sentence: list[int]
    mention: list[int]
    mentions: tuple[Mention, ...]

    def __len__(self) -> int:
        return len(self.text)

    def child(self, token: int, *deps: str) -> int:
        """The first child with one of the labels, or -1."""
        for child in self.children[token]:
            if self.dep[child] in deps:
                return child
        return -1

    def some(self, token: int, *deps: str) -> list[int]:
        """The children with one of the labels, in text order."""
        return [child for child in self.children[token] if self.dep[child] in deps]

    def is_verb(self, token: int) -> bool:
        """Whether the tagger calls the token a verb form."""
        return self.tag[token].startswith("VB")

    def is_noun(self, token: int) -> bool:
        """Whether the tagger calls the token a noun or name."""
        return self.tag[token].startswith("NN")

    def mention_of(self, token: int) -> Mention | None:
        """The mention that covers a token."""
        index = self.mention[token]
        return self.mentions[index] if index >= 0 else None

    def subtree(self, token: int) -> list[int]:
        """The token and all below it, in text order."""
        found, stack = [], [token]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(self.children[node])
        return sorted(found)

    def phrase_start(self, token: int) -> int:
        """The first token of the phrase that ends in a noun: determiner, adjectives, compounds."""
        first = token
        below = set(self.subtree(token))
        while first - 1 in below and self.dep[first - 1] not in ("punct", "relcl", "cc", "prep"):
            first -= 1
        return first

    def is_below(self, token: int, ancestor: int) -> bool:
        """Whether a token is another or stands anywhere below it."""
        while token != ancestor:
            if self.head[token] == token:
                return False
            token = self.head[token]
        return True


def tree(doc: Doc, mentions: tuple[Mention, ...]) -> Tree:
    """The tree of a parsed document with its mentions laid over it."""
    size = len(doc)
    covering = [-1] * size
    for index, mention in enumerate(mentions):
        for position in range(mention.first, mention.last):
            covering[position] = index
    text = column.strings(doc, "ORTH")
    head = column.heads(doc)
    start = column.starts(doc)
    children: list[list[int]] = [[] for _ in range(size)]
    for index, parent in enumerate(head):
        if parent != index:
            children[parent].append(index)
    lower = [word.lower() for word in text]
    lemmas = zip(column.strings(doc, "LEMMA"), lower, strict=True)
    return Tree(
        text=text,
        lower=lower,
        lemma=[lemma.lower() or word for lemma, word in lemmas],
        tag=column.strings(doc, "TAG"),
        dep=column.strings(doc, "DEP"),
        head=head,
        children=children,
        start=start,
        end=[first + len(word) for first, word in zip(start, text, strict=True)],
        sentence=column.sentences(doc),
        mention=covering,
        mentions=mentions,
    )
