"""A chat-completions server on this machine that answers by a script, well or badly."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any]], "Reply"]


@dataclass
class Reply:
    """One HTTP response. drip: seconds between single bytes; cut: bytes promised too many."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    drip: float = 0.0
    cut: int = 0


@dataclass
class Chat:
    """A running server: where it is, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


def completion(content: Any, finish: str = "stop") -> bytes:
    """The body of a chat completion; anything but a string is written as JSON."""
    text = content if isinstance(content, str) else json.dumps(content)
    message = {"role": "assistant", "content": text}
    return json.dumps({"choices": [{"message": message, "finish_reason": finish}]}).encode()


def said(*statements: Any) -> Script:
    """Always these statements; actors written as names are numbered as the question numbers them.

    Statements whose quote is not in the passage asked about are left out, as by an honest model;
    one with the key *invented* is told all the same.
    """

    def script(request: dict[str, Any]) -> Reply:
        question = request["messages"][-1]["content"]
        passage, actors = question.split("\n\nActors\n")
        numbers = {
            name: int(number) for number, name in re.findall(r"^(\d+): (.*?) \(", actors, re.M)
        }
        told = []
        for statement in statements:
            if not isinstance(statement, dict):
                told.append(statement)
                continue
            invented = "invented" in statement
            if not invented and " ".join(statement["quote"].split()) not in " ".join(
                passage.split()
            ):
                continue
            plain = {k: v for k, v in statement.items() if k != "invented"}
            for slot in ("subject", "object"):
                if isinstance(plain.get(slot), str):
                    plain[slot] = numbers[plain[slot]]
            told.append(plain)
        return Reply(completion({"statements": told}))

    return script


@contextmanager
def chat(*scripts: Script | Reply) -> Iterator[Chat]:
    """A server that answers the first question by the first script, and so on; the last goes on."""
    remaining = list(scripts)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            request = json.loads(self.rfile.read(length))
            served.asked.append(request)
            served.headers.append(dict(self.headers))
            served.paths.append(self.path)
            script = remaining.pop(0) if len(remaining) > 1 else remaining[0]
            self._reply(script if isinstance(script, Reply) else script(request))

        def do_GET(self) -> None:
            served.paths.append(f"GET {self.path}")
            self._reply(Reply(completion({"statements": []})))

        def _reply(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body) + reply.cut))
                self.end_headers()
                size = 1 if reply.drip else max(1, len(reply.body))
                for start in range(0, len(reply.body), size):
                    self.wfile.write(reply.body[start : start + size])
                    self.wfile.flush()
                    time.sleep(reply.drip)
            except OSError:
                pass  # the client has given up, as it should

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Chat(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
