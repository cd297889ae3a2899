"""Invented people of thirteen traditions and the spellings that the press gives their names.

`variants.toml` holds the inventories and the romanisation standards. What is drawn here follows
from the standards alone and knows nothing of how names are compared.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

DATA = tomllib.loads(Path(__file__).with_name("variants.toml").read_text(encoding="utf-8"))
TRADITIONS = tuple(key for key, value in DATA.items() if "systems" in value)
HOUSE = ("press", "folk", "press")  # what newspapers use more often than standards
_SUN = ("t", "d", "r", "z", "s", "n", "l", "ṯ", "ḏ", "š", "ṣ", "ḍ", "ṭ", "ẓ")


class Piece(NamedTuple):
    """A name as its script has it, and the form that systems romanise."""

    script: str
    source: str


@dataclass(frozen=True)
class Person:
    """An invented person; `kin` is what two people of a homograph pair share."""

    number: int
    tradition: str
    country: str
    given: Piece
    family: Piece
    middle: Piece | None = None
    patronymic: Piece | None = None
    particle: str = ""


def _piece(text: str) -> Piece:
    script, equals, source = text.partition("=")
    return Piece(script, source if equals else script.lower())


def _joined(first: Piece, last: Piece, joint: str = "") -> Piece:
    return Piece(first.script + last.script, first.source + joint + last.source)


def invented(number: int, tradition: str, chance: random.Random, common: bool = False) -> Person:
    """A person drawn from a tradition's inventory; `common` ones are called as many are."""
    inventory = DATA[tradition]

    def one(key: str) -> Piece:
        return _piece(chance.choice(inventory[key]))

    signs = inventory.get("family_first", False)
    if common:
        given, family = one("common_given"), one("common_family")
    elif signs:
        given, family = _joined(one("first"), one("last"), "_"), one("family")
    else:
        given, family = one("given"), _joined(one("first"), one("last"))
    return Person(
        number,
        tradition,
        chance.choice(inventory["countries"]),
        given,
        family,
        one("middle") if "middle" in inventory and chance.random() < 0.5 else None,
        one("patronymic") if "patronymic" in inventory else None,
        "" if common else chance.choice(inventory.get("particles", [""])),
    )


def style(tradition: str, chance: random.Random) -> str:
    """The system a newsroom or a list uses for a tradition."""
    systems = list(DATA[tradition]["systems"])
    usual = [system for system in HOUSE if system in systems] or systems[:1]
    return str(chance.choice([*systems, *usual * 2]))


def romanised(source: str, tradition: str, system: str) -> str:
    """A source form by a system's rules, in lower case."""
    inventory = DATA[tradition]
    rules = f"{inventory['letters']} {inventory['systems'][system]}"
    table = sorted((rule.partition(">") for rule in rules.split()), key=lambda r: len(r[0]) == 1)
    phonemes = [rule.partition(">") for rule in inventory.get("phonemes", "").split()]
    word = source.lower().replace("i̇", "i")
    for pattern, _, replacement in (*phonemes, *table):
        word = re.sub(pattern, replacement, word)
    return word


def spelled(person: Person, system: str, chance: random.Random) -> str:
    """One way to write a person's name by a system."""
    inventory = DATA[person.tradition]
    weights = [int(shape.partition(" ")[0]) for shape in inventory["shapes"]]
    (shape,) = chance.choices(inventory["shapes"], weights)
    shape = shape.partition(" ")[2]
    if shape == "script":
        return _in_script(person)
    if (shape.startswith("g m") and person.middle is None) or ("mi" in shape and not person.middle):
        shape = "g f"
    words = _words(person, system, chance)
    text = re.sub(r"[A-Za-z]+\+|[a-z]+", lambda m: _filled(m[0], words), shape)
    if chance.random() < 0.03:
        text = _mistyped(text, chance)
    if chance.random() < 0.07 and "," not in shape and "Sheikh" not in shape:
        text = f"{chance.choice(DATA['common_titles'])} {text}"
    if chance.random() < 0.04:
        text = text.replace(words["f"], words["f"].upper())
    return text


def _filled(key: str, words: dict[str, str]) -> str:
    return f"{key[:-1]} " if key.endswith("+") else words[key]


def _words(person: Person, system: str, chance: random.Random) -> dict[str, str]:
    nicknames = DATA[person.tradition]["nicknames"]
    given = person.given
    full = "=".join(given) if "=" in next(iter(nicknames), "") else given.script
    if full in nicknames and chance.random() < 0.1:
        given = _piece(nicknames[full])
    family = _word(person.family, person, system, chance)
    words = {"g": _word(given, person, system, chance), "bare": family}
    words["f"] = _with_article(family, person, system, chance)
    for key, piece in (("m", person.middle), ("p", person.patronymic)):
        words[key] = _word(piece, person, system, chance) if piece else ""
    for key in "gmp":
        words[key + "i"] = re.sub(r"\W", "", words[key])[:1]
    return words


def _word(piece: Piece, person: Person, system: str, chance: random.Random) -> str:
    if system == "native":
        return piece.script
    if piece.script.isascii() and person.tradition in ("western", "turkish"):
        return piece.script
    inventory = DATA[person.tradition]
    if inventory.get("family_first"):
        syllables = [romanised(s, person.tradition, system) for s in piece.source.split("_")]
        glue = chance.choice(inventory["given_glue"])
        return _capital(glue.join(syllables), " " if glue == " " else "")
    if "_" in piece.source:
        return _compound(piece.source, person.tradition, system, chance)
    words = [romanised(word, person.tradition, system) for word in re.split("[ -]", piece.source)]
    if "-" in piece.source:
        return _capital(chance.choice("- ").join(words), " -")
    return _capital(" ".join(words), " -")


def _capital(text: str, breaks: str = " ") -> str:
    """With capitals at the start and after the breaks, apostrophes and signs passed over."""
    pattern = rf"(^|[{re.escape(breaks)}])([\W\u02b0-\u02ff]*)(\w)" if breaks else r"(^)(\W*)(\w)"
    return re.sub(pattern, lambda m: m[1] + m[2] + m[3].upper(), text)


def _compound(source: str, tradition: str, system: str, chance: random.Random) -> str:
    """*ʿAbd al-Raḥmān* as it is written: apart, the article drawn to either side, or as one."""
    head, tail = source.split("_")
    noun = tail.removeprefix("al-")
    first, last = (romanised(word, tradition, system) for word in (head, noun))
    plain, sun = re.sub(r"\W", "", first), noun.startswith(_SUN)
    if system in ("din", "ala", "bgn"):
        article = last[0] if system == "din" and sun else "l"
        if noun == "allāh":
            return f"{_capital(first)} {_capital(last)}"
        return f"{_capital(first)} a{article}-{_capital(last)}"
    if noun == "allāh":
        return _capital(plain) + chance.choice(["ullah", "allah", "ulla", " Allah"])
    vowel = "e" if system in ("french", "egyptian") else chance.choice("ua")
    joint = last[0] if sun and chance.random() < 0.5 else "l"
    ways = [
        _capital(f"{plain}{vowel}{joint}{last}"),
        f"{_capital(plain)} {vowel}l-{_capital(last)}",
        f"{_capital(plain)}{vowel}l {_capital(last)}",
        f"{_capital(plain)} {vowel}{joint} {_capital(last)}",
    ]
    return chance.choice(ways)


def _with_article(family: str, person: Person, system: str, chance: random.Random) -> str:
    if person.particle:
        dropped = chance.random() < 0.05
        capital = chance.random() < 0.15
        return ("" if dropped else person.particle.title() if capital else person.particle) + family
    if not DATA[person.tradition].get("family_article") or person.family.source in _bare(person):
        return family
    if system in ("egyptian", "french"):
        return chance.choice(["el-", "El ", "El-"]) + family
    if system == "din" and person.family.source.startswith(_SUN):
        return f"a{family[0].lower()}-{family}"
    return chance.choice(["al-", "al-", "Al-", "Al ", "al "]) + family


def _bare(person: Person) -> set[str]:
    return {_piece(text).source for text in DATA[person.tradition]["common_family"]}


def _in_script(person: Person) -> str:
    inventory = DATA[person.tradition]
    given, family = person.given.script, person.family.script
    if inventory.get("family_first"):
        return family + given
    if inventory.get("family_article") and person.family.source not in _bare(person):
        family = "ال" + family
    return f"{given} {family}"


def _mistyped(text: str, chance: random.Random) -> str:
    """A letter of a long word doubled, dropped or exchanged with its neighbour."""
    words = list(re.finditer(r"\w{6,}", text))
    if not words:
        return text
    at = chance.randrange(words[-1].start() + 1, words[-1].end() - 2)
    slip = chance.choice((text[at] * 2, "", text[at + 1] + text[at]))
    return text[:at] + slip + text[at + (2 if len(slip) == 2 and slip[0] != slip[1] else 1) :]
