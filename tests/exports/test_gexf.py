"""What Gephi silently drops or refuses in GEXF and GraphML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from actorgraph.exports.gexf import day

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def test_dated_edges_have_whole_days(directory: Path) -> None:
    root = ET.parse(directory / "graph.gexf").getroot()
    dated = {
        e.get("id"): (e.get("start"), e.get("end"))
        for e in root.iter(f"{GEXF}edge")
        if e.get("end")
    }
    command = ("2019-01-01", "2021-02-28")
    assert dated == {
        "r01": ("2021-03-04", "2021-03-04"),
        **dict.fromkeys(("r05", "p1|holder|e1", "p1|post_in|e2"), command),
    }
    graph = root.find(f"{GEXF}graph")
    assert graph is not None and graph.get("timeformat") == "date"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-01-03", "2020-01-03", "2020-01-03"),
        ("2020-01-03T10:00:00", "2020-01-03", "2020-01-03"),
        ("2021-02-29", None, None),
        ("2020-13", None, None),
        ("0000", None, None),
        ("on Friday", None, None),
        ("None", None, None),
    ],
)
def test_day(value: str, first: str | None, last: str | None) -> None:
    assert day(value) == first
    assert day(value, last=True) == last


def test_edge_ids_are_unique_and_labels_tell_the_stance(directory: Path) -> None:
    root = ET.parse(directory / "graph.gexf").getroot()
    edges = {e.get("id"): e for e in root.iter(f"{GEXF}edge")}
    assert len(edges) == len(list(root.iter(f"{GEXF}edge"))) == 20
    assert all(float(e.get("weight", 0)) > 0 for e in edges.values())
    labels = {id_: (e.get("label"), e.get("kind")) for id_, e in edges.items()}
    assert labels["r01"] == ("killed in strike", "killed_in_strike")
    assert labels["r04"] == ("attacked [denied]", "attacked [denied]")
    assert labels["r06"] == ("commanded [planned]", "commanded [planned]")
    assert labels["v3|agent|e2"] == ("agent [denied]", "agent [denied]")
    assert labels["p1|holder|e1"] == ("holder", "holder")
    assert labels["p2|holder|e6"] == ("holder [possible]", "holder [possible]")


def test_colours_are_red_green_blue_by_class(directory: Path) -> None:
    root = ET.parse(directory / "graph.gexf").getroot()
    colours: dict[str, set[tuple[str, ...]]] = {}
    for node in root.iter(f"{GEXF}node"):
        paint = node.find(f"{VIZ}color")
        assert paint is not None and sorted(paint.keys()) == ["b", "g", "r"]
        values = {v.get("for"): v.get("value") for v in node.iter(f"{GEXF}attvalue")}
        if values["kind"] == "entity":
            colour = tuple(paint.get(part, "") for part in "rgb")
            assert all(0 <= int(part) <= 255 for part in colour)
            colours.setdefault(str(values["type"]), set()).add(colour)
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(colours) == 4


def test_attributes_are_declared_once_with_common_types(directory: Path) -> None:
    gexf = ET.parse(directory / "graph.gexf").getroot()
    for scope in gexf.iter(f"{GEXF}attributes"):
        ids = [a.get("id") for a in scope.iter(f"{GEXF}attribute")]
        types = {a.get("type") for a in scope.iter(f"{GEXF}attribute")}
        assert len(ids) == len(set(ids))
        assert types <= {"boolean", "integer", "double", "string"}
    graphml = ET.parse(directory / "graph.graphml").getroot()
    keys = list(graphml.iter(f"{GRAPHML}key"))
    assert {key.get("attr.type") for key in keys} == {"boolean", "int", "double", "string"}
    declared = {(key.get("for"), key.get("id")) for key in keys}
    assert len(declared) == len(keys)
    for scope_ in ("node", "edge"):
        for element in graphml.iter(GRAPHML + scope_):
            used = [data.get("key") for data in element]
            assert len(used) == len(set(used))
            assert {(scope_, key) for key in used} <= declared


def test_line_ends_of_quotes_are_escaped(directory: Path) -> None:
    for file in ("graph.gexf", "graph.graphml"):
        text = (directory / file).read_bytes().decode("utf-8")
        assert "\r" not in text and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
        assert "</script>" not in text
