"""A language model as extractor: what it says is kept where the text bears it out, else counted.

The model is a script on a real server on this machine, so that it can lie as models do.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from actorgraph.cli.main import main
from actorgraph.extract.model.chat import Server
from actorgraph.extract.model.llm import LanguageModel
from actorgraph.extract.model.passage import passages
from actorgraph.extract.model.proposal import ProposalExtractor
from actorgraph.extract.model.question import answer_schema, instructions
from actorgraph.extract.model.tally import Reason, Tally
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Extraction, Reference, statement_json
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.failure import UnreadableError
from actorgraph.ontologies.turtle import loaded_ontology

from .chatserver import Reply, Script, chat, completion, said

pytestmark = pytest.mark.model

TEXT = """Omar Khalil killed Ali Reza in Paris on Friday.

The Iraqi army denied that Omar Khalil attacked Mira Ode. Mira Ode was arrested
by police. Daniel Moreno may have met Mira Ode. Daniel Moreno was ordered to arrest Sven Dahl.
Peter Silva had been bumped off by Daniel Moreno."""

KILLED = {
    "relation": "killed",
    "subject": "Omar Khalil",
    "object": "Ali Reza",
    "quote": "Omar Khalil killed Ali Reza",
    "predicate": "killed",
    "polarity": "affirmed",
    "certainty": "actual",
}


@cache
def rules() -> RuleExtractor:
    return RuleExtractor()


def read(
    *scripts: Script | Reply, text: str = TEXT, tally: Tally | None = None, **options: Any
) -> Extraction:
    with chat(*scripts) as served:
        server = Server(served.url, "tiny", **{"timeout": 5.0, "pause": 0.0, **options})
        model = LanguageModel(server, rules().ontology)
        extractor = ProposalExtractor(model, rules(), tally)
        (extraction,) = extractor.extractions([Document(text, source="a.txt")])
    return extraction


def statement(**changes: Any) -> dict[str, Any]:
    return {**KILLED, **changes}


def test_a_true_statement_is_kept_with_everything_that_defends_it() -> None:
    tally = Tally()
    extraction = read(said(KILLED), tally=tally)
    (found,) = extraction.statements
    assert isinstance(found.subject, Reference)
    assert isinstance(found.object, Reference)
    assert (found.relation, found.subject.name, found.object.name) == (
        "killed",
        "Omar Khalil",
        "Ali Reza",
    )
    assert found.plain
    assert (found.extractor, found.rule) == ("llm", "llm: tiny")
    assert 0.5 < found.confidence < 0.7
    for end in (found.subject, found.object):
        assert TEXT[end.start : end.end] == end.text
        assert end.entity in {entity.id for entity in extraction.entities}
    evidence = found.evidence
    assert TEXT[evidence.start : evidence.end] == evidence.quote
    assert TEXT[evidence.cue_start : evidence.cue_end] == "killed"
    assert found.qualifiers["where"].text == "Paris"
    assert found.qualifiers["when"].text.endswith("Friday")
    assert tally.lines() == ["llm: 1 statements"]


ADVERSARIAL: list[tuple[Any, Reason]] = [
    # what the model says of the text, why it is dropped
    (statement(quote="Omar Khalil murdered Ali Reza", invented=1), Reason.QUOTE),
    (statement(quote="Omar Khalil killed Ali Rez", invented=1), Reason.QUOTE),
    (statement(quote="omar khalil killed ali reza", invented=1), Reason.QUOTE),
    (statement(quote="", invented=1), Reason.QUOTE),
    (statement(predicate="shot"), Reason.PREDICATE),
    (statement(predicate="kill"), Reason.PREDICATE),
    (statement(predicate="on Friday"), Reason.PREDICATE),  # in the text, not in the quote
    (statement(predicate=""), Reason.PREDICATE),
    (statement(relation="exterminated"), Reason.RELATION),
    (statement(relation="Person"), Reason.RELATION),
    (statement(subject=99), Reason.ACTOR),
    (statement(subject=-1), Reason.ACTOR),
    (statement(object=None), Reason.ACTOR),
    (statement(relation="member_of", subject=None), Reason.ACTOR),  # a state has a bearer
    (statement(subject="Daniel Moreno"), Reason.APART),
    (statement(object="Mira Ode"), Reason.APART),
    (
        statement(quote="killed Ali Reza in Paris on Friday.\n\nThe Iraqi army denied"),
        Reason.SPREAD,
    ),
    (statement(object="Omar Khalil"), Reason.SELF),
    (statement(relation="member_of"), Reason.TYPE),  # nobody is a member of a person
    (statement(object="Paris"), Reason.TYPE),
    (statement(relation="arrested", subject="Paris"), Reason.TYPE),
    (statement(subject="Ali Reza", object="Omar Khalil"), Reason.DIRECTION),
    (
        statement(
            relation="arrested",
            subject="Mira Ode",
            object="police",
            quote="Mira Ode was arrested\nby police",
            predicate="arrested",
        ),
        Reason.DIRECTION,
    ),
    (
        # a verb that no example uses: its roles are read as those of verbs of the relation
        statement(
            subject="Peter Silva",
            object="Daniel Moreno",
            quote="Peter Silva had been bumped off by Daniel Moreno",
            predicate="been bumped off",
        ),
        Reason.DIRECTION,
    ),
    (statement(certainty="sure"), Reason.MALFORMED),
    (statement(polarity=None), Reason.MALFORMED),
    (statement(subject="0", invented=1) | {"subject": True}, Reason.MALFORMED),
    ({k: v for k, v in KILLED.items() if k != "predicate"}, Reason.MALFORMED),
    ("Omar Khalil killed Ali Reza", Reason.MALFORMED),
    (None, Reason.MALFORMED),
]


@pytest.mark.parametrize(("told", "reason"), ADVERSARIAL)
def test_what_the_text_does_not_bear_out_is_dropped_and_counted(told: Any, reason: Reason) -> None:
    tally = Tally()
    extraction = read(said(told, KILLED), tally=tally)
    assert [s.relation for s in extraction.statements] == ["killed"]
    assert tally.dropped == {("llm", reason): 1}
    assert tally.lines() == [f"llm: 1 statements; 1 dropped (1 {reason})"]
    assert not tally.failures


STANCES: list[tuple[dict[str, Any], tuple[str, str, str | None, bool]]] = [
    # what the model says, and how it is then meant: polarity, certainty, source, plain
    (KILLED, ("affirmed", "actual", None, True)),
    (statement(certainty="planned"), ("affirmed", "planned", None, False)),
    (statement(polarity="denied"), ("denied", "actual", None, False)),
    (
        statement(
            relation="attacked",
            object="Mira Ode",
            quote="Omar Khalil attacked Mira Ode",
            predicate="attacked",
        ),
        ("denied", "actual", "army", False),
    ),
    (
        statement(
            relation="met_with",
            subject="Daniel Moreno",
            object="Mira Ode",
            quote="Daniel Moreno may have met Mira Ode",
            predicate="met",
        ),
        ("affirmed", "possible", None, False),
    ),
    (
        # the model takes the wrong word for the predicate: the right one is on the way
        statement(
            relation="arrested",
            subject="Daniel Moreno",
            object="Sven Dahl",
            quote="Daniel Moreno was ordered to arrest Sven Dahl",
            predicate="was ordered",
        ),
        ("affirmed", "requested", None, False),
    ),
]


@pytest.mark.parametrize(("told", "meant"), STANCES)
def test_nothing_is_more_certain_than_the_rules_read_it(
    told: dict[str, Any], meant: tuple[str, str, str | None, bool]
) -> None:
    (found,) = read(said(told)).statements
    name = found.stance.source.name if found.stance.source else None
    assert (found.stance.polarity, found.stance.certainty, name, found.plain) == meant


def test_words_that_no_rule_knows_are_what_a_model_is_for() -> None:
    told = statement(
        subject="Daniel Moreno",
        object="Peter Silva",
        quote="Peter Silva had been bumped off by Daniel Moreno",
        predicate="bumped off",
    )
    (found,) = read(said(told)).statements
    assert found.plain
    assert TEXT[found.evidence.cue_start : found.evidence.cue_end] == "bumped"


def test_a_quote_over_a_line_break_is_found_where_it_stands() -> None:
    told = statement(
        relation="arrested",
        subject="police",
        object="Mira Ode",
        quote="Mira Ode was arrested by police",
        predicate="was arrested by",
    )
    (found,) = read(said(told)).statements
    assert found.evidence.quote == "Mira Ode was arrested\nby police."
    assert TEXT[found.evidence.cue_start : found.evidence.cue_end] == "arrested"


def test_what_is_said_twice_is_one_statement() -> None:
    assert len(read(said(KILLED, KILLED)).statements) == 1


def test_the_same_answers_give_the_same_bytes_in_any_order() -> None:
    met = STANCES[4][0]
    one, other = (
        [json.dumps(statement_json(s)) for s in read(said(*told)).statements]
        for told in ([KILLED, met], [met, KILLED])
    )
    assert len(one) == 2
    assert one == other


def test_passages_are_whole_sentences_that_cover_all_actors() -> None:
    document = Document("  Mira Ode met Daniel Moreno. " * 200 + "\n\nIt rained.\n\n" + TEXT)
    from actorgraph.extract.text.pipeline import docs

    ((_, doc),) = docs(rules().nlp, [document], rules().casing)
    text = rules().read(document, doc)
    found = list(passages(text, limit=500))
    assert len(found) > 5
    covered = {t for passage in found for p in passage.participants for t in p.tokens}
    assert {m.head for m in text.referents.mentions if m.kind == "name"} <= covered
    for passage, following in pairwise(found):
        assert passage.last <= following.first
    for passage in found:
        assert passage.end - passage.start <= 500
        assert passage.words.rstrip()[-1] == "."
        words = document.text[passage.start : passage.end]
        assert words.split() == passage.words.split()
        assert len(words) == len(passage.words)
        assert all(
            passage.first <= t < passage.last for p in passage.participants for t in p.tokens
        )


def test_a_passage_is_asked_about_once_with_the_actors_in_it() -> None:
    with chat(said()) as served:
        server = Server(served.url, "tiny")
        extractor = ProposalExtractor(LanguageModel(server, rules().ontology), rules())
        list(extractor.extractions([Document(TEXT), Document("It rained.")]))
    (request,) = served.asked  # nobody is spoken of in the other document
    system, user = (message["content"] for message in request["messages"])
    assert "killed* (Agent or " in system
    assert " ".join(TEXT.split()) in " ".join(user.split())
    assert "Omar Khalil (Person)" in user
    schema = request["response_format"]["json_schema"]["schema"]
    assert schema == answer_schema(rules().ontology)


def test_schema_and_instructions_are_those_of_the_ontology() -> None:
    ontology = loaded_ontology()
    schema = answer_schema(ontology)
    item = schema["properties"]["statements"]["items"]
    assert item["properties"]["relation"]["enum"] == sorted(ontology.relations)
    for part in (schema, item):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    told = instructions(ontology)
    for relation in ontology.relations.values():
        assert f"- {relation.id}" in told
        assert (relation.definition or relation.label) in told


def test_a_document_that_the_model_fails_on_is_told_and_the_others_are_read() -> None:
    tally = Tally()
    failing = Reply(completion("no JSON at all"))
    with chat(failing, said(KILLED)) as served:
        model = LanguageModel(Server(served.url, "tiny", pause=0.0), rules().ontology)
        extractor = ProposalExtractor(model, rules(), tally)
        documents = [Document(f"Peter Silva sang.\n\n{TEXT}", source="1.txt"), Document(TEXT)]
        first, second = extractor.extractions(documents)
    assert not first.statements
    assert first.entities
    assert len(second.statements) == 1
    (failure,) = tally.failures
    assert failure.lost
    assert str(failure).startswith("1.txt: the model's answer is no JSON; use a server that")


def test_half_of_a_document_is_nothing() -> None:
    tally = Tally()
    text = "\n\n".join([TEXT, "Mira Ode met Daniel Moreno. " * 120])
    extraction = read(said(KILLED), Reply(status=500), text=text, tally=tally, attempts=2)
    assert not extraction.statements
    assert [f.source for f in tally.failures] == ["a.txt"]


def test_without_a_tally_a_failure_is_raised() -> None:
    with pytest.raises(UnreadableError, match="not of the form asked for"):
        read(Reply(completion({"facts": []})))


def test_rules_and_a_model_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)
    lies = [
        {**KILLED, "quote": "Omar Khalil shot Ali Reza", "invented": True},
        {**KILLED, "subject": "Ali Reza", "object": "Omar Khalil"},
    ]
    monkeypatch.setenv("ACTORGRAPH_LLM_KEY", "secret")
    with chat(said(KILLED, *lies), Reply(b"out of memory", 400)) as served:
        options = ["--extractor", "rules+llm", "--llm-url", served.url, "--llm-model", "tiny"]
        status = main(["extract", "a.txt", *options])
        first = capsys.readouterr()
        failed = main(["extract", "a.txt", *options])
        second = capsys.readouterr()
    assert status == 0
    records = [json.loads(line) for line in first.out.splitlines()]
    assert {r["extractor"] for r in records if r["relation"] == "killed"} == {"rules+llm"}
    killed = next(r for r in records if r["relation"] == "killed")
    assert killed["confidence"] > 0.95
    told = "llm: 1 statements; 2 dropped (1 quote not in the text, 1 wrong direction)"
    assert first.err == f"actorgraph: {told}\n"
    assert served.headers[0]["Authorization"] == "Bearer secret"
    # A model that fails costs its own statements and the exit code, never those of the rules.
    assert failed == 1
    assert "a.txt: the server refused the question (HTTP 400: out of memory)" in second.err
    assert {json.loads(line)["extractor"] for line in second.out.splitlines()} == {"rules"}
    assert len(second.out.splitlines()) == len(records)
