"""Posts as rows: a node of its own, tied to its holder and its organization."""

from __future__ import annotations

from collections.abc import Iterable

from ..graph.post import Post, PostClaim, PostValue
from .cell import json_text, meant_as, said_by


def post_cells(post: Post) -> dict[str, object]:
    """The node of a post."""
    return {
        "id": post.id,
        "label": post.label + meant_as(post.polarity, post.certainty, post.plain),
        "kind": "post",
        "type": post.relation,
        "documents": post.documents,
        "polarity": post.polarity,
        "certainty": post.certainty,
        "plain": post.plain,
        "confidence": post.confidence,
        "sources": post.sources,
        "titles": _told(post.titles),
        "ranks": _told(post.ranks),
        "first_cited": post.first_cited,
        "last_cited": post.last_cited,
        "starts": _told(post.starts),
        "ends": _told(post.ends),
        "claims": json_text([_claim(claim) for claim in post.claims]),
    }


def _told(values: Iterable[PostValue]) -> tuple[str, ...]:
    """Values told, each once; one that only sources tell says so."""
    plain = {v.value for v in values if v.plain}
    return tuple(sorted({v.value if v.value in plain else f"{v.value} [reported]" for v in values}))


def _claim(claim: PostClaim) -> dict[str, object]:
    """What a claim says of a post, and the statement whose evidence its edge holds."""
    cells = {
        "says": claim.effect,
        "edge": claim.edge,
        "statement": claim.evidence.statement,
        "document": claim.evidence.document,
        "relation": claim.relation,
        "title": claim.title,
        "cited": claim.cited,
        "dated_by": claim.basis,
        "plain": claim.plain,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "source": said_by(claim.source),
        "quote": claim.evidence.quote,
    }
    return {name: cell for name, cell in cells.items() if cell is not None}


def tie_cells(post: Post, role: str, entity: str) -> dict[str, object]:
    """The edge from a post to its holder or organization."""
    note = meant_as(post.polarity, post.certainty, post.plain)
    return {
        "id": f"{post.id}|{role}|{entity}",
        "from": post.id,
        "to": entity,
        "label": role.replace("_", " ") + note,
        "kind": role + note,
        "layer": "post",
        "relation": role,
        "plain": post.plain,
        "polarity": post.polarity,
        "certainty": post.certainty,
        "role": role,
        "weight": max(post.confidence, 0.001),
        "confidence": post.confidence,
        "sources": post.sources,
        "first_cited": post.first_cited,
        "last_cited": post.last_cited,
        "documents": post.documents,
    }
