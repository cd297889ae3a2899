"""What the ontology knows about names: titles, particles, spellings, legal forms, numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from ..ontologies.ontology import Ontology
from .pronunciation import Phonology, pronunciation_likeness, skeletons
from .spelling import romanised
from .syllable import Syllabary, syllabary

Forms = Mapping[str, frozenset[str]]
"""A word -> the classes it belongs to."""

_SAME_SOUND = 0.965  # words so alike are one name, romanised differently


@dataclass(frozen=True, slots=True, eq=False)
class NameLexicon:
    """The word lists of names.ttl, indexed by word (lower-case ASCII, as names are compared).

    given_names: spellings of one given name share a class (Mohammed, Muhammad).
    nicknames: forms of one given name used for each other (Bill, William).
    cognates: one given name in several languages (John, Juan).
    words: translations and abbreviations of the words organisations are called by.
    institutions: what every state has one of (defence, interior): tells no two states apart.
    legal_forms: Ltd and Limited are one class; the key may hold several words.
    numbers: one, first and 1st -> 1.
    common: family and given names that many people bear, by the coarse sounds of their consonants.
    phonology: what sounds the spellings of romanisations stand for.
    syllabaries: how Chinese and Korean syllables are spelled; `frequent_surnames` are theirs.
    """

    titles: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    filiations: frozenset[str]
    endings: tuple[str, ...]
    patronymic_endings: tuple[str, ...]
    compound_heads: tuple[str, ...]
    compound_tails: tuple[str, ...]
    stop_words: frozenset[str]
    institutions: frozenset[str]
    generic: frozenset[str]
    given_names: Forms
    nicknames: Forms
    cognates: Forms
    words: Forms
    legal_forms: Forms
    numbers: Forms
    common: Forms
    phonology: Phonology
    syllabaries: tuple[Syllabary, ...]
    frequent_surnames: frozenset[str]

    def same_given_name(self, left: str, right: str) -> bool:
        """Whether two words spell one given name."""
        return _share(self.given_names, left, right)

    def other_given_name(self, left: str, right: str) -> bool:
        """Whether two words are given names known to be two: *Hasan* and *Husayn*."""
        known = self.given_names
        return (
            left in known
            and right in known
            and not any(_share(f, left, right) for f in (known, self.nicknames, self.cognates))
        )

    def same_nickname(self, left: str, right: str) -> bool:
        """Whether two words are forms of one given name."""
        return _share(self.nicknames, left, right)

    def cognate(self, left: str, right: str) -> bool:
        """Whether two words are one given name in two languages."""
        return _share(self.cognates, left, right)

    def same_word(self, left: str, right: str) -> bool:
        """Whether two words of organisations' names mean the same."""
        return _share(self.words, left, right)

    def is_common(self, word: str) -> bool:
        """Whether a word spells a family name or given name that many people bear."""
        return word in self.given_names or word in self.nicknames or _spells_common(word, self)


@lru_cache(maxsize=1 << 17)
def _spells_common(word: str, lexicon: NameLexicon) -> bool:
    found = (lexicon.common.get(key, ()) for key in skeletons(word, lexicon.phonology))
    alike = {name for names in found for name in names}
    if len(word) < 5:
        return word in alike
    return any(pronunciation_likeness(word, n, lexicon.phonology) >= _SAME_SOUND for n in alike)


def name_lexicon(ontology: Ontology) -> NameLexicon:
    """The names part of an ontology; missing general lists are errors, see `Ontology.words`."""

    def words(name: str) -> frozenset[str]:
        return frozenset(_form(word) for word in ontology.words(name))

    phonology = _phonology(ontology)
    return NameLexicon(
        titles=words("name_titles"),
        suffixes=words("name_suffixes"),
        particles=words("name_particles"),
        filiations=words("name_filiations"),
        endings=tuple(sorted(words("name_endings"), key=lambda e: (-len(e), e))),
        patronymic_endings=tuple(sorted(words("name_patronymic_endings"))),
        compound_heads=tuple(sorted(words("name_compound_heads"))),
        compound_tails=tuple(sorted(words("name_compound_tails"), key=lambda w: (len(w), w))),
        stop_words=words("name_stop_words"),
        institutions=words("name_institution_words"),
        generic=words("name_generic_words"),
        given_names=_forms(ontology, "given_name_"),
        nicknames=_forms(ontology, "nickname_"),
        cognates=_forms(ontology, "cognate_"),
        words=_forms(ontology, "organization_word_"),
        legal_forms=_forms(ontology, "legal_form_"),
        numbers=_forms(ontology, "number_"),
        common=_common(ontology, phonology),
        phonology=phonology,
        syllabaries=_syllabaries(ontology),
        frequent_surnames=words("frequent_syllabic_surnames"),
    )


def _phonology(ontology: Ontology) -> Phonology:
    pairs = [
        pair.split() for name in ("near_sounds", "near_vowels") for pair in ontology.words(name)
    ]
    near = frozenset((a, b) for one, other in pairs for a, b in ((one, other), (other, one)))
    spellings: dict[str, set[str]] = {}
    for name, words in ontology.word_lists.items():
        if name.startswith("sound_"):
            for word in words:
                spellings.setdefault(word, set()).add(name.removeprefix("sound_"))
    forms = {spelling: frozenset(sounds) for spelling, sounds in spellings.items()}
    return Phonology(forms, near, frozenset(ontology.words("silent_sounds")))


def _common(ontology: Ontology, phonology: Phonology) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for _, name in _members(ontology, "common_"):
        for key in skeletons(name, phonology):
            found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _syllabaries(ontology: Ontology) -> tuple[Syllabary, ...]:
    def words(name: str) -> list[str]:
        return sorted(ontology.words(name))

    chinese = [words("chinese_onsets"), words("chinese_finals")]
    korean = [words("korean_onsets"), words("korean_vowels"), words("korean_codas")]
    return (
        syllabary("chinese", chinese, words("chinese_whole_syllables"), words("chinese_surnames")),
        syllabary("korean", korean, (), words("korean_surnames")),
    )


@cache
def default_lexicon() -> NameLexicon:
    """The lexicon of the ontology that comes with actorgraph."""
    from ..ontologies.turtle import FOLDER, loaded_ontology

    return name_lexicon(loaded_ontology(sorted(FOLDER.glob("names*.ttl"))))


def _share(forms: Forms, left: str, right: str) -> bool:
    classes = forms.get(left)
    return classes is not None and not classes.isdisjoint(forms.get(right, ()))


def _form(word: str) -> str:
    return " ".join(romanised(word).lower().replace("-", " ").replace(".", "").split())


def _forms(ontology: Ontology, prefix: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, form in _members(ontology, prefix):
        found.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in found.items()}


def _members(ontology: Ontology, prefix: str) -> Iterator[tuple[str, str]]:
    for name, words in ontology.word_lists.items():
        if name.startswith(prefix):
            for word in words:
                yield name.removeprefix(prefix), _form(word)
