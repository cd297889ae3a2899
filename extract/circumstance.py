"""When, where and how: the circumstances of a match, read from the clauses it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..ontologies.ontology import Ontology
from .date.dates import DateMention
from .frame.matching import Match, Reading
from .referent import Referents
from .statement import Qualifier

_PLACED = frozenset({"in", "at", "near", "outside", "inside", "across", "around", "on", "off"})
_POSTED = frozenset({"of", "at", "in", "for", "with"})
_INSTRUMENTAL = frozenset({"with", "by", "using", "in"})


def circumstances(
    match: Match, reading: Reading, referents: Referents, times: Iterable[DateMention]
) -> dict[str, Qualifier]:
    """The qualifiers of a match: its frame's further slots, then when, where, instrument."""
    found: dict[str, Qualifier] = {}
    for slot, token in sorted(match.bindings.items()):
        if slot not in ("subject", "object"):
            found[slot] = phrase_qualifier(token, reading, referents)
    for token in match.tokens:
        mention = reading.tree.mention_of(token)
        if mention is not None and mention.kind == "title":
            qualifier = phrase_qualifier(token, reading, referents)
            found.setdefault(mention.type.lower(), qualifier)
    organization = _organization(match, reading, referents)
    if organization is not None:
        found.setdefault("organization", organization)
    spoken = _spoken_tokens(match, reading)
    when = _when(spoken, reading, times)
    if when is not None:
        found.setdefault("when", when)
    for role, token in _phrases(match, spoken, reading):
        index = reading.tree.mention[token]
        type_ = referents.type_of(index) if index >= 0 else ""
        ontology = referents.ontology
        if role in _PLACED and _is_term(token, reading, ontology):
            continue
        if role in _PLACED and type_ and ontology.is_a(type_, "Place"):
            found.setdefault("where", phrase_qualifier(token, reading, referents))
        elif role in _INSTRUMENTAL and _is_weapon(token, reading, ontology, type_):
            found.setdefault("instrument", phrase_qualifier(token, reading, referents))
    return found


def _organization(match: Match, reading: Reading, referents: Referents) -> Qualifier | None:
    """What a post is held in, if the statement is not about it anyway."""
    bound = set(match.bindings.values())
    for title in dict.fromkeys((*match.tokens, *bound)):
        mention = reading.tree.mention_of(title)
        clause = reading.clauses.get(title)
        if clause is None or mention is None or mention.kind != "title":
            continue
        for argument in clause.arguments:
            head = reading.head(argument.antecedent)
            place = reading.tree.mention[head]
            if argument.role not in _POSTED or head in bound or place < 0:
                continue
            if referents.ontology.is_a(referents.type_of(place), "Organization"):
                return phrase_qualifier(head, reading, referents)
    return None


def _is_term(token: int, reading: Reading, ontology: Ontology) -> bool:
    """*ten years in prison*: a punishment, no place where one is punished."""
    tree = reading.tree
    mention = tree.mention_of(token)
    if mention is not None and mention.kind == "name":
        return False  # *held for two years in Geneva*
    measured = tree.head[tree.head[token]]
    return measured < token and tree.lemma[measured] in ontology.words("coref_time_noun")


def _is_weapon(token: int, reading: Reading, ontology: Ontology, type_: str) -> bool:
    if type_:
        return ontology.is_a(type_, "Weapon")
    words = ontology.words("weapon_nouns")
    return bool(words & {reading.tree.lemma[token], *reading.modifiers(token)})


def _spoken_tokens(match: Match, reading: Reading) -> list[int]:
    """The words of the match, and the event nouns under them (*killed in a **bombing** in X*)."""
    found = list(dict.fromkeys((match.root, *match.tokens)))
    for token in tuple(found):
        clause = reading.clauses.get(token)
        for argument in clause.arguments if clause else ():
            inner = argument.antecedent
            if argument.role in ("in", "by", "during", "after") and reading.tree.mention[inner] < 0:
                found.append(inner)
    return list(dict.fromkeys(found))


def _phrases(match: Match, spoken: list[int], reading: Reading) -> Iterator[tuple[str, int]]:
    bound = set(match.bindings.values())
    for token in spoken:
        clause = reading.clauses.get(token)
        for argument in clause.arguments if clause else ():
            head = reading.head(argument.antecedent)
            if head not in bound:
                yield argument.role.split()[-1], head


def _when(spoken: list[int], reading: Reading, times: Iterable[DateMention]) -> Qualifier | None:
    """The date that hangs on the words of the match, else the only one of the clause."""
    for time in times:
        if any(_governs(token, time, reading) for token in spoken):
            return Qualifier(
                text=time.text,
                start=time.start,
                end=time.end,
                value=time.value,
                granularity=time.granularity,
            )
    return None


def _governs(token: int, time: DateMention, reading: Reading) -> bool:
    """Whether a date hangs on a word with no other predicate between."""
    tree = reading.tree
    node = time.first
    while True:
        if node == token:
            return True
        inside = time.first <= node < time.last
        if not inside and (tree.is_verb(node) or tree.dep[node] in ("relcl", "acl", "ccomp")):
            return False
        if tree.head[node] == node:
            return False
        node = tree.head[node]


def phrase_qualifier(token: int, reading: Reading, referents: Referents) -> Qualifier:
    """A word with what stands before it as a qualifier; a mention by its own span and entity."""
    tree = reading.tree
    index = tree.mention[token]
    if index >= 0:
        mention = tree.mentions[index]
        reference = referents.references(token)[0]
        title = mention.kind == "title"
        return Qualifier(
            text=mention.text,
            start=mention.start,
            end=mention.end,
            value=mention.name if title else reference.name,
            entity=None if title else reference.entity,
            type=mention.type if title else reference.type,
        )
    start, end = tree.start[tree.phrase_start(token)], tree.end[token]
    words = referents.text[start:end]
    return Qualifier(text=words, start=start, end=end, value=words)
