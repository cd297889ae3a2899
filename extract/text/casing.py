"""Casing: paragraphs all in capitals, all in lower case or in title case, written as prose is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from .titlecase import plain_titles

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.lookups import Lookups

    from ...ontologies.ontology import Ontology

_WORD = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"')\]]*\s+[\"'(\[]*$")
_ACRONYM = re.compile(r"\(([^\W\d_]{2,7})\)")
_LONGEST_NAME = 6  # words
_RATHER_NAMES = {"us"}  # what news in capitals means by a word that is no name in small letters
_ENOUGH = 20  # letters from which on a block's case tells something


@dataclass(frozen=True, slots=True)
class Casing:
    """What is known of how words are written.

    names: proper names in their own case by their lower-case words. titles: words that stand
    before names (*general*); adjectives: those of them that also describe things (*general
    interest*). is_word: whether a lower-case word is an ordinary one of the language; ends_name:
    whether it cannot be part of a name after a title (*said*, *of*); is_inflected: whether it is a
    verb's form but not its lemma (*kills*).
    """

    names: Mapping[tuple[str, ...], tuple[str, ...]]
    titles: frozenset[str]
    is_word: Callable[[str], bool]
    ends_name: Callable[[str], bool]
    adjectives: frozenset[str] = frozenset()
    is_inflected: Callable[[str], bool] = bool


def casing_of(nlp: Language, names: Iterable[str], titles: Iterable[str] = ()) -> Casing | None:
    """The casing that a pipeline's own word tables and the ontology's names give.

    None if the pipeline has no word tables: then nothing can be told from a word.
    """
    if "lemmatizer" not in nlp.pipe_names:
        return None
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return None
    stop = nlp.Defaults.stop_words
    forms = _Forms(lookups, "verb")
    nouns, adjectives = _Forms(lookups, "noun"), _Forms(lookups, "adj")
    ambiguous = (stop | forms.lemmas) - _RATHER_NAMES  # the month and the verb *march*
    plain = nouns.lemmas | adjectives.lemmas | forms.lemmas | _Forms(lookups, "adv").lemmas | stop
    acronyms = plain - _RATHER_NAMES  # that are words, too: CAR, a republic
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        words = tuple(_WORD.findall(name))
        key = tuple(map(_lower, words))
        doubtful = acronyms if name.isupper() else ambiguous
        if words and not name.islower() and (len(words) > 1 or key[0] not in doubtful):
            known.setdefault(key, words)
    single = frozenset(title.lower().strip(".") for title in titles if " " not in title) - stop
    return Casing(
        names=known,
        titles=single,
        adjectives=single & adjectives.lemmas,
        is_inflected=cache(lambda word: word in forms and word not in forms.lemmas | stop),
        is_word=cache(lambda word: any(word in some for some in (plain, nouns, forms, adjectives))),
        ends_name=cache(lambda word: word in stop or word in forms),
    )


def casing_of_names(nlp: Language, ontology: Ontology) -> Casing | None:
    """The casing with the names and titles that an ontology knows."""
    titles: list[str] = []
    names: list[str] = []
    for known in ontology.known_names:
        is_title = ontology.is_a(known.type, "Rank") or ontology.is_a(known.type, "Position")
        (titles if is_title else names).extend((*known.names, *known.adjectives))
    for name in sorted(ontology.word_lists):
        if name.startswith(("dates_month", "dates_weekday")):
            names.extend(
                word.capitalize() for word in sorted(ontology.words(name)) if len(word) > 4
            )
    return casing_of(nlp, names, titles)


class _Forms:
    """The lemmas of a part of speech; it contains what they inflect to (*killed*, *cities*)."""

    def __init__(self, lookups: Lookups, kind: str) -> None:
        self.lemmas = frozenset(lookups.get_table("lemma_index").get(kind, ()))
        self._irregular = frozenset(lookups.get_table("lemma_exc").get(kind, ()))
        self._rules = tuple(lookups.get_table("lemma_rules").get(kind, ()))

    def __contains__(self, word: str) -> bool:
        """Whether a word is an inflected form."""
        return word in self._irregular or any(
            suffix and word.endswith(suffix) and word.removesuffix(suffix) + end in self.lemmas
            for suffix, end in self._rules
        )


def truecased(text: str, casing: Casing | None) -> str:
    """The text, same length, with every line in one case or in title case written as prose is.

    Without `casing` a line in capitals is written as a sentence, and one in lower case is left.
    """
    if casing is not None:
        text = plain_titles(text, casing)
    lines = text.split("\n")
    chosen = [_in_one_case(line) and (casing is not None or not line.islower()) for line in lines]
    if not any(chosen):
        return text
    bracketed = {_lower(word) for word in _ACRONYM.findall(text)}
    acronyms = frozenset(w for w in bracketed if casing is None or not casing.is_word(w))
    return "\n".join(
        _cased(line, casing, acronyms) if one_case else line
        for line, one_case in zip(lines, chosen, strict=True)
    )


def _in_one_case(line: str) -> bool:
    letters = sum(map(str.isalpha, line))
    lower = sum(map(str.islower, line))
    return letters >= _ENOUGH and (lower == letters or lower * 50 <= letters)


def _cased(line: str, casing: Casing | None, acronyms: frozenset[str]) -> str:
    """A line in one case, word by word in the case of its form."""
    words = list(_WORD.finditer(line))
    lower = [_lower(word[0]) for word in words]
    gaps = [line[a.end() : b.start()] for a, b in itertools.pairwise(words)]
    starts = [True, *(bool(_SENTENCE_END.search(gap)) for gap in gaps)]
    dotted = [gap.startswith(".") for gap in (*gaps, line[words[-1].end() :])]
    forms = _name_forms(lower, casing) if casing else {}
    if line.islower():
        forms = {i: form for i, form in forms.items() if lower[i] not in _RATHER_NAMES}
    parts, position = [], 0
    for i, (word, form) in enumerate(zip(words, lower, strict=True)):
        if form == "s" and line[word.start() - 1 : word.start()] in ("'", "’"):
            pass  # Marsh's
        elif form in acronyms:
            form = _upper(form)
        elif i in forms:
            form = forms[i]
        elif form == "i" or (len(form) == 1 and dotted[i]):
            form = _upper(form)
        elif starts[i] and not (i and len(lower[i - 1]) == 1):  # U.S. forces
            form = _title(form)
        parts += [line[position : word.start()], form]
        position = word.end()
    return "".join((*parts, line[position:]))


def _name_forms(words: list[str], casing: Casing) -> dict[int, str]:
    """The words of names by their index, as names are written."""
    forms: dict[int, str] = {}
    in_name = False  # after a title
    for i, word in enumerate(words):
        if i in forms or word == "s":
            in_name = False
            continue
        for length in range(min(_LONGEST_NAME, len(words) - i), 0, -1):
            if name := casing.names.get(tuple(words[i : i + length])):
                forms |= {i + k: _fitted(form, words[i + k]) for k, form in enumerate(name)}
                break
        else:
            after_title = i > 0 and words[i - 1] in casing.titles
            if after_title and words[i - 1] in casing.adjectives and casing.is_word(word):
                after_title = False  # *private enterprise*
            in_name = (in_name or after_title) and not casing.ends_name(word)
            if word in casing.titles:
                in_name = False
            elif in_name or not casing.is_word(word):
                forms[i] = _title(word)
                if after_title:
                    forms.setdefault(i - 1, _title(words[i - 1]))
    return forms


def _fitted(form: str, word: str) -> str:
    return form if len(form) == len(word) else word


def _lower(text: str) -> str:
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _upper(text: str) -> str:
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)


def _title(text: str) -> str:
    return _upper(text[:1]) + text[1:]
