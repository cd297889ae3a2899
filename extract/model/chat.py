"""A client of chat-completions servers: one question, one answer of a given JSON schema.

Speaks `POST /v1/chat/completions` with `response_format` json_schema, as llama.cpp, vLLM, Ollama
and LM Studio serve it. Nothing else is contacted, and redirects are not followed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from ...ontologies.error import ActorgraphError
from ..text.failure import UnreadableError

_LARGEST = 8 * 2**20  # bytes of an answer
_LONGEST_PAUSE = 30.0  # seconds, whatever the server asks for
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSED = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405})
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Server:
    """Where a model is served, and how patiently to ask it.

    url: the server or its `/v1`. key: sent as bearer token if there is one. timeout: seconds for a
    whole answer; attempts: how often to ask in all; pause: seconds before the second attempt,
    doubled before each further one. `answer_tokens` bounds the answer.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0
    attempts: int = 3
    pause: float = 1.0
    answer_tokens: int = 4096

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ActorgraphError(
                f"{self.url!r} is no server's address; write it as http://localhost:8080"
            )

    @property
    def endpoint(self) -> str:
        """The address that questions are posted to."""
        base = self.url.rstrip("/")
        if base.endswith("/chat/completions"):
            return base
        return f"{base}/chat/completions" if base.endswith("/v1") else f"{base}/v1/chat/completions"


class _BusyError(Exception):
    """Worth asking again: reason, and how many seconds the server wants to be left alone."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


class _Stay(HTTPRedirectHandler):
    """Texts and keys go where the user said, and nowhere else."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def answer(server: Server, messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any]) -> Any:
    """The model's answer as JSON values, asked for at temperature 0.

    Raises:
        UnreadableError: this question got no usable answer: the server was too slow or failed
            every time, refused this very question, or the answer is cut off or no JSON.
        ActorgraphError: the server cannot be reached, or refuses every question.
    """
    body = json.dumps(
        {
            "model": server.model,
            "messages": list(messages),
            "temperature": 0,
            "seed": 0,
            "stream": False,
            "max_tokens": server.answer_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "statements", "strict": True, "schema": schema},
            },
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")
    return _content(_patiently(server, body))


def _patiently(server: Server, body: bytes) -> bytes:
    reason = ""
    for attempt in range(server.attempts):
        try:
            return _posted(server, body)
        except _BusyError as busy:
            reason = str(busy)
            if attempt + 1 < server.attempts:
                time.sleep(min(max(server.pause * 2**attempt, busy.pause), _LONGEST_PAUSE))
    raise UnreadableError(
        f"the model did not answer ({reason}, {server.attempts} attempts)",
        "see what the server says, or give it more time with --llm-timeout",
    )


def _posted(server: Server, body: bytes) -> bytes:
    """The body of the answer to one request."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    request = Request(server.endpoint, data=body, headers=headers, method="POST")
    deadline = time.monotonic() + server.timeout
    try:
        with _opener(server).open(request, timeout=server.timeout) as response:
            return _read(response, deadline)
    except HTTPError as error:
        with error:
            raise _complaint(server, error) from None
    except TimeoutError:
        raise _BusyError(f"no answer within {server.timeout:g} s") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _BusyError(f"no answer within {server.timeout:g} s") from None
        raise ActorgraphError(
            f"no server answers at {server.endpoint} ({error.reason}); start it, or check --llm-url"
        ) from None
    except (HTTPException, ConnectionError) as error:
        raise _BusyError(f"the connection broke: {type(error).__name__}") from None


def _opener(server: Server) -> OpenerDirector:
    """An opener that stays at this address; a server on this machine is asked without proxy."""
    if urlsplit(server.url).hostname in _LOCAL:
        return build_opener(_Stay, ProxyHandler({}))
    return build_opener(_Stay)


def _read(response: HTTPResponse, deadline: float) -> bytes:
    """All of a response; one that drips in for longer than the deadline is given up."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65536):
        parts.append(part)
        size += len(part)
        if size > _LARGEST:
            raise UnreadableError(
                "the model's answer does not end", "try another model, or look at the server"
            )
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:  # bytes still promised
        raise ConnectionError
    return b"".join(parts)


def _complaint(server: Server, error: HTTPError) -> Exception:
    """What to make of an HTTP status, told in the server's own words."""
    words = " ".join(error.read(2000).decode("utf-8", "replace").split())[:200]
    told = f"HTTP {error.code}" + (f": {words}" if words else "")
    if error.code in _BUSY:
        pause = error.headers.get("Retry-After", "")
        return _BusyError(told, float(pause) if pause.isdigit() else 0.0)
    if error.code in _REFUSED:
        return ActorgraphError(
            f"{server.endpoint} refuses to answer ({told}); check --llm-url, --llm-model and the "
            "key in ACTORGRAPH_LLM_KEY"
        )
    return UnreadableError(
        f"the server refused the question ({told})",
        "check that it supports JSON schemas and holds a page of text in its context",
    )


def _content(body: bytes) -> Any:
    """The JSON values in the message of a chat completion."""
    try:
        choice = json.loads(body)["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise UnreadableError(
            "the server's answer is no chat completion", "check that --llm-url is a chat server"
        ) from None
    if choice.get("finish_reason") == "length":
        raise UnreadableError(
            "the model's answer was cut off", "give the server a larger context, or try another"
        )
    try:
        return json.loads(content)
    except (ValueError, TypeError, RecursionError):
        raise UnreadableError(
            "the model's answer is no JSON",
            "use a server that enforces response_format json_schema",
        ) from None
