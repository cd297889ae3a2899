"""Requests to a server that the user named: bounded in time, tries and size, and to it alone.

Redirects are not followed: texts, names and keys go where the user said, and nowhere else.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

LARGEST = 8 * 2**20
"""Bytes of an answer."""
_LONGEST_PAUSE = 30.0  # seconds, whatever the server asks for
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Patience:
    """timeout: seconds for a whole answer; attempts: how often to ask in all; pause: seconds before
    the second attempt, doubled before each further one.
    """

    timeout: float = 120.0
    attempts: int = 3
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request: posted if it has a body."""

    url: str
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = None


class ServerError(Exception):
    """A server gave no answer; the message says why."""


class UnreachableError(ServerError):
    """Nothing answers at the address."""


class UnansweredError(ServerError):
    """Too slow, or failing, every time."""


class EndlessError(ServerError):
    """The answer is larger than any should be."""


class RefusedError(ServerError):
    """The server answered with a status that is no success; `code` is the status."""

    def __init__(self, code: int, told: str) -> None:
        super().__init__(told)
        self.code = code


class _BusyError(Exception):
    """Worth asking again: reason, and how many seconds the server wants to be left alone."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


class _Stay(HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def is_address(url: str) -> bool:
    """Whether a text is the address of a server."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def answer_to(call: Call, patience: Patience) -> bytes:
    """The body of the answer. Raises a ServerError if there is none."""
    reason = ""
    for attempt in range(patience.attempts):
        try:
            return _fetched(call, patience)
        except _BusyError as busy:
            reason = str(busy)
            if attempt + 1 < patience.attempts:
                time.sleep(min(max(patience.pause * 2**attempt, busy.pause), _LONGEST_PAUSE))
    raise UnansweredError(f"{reason}, {patience.attempts} attempts")


def _fetched(call: Call, patience: Patience) -> bytes:
    """The body of the answer to one request."""
    request = Request(call.url, data=call.body, headers=call.headers)
    deadline = time.monotonic() + patience.timeout
    late = f"no answer within {patience.timeout:g} s"
    try:
        with _opener(call.url).open(request, timeout=patience.timeout) as response:
            return _read(response, deadline)
    except HTTPError as error:
        with error:
            raise _complaint(error) from None
    except TimeoutError:
        raise _BusyError(late) from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _BusyError(late) from None
        raise UnreachableError(str(error.reason)) from None
    except (HTTPException, ConnectionError) as error:
        raise _BusyError(f"the connection broke: {type(error).__name__}") from None


def _opener(url: str) -> OpenerDirector:
    """An opener that stays at this address; a server on this machine is asked without proxy."""
    if urlsplit(url).hostname in _LOCAL:
        return build_opener(_Stay, ProxyHandler({}))
    return build_opener(_Stay)


def _read(response: HTTPResponse, deadline: float) -> bytes:
    """All of a response; one that drips in for longer than the deadline is given up."""
    parts: list[bytes] = []
    size = 0
    while part := response.read1(65536):
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise EndlessError(f"more than {LARGEST // 2**20} MB")
        if time.monotonic() > deadline:
            raise TimeoutError
    if response.length:  # bytes still promised
        raise ConnectionError
    return b"".join(parts)


def _complaint(error: HTTPError) -> Exception:
    """What to make of an HTTP status, told in the server's own words."""
    words = " ".join(error.read(2000).decode("utf-8", "replace").split())[:200]
    told = f"HTTP {error.code}" + (f": {words}" if words else "")
    if error.code in _BUSY:
        pause = error.headers.get("Retry-After", "")
        return _BusyError(told, float(pause) if pause.isdigit() else 0.0)
    place = error.headers.get("Location", "")
    if 300 <= error.code < 400 and place:
        told += f" (sends on to {place})"
    return RefusedError(error.code, told)
