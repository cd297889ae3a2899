"""Mends of sentences with something between commas: who says so, an aside, a participle."""

from __future__ import annotations

from .draft import FINITE, SUBJECTS, Parse


def _mend_inserted_speaker(parse: Parse, token: int) -> None:
    """*X, Y said, attacked Z*: the first subject belongs to the verb behind the insertion."""
    if not parse.tag[token].startswith("VB"):
        return
    children = parse.children(token)
    subjects = [c for c in children if parse.dep[c] in SUBJECTS]
    if parse.dep[token] == "parataxis" and len(subjects) == 1:
        speakers = [c for c in parse.children(subjects[0]) if parse.dep[c] == "conj"]
        verb = parse.head[token]
        if speakers and speakers[0] < token < verb and not parse.has_subject(verb):
            parse.attach(subjects[0], verb, "nsubj")
            parse.attach(speakers[0], token, "nsubj")
            parse.dep[token] = "ccomp"
        return
    if len(subjects) != 2 or subjects[1] > token:
        return
    between = range(subjects[0] + 1, subjects[1])
    if not any(parse.lower[i] == "," for i in between):
        return
    for verb in children:
        finite = parse.tag[verb].startswith("VB") and verb > token
        clausal = parse.dep[verb] in ("ccomp", "conj", "dep", "xcomp", "advcl", "acl")
        if finite and clausal and not parse.has_subject(verb):
            parse.attach(subjects[0], verb, "nsubj")
            parse.dep[verb] = "ccomp"
            if parse.tag[verb] == "VBN":
                parse.tag[verb] = "VBD"
            return


def _mend_aside(parse: Parse, token: int) -> None:
    """*X, after a long silence, hit Y*: a name before an aside is the subject of the verb."""
    verb = parse.head[token]
    if parse.dep[token] != "npadvmod" or not parse.named[token] or verb < token:
        return
    closed = parse.lower[token + 1] == "," and _follows_comma(parse, verb)
    if closed and parse.tag[verb] in FINITE and not parse.has_subject(verb):
        parse.attach(token, verb, "nsubj")


def _mend_apposed_aside(parse: Parse, token: int) -> None:
    """*X, long at odds with Z, hit Y*: a verb with an object behind an aside is the main verb."""
    if parse.dep[token] not in ("acl", "advcl") or parse.tag[token] not in ("VBN", "VBD"):
        return
    root = token
    while parse.head[root] != root:
        root = parse.head[root]
    if not parse.named[root] or parse.lower[root + 1] != "," or not _follows_comma(parse, token):
        return
    below = {parse.dep[c] for c in parse.children(token)}
    if "dobj" not in below or below & {*SUBJECTS, "auxpass", "aux", "mark", "agent"}:
        return
    parse.attach(token, token, "ROOT")
    parse.attach(root, token, "nsubj")
    parse.tag[token] = "VBD"


def _mend_inserted_clause(parse: Parse, token: int) -> None:
    """*X, officials said on Monday, hit Y*: X is the subject of what they say."""
    subjects = [c for c in parse.children(token) if parse.dep[c] in SUBJECTS]
    if parse.tag[token] not in FINITE or not subjects:
        return
    names = [
        c
        for c in parse.children(token)
        if c < min(subjects[-1], token)
        and (
            (parse.dep[c] in ("npadvmod", "dep", *SUBJECTS) and parse.named[c])
            or (parse.dep[c] == "nsubj" and parse.is_noun(c))
        )
    ]
    if not names or parse.lower[names[0] + 1] != ",":
        return
    name = names[0]
    _free_verb(parse, token)
    verbs = [parse.head[token]] if parse.dep[token] == "parataxis" else parse.children(token)
    for verb in verbs:
        if verb < token or parse.tag[verb] not in (*FINITE, "VBN") or parse.has_subject(verb):
            continue
        if not _follows_comma(parse, verb):
            continue
        if parse.dep[token] == "parataxis":
            above = parse.head[verb]
            parse.attach(token, token if above == verb else above, parse.dep[verb])
        parse.attach(verb, token, "ccomp")
        parse.attach(name, verb, "nsubj")
        parse.tag[verb] = "VBD" if parse.tag[verb] == "VBN" else parse.tag[verb]
        for child in parse.children(verb):
            if parse.dep[child] == "npadvmod" and parse.named[child] and child > verb:
                parse.dep[child] = "dobj"
        return


def _free_verb(parse: Parse, token: int) -> None:
    """*X, officials said, jailed students*: behind the comma *jailed* is no adjective."""
    for noun in parse.children(token):
        if noun < token or parse.dep[noun] not in ("dobj", "npadvmod"):
            continue
        for verb in parse.children(noun):
            is_verb = parse.tag[verb] in ("VBN", "VBD") and parse.dep[verb] == "amod"
            if is_verb and parse.lower[verb - 1] == ",":
                parse.attach(verb, token, "ccomp")
                parse.attach(noun, verb, "dobj")
                return


def _mend_having(parse: Parse, token: int) -> None:
    """*Having jailed X, Y left*: what *having* begins has an object, and its subject behind it."""
    participle = token + 1
    if parse.lower[token] != "having" or participle >= len(parse.tag):
        return
    if parse.tag[participle] != "VBN":
        return
    noun = parse.head[participle]
    if parse.dep[participle] == "amod" and noun > participle:
        verb = parse.head[token if parse.head[noun] == token else noun]
    elif parse.dep[participle] == "advcl":
        verb = noun
        before = [c for c in parse.children(verb) if participle < c < verb]
        noun = next((c for c in before if parse.dep[c] in SUBJECTS), -1)
        if noun < 0 or not any(parse.dep[c] == "appos" for c in parse.children(noun)):
            return
    else:
        return
    if verb < noun or parse.tag[verb] not in FINITE:
        return
    parse.attach(participle, verb, "advcl")
    parse.attach(token, participle, "aux")
    parse.attach(noun, participle, "dobj")
    for child in parse.children(noun):
        if parse.dep[child] == "appos" and not parse.has_subject(verb):
            parse.attach(child, verb, "nsubj")
            return


def _mend_participle(parse: Parse, token: int) -> None:
    """*Having hit X, Y left*: Y is who left, no apposition to X."""
    named, verb = parse.head[token], token + 1
    if parse.dep[token] != "appos" or parse.dep[named] != "dobj" or verb >= len(parse.tag):
        return
    participle = parse.head[named]
    if parse.tag[verb] not in FINITE or parse.head[participle] != verb or participle > named:
        return
    if parse.dep[participle] == "advcl" and not parse.has_subject(verb):
        parse.attach(token, verb, "nsubj")


def _follows_comma(parse: Parse, verb: int) -> bool:
    """Whether a verb stands right behind a comma, adverbs and auxiliaries apart."""
    before = verb - 1
    while before > 0 and parse.tag[before] in ("RB", "MD", "VBD", "VBZ", "VBP", "``", "''"):
        before -= 1
    return parse.lower[before] == ","


INSERTION_MENDS = (
    _mend_inserted_clause,
    _mend_inserted_speaker,
    _mend_aside,
    _mend_apposed_aside,
    _mend_having,
    _mend_participle,
)
"""The insertion is looked for before the asides, whose subjects look the same."""
