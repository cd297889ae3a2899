"""Tokens: a parsed document as plain lists, read once, and the gazetteer looked up in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .. import column
from .gazetteer import Entry, Trie, word_spans

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SOFT = frozenset({".", "-", "–", "—", "'", "’", "‘", "/", "´", "`"})
_NOUN_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})


class Word(NamedTuple):
    """A run of letters or digits: *U.S.-backed* is one token and three words."""

    text: str  # lower case
    token: int
    start: int  # character in the document
    end: int


@dataclass(frozen=True, slots=True)
class Match:
    """A gazetteer entry in the text: tokens first … last (exclusive), and its characters."""

    first: int
    last: int
    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Tokens:
    """The lists of a document, indexed by token."""

    content: str
    texts: list[str]
    lowers: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    labels: list[str]  # the model's entity label, empty if none
    ents: list[int]  # number of the model's entity, -1 if none
    offsets: list[int]
    spaced: list[bool]  # white space follows
    opens: list[bool]  # first of a sentence
    flat: list[bool]  # in a sentence whose capitals say nothing (headings, ALL CAPS)
    words: list[Word]
    word_at: list[int]  # number of the token's first word, or of the next token's

    def __len__(self) -> int:
        return len(self.texts)

    def end(self, token: int) -> int:
        """The character after a token."""
        return self.offsets[token] + len(self.texts[token])

    def is_capital(self, token: int) -> bool:
        """Whether a token is a word with a capital letter at its start."""
        return self.texts[token][0].isupper()

    def is_proper(self, token: int) -> bool:
        """Whether the tagger takes a token for part of a name."""
        return self.tags[token] in ("NNP", "NNPS")

    def is_noun(self, token: int) -> bool:
        """Whether a token is a noun."""
        return self.tags[token] in _NOUN_TAGS

    def root(self, first: int, last: int) -> int:
        """The token of a span on which the others hang."""
        for token in range(last - 1, first - 1, -1):
            head = self.heads[token]
            if (head == token or not first <= head < last) and self.deps[token] != "punct":
                return token
        return last - 1

    def is_joined(self, token: int) -> bool:
        """Whether a token follows the one before without white space."""
        return token > 0 and not self.spaced[token - 1]


def tokens(doc: Doc) -> Tokens:
    """Read a document's annotation into lists."""
    texts = column.strings(doc, "ORTH")
    ents = [-1] * len(texts)
    labels = [""] * len(texts)
    for number, ent in enumerate(doc.ents):
        for index in range(ent.start, ent.end):
            ents[index], labels[index] = number, ent.label_
    offsets = column.starts(doc)
    opens = column.opens(doc)
    opens[:1] = [True] * len(opens[:1])
    words: list[Word] = []
    word_at = []
    for index, text in enumerate(texts):
        word_at.append(len(words))
        if text.isalnum():
            start = offsets[index]
            words.append(Word(text.lower(), index, start, start + len(text)))
        else:
            for word, start, end in word_spans(text):
                words.append(Word(word, index, offsets[index] + start, offsets[index] + end))
    word_at.append(len(words))
    return Tokens(
        content=column.text(doc),
        texts=texts,
        lowers=[t.lower() for t in texts],
        lemmas=[lemma.lower() for lemma in column.strings(doc, "LEMMA")],
        tags=column.strings(doc, "TAG"),
        deps=column.strings(doc, "DEP"),
        heads=column.heads(doc),
        labels=labels,
        ents=ents,
        offsets=offsets,
        spaced=[bool(flag) for flag in doc.to_array("SPACY").tolist()],
        opens=opens,
        flat=_flat(texts, opens),
        words=words,
        word_at=word_at,
    )


def _flat(texts: list[str], opens: list[bool]) -> list[bool]:
    """Sentences that are all capitals, or that capitalise nearly every word."""
    flat = [False] * len(texts)
    bounds = [index for index, first in enumerate(opens) if first] + [len(texts)]
    for start, stop in pairwise(bounds):
        words = [t for t in texts[start:stop] if t[0].isalpha() and len(t) > 3]
        capital = sum(t[0].isupper() for t in words)
        closed = any(t in ".!?" for t in texts[max(start, stop - 3) : stop])
        upper = sum(t.isupper() for t in words) > 0.8 * len(words)
        if len(words) > 3 and (upper or (not closed and capital > 0.85 * len(words))):
            flat[start:stop] = [True] * (stop - start)
    return flat


def match(text: Tokens, trie: Trie, token: int) -> Match | None:
    """The longest gazetteer entry that starts in a token and is written as a name is."""
    best: Match | None = None
    for number in range(text.word_at[token], text.word_at[token + 1]):
        found = _match_from(text, trie, number)
        if found and (best is None or found.last > best.last):
            best = found
        if best:
            break
    return best


def _match_from(text: Tokens, trie: Trie, number: int) -> Match | None:
    words = text.words
    if words[number].text not in trie.words or not _is_free(text, words[number].start, -1):
        return None
    node, best, index = trie, None, number
    while index < len(words) and (step := node.words.get(words[index].text)):
        if index > number and not _is_soft_gap(text, words[index - 1], words[index]):
            break
        node = step
        last = words[index]
        if node.entry and _is_written(text, node.entry, words[number], last):
            end = _closed(text, last)
            if _is_free(text, end, 0):
                best = Match(
                    words[number].token, last.token + 1, words[number].start, end, node.entry
                )
        index += 1
    return best


def _is_free(text: Tokens, at: int, side: int) -> bool:
    """Whether a match may begin or end here: no letter, digit or *$* (*US$*) goes on."""
    content = text.content
    position = at + side
    return not 0 <= position < len(content) or not (
        content[position].isalnum() or content[position] in "$€£"
    )


def _is_soft_gap(text: Tokens, left: Word, right: Word) -> bool:
    """Whether only dots, hyphens and apostrophes part two words, within a sentence."""
    for token in range(left.token + 1, right.token):
        if text.texts[token] not in _SOFT and not text.texts[token].isspace():
            return False
    if left.token != right.token and text.opens[right.token]:
        return len(left.text) <= 5 and text.texts[right.token - 1].endswith(".")
    return True


def _is_written(text: Tokens, entry: Entry, first: Word, last: Word) -> bool:
    content = text.content[first.start : last.end]
    if entry.casing == "any":
        return True
    if entry.casing == "capital":
        return content != content.lower() or content.isdigit()
    return content.upper() == content and (
        not text.flat[first.token] or text.tags[first.token] in ("NNP", "NNPS")
    )


def _closed(text: Tokens, last: Word) -> int:
    """The end of a match, with the dot of an abbreviation (*U.S.*, *Maj.*)."""
    content, end = text.content, last.end
    inside = end < text.end(last.token)
    if inside and content[end] == ".":
        return end + 1
    return end
