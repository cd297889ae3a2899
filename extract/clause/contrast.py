"""Mends of what is named to be left out (*X, not Y*) or told of a whole (*among them Y*)."""

from __future__ import annotations

from .draft import Parse

_INSIDE = ("det", "compound", "amod", "poss", "nummod", "nmod", "case", "quantmod", "advmod")
_GOVERNED = ("dobj", "npadvmod", "attr", "dative", "nsubj", "dep", "conj", "oprd")
_WHOLES = frozenset({"them", "whom", "these", "those", "which"})
_PATIENTS = ("nsubjpass", "dobj")


def _mend_contrast(parse: Parse, token: int) -> None:
    """*X, not Y*, *X and not Y*: Y is what X is not, no apposition to X and no object."""
    if parse.lower[token] != "not" or token + 1 >= len(parse.tag) or token == 0:
        return
    noun = _phrase_head(parse, token + 1)
    if noun < 0:
        _leave_out_preposition(parse, token)
        return
    before = token - 1
    joined = parse.lower[before] in ("and", "but")
    if joined and before and parse.lower[before - 1] == ",":
        before -= 1
    head = parse.head[noun]
    if not joined and parse.lower[before] != ",":
        _swap_contrast(parse, token, noun)
    elif parse.dep[noun] == "appos" and head < token:
        if parse.lower[token + 1] in ("a", "an"):
            _hang(parse, token, noun, "neg")
            return  # *X, not a member of Y*: what X is not
        _hang(parse, token, noun, "cc")  # of the list, and no negation of *her husband*
        _hang(parse, noun, head, "conj")
        for clause in parse.children(noun):  # *it was X, not Y, who did Z*
            closed = parse.dep[clause] == "relcl" and parse.lower[_first(parse, clause) - 1] == ","
            if closed:
                _hang(parse, clause, head, "relcl")
    elif head < token and parse.dep[noun] in _GOVERNED:
        _hang(parse, token, noun, "cc")
        if parse.tag[head].startswith("VB"):
            parse.dep[noun] = "dep"


def _swap_contrast(parse: Parse, token: int, noun: int) -> None:
    """*arrested not X but Y*: Y takes the place of X."""
    verb = parse.head[noun]
    if parse.head[token] not in (verb, noun) or noun < verb:
        return
    for other in parse.children(noun):
        joints = [c for c in parse.children(noun) if parse.dep[c] == "cc" and noun < c < other]
        if parse.dep[other] == "conj" and any(parse.lower[c] == "but" for c in joints):
            _hang(parse, token, noun, "cc")
            _hang(parse, other, verb, parse.dep[noun])
            _hang(parse, noun, other, "dep")
            return


def _leave_out_preposition(parse: Parse, token: int) -> None:
    """*by X, not by Y*: the second phrase is no argument."""
    preposition = token + 1
    if parse.dep[preposition] not in ("prep", "agent") or parse.head[token] != preposition:
        return
    same = [
        c
        for c in parse.children(parse.head[preposition])
        if c < token and parse.lower[c] == parse.lower[preposition]
    ]
    if same and parse.lower[token - 1] in (",", "and", "but"):
        parse.dep[preposition] = "dep"


def _mend_negated_alternative(parse: Parse, token: int) -> None:
    """*did not kill X but Y*: what is denied of X is not denied of Y, nor is it said twice."""
    noun = parse.head[token]
    if parse.dep[token] != "conj" or not parse.is_noun(token) or not parse.is_noun(noun):
        return
    verb = parse.head[noun]
    if parse.dep[noun] != "dobj" or not any(
        parse.dep[c] == "neg" and c < verb for c in parse.children(verb)
    ):
        return
    if any(parse.dep[c] == "cc" and parse.lower[c] == "but" for c in parse.children(noun)):
        parse.dep[token] = "dep"


def _mend_instead(parse: Parse, token: int) -> None:
    """*Instead of doing X, Y did Z*: what follows belongs to *of*, and *of* to the verb."""
    of = token + 1
    if parse.lower[token] != "instead" or parse.head[token] != of or parse.lower[of] != "of":
        return
    for child in parse.children(token):
        if parse.dep[child] in ("pobj", "pcomp"):
            _hang(parse, child, of, parse.dep[child])


def _mend_part(parse: Parse, token: int) -> None:
    """*five were abducted by X, among them Y*: Y was abducted, and abducted nobody."""
    word = parse.lower[token]
    if word not in ("among", "including") or token == 0 or parse.lower[token - 1] != ",":
        return
    after = token + 1
    if word == "among":
        if after >= len(parse.tag) or parse.lower[after] not in _WHOLES | {"the"}:
            return
        after += 1 if parse.lower[after] in _WHOLES else 2  # *among the dead*
    noun = _phrase_head(parse, after) if after < len(parse.tag) else -1
    if noun < 0 or (word == "including" and parse.head[noun] != token):
        return
    verb = parse.head[token]  # *including* itself is tagged as a verb
    while parse.head[verb] != verb and not parse.tag[verb].startswith("VB"):
        verb = parse.head[verb]
    if parse.dep[noun] in ("nsubj", "nsubjpass") and parse.head[noun] > noun:
        return  # *among them X was killed*
    if word == "including" and parse.is_noun(parse.head[token]):
        whole = parse.head[token]
        in_phrase = parse.head[whole]
        if parse.dep[whole] != "pobj" or parse.dep[in_phrase] != "agent":
            return
    wholes = [
        c
        for c in (parse.children(verb) if parse.tag[verb].startswith("VB") else ())
        if c < token and parse.dep[c] in _PATIENTS and _is_counted(parse, c)
    ]
    if wholes and not _may_be_part_of(parse, token - 2, word, wholes[0]):
        _hang(parse, noun, wholes[0], "conj")
    elif word == "among":
        if parse.head[token] == noun:
            _hang(parse, token, parse.head[noun], "prep")
        _hang(parse, noun, token, "dep")


def _may_be_part_of(parse: Parse, noun: int, word: str, whole: int) -> bool:
    """*by ten gunmen, among them Y*: another plural stands nearer."""
    plural = noun != whole and parse.tag[noun] in ("NNS", "NNPS")
    return plural and (word == "including" or _is_counted(parse, noun))


def _hang(parse: Parse, token: int, head: int, dep: str) -> None:
    """Attach a token, unless its new head stands below it."""
    above = head
    while above != token and parse.head[above] != above:
        above = parse.head[above]
    if above != token:
        parse.attach(token, head, dep)


def _is_counted(parse: Parse, noun: int) -> bool:
    """*five people*, *several ministers*: a plural with its number."""
    counted = any(parse.dep[c] in ("nummod", "amod", "quantmod") for c in parse.children(noun))
    return parse.tag[noun] in ("NNS", "NNPS", "CD") and (counted or parse.tag[noun] == "CD")


def _phrase_head(parse: Parse, first: int) -> int:
    """The noun whose phrase begins at a token; -1 if none does."""
    noun = first
    while parse.dep[noun] in _INSIDE and parse.head[noun] > noun:
        noun = parse.head[noun]
    return noun if parse.is_noun(noun) or parse.tag[noun] == "PRP" else -1


def _first(parse: Parse, token: int) -> int:
    """The first token below a token, itself included."""
    below = [_first(parse, c) for c in parse.children(token) if c < token]
    return min(below, default=token)


CONTRAST_MENDS = (_mend_contrast, _mend_negated_alternative, _mend_instead, _mend_part)
