"""Mends of verbs that were taken for nouns, adjectives or names."""

from __future__ import annotations

from .draft import FINITE, SUBJECTS, Parse

_BESIDE = ("nmod", "compound", "amod", "npadvmod", "dep")


def _mend_lost_report(parse: Parse, token: int) -> None:
    """*Prosecutors allege X shot Y*: a word that can only be a verb is no part of a name."""
    name = parse.head[token]
    verb = parse.head[name]
    if parse.lower[token] not in parse.plain_verbs or parse.dep[token] not in ("compound", "amod"):
        return
    if name < token or parse.dep[name] not in SUBJECTS or parse.tag[verb] not in FINITE:
        return
    before = [c for c in parse.children(name) if c < token]
    if not before or before[-1] != token - 1 or not parse.is_noun(token - 1):
        return
    for child in before[:-1]:
        parse.head[child] = token - 1
    parse.attach(token, token if parse.head[verb] == verb else parse.head[verb], parse.dep[verb])
    parse.attach(token - 1, token, "nsubj")
    parse.attach(verb, token, "ccomp")
    parse.tag[token] = "VBP"


def _mend_asked_verb(parse: Parse, token: int) -> None:
    """*Did X attack Y?*: the base form between two names is the verb."""
    if parse.lower[token] not in ("did", "does", "do") or parse.head[token] != token:
        return
    nouns = [c for c in parse.children(token) if c > token and parse.dep[c] in (*SUBJECTS, "dobj")]
    if len(nouns) != 1:
        return
    inside = [c for c in parse.children(nouns[0]) if c < nouns[0] and parse.dep[c] in _BESIDE]
    verbs = [
        c for c in inside if parse.plain_form[c] and not parse.named[c] and parse.is_noun(c - 1)
    ]
    if len(verbs) != 1:
        return
    verb = verbs[0]
    before = [c for c in (*inside, *parse.children(verb)) if token < c < verb]
    subject = max(c for c in before if parse.is_noun(c))
    parse.attach(verb, verb, "ROOT")
    parse.attach(token, verb, "aux")
    parse.attach(nouns[0], verb, "dobj")
    for child in before:
        parse.attach(child, subject, parse.dep[child])
    parse.attach(subject, verb, "nsubj")
    parse.tag[verb] = "VB"


def _mend_first_verb(parse: Parse, token: int) -> None:
    """*X and Y fund and arm Z*: joined with a verb that has an object, *fund* is one, too."""
    if parse.head[token] != token or parse.tag[token] != "NN" or not parse.plain_form[token]:
        return
    children = parse.children(token)
    joined = [c for c in children if parse.dep[c] == "conj" and parse.tag[c] in ("VB", "VBP")]
    subjects = [c for c in children if c < token and parse.dep[c] in _BESIDE and parse.named[c]]
    if not joined or not subjects:
        return
    if any(parse.dep[c] == "dobj" for c in parse.children(joined[0])):
        parse.attach(subjects[-1], token, "nsubj")
        parse.tag[token] = "VBP"


def _mend_stranded(parse: Parse, token: int) -> None:
    """*The band that X had dealt with attacked Y*: behind a stranded preposition comes the verb."""
    noun, preposition = parse.head[token], token - 1
    if parse.dep[token] != "amod" or parse.tag[token] not in ("VBN", "VBD"):
        return
    if not parse.named[noun] or parse.dep[noun] != "pobj" or parse.head[noun] != preposition:
        return
    relative = parse.head[preposition]
    bearer = parse.head[relative]
    if parse.dep[relative] != "relcl" or parse.head[bearer] != bearer or bearer == relative:
        return
    for pronoun in parse.children(relative):
        if parse.tag[pronoun] in ("WDT", "WP") and parse.dep[pronoun] == "dobj":
            parse.attach(pronoun, preposition, "pobj")
            break
    parse.attach(token, token, "ROOT")
    parse.attach(noun, token, "dobj")
    parse.attach(bearer, token, "nsubj")
    parse.tag[token] = "VBD"


def _mend_pseudo_cleft(parse: Parse, token: int) -> None:
    """*What X did was attack Y*: X attacked Y."""
    copula = parse.head[token]
    if parse.tag[token] != "VB" or parse.lower[copula] not in ("was", "is") or copula > token:
        return
    if parse.dep[token] not in ("acomp", "attr", "xcomp", "ccomp"):
        return
    for did in parse.children(copula):
        below = parse.children(did)
        subjects = [c for c in below if parse.dep[c] in SUBJECTS]
        asked = any(parse.lower[c] == "what" for c in below)
        if parse.lower[did] in ("did", "does") and asked and subjects:
            parse.attach(token, token, "ROOT")
            parse.attach(copula, token, "dep")
            parse.attach(subjects[0], token, "nsubj")
            parse.tag[token] = "VBD"
            return


def _mend_preposition(parse: Parse, token: int) -> None:
    """Headlines: *kill X outside court*; behind a name *outside* is no adjective."""
    noun, name = parse.head[token], token - 1
    if parse.lower[token] not in ("outside", "inside", "near") or parse.dep[token] != "amod":
        return
    verb = parse.head[noun]
    if noun != token + 1 or not parse.named[name] or parse.head[name] != noun:
        return
    if not parse.tag[verb].startswith("VB") or parse.dep[noun] not in ("dobj", *SUBJECTS):
        return
    parse.attach(name, verb, parse.dep[noun])
    parse.attach(token, verb, "prep")
    parse.attach(noun, token, "pobj")
    parse.tag[token] = "IN"


LOST_VERB_MENDS = (
    _mend_lost_report,
    _mend_asked_verb,
    _mend_first_verb,
    _mend_stranded,
    _mend_pseudo_cleft,
    _mend_preposition,
)
"""They rewrite sentences in which no other verb has been found."""
