"""Coreference clusters of a spaCy component that the user has installed, in any of their forms.

They are kept in one span group of the document, so that they travel with the parse: a span for
each part of each mention, labelled with the number of its cluster, with the number of the mention
in its id.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ...ontologies.error import ActorgraphError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KEY = "actorgraph_coreference"
"""The span group of a document that holds the clusters."""

Part = tuple[int, int]
"""First token and the one after the last."""
Clusters = list[list[list[Part]]]
"""Clusters of mentions of parts: *[he], [his wife]* may be one mention of two parts."""

_HOMES = {
    "fastcoref": ("fastcoref.spacy_component", "fastcoref"),
    "coreferee": ("coreferee", "coreferee"),
    "xx_coref": ("crosslingual_coreference", "crosslingual-coreference"),
    "experimental_coref": ("spacy_experimental", "spacy-experimental"),
}
"""Known components: the module that registers one, the distribution it comes in."""

_NUMBERED = re.compile(r"^(coref(?:_head)?_clusters)_\d+$")


@dataclass(frozen=True)
class GivenClusters:
    """What a component found in a document, and its name."""

    component: str
    clusters: Clusters


def given_clusters(doc: Doc) -> GivenClusters | None:
    """The clusters that a component has left in a document; None if none was asked."""
    group = doc.spans.get(KEY)
    if group is None:
        return None
    found: Clusters = []
    for _, cluster in groupby(group, key=lambda span: span.label):
        mentions = groupby(cluster, key=lambda span: span.id)
        found.append([[(part.start, part.end) for part in parts] for _, parts in mentions])
    return GivenClusters(group.attrs["component"], found)


def add_coreference(nlp: Language, name: str) -> None:
    """Let a component find clusters at the end of a pipeline.

    name: a component of the pipeline, a registered factory (`fastcoref`), MODULE:FACTORY for one
    that is registered when the module is imported, or a pipeline package or folder of its own,
    which reads the same words.

    Raises:
        ActorgraphError: it is not installed, or cannot be made.
    """
    from spacy.language import Language

    factory = name.rpartition(":")[2]
    if factory not in nlp.pipe_names and (nlp.has_factory(factory) or not _is_pipeline(name)):
        _add_factory(nlp, name, factory)
    if not Language.has_factory(KEY):
        Language.factory(KEY, default_config={"reader": ""}, func=_keeper)
    nlp.add_pipe(KEY, last=True, config={"reader": name})


def _keeper(nlp: Language, name: str, reader: str) -> Callable[[Doc], Doc]:
    """The component that keeps what the reader before it, or in another pipeline, has found."""
    factory = reader.rpartition(":")[2]
    read = None if factory in nlp.pipe_names else _words_reader(reader)

    def keep(doc: Doc) -> Doc:
        found = clusters_of(read(doc) if read else doc) if len(doc) else []
        _keep(doc, found, reader)
        return doc

    return keep


def component_key(nlp: Language, name: str) -> str:
    """A component's name, with the version of the distribution it comes from if there is one."""
    factory = name.rpartition(":")[2]
    home = type(nlp.get_pipe(factory)).__module__ if factory in nlp.pipe_names else name
    try:
        return f"{name} {version(home.partition('.')[0])}"
    except (PackageNotFoundError, ValueError):
        return name


def joined_clusters(docs: Sequence[Doc], joined: Doc) -> None:
    """Set the clusters of a document that was parsed in pieces."""
    given = [given_clusters(doc) for doc in docs]
    named = next((g.component for g in given if g), None)
    if named is None:
        return
    found: Clusters = []
    offset = 0
    for doc, piece in zip(docs, given, strict=True):
        for cluster in piece.clusters if piece else ():
            found.append([[(a + offset, b + offset) for a, b in parts] for parts in cluster])
        offset += len(doc)
    _keep(joined, found, named)


def clusters_of(doc: Doc) -> Clusters:
    """The clusters of a document in any of the forms that components write.

    `doc.spans["coref_clusters_1"]`, … (spacy-experimental; single head words in
    `coref_head_clusters_1` where there are no spans); `doc._.coref_chains` (coreferee: mentions
    of token indices); `doc._.coref_clusters` (fastcoref: character offsets; with
    `doc._.cluster_heads` beside them, crosslingual-coreference: first and last token).
    """
    found = _span_groups(doc) or _chains(doc) or _offsets(doc)
    told = [[mention for mention in cluster if mention] for cluster in found]
    return [sorted(cluster) for cluster in told if len(cluster) > 1]


def _span_groups(doc: Doc) -> Clusters:
    prefixes: dict[str, Clusters] = {}
    for key in sorted(doc.spans):
        match = _NUMBERED.match(key)
        if match:
            group = [[(span.start, span.end)] for span in doc.spans[key]]
            prefixes.setdefault(match[1], []).append(group)
    return prefixes.get("coref_clusters") or prefixes.get("coref_head_clusters") or []


def _chains(doc: Doc) -> Clusters:
    chains = _extension(doc, "coref_chains")
    return [
        [[(i, i + 1) for i in mention.token_indexes] for mention in chain]
        for chain in (chains if chains is not None else ())
    ]


def _offsets(doc: Doc) -> Clusters:
    clusters = _extension(doc, "coref_clusters")
    if _extension(doc, "cluster_heads") is not None:
        return [[[(first, last + 1)] for first, last in cluster] for cluster in clusters or ()]
    return [[list(_part(doc, start, end)) for start, end in cluster] for cluster in clusters or ()]


def _part(doc: Doc, start: int, end: int) -> Iterator[Part]:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is not None and len(span):
        yield span.start, span.end


def _extension(doc: Doc, name: str) -> Any:
    return getattr(doc._, name) if doc.has_extension(name) else None


def _keep(doc: Doc, clusters: Clusters, name: str) -> None:
    from spacy.tokens import Span, SpanGroup

    spans = [
        Span(doc, first, last, label=f"cluster {number}", span_id=f"mention {place}")
        for number, cluster in enumerate(clusters)
        for place, parts in enumerate(cluster)
        for first, last in parts
    ]
    doc.spans[KEY] = SpanGroup(doc, name=KEY, attrs={"component": name}, spans=spans)


def _is_pipeline(name: str) -> bool:
    from pathlib import Path

    from spacy.util import is_package

    return (name not in _HOMES and is_package(name)) or (Path(name) / "config.cfg").is_file()


def _words_reader(name: str) -> Callable[[Doc], Doc]:
    """Runs another pipeline over the words of a document."""
    import spacy
    from spacy.tokens import Doc

    try:
        other = spacy.load(name)
    except Exception as error:
        raise ActorgraphError(_unusable(name, error)) from error

    def read(doc: Doc) -> Doc:
        words, spaces = [t.text for t in doc], [bool(t.whitespace_) for t in doc]
        found = Doc(other.vocab, words=words, spaces=spaces)
        for _, component in other.pipeline:
            found = component(found)
        return found

    return read


def _add_factory(nlp: Language, name: str, factory: str) -> None:
    module, _, _ = name.rpartition(":")
    home, distribution = _HOMES.get(factory, (module, module))
    if not nlp.has_factory(factory) and (module or home):
        try:
            importlib.import_module(module or home)
        except ImportError as error:
            raise ActorgraphError(
                f"coreference component {name!r} is not installed ({error}); run: python -m pip "
                f"install {distribution}"
            ) from None
    if not nlp.has_factory(factory):
        raise ActorgraphError(
            f"coreference component {name!r} is not installed: no pipeline package, component of "
            "the model or spaCy factory is called so; run: python -m pip install with the package "
            "that has it (such as fastcoref), or name its module too (MODULE:FACTORY)"
        )
    try:
        nlp.add_pipe(factory, last=True)
    except Exception as error:
        raise ActorgraphError(_unusable(name, error)) from error


def _unusable(name: str, error: Exception) -> str:
    reason = (str(error).strip() or type(error).__name__).splitlines()[0]
    return (
        f"coreference component {name!r} cannot be used ({reason}); install its model, or a "
        "version of it for this spaCy and model"
    )
