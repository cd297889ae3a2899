"""Which extractors a run uses: `--extractor rules`, `llm`, `rules+llm`, …"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ..ontologies.error import ActorgraphError

if TYPE_CHECKING:
    from ..extract.model.proposal import Proposer
    from ..extract.model.tally import Tally
    from ..extract.rules import RuleExtractor
    from ..extract.statement import Extractor
    from ..graph.store import Store
    from ..ontologies.ontology import Ontology

KEY = "ACTORGRAPH_LLM_KEY"
"""The environment variable with the key of a server that wants one."""


@dataclass(frozen=True)
class Choice:
    """What extractors are made of: the arguments, the ontology, the books of the run."""

    arguments: argparse.Namespace
    ontology: Ontology
    tally: Tally
    is_open: bool = False

    @cached_property
    def rules(self) -> RuleExtractor:
        """The rule extractor, which every other one checks its findings with; made once."""
        if self.is_open:
            from ..extract.open import OpenExtractor

            return OpenExtractor(self.ontology, self.arguments.model, self.arguments.coreference)
        from ..extract.rules import RuleExtractor

        return RuleExtractor(self.ontology, self.arguments.model, self.arguments.coreference)

    def keep_parses(self, store: Store) -> None:
        """Let the rule extractor keep its parses in a store, if one has been made."""
        rules: RuleExtractor | None = vars(self).get("rules")
        if rules is not None:
            rules.parses = store.parses()

    def checked(self, proposer: Proposer) -> Extractor:
        """A model, its proposals checked by ontology, grammar and stance rules."""
        from ..extract.model.proposal import ProposalExtractor

        return ProposalExtractor(proposer, self.rules, self.tally)


def _rules(choice: Choice) -> Extractor:
    return choice.rules


def _llm(choice: Choice) -> Extractor:
    from ..extract.model.chat import Server
    from ..extract.model.llm import LanguageModel

    arguments = choice.arguments
    if not arguments.llm_url or not arguments.llm_model:
        raise ActorgraphError(
            "the extractor llm needs a server: --llm-url http://localhost:8080 --llm-model NAME"
        )
    server = Server(
        url=arguments.llm_url,
        model=arguments.llm_model,
        key=os.environ.get(KEY) or None,
        timeout=arguments.llm_timeout,
    )
    return choice.checked(LanguageModel(server, choice.ontology))


def _gliner(choice: Choice) -> Extractor:
    from ..extract.model.gliner import Gliner

    if choice.arguments.gliner_model is None:
        raise ActorgraphError("the extractor gliner needs a model: --gliner-model FOLDER")
    return choice.checked(Gliner(choice.arguments.gliner_model, choice.ontology))


EXTRACTORS: dict[str, Callable[[Choice], Extractor]] = {
    "rules": _rules,
    "llm": _llm,
    "gliner": _gliner,
}
"""Extractors by name."""


def add_extractor_option(parser: argparse.ArgumentParser) -> None:
    """Which extractors, and where their models are."""
    parser.add_argument(
        "--extractor",
        type=_names,
        default=("rules",),
        metavar="NAME[+NAME…]",
        help=f"{', '.join(EXTRACTORS)}, or several, the most trusted first: rules+llm "
        "(default: rules)",
    )
    parser.add_argument(
        "--llm-url", metavar="URL", help="chat-completions server for llm (http://localhost:8080)"
    )
    parser.add_argument("--llm-model", metavar="NAME", help="name of the model on that server")
    parser.add_argument(
        "--llm-timeout",
        metavar="SECONDS",
        type=seconds,
        default=120.0,
        help="how long to wait for an answer (default: 120)",
    )
    parser.add_argument(
        "--gliner-model", metavar="FOLDER", type=Path, help="GLiNER2 checkpoint for gliner"
    )


def extractor_of(choice: Choice) -> Extractor:
    """The extractor that the arguments ask for."""
    names: tuple[str, ...] = choice.arguments.extractor
    if choice.is_open and "rules" not in names:
        raise ActorgraphError("only the rules read the open layer; add them: rules+…")
    parts = [EXTRACTORS[name](choice) for name in names]
    if len(parts) == 1:
        return parts[0]
    from ..extract.model.combination import CombinedExtractor

    return CombinedExtractor(parts, choice.tally)


def _names(text: str) -> tuple[str, ...]:
    names = tuple(text.split("+"))
    for name in names:
        if name not in EXTRACTORS:
            raise argparse.ArgumentTypeError(
                f"invalid choice: {name!r} (choose from {', '.join(EXTRACTORS)})"
            )
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r} names an extractor twice")
    return names


def seconds(text: str) -> float:
    """A positive number of seconds, for argparse."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds
