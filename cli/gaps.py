"""`actorgraph ontology gaps`: what texts say between actors that no relation covers."""

from __future__ import annotations

import argparse
from collections import defaultdict

from .reading import Reading, ontology_of
from .status import ExitCode


def run(arguments: argparse.Namespace) -> ExitCode:
    """Count the open statements between two actors by predicate and the classes of its ends."""
    from ..extract.statement import Reference

    ontology = ontology_of(arguments)
    reading = Reading()
    quotes: dict[tuple[str, str, str], dict[str, None]] = defaultdict(dict)
    for extraction in reading.extractions(arguments, ontology, is_open=True):
        for statement in extraction.statements:
            subject, object_ = statement.subject, statement.object
            if statement.relation is None and subject and isinstance(object_, Reference):
                key = (subject.type, statement.phrase, object_.type)
                quotes[key][" ".join(statement.evidence.quote.split())] = None
    ranked = sorted(quotes.items(), key=lambda item: (-len(item[1]), item[0]))
    for (doer, phrase, other), found in ranked[: arguments.most]:
        print(f"{len(found):>5}  {doer} —{phrase}→ {other}")
        print("".join(f"         {quote}\n" for quote in list(found)[:3]), end="")
    return reading.status()
