"""Mends of what a small parser gets wrong in ways that the words themselves give away.

Each mend looks at a local pattern that has only one sound reading and rewrites heads and labels;
nothing else is touched.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .. import column
from .appointment import APPOINTMENT_MENDS
from .contrast import CONTRAST_MENDS
from .draft import FINITE, SUBJECTS, Parse
from .insertion import INSERTION_MENDS
from .lostverb import LOST_VERB_MENDS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..actor.mention import Mention


def mend(
    doc: Doc,
    mentions: Iterable[Mention],
    plain_verbs: frozenset[str] = frozenset(),
    naming_verbs: frozenset[str] = frozenset(),
) -> None:
    """Mend the parse of a document in place, with the help of the names found in it.

    plain_verbs: words that can only be verbs (*allege*); naming_verbs: verbs that put somebody
    into an office; see `Grammar`.
    """
    named, person = [False] * len(doc), [False] * len(doc)
    for mention in mentions:
        if mention.kind == "name":
            size = mention.last - mention.first
            named[mention.first : mention.last] = [True] * size
            person[mention.first : mention.last] = [mention.type == "Person"] * size
    lower = column.strings(doc, "LOWER")
    lemmas = column.strings(doc, "LEMMA")
    parse = Parse(
        lower=lower,
        tag=column.strings(doc, "TAG"),
        dep=column.strings(doc, "DEP"),
        head=column.heads(doc),
        sentence=column.sentences(doc),
        named=named,
        placed=[label in ("GPE", "LOC", "FAC") for label in column.strings(doc, "ENT_TYPE")],
        plain_form=[lemma == word for lemma, word in zip(lemmas, lower, strict=True)],
        plain_verbs=plain_verbs,
        naming_verbs=naming_verbs,
        person=person,
        lemma=lemmas,
    )
    before = (list(parse.tag), list(parse.dep), list(parse.head))
    for index in range(len(doc)):
        for step in _FIRST_MENDS:
            step(parse, index)
    for index in range(len(doc)):
        for step in _SECOND_MENDS:
            step(parse, index)
    if (parse.tag, parse.dep, parse.head) != before:
        _write(doc, parse)


def _write(doc: Doc, parse: Parse) -> None:
    """Put a mended parse back; as one array, since single heads must not form cycles on the way."""
    import numpy

    columns = [
        [doc.vocab.strings.add(tag) for tag in parse.tag],
        [doc.vocab.strings.add(dep) for dep in parse.dep],
        # relative heads, as two's complement
        [(head - i) % 2**64 for i, head in enumerate(parse.head)],
    ]
    before = column.strings(doc, "TAG")
    array: Any = numpy.array(columns, dtype="uint64").T
    doc.from_array(["TAG", "DEP", "HEAD"], array)
    for index, (old, new) in enumerate(zip(before, parse.tag, strict=True)):
        if new != old and new.startswith("VB"):
            doc[index].pos_ = "VERB"


def _mend_second_clause(parse: Parse, token: int) -> None:
    """*A condemned B and C praised D*: C is the subject of the second verb, not an object."""
    if parse.dep[token] != "conj" or parse.tag[token] not in FINITE:
        return
    before = token - 1
    while before > 0 and parse.tag[before] in ("RB", "MD"):
        before -= 1
    if before <= 0 or parse.dep[before] != "conj" or not parse.is_noun(before):
        return
    governor = parse.head[before]
    if governor < before and parse.is_noun(governor) and not parse.has_subject(token):
        parse.attach(before, token, "nsubj")


def _mend_cleft(parse: Parse, token: int) -> None:
    """*It was X that did Y*, *it was X that Y hit*: the clause belongs to X."""
    verb = parse.head[token]
    if parse.dep[token] != "ccomp" or parse.lower[verb] not in ("was", "is", "were", "'s"):
        return
    pronouns = [
        c
        for c in parse.children(token)
        if c < token
        and parse.dep[c] in (*SUBJECTS, "dobj", "mark")
        and (parse.tag[c] in ("WDT", "WP") or parse.lower[c] == "that")
    ]
    siblings = parse.children(verb)
    if not pronouns or not any(
        parse.lower[c] == "it" and parse.dep[c] in SUBJECTS for c in siblings
    ):
        return
    pronoun = pronouns[0]
    for named in siblings:
        if parse.dep[named] == "attr" and named < pronoun and parse.named[named]:
            if parse.dep[pronoun] == "mark" and not _wants_object(parse, token):
                return
            if parse.dep[pronoun] == "mark":
                parse.dep[pronoun] = "dobj"
            parse.attach(token, named, "relcl")
            parse.tag[pronoun] = "WDT" if parse.lower[pronoun] == "that" else parse.tag[pronoun]
            return


def _wants_object(parse: Parse, verb: int) -> bool:
    """Whether a verb has a subject and nothing else: what was clefted is its object."""
    below = {parse.dep[c] for c in parse.children(verb) if c > verb}
    return parse.has_subject(verb) and below <= {"punct", "advmod", "npadvmod"}


def _mend_imperative(parse: Parse, token: int) -> None:
    """*Release X!*: a base form that opens the sentence is its verb, not part of the name."""
    opens = token == 0 or parse.sentence[token - 1] != parse.sentence[token]
    noun = parse.head[token]
    if not opens or parse.tag[token] != "VB" or parse.dep[token] != "compound":
        return
    if parse.dep[noun] == "ROOT" and parse.is_noun(noun) and not parse.named[token]:
        parse.attach(token, token, "ROOT")
        parse.attach(noun, token, "dobj")


def _mend_result(parse: Parse, token: int) -> None:
    """*shot X dead*: an adjective behind the object says what became of it."""
    if parse.tag[token] != "JJ" or parse.dep[token] != "advmod":
        return
    verb = parse.head[token]
    if any(parse.dep[c] == "dobj" and c == token - 1 for c in parse.children(verb)):
        parse.dep[token] = "oprd"


def _mend_lost_verb(parse: Parse, token: int) -> None:
    """*The abduction of X by Y alarmed Z*: a sentence without a verb has it before a name."""
    noun = parse.head[token]
    if parse.dep[token] != "amod" or noun < token or not parse.named[noun]:
        return
    if not parse.lower[token].endswith("ed") and parse.tag[token] not in ("VBN", "VBD"):
        return
    before = parse.tag[token - 1] if token else "DT"
    closed = before == "," and parse.dep[noun] == "appos"
    if before in ("DT", "HYPH", ",", "PRP$", "POS", "IN", "JJ", "RB") and not closed:
        return
    root = token
    while parse.head[root] != root:
        root = parse.head[root]
    if not parse.is_noun(root) or root > token:
        return
    inside = [c for c in parse.children(noun) if c < token and parse.named[c]]
    if root == noun:
        return
    if inside:  # the name before the verb takes the place of the one behind it
        parse.attach(inside[-1], parse.head[noun], parse.dep[noun])
        for other in inside[:-1]:
            parse.attach(other, inside[-1], parse.dep[other])
    parse.attach(noun, token, "dobj")
    parse.attach(token, token, "ROOT")
    parse.attach(root, token, "nsubj")
    parse.tag[token] = "VBD"


def _mend_main_verb(parse: Parse, token: int) -> None:
    """*X, who did Y, met Z*: behind a closed relative clause comes the verb of its noun."""
    relative = parse.head[token]
    noun = parse.head[relative]
    if parse.dep[token] != "conj" or parse.tag[token] not in FINITE:
        return
    if parse.dep[relative] not in ("relcl", "acl") or parse.head[noun] != noun:
        return
    before = token - 1
    while before > relative and parse.tag[before] in ("RB", "MD", "VBD", "VBZ", "VBP"):
        before -= 1
    joined = any(parse.dep[c] == "cc" for c in parse.children(relative))
    if parse.lower[before] != "," or joined or not parse.is_noun(noun):
        return
    if parse.has_subject(token):
        return
    passive = any(parse.dep[c] == "auxpass" for c in parse.children(token))
    parse.attach(token, token, "ROOT")
    parse.attach(noun, token, "nsubjpass" if passive else "nsubj")


def _mend_question(parse: Parse, token: int) -> None:
    """*Is X the commander of Y?*: what X is asked to be, not an apposition."""
    if parse.lower[token] not in ("is", "was", "are", "were") or parse.head[token] != token:
        return
    children = parse.children(token)
    if any(parse.dep[c] in ("attr", "acomp", "prep") for c in children):
        return
    for subject in children:
        if parse.dep[subject] in SUBJECTS and subject > token:
            for noun in parse.children(subject):
                if parse.dep[noun] == "appos":
                    parse.attach(noun, token, "attr")
                    return


def _mend_reduced_relative(parse: Parse, token: int) -> None:
    """*Police called to the scene arrested X*: the main verb is the second of two bare ones."""
    first = parse.head[token]
    if parse.dep[token] not in ("advcl", "conj") or first > token:
        return
    children, own = parse.children(first), parse.children(token)
    # without an auxiliary, only an active participle or past tense has an object
    said = {"VBD": ("dobj", "prep"), "VBN": ("dobj",)}.get(parse.tag[token], ())
    if parse.tag[first] not in ("VBD", "VBN") or not any(parse.dep[c] in said for c in own):
        return
    subjects = [c for c in children if parse.dep[c] in SUBJECTS and c < first]
    between = {parse.dep[c] for c in children if c < token}
    if len(subjects) != 1 or not between <= {*SUBJECTS, "prep", "agent", "advmod"}:
        return
    loose = any(parse.lower[i] in (",", "and", "or", "but") for i in range(first, token))
    if loose or any(parse.dep[c] in (*SUBJECTS, "mark", "aux", "advmod") for c in own):
        return
    above = parse.head[first]
    parse.attach(token, token if above == first else above, parse.dep[first])
    for child in [c for c in children if c > token or c < subjects[0]]:
        parse.head[child] = token
    parse.attach(subjects[0], token, "nsubj")
    parse.attach(first, subjects[0], "acl")
    parse.tag[first], parse.tag[token] = "VBN", "VBD"


def _mend_listed_subjects(parse: Parse, token: int) -> None:
    """Headlines: *Kenya, Uganda condemn Sudan*; a plural verb has both for its subject."""
    verb = parse.head[token]
    if parse.dep[token] not in ("dep", "npadvmod", "nmod") or not parse.named[token]:
        return
    if not parse.plain_form[verb] or token > verb:
        return
    for subject in parse.children(verb):
        follows = token < subject < verb and parse.dep[subject] in SUBJECTS
        if follows and parse.named[subject] and parse.lower[token + 1] == ",":
            parse.attach(token, verb, "nsubj")
            return


def _mend_naming(parse: Parse, token: int) -> None:
    """*X and Y, both designated terrorists by Z*: a participle with its agent, not an adjective."""
    noun = parse.head[token]
    if parse.dep[token] != "amod" or parse.tag[token] != "VBN" or noun != token + 1:
        return
    agents = [
        c
        for c in parse.children(noun)
        if parse.lower[c] == "by" and any(parse.is_noun(g) for g in parse.children(c))
    ]
    if not agents or parse.dep[noun] not in ("appos", "conj", "dep", "ROOT"):
        return
    parse.attach(token, parse.head[noun] if parse.head[noun] != noun else token, "acl")
    parse.attach(noun, token, "oprd")
    parse.attach(agents[0], token, "agent")


def _mend_capacity(parse: Parse, token: int) -> None:
    """*was posted to headquarters as director*: the as-phrase belongs to the verb."""
    noun = parse.head[token]
    if parse.lower[token] != "as" or parse.dep[token] != "prep" or parse.dep[noun] != "pobj":
        return
    preposition = parse.head[noun]
    verb = parse.head[preposition]
    towards = parse.lower[preposition] in ("to", "at", "in", "from")
    towards = towards and not any(parse.lower[c] == "such" for c in parse.children(noun))
    if towards and parse.tag[verb].startswith("VB"):
        parse.attach(token, verb, "prep")


def _mend_residents(parse: Parse, token: int) -> None:
    """*Residents of Y who had fled*: *who* is said of people, not of a place."""
    place = parse.head[token]
    preposition = parse.head[place]
    people = parse.head[preposition]
    if parse.dep[token] != "relcl" or not parse.placed[place] or parse.dep[place] != "pobj":
        return
    personal = any(parse.lower[c] in ("who", "whom") for c in parse.children(token))
    if personal and parse.lower[preposition] in ("of", "from", "in") and parse.is_noun(people):
        parse.attach(token, people, "relcl")


_FIRST_MENDS = (
    _mend_residents,
    *LOST_VERB_MENDS,
    _mend_second_clause,
    _mend_cleft,
    _mend_imperative,
    _mend_result,
    _mend_question,
)
_SECOND_MENDS = (
    _mend_lost_verb,
    _mend_main_verb,
    _mend_listed_subjects,
    _mend_naming,
    _mend_capacity,
    *INSERTION_MENDS,
    _mend_reduced_relative,
    *CONTRAST_MENDS,
    *APPOINTMENT_MENDS,
)
"""The second round relies on the first: a lost verb is looked for only where none was found."""
