"""Reads graph.cypher by the grammar it may use, and nothing more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from .content import Content, content_of_rows

_LITERAL = re.compile(
    r'\s*(?:(?P<text>"(?:[^"\\\n]|\\[ntr"\\]|\\u[0-9a-fA-F]{4})*")|(?P<word>true|false)|'
    r"(?P<number>-?\d+(?:\.\d+)?(?:e-?\d+)?)|(?P<name>[a-z_]+):|(?P<sign>[\[\]{},]))"
)


def cypher_literal(text: str) -> Any:
    """A Cypher list of maps, read by the grammar of openCypher literals and nothing more."""
    tokens = []
    position = 0
    while position < len(text.rstrip()):
        match = _LITERAL.match(text, position)
        assert match, f"no Cypher literal: {text[position : position + 60]!r}"
        tokens.append((match.lastgroup, match[match.lastgroup or 0]))
        position = match.end()

    def value(at: int) -> tuple[Any, int]:
        kind, token = tokens[at]
        if kind != "sign":
            return json.loads(token), at + 1
        close = {"[": "]", "{": "}"}[token]
        items: list[Any] = []
        at += 1
        while tokens[at][1] != close or tokens[at][0] != "sign":
            if items:
                assert tokens[at] == ("sign", ",")
                at += 1
            if close == "}":
                assert tokens[at][0] == "name"
                item, after = value(at + 1)
                items.append((tokens[at][1], item))
                at = after
            else:
                item, at = value(at)
                items.append(item)
        return (dict(items) if close == "}" else items), at + 1

    found, end = value(0)
    assert end == len(tokens)
    return found


_STATEMENT = re.compile(r"UNWIND (?P<rows>\[.*\]) AS row\n(?P<rest>M.*)", re.DOTALL)


def read_cypher(directory: Path) -> Content:
    nodes, edges = [], []
    script = (directory / "graph.cypher").read_text(encoding="utf-8")
    first, *statements = script.removesuffix(";\n").split(";\n")
    assert first.startswith("CREATE CONSTRAINT actorgraph_node_id IF NOT EXISTS FOR")
    for statement in statements:
        match = _STATEMENT.fullmatch(statement)
        assert match, statement[:80]
        rows = cypher_literal(match["rows"])
        if label := re.fullmatch(
            r"MERGE \(n:ActorgraphNode \{id: row.id\}\)\nSET n = row\nSET n:([A-Z]\w+(:\w+)?)",
            match["rest"],
        ):
            assert all(row["kind"] == label[1].partition(":")[0].lower() for row in rows)
            nodes += rows
        else:
            type_ = re.fullmatch(
                r"MATCH \(a:ActorgraphNode \{id: row.a\}\)\n"
                r"MATCH \(b:ActorgraphNode \{id: row.b\}\)\n"
                r"MERGE \(a\)-\[r:([A-Z_]+) \{id: row.cells.id\}\]->\(b\)\nSET r = row.cells",
                match["rest"],
            )
            assert type_, match["rest"]
            assert all(row["cells"]["plain"] == (type_[1] != "CLAIM") for row in rows)
            edges += [{**row["cells"], "from": row["a"], "to": row["b"]} for row in rows]
    return content_of_rows(nodes, edges)
