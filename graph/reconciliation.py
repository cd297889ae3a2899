"""Reconciliation: asking a service which of its things an entity is.

Speaks the W3C Reconciliation Service API 0.2 (reconciliation-api.github.io/specs/0.2), as Wikidata,
OpenRefine's services and yente do: the manifest by GET, batches of queries by POST.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from ..extract.http import (
    Call,
    EndlessError,
    Patience,
    RefusedError,
    ServerError,
    UnansweredError,
    UnreachableError,
    answer_to,
    is_address,
)
from ..ontologies.error import ActorgraphError
from .answer import Candidate

BATCH = 10
"""Queries in one request, if the service says nothing else."""
_MOST = 50  # queries in one request, whatever the service says
_PATIENT = 3  # failed requests in a row after which the service is given up
_TOO_MUCH = frozenset({400, 413, 414, 422})  # perhaps of a whole batch only
_VERSIONS = ("0.1", "0.2")
_HEADERS = {"Accept": "application/json", "User-Agent": "actorgraph"}


@dataclass(frozen=True, slots=True)
class Service:
    """A service as its manifest tells: `space` is prefixed to ids, or else `view` holds `{{id}}`.

    `types` are the ids of the types it names, `batch` how many queries it takes at once.
    """

    url: str
    name: str
    space: str
    view: str = ""
    batch: int = BATCH
    types: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        """Its URL without the query, where keys are: by it the service is named."""
        return address(self.url)

    def iri(self, id_: str) -> str:
        """The IRI of a thing of the service."""
        if id_.startswith(("http://", "https://")):
            return id_
        if self.space.endswith(("/", "#", "=", ":")):
            return self.space + quote(id_, safe="-._~:/")
        return self.view.replace("{{id}}", quote(id_, safe="-._~"))


@dataclass(frozen=True, slots=True)
class Query:
    """A question about a document entity: its name, type and properties as the service has them."""

    member: str
    name: str
    type: str = ""
    properties: tuple[tuple[str, str, str], ...] = ()  # property, value, the value's id or ""
    limit: int = 5

    @property
    def plain(self) -> dict[str, Any]:
        """As the service reads it."""
        found: dict[str, Any] = {"query": self.name, "limit": self.limit}
        if self.type:
            found["type"] = self.type
        if self.properties:
            found["properties"] = [
                {"pid": pid, "v": {"id": id_, "name": value} if id_ else value}
                for pid, value, id_ in self.properties
            ]
        return found

    @property
    def key(self) -> str:
        """A hash that stands for the question."""
        text = json.dumps(self.plain, sort_keys=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of a query: candidates in the service's order, or why there are none."""

    query: Query
    candidates: tuple[Candidate, ...] = ()
    failure: str = ""


def address(url: str) -> str:
    """A URL without query, fragment and user."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def service(url: str, patience: Patience) -> Service:
    """The service at an address. Raises ActorgraphError if there is none, or it cannot be used."""
    if not is_address(url):
        raise ActorgraphError(f"{url!r} is no address; write https://host/path of the service")
    try:
        manifest = json.loads(answer_to(Call(url, dict(_HEADERS)), patience))
    except ServerError as error:
        raise _unusable(url, error) from None
    except (ValueError, RecursionError):
        manifest = None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("name"), str):
        raise ActorgraphError(
            f"{address(url)}: what answers is no reconciliation service, for its manifest is "
            "not JSON with a name; check --url"
        )
    versions = manifest.get("versions")
    if isinstance(versions, list) and versions and not set(_VERSIONS) & set(map(str, versions)):
        raise ActorgraphError(
            f"{address(url)}: speaks version {', '.join(map(str, versions))} of the API, and this "
            f"actorgraph {' and '.join(_VERSIONS)}"
        )
    return _described(url, manifest)


def _described(url: str, manifest: Mapping[str, Any]) -> Service:
    space, view = manifest.get("identifierSpace"), manifest.get("view")
    template = view.get("url") if isinstance(view, dict) else ""
    types = manifest.get("defaultTypes")
    batch = manifest.get("batchSize")
    found = Service(
        url=url,
        name=manifest["name"],
        space=space if isinstance(space, str) and is_address(space) else "",
        view=template if isinstance(template, str) and "{{id}}" in template else "",
        batch=min(batch, _MOST) if isinstance(batch, int) and batch > 0 else BATCH,
        types=frozenset(_type(t) for t in types) if isinstance(types, list) else frozenset(),
    )
    if not is_address(found.iri("x")):
        raise ActorgraphError(
            f"{found.address}: its manifest gives no identifierSpace that ids can follow, and no "
            "view.url; its things have no IRIs"
        )
    return found


def replies(asked: Service, queries: Sequence[Query], patience: Patience) -> Iterator[list[Reply]]:
    """The replies to queries, a request's together, in order.

    A batch the service finds too large, or answers with what is none, is asked again in halves.
    Raises ActorgraphError when the service cannot be reached, refuses, or fails again and again.
    """
    failures = 0
    for start in range(0, len(queries), asked.batch):
        found = _replied(asked, queries[start : start + asked.batch], patience)
        failures = failures + 1 if all(reply.failure for reply in found) else 0
        yield found
        if failures == _PATIENT:
            raise ActorgraphError(
                f"{asked.address}: failed {failures} times in a row ({found[0].failure}); what was "
                "answered is kept, so run the same command again later"
            )


def _replied(asked: Service, queries: Sequence[Query], patience: Patience) -> list[Reply]:
    numbered = {f"q{number}": query for number, query in enumerate(queries)}
    form = {"queries": json.dumps({key: query.plain for key, query in numbered.items()})}
    headers = {**_HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        body = answer_to(Call(asked.url, headers, urlencode(form).encode("ascii")), patience)
        results = json.loads(body)
        if not isinstance(results, dict) or not numbered.keys() & results.keys():
            raise ValueError
    except (ValueError, RecursionError, RefusedError, EndlessError) as error:
        if isinstance(error, RefusedError) and error.code not in _TOO_MUCH:
            raise _unusable(asked.url, error) from None
        if len(queries) > 1:
            half = len(queries) // 2
            return [
                *_replied(asked, queries[:half], patience),
                *_replied(asked, queries[half:], patience),
            ]
        told = str(error) if isinstance(error, ServerError) else "the answer is no result"
        return [Reply(query, failure=told) for query in queries]
    except UnansweredError as error:
        return [Reply(query, failure=str(error)) for query in queries]
    except UnreachableError as error:
        raise _unusable(asked.url, error) from None
    return [_reply(asked, query, results.get(key)) for key, query in numbered.items()]


def _unusable(url: str, error: ServerError) -> ActorgraphError:
    return ActorgraphError(
        f"{address(url)}: gives no answer ({error}); check --url, or try again later"
    )


def _reply(asked: Service, query: Query, result: Any) -> Reply:
    found = result.get("result") if isinstance(result, dict) else None
    if not isinstance(found, list):
        return Reply(query, failure="the answer has no result for it")
    candidates = tuple(c for c in (_candidate(asked, entry) for entry in found) if c is not None)
    if found and not candidates:
        return Reply(query, failure="no candidate of the answer has an id, a name and a score")
    return Reply(query, candidates)


def _candidate(asked: Service, entry: Any) -> Candidate | None:
    """A candidate that has all that the API demands."""
    if not isinstance(entry, dict):
        return None
    id_, name, score = entry.get("id"), entry.get("name"), entry.get("score")
    if not isinstance(id_, str) or not id_.strip() or not isinstance(name, str):
        return None
    if isinstance(score, bool) or not isinstance(score, int | float) or not math.isfinite(score):
        return None
    types = entry.get("type")
    told = entry.get("description")
    return Candidate(
        iri=asked.iri(id_.strip()),
        label=" ".join(name.split()),
        score=float(score),
        match=entry.get("match") is True,
        description=" ".join(told.split()) if isinstance(told, str) else "",
        types=tuple(_type(t) for t in types) if isinstance(types, list) else (),
    )


def _type(entry: Any) -> str:
    return str(entry.get("id", "") if isinstance(entry, dict) else entry)
