"""Coreference by an installed spaCy component: its forms, its links, what they may not join."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import spacy
from actorgraph.extract.explanation import explanations
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Reference
from actorgraph.extract.text import pipeline
from actorgraph.extract.text.clusters import add_coreference, clusters_of
from actorgraph.extract.text.document import Document
from actorgraph.ontologies.error import ActorgraphError
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

if TYPE_CHECKING:
    from actorgraph.extract.statement import Statement

pytestmark = pytest.mark.model

# The components below are rule-based: words with one number are one for them, rightly or not.
ONE = {
    "Karim Novak": 1,
    "the lawyer": 1,
    "Omar Said": 2,
    "Jalal Aziz": 2,
    "Lina Haddad": 3,
    "He": 3,
}


def spans_found(doc: Doc) -> list[list[tuple[int, int]]]:
    """Token spans of each cluster, by the table."""
    clusters: dict[int, list[tuple[int, int]]] = {}
    for words, number in ONE.items():
        for match in re.finditer(rf"\b{words}\b", doc.text):
            span = doc.char_span(*match.span())
            assert span is not None
            clusters.setdefault(number, []).append((span.start, span.end))
    return [sorted(cluster) for cluster in clusters.values()]


@Language.component("test_span_coref")
def span_coref(doc: Doc) -> Doc:
    """As spacy-experimental writes them."""
    for number, cluster in enumerate(spans_found(doc), 1):
        spans = [doc[first:last] for first, last in cluster]
        doc.spans[f"coref_clusters_{number}"] = SpanGroup(doc, spans=spans)
        heads = [doc[s.root.i : s.root.i + 1] for s in spans]
        doc.spans[f"coref_head_clusters_{number}"] = SpanGroup(doc, spans=heads)
    return doc


@Language.component("test_offset_coref")
def offset_coref(doc: Doc) -> Doc:
    """As fastcoref writes them."""
    Doc.set_extension("coref_clusters", default=None, force=True)
    doc._.coref_clusters = [
        [(doc[a:b].start_char, doc[a:b].end_char) for a, b in cluster]
        for cluster in spans_found(doc)
    ]
    return doc


@dataclass
class ChainMention:
    """A mention as coreferee has it."""

    token_indexes: list[int]


@dataclass
class ChainHolder:
    """The chains of a document as coreferee has them."""

    chains: list[list[ChainMention]] = field(default_factory=list)

    def __iter__(self) -> Iterator[list[ChainMention]]:
        return iter(self.chains)


@Language.component("test_chain_coref")
def chain_coref(doc: Doc) -> Doc:
    """As coreferee writes them: head words only; a mention of several, joined by *they*."""
    Doc.set_extension("coref_chains", default=None, force=True)
    chains = [[ChainMention([doc[a:b].root.i]) for a, b in cluster] for cluster in spans_found(doc)]
    names = [t.i for t in doc if t.text in ("Haddad", "Novak")]
    they = [t.i for t in doc if t.text == "them"]
    if they and len(names) > 1:
        chains.append([ChainMention(names[:2]), ChainMention(they)])
    doc._.coref_chains = ChainHolder(chains)
    return doc


FORMS = ["test_span_coref", "test_offset_coref", "test_chain_coref"]


@pytest.fixture(autouse=True)
def _no_extensions() -> Iterator[None]:
    yield
    for name in ("coref_clusters", "coref_chains"):
        if Doc.has_extension(name):
            Doc.remove_extension(name)


@cache
def extractor(name: str | None) -> RuleExtractor:
    return RuleExtractor(coreference=name)


def statements(name: str | None, text: str) -> tuple[Statement, ...]:
    (extraction,) = extractor(name).extractions([Document(text)])
    return extraction.statements


def facts(name: str | None, text: str) -> set[tuple[str, str, str]]:
    return {
        (
            s.subject.name if isinstance(s.subject, Reference) else "-",
            s.relation or "",
            s.object.name if isinstance(s.object, Reference) else "-",
        )
        for s in statements(name, text)
    }


VISIT = "Karim Novak flew to Oslo. A month passed. The police arrested the lawyer there."


@pytest.mark.parametrize("name", FORMS)
def test_clusters_of_a_component_take_the_place_of_our_own_links(name: str) -> None:
    assert ("police", "arrested", "Karim Novak") in facts(name, VISIT)
    assert ("police", "arrested", "Karim Novak") not in facts(None, VISIT)


@pytest.mark.parametrize("name", FORMS)
def test_without_a_cluster_a_pronoun_is_nobody(name: str) -> None:
    text = "Lina Haddad flew to Oslo. The police arrested her there."
    assert ("police", "arrested", "Lina Haddad") in facts(None, text)
    assert ("police", "arrested", "Lina Haddad") not in facts(name, text)


@pytest.mark.parametrize("name", FORMS)
def test_a_cluster_does_not_join_two_known_actors(name: str) -> None:
    text = "Omar Said met Lina Haddad in Oslo. The police arrested Jalal Aziz."
    found = facts(name, text)
    assert ("police", "arrested", "Jalal Aziz") in found
    assert not any("Omar Said" in fact and fact[1] == "arrested" for fact in found)


@pytest.mark.parametrize("name", FORMS)
def test_a_cluster_does_not_join_a_man_with_two_or_with_a_ministry(name: str) -> None:
    text = "Omar Said met Lina Haddad in Oslo. He was arrested by the police."
    assert ("police", "arrested", "Lina Haddad") in facts(name, text)
    text = "The Lina Haddad Brigade left Oslo. He was arrested by the police."
    assert not any(fact[1] == "arrested" and "Haddad" in fact[2] for fact in facts(name, text))


def test_a_plural_is_each_of_the_parts_of_its_mention() -> None:
    text = "Lina Haddad met Karim Novak in Oslo. The police arrested them."
    found = facts("test_chain_coref", text)
    assert ("police", "arrested", "Lina Haddad") in found
    assert ("police", "arrested", "Karim Novak") in found


@pytest.mark.parametrize("name", FORMS)
def test_a_link_is_explained_by_the_name_of_the_component(name: str) -> None:
    found = extractor(name)
    document = Document(VISIT)
    told = [actor for e in explanations(found, document) for actor in e.actors]
    assert ("lawyer", "Person", "Karim Novak", f"coreference by {name}") in told


def test_the_component_is_part_of_the_key() -> None:
    keys = {extractor(name).key for name in (None, *FORMS)}
    assert len(keys) == 1 + len(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_the_lexicon_is_the_same_with_a_component(name: str) -> None:
    assert extractor(name).lexicon.frames == extractor(None).lexicon.frames


@pytest.mark.parametrize("name", FORMS)
def test_clusters_of_a_text_parsed_in_pieces(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_PIECE", 90)
    text = f"The talks ended.\n\n{VISIT}\n\n{VISIT.replace('Karim Novak', 'Omar Said')}"
    assert ("police", "arrested", "Karim Novak") in facts(name, text)


def test_a_component_of_the_model_is_used(tmp_path: Path) -> None:
    nlp = pipeline.loaded_pipeline()
    nlp.remove_pipe("actorgraph_blocks")
    nlp.add_pipe("test_span_coref")
    nlp.to_disk(tmp_path / "model")
    found = RuleExtractor(model=str(tmp_path / "model"), coreference="test_span_coref")
    assert found.nlp.pipe_names.count("test_span_coref") == 1
    (extraction,) = found.extractions([Document(VISIT)])
    assert "Karim Novak" in {
        s.object.name for s in extraction.statements if isinstance(s.object, Reference)
    }


def test_a_pipeline_of_its_own_is_used(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("test_offset_coref")
    other.to_disk(tmp_path / "coref")
    assert ("police", "arrested", "Karim Novak") in facts(str(tmp_path / "coref"), VISIT)


def test_a_module_that_registers_the_component_is_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "invented_coref.py").write_text(
        "from spacy.language import Language\n"
        "@Language.component('invented_factory')\n"
        "def made(doc):\n"
        "    doc.spans['coref_clusters_1'] = [doc[0:1], doc[2:3]]\n"
        "    return doc\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    nlp = spacy.blank("en")
    add_coreference(nlp, "invented_coref:invented_factory")
    assert clusters_of(nlp("Karim said he slept")) == [[[(0, 1)], [(2, 3)]]]
    sys.modules.pop("invented_coref")


def test_first_and_last_tokens_beside_cluster_heads() -> None:
    doc = spacy.blank("en")("Karim Novak said he slept")
    for name in ("coref_clusters", "cluster_heads"):
        Doc.set_extension(name, default=None, force=True)
    doc._.coref_clusters, doc._.cluster_heads = [[[0, 1], [3, 3]]], {"Karim Novak": [0, 1]}
    try:
        assert clusters_of(doc) == [[[(0, 2)], [(3, 4)]]]
    finally:
        Doc.remove_extension("cluster_heads")


@Language.factory("test_broken_coref")
def broken(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """As a component whose weights are not there."""
    raise OSError("no weights found in folder 'w'\nTraceback")


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("fastcoref", "is not installed", "pip install fastcoref"),
        ("nobody:nothing", "is not installed", "pip install nobody"),
        ("no_such_component", "is not installed", "pip install"),
        ("test_broken_coref", "no weights found in folder 'w'", "install its model"),
    ],
)
def test_what_cannot_be_used_is_told(name: str, reason: str, remedy: str) -> None:
    with pytest.raises(ActorgraphError) as error:
        add_coreference(spacy.blank("en"), name)
    message = str(error.value)
    assert repr(name) in message
    assert reason in message
    assert remedy in message
    assert "\n" not in message
