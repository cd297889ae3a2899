"""The client of chat-completions servers, against a real server on this machine."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest
from actorgraph.extract.model.chat import Server, answer
from actorgraph.extract.text.failure import UnreadableError
from actorgraph.ontologies.error import ActorgraphError

from .chatserver import Chat, Reply, chat, completion

SCHEMA = {"type": "object"}
GOOD = Reply(completion({"statements": []}))


def asked(served: Chat, **options: Any) -> Any:
    server = Server(served.url, "tiny", **{"timeout": 5.0, "pause": 0.01, **options})
    return answer(server, [{"role": "user", "content": "Wer? — “Omar”"}], SCHEMA)


def test_a_question_is_asked_in_full_and_answered() -> None:
    with chat(Reply(completion({"statements": [1]}))) as served:
        assert asked(served) == {"statements": [1]}
    (request,) = served.asked
    assert request["model"] == "tiny"
    assert request["temperature"] == 0
    assert request["stream"] is False
    assert request["messages"] == [{"role": "user", "content": "Wer? — “Omar”"}]
    form = request["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    assert form["json_schema"]["schema"] == SCHEMA
    assert served.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("end", ["", "/", "/v1", "/v1/", "/v1/chat/completions"])
def test_an_address_may_be_written_in_several_ways(end: str) -> None:
    assert Server(f"http://localhost:1{end}", "m").endpoint == (
        "http://localhost:1/v1/chat/completions"
    )


@pytest.mark.parametrize("url", ["", "localhost:8080", "file:///etc/passwd", "ftp://a", "http://"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ActorgraphError, match="is no server's address"):
        Server(url, "m")


def test_the_key_is_sent_only_if_there_is_one_and_never_shown() -> None:
    with chat(GOOD) as served:
        asked(served)
        asked(served, key="secret")
    assert "Authorization" not in served.headers[0]
    assert served.headers[1]["Authorization"] == "Bearer secret"
    assert "secret" not in repr(Server("http://localhost", "m", key="secret"))


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(status: int) -> None:
    with chat(Reply(b"later", status), Reply(b"later", status), GOOD) as served:
        assert asked(served) == {"statements": []}
    assert len(served.asked) == 3


def test_a_server_that_always_fails_is_asked_only_so_often() -> None:
    with chat(Reply(b"out of memory", 500)) as served:
        with pytest.raises(UnreadableError, match=r"HTTP 500: out of memory, 3 attempts") as told:
            asked(served)
        assert "--llm-timeout" in told.value.remedy
    assert len(served.asked) == 3


def test_pauses_grow_and_respect_what_the_server_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    with chat(
        Reply(status=503),
        Reply(status=503),
        Reply(status=429, headers={"Retry-After": "7"}),
        Reply(status=429, headers={"Retry-After": "86400"}),
        GOOD,
    ) as served:
        monkeypatch.setattr(time, "sleep", pauses.append)
        asked(served, attempts=5, pause=1.0)
    assert [p for p in pauses if p] == [1.0, 2.0, 7.0, 30.0]  # the server's own are 0


@pytest.mark.parametrize("status", [401, 403, 404, 302, 307])
def test_a_server_that_refuses_everything_ends_the_run(status: int) -> None:
    with chat(Reply(b"no such model", status, {"Location": "/elsewhere"})) as served:
        with pytest.raises(ActorgraphError, match=f"HTTP {status}: no such model") as told:
            asked(served, key="secret")
        assert not isinstance(told.value, UnreadableError)
        assert "secret" not in str(told.value)
    assert served.paths == ["/v1/chat/completions"]  # a redirect is not followed


def test_a_question_that_is_too_long_costs_only_its_document() -> None:
    reply = Reply(b'{"error": "context length exceeded"}', 400)
    told = r"refused the question .*context length"
    with chat(reply) as served, pytest.raises(UnreadableError, match=told):
        asked(served)
    assert len(served.asked) == 1


def test_no_server_ends_the_run() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
    with pytest.raises(ActorgraphError, match=r"no server answers at http://127\.0\.0\.1") as told:
        answer(Server(url, "m"), [], SCHEMA)
    assert not isinstance(told.value, UnreadableError)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(completion({}), delay=2.0),  # nothing comes
        Reply(completion({}), drip=0.05),  # something always comes, but never all of it
    ],
    ids=["silent", "dripping"],
)
def test_a_slow_server_is_not_waited_for(reply: Reply) -> None:
    began = time.monotonic()
    with chat(reply) as served:
        with pytest.raises(UnreadableError, match=r"no answer within 0\.3 s, 2 attempts"):
            asked(served, timeout=0.3, attempts=2)
        assert time.monotonic() - began < 2.0
    assert len(served.asked) == 2


def test_a_connection_that_breaks_is_tried_again() -> None:
    with chat(Reply(completion({}), cut=100), Reply(completion({"a": 1}))) as served:
        assert asked(served, timeout=1.0) == {"a": 1}
    assert len(served.asked) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "no chat completion"),
        (b"<html>hello</html>", "no chat completion"),
        (b"[]", "no chat completion"),
        (b'{"choices": []}', "no chat completion"),
        (b'{"choices": [{"message": {}}]}', "no chat completion"),
        (b"[" * 100_000, "no chat completion"),
        (b"\xff\xfe\xfd", "no chat completion"),
        (completion("Here is what I found: {}"), "no JSON"),
        (completion('{"statements": [{"relation": "kil'), "no JSON"),
        (completion('{"statements": [', finish="length"), "was cut off"),
        (json.dumps({"choices": [{"message": {"content": None}}]}).encode(), "no JSON"),
        (completion("[" * 100_000), "no JSON"),
    ],
)
def test_what_is_no_answer_costs_only_its_document(body: bytes, reason: str) -> None:
    with chat(Reply(body)) as served, pytest.raises(UnreadableError, match=reason):
        asked(served)
    assert len(served.asked) == 1  # at temperature 0 a second answer is the same


def test_an_answer_without_end_is_given_up() -> None:
    endless = Reply(b" " * (8 * 2**20 + 1))
    with chat(endless) as served, pytest.raises(UnreadableError, match="does not end"):
        asked(served)
