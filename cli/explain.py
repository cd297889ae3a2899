"""`actorgraph explain`: why a statement came out of a sentence, or why nothing did."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError
from .reading import Reading, add_model_options, ontology_of
from .status import ExitCode

if TYPE_CHECKING:
    from ..extract.explanation import SentenceExplanation
    from ..extract.statement import Statement
    from ..extract.text.document import Document
    from ..ontologies.ontology import Ontology

HELP = "show sentence by sentence what is read, by which rule, or why nothing is"
EXAMPLE = """examples:
  actorgraph explain 'Soldiers killed two protesters in Kabul on Friday.'
  actorgraph explain news/report.txt --statement s0123456789abcdef"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("text", metavar="TEXT-or-FILE", help="a sentence, a file, or - (stdin)")
    parser.add_argument("--statement", metavar="ID", help="only the statement with this id")
    parser.add_argument("--published", metavar="DATE", help="date of publication (2020-01-03)")
    add_model_options(parser)
    parser.set_defaults(format=None)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Print the explanation of each sentence, or of one statement."""
    from ..extract.explanation import explanations
    from ..extract.rules import RuleExtractor

    ontology = ontology_of(arguments)
    reading = Reading()
    documents = _documents(arguments, reading, ontology)
    extractor = RuleExtractor(ontology, arguments.model, arguments.coreference)
    found = False
    for document in documents:
        for sentence in explanations(extractor, document):
            if arguments.statement is None:
                print("\n".join(_sentence_lines(sentence, document)), end="\n\n")
            for statement in sentence.statements:
                if statement.id == arguments.statement:
                    found = True
                    print("\n".join(_statement_lines(statement, document)))
    if arguments.statement and not found:
        raise ActorgraphError(
            f"no statement {arguments.statement!r} in {arguments.text}; actorgraph extract prints "
            "the ids"
        )
    return reading.status()


def _documents(
    arguments: argparse.Namespace, reading: Reading, ontology: Ontology
) -> Iterable[Document]:
    """The documents of a file, or the text itself as one."""
    from ..extract.text.document import Document
    from ..extract.text.reader import ReadingOptions

    if arguments.text == "-" or _is_path(arguments.text):
        arguments.inputs = [arguments.text]
        return reading.begun(arguments, ontology)
    if not arguments.text.strip():
        raise ActorgraphError("the text is empty; give a sentence or a file")
    options = ReadingOptions(ontology.words, arguments.published)  # which checks the date
    return [Document(arguments.text, published=options.published)]


def _is_path(text: str) -> bool:
    """Whether an argument means a file: it is there, or could be no sentence."""
    try:
        if Path(text).exists():
            return True
    except (OSError, ValueError):  # too long for a name
        return False
    return len(text.split()) == 1 and Path(text).suffix.isascii() and len(Path(text).suffix) > 1


def _sentence_lines(sentence: SentenceExplanation, document: Document) -> Iterator[str]:
    yield " ".join(sentence.text.split())
    for words, type_, name, why in sentence.actors:
        meant = "" if name == words else f" = {name}" + (f" ({why})" if why else "")
        yield f"  actor      {words} ({type_}){meant}"
    for clause in sentence.clauses:
        yield f"  clause     {clause}"
    for statement in sentence.statements:
        yield from (f"  {line}" for line in _statement_lines(statement, document))
    for miss in sentence.near_misses:
        frame = f" ({miss.relation}: {miss.example})" if miss.relation else ""
        yield f"  no match   {miss.word}: {miss.reason}{frame}"
    if not sentence.statements and not sentence.near_misses:
        yield "  no match   nothing here is said with a word of the ontology"


def _statement_lines(statement: Statement, document: Document) -> Iterator[str]:
    from ..extract.explanation import marked

    ends = [
        "?" if end is None else getattr(end, "name", None) or getattr(end, "value", "")
        for end in (statement.subject, statement.object)
    ]
    stance = statement.stance
    said = f", says {stance.source.name}" if stance.source else ""
    yield f"statement  {ends[0]} —{statement.relation or statement.phrase}→ {ends[1]}"
    yield f"  id         {statement.id}, confidence {statement.confidence}"
    yield f"  stance     {stance.polarity}, {stance.certainty}{said}" + (
        " (a plain fact of the graph)" if statement.plain else " (never a plain fact of the graph)"
    )
    for name, qualifier in sorted(statement.qualifiers.items()):
        value = f" = {qualifier.value}" if qualifier.value not in (None, qualifier.text) else ""
        yield f"  {name:<10} {qualifier.text}{value}"
    yield f"  sentence   {' '.join(marked(statement, document.text).split())}"
    yield f"  rule       {statement.rule}"
