"""Voice: whether a verb form is passive, said in full or shortened as in headlines."""

from __future__ import annotations

from .tree import Tree
from .wordclass import Grammar

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")


def is_passive(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether the surface subject is the deep object."""
    if tree.child(token, "auxpass", "nsubjpass") >= 0:
        return True
    if tree.tag[token] not in ("VBN", "VBD"):
        return False
    dep = tree.dep[token]
    if dep in ("amod", "acl", "relcl") and tree.child(token, *SUBJECTS) < 0:
        return tree.child(token, "aux") < 0
    if tree.child(token, "agent") >= 0:
        return True
    if dep in ("advcl", "dep", "ROOT") and tree.tag[token] == "VBN":
        # *Backed by Iran, the militia …*; headlines: *Ten killed in blast*. In a sentence with
        # its full stop a participle with a subject is a past tense that the tagger mistook.
        if tree.child(token, "nsubj") >= 0 and _is_closed(tree, token):
            return False
        return tree.child(token, "aux", "dobj", "ccomp", "xcomp") < 0
    if dep == "ROOT" and _is_headline_passive(tree, words, token):
        return True
    if dep == "conj" and tree.child(token, *SUBJECTS, "aux") < 0:
        head = tree.head[token]
        return tree.tag[token] == "VBN" and tree.is_verb(head) and is_passive(tree, words, head)
    if dep in ("ccomp", "xcomp", "oprd"):
        return tree.tag[token] == "VBN" and tree.child(token, "aux") < 0
    return False


def _is_headline_passive(tree: Tree, words: Grammar, token: int) -> bool:
    """*Army chief arrested*: in a headline a bare past form without object is a participle."""
    subject = tree.child(token, "nsubj")
    if subject < 0 or _is_closed(tree, token):
        return False
    if tree.lemma[token] in words.intransitive_verbs:
        return False
    bare = tree.child(subject, "det", "poss") < 0 and tree.is_noun(subject)
    return bare and tree.child(token, "aux", "dobj", "ccomp", "xcomp", "acomp", "prt") < 0


def _is_closed(tree: Tree, token: int) -> bool:
    """Whether the sentence of a word ends in a full stop; headlines do not."""
    last = token
    while last + 1 < len(tree) and tree.sentence[last + 1] == tree.sentence[token]:
        last += 1
    while last > token and (tree.text[last].isspace() or tree.text[last] in ('"', "''", "'")):
        last -= 1
    return tree.text[last] in (".", "!", "?", ";", ":", "…")
