"""A reconciliation service on this machine, over a few invented things, well or badly behaved."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

SPACE = "https://things.example/id/"
MANIFEST = {
    "versions": ["0.1", "0.2"],
    "name": "Invented things",
    "identifierSpace": SPACE,
    "schemaSpace": "https://things.example/type/",
    "defaultTypes": [{"id": "Person", "name": "Person"}],
}


@dataclass
class Reply:
    """One HTTP response, after some seconds of `delay`."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0


Queries = dict[str, dict[str, Any]]
Script = Callable[[Queries], Reply]


@dataclass
class Recon:
    """A running service: where it is, and which batches it was asked."""

    url: str
    asked: list[Queries] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """All names asked about, in order."""
        return [query["query"] for batch in self.asked for query in batch.values()]


def candidate(
    id_: str, name: str, score: float, match: bool = False, **more: Any
) -> dict[str, Any]:
    return {"id": id_, "name": name, "score": score, "match": match, "type": [], **more}


def results(found: Mapping[str, Any], queries: Queries) -> Reply:
    """The candidates of each query by its name."""
    body = {key: {"result": found.get(query["query"], [])} for key, query in queries.items()}
    return Reply(json.dumps(body).encode())


def knowing(found: Mapping[str, Any]) -> Script:
    """Answers each name with its candidates, as many as wanted."""
    return lambda queries: results(found, queries)


@contextmanager
def recon(*scripts: Script | Reply, manifest: Any = None) -> Iterator[Recon]:
    """A service that answers the first batch by the first script, and so on; the last goes on.

    manifest: JSON values or a Reply instead of the usual manifest.
    """
    remaining = list(scripts)
    served: Recon

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.paths.append(f"GET {self.path}")
            told = MANIFEST if manifest is None else manifest
            self._reply(told if isinstance(told, Reply) else Reply(json.dumps(told).encode()))

        def do_POST(self) -> None:
            served.paths.append(f"POST {self.path}")
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            queries = json.loads(form["queries"][0])
            served.asked.append(queries)
            script = remaining.pop(0) if len(remaining) > 1 else remaining[0]
            self._reply(script if isinstance(script, Reply) else script(queries))

        def _reply(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except OSError:
                pass  # the client has given up, as it should

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Recon(f"http://127.0.0.1:{server.server_port}/reconcile")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
