"""A parse open to mending: heads, labels and tags of a document, as plain lists."""

from __future__ import annotations

from dataclasses import dataclass, field

SUBJECTS = ("nsubj", "nsubjpass")
FINITE = ("VBD", "VBZ", "VBP")


@dataclass(slots=True)
class Parse:
    """The parser's answer, open to mending."""

    lower: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    sentence: list[int]
    named: list[bool]  # inside a name that the actor grammar found
    placed: list[bool]  # inside a name that the model takes for a place
    plain_form: list[bool]  # the word as it stands is its own lemma: *condemn*, not *condemns*
    plain_verbs: frozenset[str] = frozenset()  # words that are verbs and nothing else
    naming_verbs: frozenset[str] = frozenset()  # lemmas of verbs that put somebody into an office
    person: list[bool] = field(default_factory=list)  # inside the name of a person
    lemma: list[str] = field(default_factory=list)

    _below: dict[int, list[int]] = field(default_factory=dict)

    def attach(self, token: int, head: int, dep: str) -> None:
        """Hang a token elsewhere."""
        self.head[token] = head
        self.dep[token] = dep
        self._below.clear()

    def children(self, token: int) -> list[int]:
        """The children of a token, in text order."""
        if not self._below:
            for index, head in enumerate(self.head):
                if index != head:
                    self._below.setdefault(head, []).append(index)
        return self._below.get(token, [])

    def is_noun(self, token: int) -> bool:
        """Whether a token is a noun or name."""
        return self.tag[token].startswith("NN")

    def has_subject(self, token: int) -> bool:
        """Whether a verb has a subject of its own."""
        return any(self.dep[c] in SUBJECTS for c in self.children(token))
