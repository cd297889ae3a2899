"""Deep roles of verbs: who really does it, to whom, whatever the construction."""

from __future__ import annotations

from .clause import Argument
from .tree import Tree
from .voice import SUBJECTS, is_passive
from .wordclass import Grammar

_BLAMING = frozenset({"of", "for", "from", "with", "over"})
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose", "where"})
_EXCLUDING = frozenset({"not", "never", "rather", "instead", "except", "without"})


def conjuncts(tree: Tree, token: int) -> list[int]:
    """The token and what is coordinated with it to its right, *but not Y* left out."""
    found = [token]
    for child in tree.some(token, "conj"):
        between = range(min(token, child) + 1, max(token, child))
        # only words that join the two (*and*, *instead of*), not those inside either conjunct
        joints = [i for i in between if tree.head[i] in (token, child)]
        joints += [i for i in between if tree.head[i] in joints and tree.dep[tree.head[i]] == "cc"]
        excluded = any(tree.lower[i] in _EXCLUDING for i in joints)
        if excluded and not any(tree.lower[i] in ("only", "just", "merely") for i in joints):
            continue
        if tree.is_verb(child) == tree.is_verb(token) or tree.is_noun(child):
            found.extend(conjuncts(tree, child))
    return found


class VerbReader:
    """Reads the arguments of the verbs of one document; subjects are shared, so remembered."""

    def __init__(self, tree: Tree, words: Grammar) -> None:
        self._tree = tree
        self._words = words
        self._subjects: dict[int, list[Argument]] = {}

    def is_predicate(self, token: int) -> bool:
        """Verbs that are not auxiliaries, and participles before a noun."""
        tree = self._tree
        if not tree.is_verb(token) and tree.dep[token] not in ("relcl", "acl"):
            return False
        mention = tree.mention_of(token)
        if mention is not None and mention.kind in ("name", "title"):
            return False
        return tree.dep[token] not in ("aux", "auxpass", "compound")

    def arguments(self, token: int) -> list[Argument]:
        """All arguments of a verb, each conjunct and antecedent on its own."""
        tree = self._tree
        passive = self.is_passive(token)
        found = [
            Argument("patient" if passive else "agent", a.token, a.antecedent)
            for a in self.subjects(token)
        ]
        # *was given an order*: the subject of the passive is the recipient, the object stays
        objects = self._objects(token)
        if passive and any(a.role == "patient" for a in objects):
            found = [
                Argument("recipient", a.token, a.antecedent) if a.role == "patient" else a
                for a in found
            ]
        found += objects
        found += self._prepositions(token, passive)
        if passive and not any(a.role == "agent" for a in found):
            found += self._distant_agent(token)
        if tree.dep[token] == "relcl":
            found += self._gap(token, found)
        return found

    def _distant_agent(self, token: int) -> list[Argument]:
        """*was abducted and killed by X*, *was named minister by X*: an agent said further on."""
        tree = self._tree
        for child in tree.some(token, "conj"):
            shares = tree.is_verb(child) and tree.child(child, *SUBJECTS) < 0
            if shares and self.is_passive(child) and child - token <= 3:
                return [a for a in self._prepositions(child, True) if a.role == "agent"]
        for child in tree.some(token, "oprd", "attr", "xcomp", "ccomp"):
            for preposition in tree.some(child, "prep", "agent"):
                if tree.lower[preposition] == "by" and not tree.is_verb(child):
                    return self.prepositional(preposition, True)
        return []

    def is_passive(self, token: int) -> bool:
        """Whether the surface subject is the deep object."""
        return is_passive(self._tree, self._words, token)

    def subjects(self, token: int) -> list[Argument]:
        """The surface subject of a verb, its own or the one grammar gives it."""
        if token not in self._subjects:
            self._subjects[token] = []  # a cycle in a broken parse ends here
            self._subjects[token] = self._found_subjects(token)
        return self._subjects[token]

    def _found_subjects(self, token: int) -> list[Argument]:
        tree = self._tree
        own = tree.some(token, *SUBJECTS)
        if own:
            return [argument for subject in own for argument in self._spread(subject)]
        head, dep = tree.head[token], tree.dep[token]
        if dep == "conj" and tree.is_verb(head):
            return self.subjects(head)
        if dep == "amod":
            return self._premodified(token)
        if dep in ("acl", "relcl"):
            return self._of_participle(token)
        if dep in ("xcomp", "ccomp", "advcl", "dep", "oprd") and head != token:
            return self._controlled(token, head)
        if dep == "pcomp" or (dep == "pobj" and tree.tag[token] == "VBG"):
            return self._of_gerund(token)
        return []

    def _spread(self, token: int) -> list[Argument]:
        """A surface argument, its conjuncts, and antecedents of relative pronouns."""
        found = []
        for part in conjuncts(self._tree, token):
            for counted in self._counted(part):
                found += [Argument("", counted, a) for a in self.antecedents(counted)]
        return found

    def _counted(self, token: int) -> list[int]:
        """*none of the rebels*, *dozens of soldiers*: who is counted, not the number."""
        tree = self._tree
        if tree.lower[token] not in self._words.quantifiers and tree.tag[token] != "CD":
            return [token]
        for preposition in tree.some(token, "prep"):
            inner = tree.child(preposition, "pobj")
            if tree.lower[preposition] == "of" and inner >= 0 and tree.mention[token] < 0:
                return conjuncts(tree, inner)
        return [token]

    def antecedents(self, token: int) -> list[int]:
        """What a relative pronoun stands for (all conjuncts if its verb is plural), or itself."""
        tree = self._tree
        if tree.lower[token] not in _RELATIVE or tree.tag[token] not in ("WP", "WDT", "WP$", "IN"):
            return [token]
        clause = token
        while tree.dep[clause] != "relcl":
            if tree.head[clause] == clause:
                return [token]
            clause = tree.head[clause]
        return self._heads_of_relative(clause, tree.head[clause])

    def _heads_of_relative(self, clause: int, noun: int) -> list[int]:
        tree = self._tree
        group = conjuncts(tree, noun)
        if len(group) > 1 and group[-1] < clause:
            return group  # the clause stands behind the whole coordination
        if tree.dep[noun] == "conj" and self._plural(clause) and not tree.tag[noun].endswith("S"):
            first = noun
            while tree.dep[first] == "conj":
                first = tree.head[first]
            return conjuncts(tree, first)
        return [noun]

    def _plural(self, verb: int) -> bool:
        """Whether a verb form shows a plural subject."""
        tree = self._tree
        forms = [tree.lower[verb], *(tree.lower[c] for c in tree.some(verb, "aux", "auxpass"))]
        both = [*tree.children[verb], verb - 1] if verb else tree.children[verb]
        return any(form in ("were", "are", "have") for form in forms) or any(
            tree.lower[c] == "both" for c in both
        )

    def _premodified(self, token: int) -> list[Argument]:
        """*Iran-backed militia leader X*: what is backed is the next actor, not the head."""
        tree = self._tree
        noun = tree.head[token]
        for index in range(token + 1, noun + 1):
            mention = tree.mention_of(index)
            if mention is not None and mention.kind in ("name", "nominal"):
                return [Argument("", mention.head, mention.head)]
        return [Argument("", noun, noun)]

    def _of_participle(self, token: int) -> list[Argument]:
        """*the brigade commanded by X*, *troops attacking Y*, *the plan to attack Y*."""
        tree = self._tree
        noun = tree.head[token]
        infinitive = any(tree.lower[c] == "to" for c in tree.some(token, "aux"))
        if infinitive and tree.mention[noun] < 0:
            return self._holder(noun)
        return [Argument("", n, n) for n in self._heads_of_relative(token, noun)]

    def _holder(self, noun: int) -> list[Argument]:
        """Whose plan, order or attempt it is: the possessor, else the verb's subject."""
        tree = self._tree
        possessor = tree.child(noun, "poss")
        if possessor >= 0:
            return self._spread(possessor)
        verb = tree.head[noun]
        if tree.dep[noun] == "attr":  # *was the first to attack X*
            return self.subjects(verb)
        if tree.dep[noun] == "pobj" and tree.dep[verb] == "prep":
            verb = tree.head[verb]  # *baulked at the idea of striking X*
        elif tree.dep[noun] != "dobj":
            return []
        if tree.is_verb(verb) and not self.is_passive(verb):
            return self.subjects(verb)
        return []

    def _controlled(self, token: int, head: int) -> list[Argument]:
        """The subject that a verb without one takes from the clause above it."""
        tree = self._tree
        if not tree.is_verb(head):
            if tree.child(head, *SUBJECTS) >= 0:
                return self.subjects(head)
            if tree.dep[head] in ("acomp", "attr", "prep", "advmod", "oprd", "conj"):
                return self._controlled(token, tree.head[head])  # *is likely to attack*
            return []
        if tree.dep[token] == "ccomp" and tree.child(token, "mark") >= 0:
            return []
        words = self._words
        infinitive = any(tree.lower[c] == "to" for c in tree.some(token, "aux"))
        called = infinitive and tree.lemma[head] in words.preposition_control
        for preposition in tree.some(head, "prep") if called else ():
            inner = tree.child(preposition, "pobj")
            if inner >= 0 and inner < token:
                return self._spread(inner)  # *called on X to release Y*
        patient = tree.child(head, "dobj")
        if self._is_succession(token, head):
            return self._spread(patient) if patient >= 0 else []
        sent = infinitive and tree.lemma[head] in words.sending_verbs
        complement = sent or tree.dep[token] in ("xcomp", "ccomp", "oprd")
        if complement and patient >= 0 and tree.lemma[head] not in words.subject_control:
            return self._spread(patient)
        return self.subjects(head)

    def _is_succession(self, token: int, head: int) -> bool:
        """*appointed X, replacing Y*: who is put into an office replaces."""
        tree, words = self._tree, self._words
        follows = token > head and tree.lemma[token] in words.succession_verbs
        return follows and tree.lemma[head] in words.naming_verbs and not self.is_passive(head)

    def _of_gerund(self, token: int) -> list[Argument]:
        """*accused X of killing Y* (X kills), *left after killing Y* (the subject kills)."""
        tree = self._tree
        preposition = tree.head[token]
        governor = tree.head[preposition]
        if tree.dep[governor] in ("acomp", "attr", "oprd"):
            governor = tree.head[governor]  # *is guilty of killing X*
        if tree.is_verb(governor):
            blamed = tree.lemma[governor] in self._words.object_of_preposition
            if blamed and preposition > governor and tree.lower[preposition] in _BLAMING:
                patient = tree.child(governor, "dobj")
                if patient >= 0:
                    return self._spread(patient)
            return self.subjects(governor)
        if tree.mention[governor] >= 0 and tree.mentions[tree.mention[governor]].kind != "title":
            verb = tree.head[governor]
            # *accused of* may hang on the accused: *accused the army of killing*
            if (
                tree.dep[governor] == "dobj"
                and tree.lemma[verb] in self._words.object_of_preposition
            ):
                return self._spread(governor)
            return self.subjects(verb) if tree.is_verb(verb) else []
        return self._holder(governor)

    def _objects(self, token: int) -> list[Argument]:
        tree = self._tree
        found: list[Argument] = []
        for child in tree.children[token]:
            dep = tree.dep[child]
            if dep == "dobj":
                found += [Argument("patient", a.token, a.antecedent) for a in self._spread(child)]
            elif dep == "dative" and tree.child(child, "pobj") < 0:
                found += [Argument("recipient", a.token, a.antecedent) for a in self._spread(child)]
            elif dep in ("attr", "oprd", "acomp"):
                found += [Argument("attribute", c, c) for c in conjuncts(tree, child)]
            elif dep in ("ccomp", "xcomp"):
                found += self._complement(child)
            elif dep == "npadvmod" and self._is_hyphenated(child, token):
                found.append(Argument("agent", child, child))
        if not found and not self.is_passive(token):
            found += self._shared_object(token)
        return found

    def _is_hyphenated(self, noun: int, participle: int) -> bool:
        """*Iran-backed*; *wounded this morning* tells when."""
        tree = self._tree
        before = noun < participle and tree.child(noun, "det") < 0
        return before and tree.tag[participle] in ("VBN", "VBG")

    def _complement(self, child: int) -> list[Argument]:
        """An embedded clause; a small one (*considers X a terrorist*) as object and attribute."""
        tree = self._tree
        subject = tree.child(child, "nsubj")
        if tree.is_verb(child) or subject < 0 or tree.child(child, "cop", "mark") >= 0:
            return [Argument("complement", child, child)]
        found = [Argument("patient", a.token, a.antecedent) for a in self._spread(subject)]
        return [*found, *(Argument("attribute", c, c) for c in conjuncts(tree, child))]

    def _shared_object(self, token: int) -> list[Argument]:
        """*attacked and destroyed the town*: the object belongs to both verbs."""
        tree = self._tree
        for child in tree.some(token, "conj"):
            if not tree.is_verb(child) or tree.child(child, *SUBJECTS) >= 0:
                continue
            if any(tree.dep[c] in ("prep", "advcl", "prt", "ccomp") for c in tree.children[token]):
                continue
            patient = tree.child(child, "dobj")
            if patient >= 0 and child - token <= 3:
                return [Argument("patient", a.token, a.antecedent) for a in self._spread(patient)]
        return []

    def _prepositions(self, token: int, passive: bool) -> list[Argument]:
        """Prepositional arguments; those of a named object count too (names take no phrases)."""
        tree = self._tree
        found: list[Argument] = []
        for child in tree.children[token]:
            if tree.dep[child] in ("prep", "agent", "dative"):
                found += self.prepositional(child, passive)
            elif tree.dep[child] == "advmod":  # *close to*, *together with*
                for inner in tree.some(child, "prep"):
                    found += self.prepositional(inner, passive)
            elif tree.dep[child] in ("dobj", "nsubjpass") and tree.mention[child] >= 0:
                named = tree.mentions[tree.mention[child]].kind == "name"
                for inner in tree.some(child, "prep"):
                    # *accused Iran of …* but *killed members of …*
                    if named or tree.lower[inner] != "of":
                        found += self.prepositional(inner, passive)
        return found

    def prepositional(self, preposition: int, passive: bool) -> list[Argument]:
        """The objects of a preposition under its own word; *by* of a passive is the agent."""
        tree = self._tree
        word = tree.lower[preposition]
        role = "agent" if passive and word == "by" else word
        found: list[Argument] = []
        if any(tree.lower[c] in ("instead", "rather") for c in tree.children[preposition]):
            return found  # *instead of X*
        for child in tree.children[preposition]:
            dep = tree.dep[child]
            if dep == "pobj":
                found += [Argument(role, a.token, a.antecedent) for a in self._spread(child)]
            elif dep == "pcomp":
                found.append(Argument(word, child, child))
            elif dep == "prep":
                found += [
                    Argument(f"{word} {a.role}", a.token, a.antecedent)
                    for a in self.prepositional(child, False)
                ]
            elif dep == "conj" and tree.child(child, "pobj") >= 0:
                found += self.prepositional(child, passive)
        return found

    def _gap(self, clause: int, found: list[Argument]) -> list[Argument]:
        """The role that the head noun of a relative clause fills without a word for it."""
        tree = self._tree
        noun = tree.head[clause]
        heads = self._heads_of_relative(clause, noun)
        if any(a.antecedent in heads and a.token != a.antecedent for a in found):
            return []
        stranded = [
            c
            for c in tree.some(clause, "prep")
            if not tree.children[c] or tree.child(c, "pobj", "pcomp", "prep") < 0
        ]
        if stranded:
            return [Argument(tree.lower[stranded[0]], noun, h) for h in heads]
        has_subject = tree.child(clause, *SUBJECTS) >= 0
        complete = any(a.role in ("patient", "complement", "attribute") for a in found)
        if has_subject and not complete and not self.is_passive(clause):
            return [Argument("patient", noun, h) for h in heads]
        return []
