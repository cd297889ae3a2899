"""The reader of propositions: from a dependency tree to subjects, predicates and their links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .constituent import SUBJECTS, complemented, distributed, phrase, sentences, verb_group
from .proposition import Link, LinkKind, Proposition, PropositionKind, Tokens
from .tree import Tree
from .verb import VerbReader, conjuncts
from .wordclass import Grammar

_DEEPEST = 12  # links on links; no sentence that can be understood goes further
_ARGUMENTS = frozenset(
    {"dobj", "attr", "oprd", "acomp", "dative", "prep", "agent", "xcomp", "ccomp", "npadvmod"}
)
_EXCLUDING = frozenset({"instead", "without", "rather", "from", "against"})
_QUESTIONING = ("WDT", "WP", "WRB", "WP$")
_CORE: dict[str, LinkKind] = {
    "dobj": "object",
    "attr": "attribute",
    "oprd": "attribute",
    "acomp": "attribute",
    "dative": "recipient",
}


def propositions(tree: Tree, words: Grammar) -> Iterator[Proposition]:
    """Every proposition of a document, in the order of the predicates."""
    reader = _Reader(tree, words)
    for token in range(len(tree)):
        yield from reader.of_verb(token)
        yield from reader.of_noun(token)


class _Reader:
    def __init__(self, tree: Tree, words: Grammar) -> None:
        self._tree = tree
        self._words = words
        self._verbs = VerbReader(tree, words)

    def of_verb(self, token: int) -> Iterator[Proposition]:
        """What a verb says of each of its subjects."""
        kind = self._kind(token)
        if kind is None:
            return
        links = tuple(self._verb_links(token))
        group = verb_group(self._tree, token)
        for subject in self._subjects(token):
            for words in self._subject_phrases(subject):
                yield Proposition(kind, token, subject, words, group, links)

    def of_noun(self, token: int) -> Iterator[Proposition]:
        """Appositions and possessors, whose predicate is not said, and *X including Y*."""
        tree, dep, head = self._tree, self._tree.dep[token], self._tree.head[token]
        if tree.lower[token] == "including" and dep == "prep" and tree.is_noun(head):
            members = [
                link
                for inner in tree.some(token, "pobj")
                for link in self._noun_links("object", (), inner, 0)
            ]
            whole = complemented(tree, head)
            yield Proposition("participle", token, head, whole, (token,), tuple(members))
        if dep == "appos" and tree.is_noun(token) and tree.is_noun(head):
            links = tuple(self._noun_links("attribute", (), token, 0))
            yield Proposition("apposition", token, head, complemented(tree, head), (), links)
        elif dep == "poss" and tree.is_noun(token):
            own = tuple(t for t in phrase(tree, head) if t > max(tree.subtree(token)))
            behind = tuple(self._hanging(head, 0))
            link = Link("object", (), head, own, own, behind)
            for owner in conjuncts(tree, token):
                words = tuple(t for t in phrase(tree, owner) if tree.tag[t] != "POS")
                yield Proposition("possessive", head, owner, words, (), (link,))

    def _subject_phrases(self, subject: int) -> list[Tokens]:
        spread = distributed(self._tree, subject)
        return spread if len(spread) > 1 else [complemented(self._tree, subject)]

    def _kind(self, token: int) -> PropositionKind | None:
        """How a verb is said of its subject; None if another predicate leads to it."""
        tree = self._tree
        if not self._verbs.is_predicate(token):
            return None
        dep, head = tree.dep[token], tree.head[token]
        own = tree.child(token, *SUBJECTS) >= 0
        infinitive = self._to(token) != ()
        if dep == "conj":
            if own:
                return "main"
            return self._kind(head) if tree.is_verb(head) else None
        kinds: dict[str, PropositionKind | None] = {
            "relcl": None if infinitive else "relative",
            "acl": "subordinate" if own else None if infinitive else "participle",
            "advcl": "subordinate" if own else None if infinitive else "adverbial",
            "pcomp": "subordinate" if own else "gerund" if self._is_adverbial(head) else None,
            "ccomp": "subordinate" if own and not infinitive else None,
        }
        silent = ("xcomp", "oprd", "csubj", "csubjpass", "pobj", "compound", "amod")
        return None if dep in silent else kinds.get(dep, "main")

    def _is_adverbial(self, preposition: int) -> bool:
        """*by doing X*, *after doing X*, but not *the need for doing X*, *instead of doing X*."""
        tree = self._tree
        head = tree.head[preposition]
        before = [tree.lower[t] for t in (preposition, *tree.children[preposition])]
        return tree.is_verb(head) and head != preposition and not _EXCLUDING & set(before)

    def _to(self, token: int) -> Tokens:
        tree = self._tree
        return tuple(c for c in tree.some(token, "aux") if tree.lower[c] == "to")

    def _subjects(self, token: int) -> list[int]:
        expletive = self._tree.child(token, "expl")
        if expletive >= 0:
            return [expletive]
        found = dict.fromkeys(self._quantified(a.antecedent) for a in self._verbs.subjects(token))
        return [t for t in found if t != token]

    def _quantified(self, token: int) -> int:
        """*none of the rebels*, *dozens of soldiers*: the word that says how many."""
        tree = self._tree
        preposition = tree.head[self._first(token)]
        head = tree.head[preposition]
        counted = tree.lower[head] in self._words.quantifiers or tree.tag[head] == "CD"
        of = tree.lower[preposition] == "of" and tree.dep[preposition] == "prep"
        return head if of and counted and preposition < token else token

    def _verb_links(self, token: int, depth: int = 0) -> Iterator[Link]:
        """What a verb is said to and of: core arguments first, then in the order of the text."""
        tree = self._tree
        if depth > _DEEPEST:
            return
        children = tree.children[token]
        if not any(tree.dep[c] in _ARGUMENTS for c in children):
            children = [*children, *self._shared(token)]
        arguments = list(self._arguments(token, children, depth))
        yield from arguments
        # the word of the preposition that completes the verb, None as long as one may
        completing = "" if any(link.core for link in arguments) else None
        fronted = [c for c in children if c < token]
        for child in [c for c in children if c > token] + fronted:
            if completing is None and child > token and self._is_core(child):
                completing = tree.lower[child]
            for link in self._adjunct(child, token, depth):
                same = link.words != () and tree.lower[link.words[0]] == completing
                yield replace(link, core=True) if same and link.kind != "verb" else link

    def _arguments(self, token: int, children: list[int], depth: int) -> Iterator[Link]:
        tree = self._tree
        yield from self._gap(token, depth)
        for child in children:
            dep = tree.dep[child]
            if dep in _CORE and not self._is_pronoun(child) and tree.child(child, "pobj") < 0:
                for link in self._noun_links(_CORE[dep], (), child, depth):
                    yield replace(link, core=dep != "dative")
            elif dep in ("xcomp", "ccomp", "advcl"):
                yield from self._clausal(child, depth)

    def _is_core(self, child: int) -> bool:
        """Whether a prepositional phrase completes its verb (*rely on X*), by its preposition."""
        tree = self._tree
        if tree.dep[child] == "advmod":
            return tree.child(child, "prep") >= 0
        said = tree.lower[child] in self._words.circumstance_prepositions
        return tree.dep[child] == "prep" and not said

    def _adjunct(self, child: int, verb: int, depth: int) -> Iterator[Link]:
        tree = self._tree
        dep = tree.dep[child]
        if dep in ("prep", "agent") or (dep == "dative" and tree.child(child, "pobj") >= 0):
            yield from self._prepositional(child, (), depth)
        elif dep == "npadvmod":
            words = tuple(t for t in tree.subtree(child) if tree.text[t] != ",")
            yield Link("time", (), child, words, words)
        elif dep == "advmod" and not self._is_pronoun(child):
            inner = tree.some(child, "prep")
            for preposition in inner:
                yield from self._prepositional(preposition, (child,), depth)
            if not inner and child > verb:
                words = tuple(tree.subtree(child))
                yield Link("adverb", (), child, words, words)

    def _gap(self, token: int, depth: int) -> Iterator[Link]:
        """*the gimmicks she used*: the nouns of a relative clause as the object of its verb."""
        tree = self._tree
        noun = tree.head[token]
        if tree.dep[token] != "relcl" or not tree.is_noun(noun):
            return
        subjects = self._verbs.subjects(token)
        if not subjects or any(a.antecedent == noun for a in subjects):
            return
        pronoun = any(tree.dep[c] == "dobj" and self._is_pronoun(c) for c in tree.children[token])
        filled = any(tree.dep[c] in _CORE for c in tree.children[token])
        open_ = not filled and not self._verbs.is_passive(token) and not self._has_adverb(token)
        if pronoun or open_:
            for part in conjuncts(tree, self._first(noun)):
                words = complemented(tree, part)
                yield Link("object", (), part, words, words, core=True)

    def _first(self, token: int) -> int:
        """The first of the conjuncts before a relative clause."""
        tree = self._tree
        while tree.dep[token] == "conj" and tree.is_noun(tree.head[token]):
            token = tree.head[token]
        return token

    def _is_pronoun(self, token: int) -> bool:
        """Whether a word, or one that modifies it, opens a question or relative clause."""
        tree = self._tree
        if tree.dep[token] == "dobj" and tree.lower[token] == "that" and token < tree.head[token]:
            return True
        below = [token, *(t for c in tree.children[token] for t in (c, *tree.children[c]))]
        return any(tree.tag[t] in _QUESTIONING and t <= token for t in below)

    def _has_adverb(self, token: int) -> bool:
        """*the town where X lived*, *the man whose son X saw*: the noun is no object."""
        tree = self._tree
        return any(tree.tag[t] in ("WRB", "WP$") for t in tree.subtree(token) if t < token)

    def _shared(self, token: int) -> list[int]:
        """The arguments of the next conjunct, if the verb has none: *aided and fed by X*."""
        tree = self._tree
        for child in tree.some(token, "conj"):
            own = tree.child(child, *SUBJECTS) >= 0
            if tree.is_verb(child) and not own and tree.tag[child] == tree.tag[token]:
                found = [c for c in tree.children[child] if tree.dep[c] in _ARGUMENTS]
                return found or self._shared(child)
        return []

    def _noun_links(self, kind: LinkKind, words: Tokens, token: int, depth: int) -> Iterator[Link]:
        """A phrase and its conjuncts, each with what hangs on it."""
        tree = self._tree
        for part in conjuncts(tree, token):
            if tree.is_verb(part) and part != token:
                continue
            behind = tuple(self._hanging(part, depth + 1))
            spread = distributed(tree, part)
            for own in spread:
                whole = complemented(tree, part) if len(spread) == 1 else own
                yield Link(kind, words, part, own, whole, behind)

    def _hanging(self, token: int, depth: int) -> Iterator[Link]:
        """The prepositions, participles and infinitives behind a noun or adjective."""
        tree = self._tree
        if depth > _DEEPEST:
            return
        for child in tree.children[token]:
            dep = tree.dep[child]
            if child < token:
                continue
            if dep in ("prep", "agent"):
                yield from self._prepositional(child, (), depth)
            elif dep == "acl" and tree.text[min(tree.subtree(child)) - 1] == ",":
                continue  # said beside the clause, not in it
            elif dep in ("acl", "ccomp") or (dep in ("xcomp", "advcl") and not tree.is_noun(token)):
                yield from self._clausal(child, depth)

    def _prepositional(self, preposition: int, before: Tokens, depth: int) -> Iterator[Link]:
        """What a preposition leads to; *in order to X* leads to the verb."""
        tree = self._tree
        if tree.lower[preposition] == "including":
            return  # of a noun, not of the clause
        fixed = [c for c in tree.children[preposition] if self._is_fixed(c, preposition)]
        fixed += [c for c in tree.some(preposition, "advmod") if tree.lower[c] == "instead"]
        words = (*sorted([*before, preposition, *fixed]),)
        kind: LinkKind = "agent" if tree.dep[preposition] == "agent" else "preposition"
        for child in tree.children[preposition]:
            dep = tree.dep[child]
            if dep == "pobj" and not self._is_pronoun(child):
                purpose = self._purpose(preposition, child)
                if purpose >= 0:
                    order = (*words, *phrase(tree, child), *self._to(purpose))
                    yield self._verbal(purpose, order, depth)
                elif not self._is_connective(preposition, child):
                    yield from self._noun_links(kind, words, child, depth)
            elif dep == "pcomp" and tree.is_verb(child):
                yield from self._after_preposition(child, words, depth)
            elif dep == "prep":
                own = tree.child(preposition, "pobj", "pcomp") >= 0
                yield from self._prepositional(child, () if own else words, depth)
            elif dep == "conj" and tree.child(child, "pobj", "pcomp") >= 0:
                yield from self._prepositional(child, before, depth)

    def _is_fixed(self, child: int, preposition: int) -> bool:
        """*because **of***, *due **to***, *according **to***"""
        tree = self._tree
        closed = tree.dep[child] in ("pcomp", "fixed", "mwe", "prep") and not tree.is_verb(child)
        return closed and child == preposition + 1 and tree.children[child] == []

    def _is_connective(self, preposition: int, noun: int) -> bool:
        tree = self._tree
        said = " ".join(tree.lower[t] for t in (preposition, *phrase(tree, noun)))
        return said in self._words.connectives

    def _purpose(self, preposition: int, noun: int) -> int:
        """*in order to keep X*: the verb, or -1."""
        tree = self._tree
        if (tree.lower[preposition], tree.lower[noun]) == ("in", "order"):
            for child in (*tree.some(noun, "acl"), *tree.some(tree.head[preposition], "advcl")):
                if self._to(child) and tree.is_verb(child):
                    return child
        return -1

    def _after_preposition(self, verb: int, words: Tokens, depth: int) -> Iterator[Link]:
        tree = self._tree
        if tree.child(verb, *SUBJECTS) >= 0:
            clause = tuple(tree.subtree(verb))
            yield Link("clause", words, verb, clause, clause)
            return
        for part in conjuncts(tree, verb):
            if tree.is_verb(part):
                yield self._verbal(part, words, depth)

    def _verbal(self, verb: int, words: Tokens, depth: int) -> Link:
        group = verb_group(self._tree, verb)
        return Link("verb", words, verb, group, group, tuple(self._verb_links(verb, depth + 1)))

    def _clausal(self, child: int, depth: int) -> Iterator[Link]:
        """An embedded clause: a further predicate of the same subject, or a whole sentence."""
        tree = self._tree
        dep, subject, to = tree.dep[child], tree.child(child, *SUBJECTS), self._to(child)
        if not tree.is_verb(child):
            if dep != "advcl" and subject >= 0:  # *considers X honest*
                for link in self._noun_links("object", (), subject, depth):
                    yield replace(link, core=True)
            if dep != "advcl":
                yield from self._noun_links("attribute", (), child, depth)
        elif subject < 0:
            if dep != "advcl" or to:
                for verb in conjuncts(tree, child):
                    if tree.is_verb(verb):
                        yield self._verbal(verb, to, depth)
        elif dep == "xcomp" or to or self._is_bare(child):
            yield self._verbal(child, (*phrase(tree, subject), *to), depth)
        elif dep == "ccomp" and self._is_reported(child):
            for words in sentences(tree, child):
                yield Link("clause", (), child, words, words)

    def _is_bare(self, verb: int) -> bool:
        """*helped X win*: a base form without a word that opens a clause."""
        tree = self._tree
        return tree.tag[verb] == "VB" and tree.child(verb, "aux", "mark", "neg") < 0

    def _is_reported(self, clause: int) -> bool:
        """Clauses before a verb that has its object already only stand beside it."""
        tree = self._tree
        verb = tree.head[clause]
        return clause > verb or tree.child(verb, "dobj", "attr", "acomp", "prep", "auxpass") < 0
