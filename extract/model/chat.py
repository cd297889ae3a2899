"""A client of chat-completions servers: one question, one answer of a given JSON schema.

Speaks `POST /v1/chat/completions` with `response_format` json_schema, as llama.cpp, vLLM, Ollama
and LM Studio serve it. Nothing else is contacted, and redirects are not followed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...ontologies.error import ActorgraphError
from ..http import (
    Call,
    EndlessError,
    Patience,
    RefusedError,
    UnansweredError,
    UnreachableError,
    answer_to,
    is_address,
)
from ..text.failure import UnreadableError

_REFUSED = frozenset({301, 302, 303, 307, 308, 401, 403, 404, 405})


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
        if not is_address(self.url):
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
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    patience = Patience(server.timeout, server.attempts, server.pause)
    try:
        return answer_to(Call(server.endpoint, headers, body), patience)
    except UnansweredError as error:
        raise UnreadableError(
            f"the model did not answer ({error})",
            "see what the server says, or give it more time with --llm-timeout",
        ) from None
    except EndlessError:
        raise UnreadableError(
            "the model's answer does not end", "try another model, or look at the server"
        ) from None
    except UnreachableError as error:
        raise ActorgraphError(
            f"no server answers at {server.endpoint} ({error}); start it, or check --llm-url"
        ) from None
    except RefusedError as error:
        raise _complaint(server, error) from None


def _complaint(server: Server, error: RefusedError) -> Exception:
    """What to make of a refusal."""
    if error.code in _REFUSED:
        return ActorgraphError(
            f"{server.endpoint} refuses to answer ({error}); check --llm-url, --llm-model and the "
            "key in ACTORGRAPH_LLM_KEY"
        )
    return UnreadableError(
        f"the server refused the question ({error})",
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
