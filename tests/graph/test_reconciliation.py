"""Asking a real server on this machine, which answers well, badly, late or not at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from actorgraph.extract.http import Patience
from actorgraph.graph.reconciliation import Query, Reply, Service, replies, service
from actorgraph.ontologies.error import ActorgraphError

from . import reconserver
from .reconserver import MANIFEST, SPACE, Queries, candidate, knowing, recon, results

QUICK = Patience(timeout=0.5, attempts=2, pause=0.0)
VELIN = [candidate("7", "Arda Velin", 98.5, True, description="officer", type=[{"id": "Person"}])]


def queries(*names: str) -> list[Query]:
    return [Query(f"m{number}", name) for number, name in enumerate(names)]


def asked(*names: str, url: str, patience: Patience = QUICK) -> list[Reply]:
    found = service(url, patience)
    return [reply for batch in replies(found, queries(*names), patience) for reply in batch]


def test_candidates_come_with_iri_score_and_types() -> None:
    with recon(knowing({"Arda Velin": VELIN})) as served:
        found, nobody = asked("Arda Velin", "Nobody Known", url=served.url)
    (only,) = found.candidates
    assert only.iri == SPACE + "7"
    assert (only.label, only.score, only.match) == ("Arda Velin", 98.5, True)
    assert (only.description, only.types) == ("officer", ("Person",))
    assert nobody.candidates == () and not nobody.failure
    assert served.paths == ["GET /reconcile", "POST /reconcile"]


def test_query_says_type_limit_and_properties() -> None:
    query = Query("m1", "Velin", "Q5", (("P17", "Tamsir", "Q9"), ("P27", "Orvia", "")), 3)
    with recon(knowing({})) as served:
        list(replies(service(served.url, QUICK), [query], QUICK))
    assert served.asked == [
        {
            "q0": {
                "query": "Velin",
                "limit": 3,
                "type": "Q5",
                "properties": [
                    {"pid": "P17", "v": {"id": "Q9", "name": "Tamsir"}},
                    {"pid": "P27", "v": "Orvia"},
                ],
            }
        }
    ]


def test_batches_are_as_large_as_the_service_wants() -> None:
    with recon(knowing({}), manifest={**MANIFEST, "batchSize": 2}) as served:
        asked("A", "B", "C", "D", "E", url=served.url)
    assert [len(batch) for batch in served.asked] == [2, 2, 1]


def test_a_batch_too_large_is_halved() -> None:
    def strict(asked_: Queries) -> reconserver.Reply:
        if len(asked_) > 2:
            return reconserver.Reply(b"too many queries", 413)
        return results({"D": [candidate("4", "D", 50)]}, asked_)

    with recon(strict) as served:
        found = asked("A", "B", "C", "D", "E", url=served.url)
    assert [reply.query.name for reply in found] == ["A", "B", "C", "D", "E"]
    assert [len(reply.candidates) for reply in found] == [0, 0, 0, 1, 0]
    assert not any(reply.failure for reply in found)


def test_a_busy_server_is_asked_again() -> None:
    busy = reconserver.Reply(b"later", 503)
    with recon(busy, knowing({"Arda Velin": VELIN})) as served:
        (found,) = asked("Arda Velin", url=served.url)
    assert len(found.candidates) == 1 and len(served.asked) == 2


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (reconserver.Reply(b"broken", 500), "HTTP 500: broken, 2 attempts"),
        (reconserver.Reply(b"{}", delay=2.0), "no answer within 0.5 s, 2 attempts"),
        (reconserver.Reply(b'{"q0": {"result": ['), "the answer is no result"),
        (reconserver.Reply(b"<html>Welcome</html>"), "the answer is no result"),
        (reconserver.Reply(b"[]"), "the answer is no result"),
        (reconserver.Reply(b'{"q0": {"error": "no"}}'), "no result for it"),
        (reconserver.Reply(b'{"q0": {"result": [{"id": 7}, "x"]}}'), "no candidate of the answer"),
        (reconserver.Reply(b"bad query", 400), "HTTP 400: bad query"),
    ],
)
def test_what_is_no_answer_is_told(reply: reconserver.Reply, reason: str) -> None:
    with recon(reply) as served:
        (found,) = asked("Arda Velin", url=served.url)
    assert reason in found.failure
    assert found.candidates == ()


def test_a_candidate_without_score_is_left_out() -> None:
    odd: list[Any] = [
        {"id": "1", "name": "no score"},
        {"id": "2", "name": "a word", "score": "high"},
        {"id": "3", "name": "true", "score": True},
        {"id": "", "name": "no id", "score": 3},
        candidate("5", "good", 12),
    ]
    with recon(knowing({"A": odd})) as served:
        (found,) = asked("A", url=served.url)
    assert [c.label for c in found.candidates] == ["good"]


def test_a_score_that_is_no_number_is_left_out() -> None:
    body = b'{"q0": {"result": [{"id": "1", "name": "x", "score": NaN, "match": true}]}}'
    with recon(reconserver.Reply(body)) as served:
        (found,) = asked("A", url=served.url)
    assert found.failure


def test_a_service_that_fails_all_the_time_is_given_up() -> None:
    manifest = {**MANIFEST, "batchSize": 1}
    with recon(reconserver.Reply(b"broken", 500), manifest=manifest) as served:
        found = []
        with pytest.raises(ActorgraphError, match="failed 3 times in a row"):
            for batch in replies(service(served.url, QUICK), queries(*"ABCDEFG"), QUICK):
                found += batch
    assert len(found) == 3
    assert len(served.asked) == 3 * QUICK.attempts


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(status: int) -> None:
    with recon(knowing({})) as elsewhere:
        place = {"Location": elsewhere.url}
        with (
            recon(reconserver.Reply(b"", status, place)) as served,
            pytest.raises(ActorgraphError, match=f"HTTP {status} .*sends on to"),
        ):
            asked("A", url=served.url)
        manifest = reconserver.Reply(b"", status, place)
        with (
            recon(knowing({}), manifest=manifest) as served,
            pytest.raises(ActorgraphError, match="sends on to"),
        ):
            asked("A", url=served.url)
        assert elsewhere.paths == []


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (reconserver.Reply(b"<html>"), "no reconciliation service"),
        (reconserver.Reply(b"[1]"), "no reconciliation service"),
        ({"title": "x"}, "no reconciliation service"),
        ({**MANIFEST, "versions": ["3.0"]}, "speaks version 3.0"),
        ({**MANIFEST, "identifierSpace": "things"}, "no identifierSpace"),
        (reconserver.Reply(b"secret", 403), "HTTP 403: secret"),
    ],
)
def test_what_is_no_service_is_told(manifest: Any, reason: str) -> None:
    with (
        recon(knowing({}), manifest=manifest) as served,
        pytest.raises(ActorgraphError, match=reason),
    ):
        service(served.url, QUICK)


def test_nobody_at_the_address() -> None:
    with recon(knowing({})) as served:
        url = served.url
    with pytest.raises(ActorgraphError, match="gives no answer"):
        service(url, QUICK)
    with pytest.raises(ActorgraphError, match="no address"):
        service("ftp://things.example", QUICK)


def test_ids_become_iris_by_prefix_or_by_view() -> None:
    schema = "https://www.things.example/reference/#schema"
    view = {"url": "https://www.things.example/entities/{{id}}/"}
    with recon(knowing({}), manifest={**MANIFEST, "identifierSpace": schema, "view": view}) as it:
        assert service(it.url, QUICK).iri("NK-7") == "https://www.things.example/entities/NK-7/"
    plain = Service("", "", SPACE)
    assert plain.iri("a b") == SPACE + "a%20b"
    assert plain.iri("https://elsewhere.example/1") == "https://elsewhere.example/1"


def test_the_key_of_a_query_tells_questions_apart() -> None:
    keys = {
        Query("m1", "A").key,
        Query("m2", "A").key,
        Query("m1", "B").key,
        Query("m1", "A", "Q5").key,
        Query("m1", "A", limit=1).key,
        Query("m1", "A", properties=(("P17", "x", ""),)).key,
    }
    assert len(keys) == 5
    assert json.loads(json.dumps(Query("m1", "A").plain)) == {"query": "A", "limit": 5}


def test_what_yente_and_wikidata_send() -> None:
    """The shapes that these two services answer in, with invented things."""
    manifest = {
        "versions": ["0.2"],
        "name": "Collection (yente)",
        "identifierSpace": "https://www.things.example/reference/#schema",
        "schemaSpace": "https://www.things.example/reference/#schema",
        "view": {"url": "https://www.things.example/entities/{{id}}/"},
        "batchSize": 3,
        "defaultTypes": [{"id": "Person", "name": "Person", "description": "A person"}],
    }
    features = [{"id": "name_match", "value": 0.9, "description": ""}]
    person = [{"id": "Person", "name": "Person", "broader": [{"id": "LegalEntity"}]}]
    yente = candidate("NK-7", "Arda VELIN", 93, True, type=person, features=features)
    with recon(knowing({"Arda Velin": [yente]}), manifest=manifest) as served:
        found = service(served.url, QUICK)
        (reply,) = asked("Arda Velin", url=served.url)
    assert (found.batch, found.types) == (3, frozenset({"Person"}))
    assert reply.candidates[0].iri == "https://www.things.example/entities/NK-7/"
    wikidata = {
        "description": "military officer",
        "features": [{"id": "all_labels", "value": 100}, {"id": "P31", "value": 100.0}],
        "id": "Q7",
        "match": True,
        "name": "Arda Velin",
        "score": 100.0,
        "type": [{"id": "Q5", "name": "human"}],
    }
    space = "http://www.wikidata.org/entity/"
    manifest = {**MANIFEST, "identifierSpace": space, "view": {"url": "https://w.example/{{id}}"}}
    with recon(knowing({"Arda Velin": [wikidata]}), manifest=manifest) as served:
        (reply,) = asked("Arda Velin", url=served.url)
    (only,) = reply.candidates
    assert (only.iri, only.types, only.description) == (space + "Q7", ("Q5",), "military officer")
