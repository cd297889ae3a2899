"""Parses kept: what the pipeline made of a text, for the next time the same text is read.

A parse is kept as the pipeline gave it, before anything of ours mends it, so that a change of the
ontology or of our rules needs no parsing. spaCy's `DocBin` holds all that the pipeline says of the
words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .document import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_ATTRIBUTES = ["ORTH", "TAG", "MORPH", "LEMMA", "POS", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE"]
_ATTRIBUTES += ["ENT_KB_ID", "ENT_ID"]
_COMPONENTS = frozenset(
    {"tok2vec", "transformer", "curated_transformer", "tagger", "morphologizer", "parser", "senter"}
    | {"attribute_ruler", "lemmatizer", "trainable_lemmatizer", "ner", "entity_ruler"}
    | {"actorgraph_blocks"}
)
"""Components all of whose work `_ATTRIBUTES` keep."""
_SOURCES = ("parse.py", "pipeline.py", "layout.py")


class Parses(Protocol):
    """Where parses are kept: bytes by key, for documents that come and go."""

    def get(self, document: Document, key: str) -> bytes | None:
        """A parse of a document, if it is there."""
        ...

    def put(self, document: Document, key: str, data: bytes) -> None:
        """Keep a parse as long as the document is kept."""
        ...


def parse_key(nlp: Language) -> Callable[[str], str] | None:
    """What names the parse of a text: a hash of the text, the pipeline and the code around it.

    None if a component of the pipeline is not known to write only what is kept: its parses are made
    anew each time.
    """
    if not _COMPONENTS.issuperset(nlp.pipe_factories.values()):
        return None
    model = [nlp.meta.get(name) for name in ("lang", "name", "version")]
    about = json.dumps([model, nlp.pipe_names, version("spacy")])
    sources = b"".join((Path(__file__).parent / name).read_bytes() for name in _SOURCES)
    start = hashlib.sha256(about.encode() + sources)

    def key(text: str) -> str:
        digest = start.copy()
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]

    return key


def parse_bytes(doc: Doc) -> bytes:
    """A parse as bytes: some fifteen a word."""
    from spacy.tokens import DocBin

    return DocBin(attrs=_ATTRIBUTES, docs=[doc]).to_bytes()


def parsed_doc(data: bytes, nlp: Language) -> Doc | None:
    """The parse that bytes hold; None if they are damaged."""
    from spacy.tokens import DocBin

    try:
        (doc,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    except Exception:  # whatever zlib, msgpack or spaCy make of it: the text is there to be parsed
        return None
    return doc
