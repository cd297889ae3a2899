"""How Neo4j names nodes and relationships."""

from __future__ import annotations

import re

from .row import Row

CLAIM = "CLAIM"
"""Relationship type of every statement that is not a plain fact.

`MATCH ()-[:KILLED]->()` must never find a killing that was denied, planned or only alleged.
"""


def labels(row: Row) -> list[str]:
    """A node's labels: its kind and its class, as in `:Entity:Person`."""
    names = [str(row["kind"]).capitalize()]
    if "type" in row:
        names.append(_identifier(str(row["type"])))
    return names


def relationship_type(row: Row) -> str:
    """An edge's type: `KILLED_IN_STRIKE`, a role for participants, `CLAIM` for what is no fact."""
    if not row["plain"]:
        return CLAIM
    return _identifier(str(row.get("relation", "related"))).upper()


def _identifier(name: str) -> str:
    """A name that needs no quoting in Cypher."""
    return re.sub(r"\W", "_", name, flags=re.ASCII).lstrip("0123456789") or "_"
