"""Mends of who is put into which office: *named X defence minister*."""

from __future__ import annotations

from .draft import Parse


def _mend_appointee(parse: Parse, token: int) -> None:
    """*named X defence minister*: a person is appointed; X is no part of the office's name."""
    noun = parse.head[token]
    if not parse.person[token] or parse.dep[token] != "compound" or noun <= token:
        return
    if parse.person[noun] or not parse.is_noun(noun) or parse.dep[noun] not in ("dobj", "oprd"):
        return
    verb = parse.head[noun]
    if parse.lemma[verb] not in parse.naming_verbs or verb > token:
        return
    if token + 1 < len(parse.tag) and parse.person[token + 1]:
        return  # not the last of the name
    if any(parse.dep[c] in ("dobj", "auxpass") for c in parse.children(verb) if c != noun):
        return
    for child in parse.children(noun):
        if child < token:
            parse.head[child] = token
    parse.attach(token, verb, "dobj")
    parse.attach(noun, verb, "oprd")


APPOINTMENT_MENDS = (_mend_appointee,)
