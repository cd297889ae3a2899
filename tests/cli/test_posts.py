"""Posts and warnings at the command line: listed, asked about, settled, undone, compared."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from actorgraph.cli.extractor import EXTRACTORS, Choice
from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Qualifier,
    Reference,
    Stance,
    Statement,
    entity_id,
)
from actorgraph.extract.text.document import Document

from .conftest import Run

TEXTS = {
    "a.txt": "Marsh commanded Falcon on 2031-01-01. Marsh commanded Falcon on 2031-09-01.",
    "b.txt": "Holt commanded Falcon on 2031-05-01.",
    "c.txt": "Holt commanded Heron on 2031-07-01.",
}
_SENTENCE = re.compile(r"(\w+) commanded (\w+) on ([\d-]+)\.")


class Postings:
    """Reads *A commanded B on DATE.*"""

    name = "postings"
    key = "postings 1"

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            found = list(_SENTENCE.finditer(document.text))
            spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
            for match in found:
                for group, type_ in ((1, "Person"), (2, "MilitaryUnit")):
                    spans.setdefault((match[group], type_), []).append(match.span(group))
            ids = {key: entity_id(document.id, *places[0]) for key, places in spans.items()}
            entities = tuple(
                DocumentEntity(ids[key], key[0], key[1], (key[0],), tuple(places), "Peru")
                for key, places in spans.items()
            )
            yield Extraction(
                document, entities, tuple(self.statement(document, m, ids) for m in found)
            )

    def statement(
        self, document: Document, match: re.Match[str], ids: dict[tuple[str, str], str]
    ) -> Statement:
        def end(group: int, type_: str) -> Reference:
            name = match[group]
            return Reference(ids[name, type_], name, name, *match.span(group), type_)

        cue = match.end(1) + 1
        return Statement(
            document=document.id,
            relation="commanded",
            phrase="commanded",
            subject=end(1, "Person"),
            object=end(2, "MilitaryUnit"),
            stance=Stance(),
            evidence=Evidence(document.id, *match.span(), match[0], cue, cue + len("commanded")),
            rule="postings",
            extractor=self.name,
            confidence=0.9,
            qualifiers={"when": Qualifier(match[3], *match.span(3), match[3], "day")},
            plain=True,
        )


@pytest.fixture
def files(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def postings(choice: Choice) -> Postings:
        return Postings()

    monkeypatch.setitem(EXTRACTORS, "rules", postings)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text)
    run("build", "a.txt", "b.txt", "-o", "out")
    return tmp_path


def warnings(run: Run, *more: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("warnings", "out", "--json", *more).out)
    return found


def test_the_summary_counts_posts_and_warnings(run: Run, files: Path) -> None:
    told = json.loads(run("build", "-o", "out", "--json").out)
    assert (told["posts"], told["posts_alleged"], told["warnings"]) == (2, 0, 1)
    assert "Warnings    1; actorgraph warnings lists them" in run("build", "-o", "out").out


def test_warnings_show_both_sides(run: Run, files: Path) -> None:
    out = run("warnings", "out").out
    assert "two_commanders\n  Falcon has two commanders at once" in out
    assert "b.txt: “Holt commanded Falcon on 2031-05-01.”" in out
    assert "a.txt: “Marsh commanded Falcon on 2031-01-01.”" in out
    (told,) = warnings(run)
    assert {len(told[side]) for side in ("left", "right")} == {1, 2}  # type: ignore[arg-type]
    assert run("warnings", "out", "--kind", "other_country").out == "no warnings\n"


def test_settling_and_undoing(run: Run, files: Path) -> None:
    (told,) = warnings(run)
    result = run("judge", "out", "dismiss", str(told["id"]), "--reason", "shared", "--author", "A")
    assert result.out.startswith("judgement 1\n")
    assert warnings(run) == []
    (settled,) = warnings(run, "--all")
    assert settled["settled"] == "dismissed"
    trig = Path("out/graph.trig").read_text()
    assert 'ag:settled "dismissed"' in trig
    assert 'ag:decision "dismissed"' in trig
    assert 'rdfs:comment "shared"' in trig
    assert run("judge", "out", "accept", str(told["id"])).status == 2
    run("judge", "out", "undo", "1")
    assert len(warnings(run)) == 1
    assert "no warning 'w0'" in run("judge", "out", "accept", "w0").err


def test_review_asks_about_warnings(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["s", "n 3", "n", "d: shared for a year"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    result = run("review", "out", "--kind", "warning", "--author", "A")
    assert "Does not fit together: two_commanders" in result.out
    assert result.out.count("is no decision on a warning") == 3
    assert result.out.endswith("1 judgements\n")
    assert warnings(run) == []
    told = run("status", "out", "--judgements").out
    assert "            shared for a year\n" in told
    assert "Marsh —commanded→ Falcon, a.txt: “Marsh commanded Falcon on 2031-01-01.”" in told


def test_one_side_may_be_no_fact(run: Run, files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "n 2")
    assert run("review", "out", "--kind", "warning").out.endswith("1 judgements\n")
    assert warnings(run, "--all") == []


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("accept", ""),
        ("not_a_fact_1", ""),
        ("same", "is no decision on a warning"),
        ("not_a_fact", "is no decision on a warning"),
    ],
)
def test_review_of_warnings_in_a_table(decision: str, said: str, run: Run, files: Path) -> None:
    run("review", "out", "--kind", "warning", "--export", "doubts.csv")
    rows = list(csv.DictReader(io.StringIO(Path("doubts.csv").read_text())))
    assert [row["rule"] for row in rows] == ["two_commanders"]
    rows[0]["decision"] = decision
    with Path("doubts.csv").open("w") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    result = run("review", "out", "--import", "doubts.csv")
    assert said in result.err
    assert len(warnings(run)) == (1 if said else 0)


def test_why_tells_the_claims_of_a_post(run: Run, files: Path) -> None:
    (told,) = warnings(run)
    nodes = told["nodes"]
    assert isinstance(nodes, list)
    marsh = next(n["id"] for n in nodes if n["name"].startswith("Marsh:"))
    out = run("why", "out", marsh).out
    assert "of 2 claims" in out
    assert "start        not known" in out
    assert "holds 2031-09-01 (date told): commanded" in out
    assert json.loads(run("why", "out", marsh, "--json").out)["last_cited"] == "2031-09-01"


def test_diff_tells_posts_and_warnings(run: Run, files: Path) -> None:
    run("build", "b.txt", "-o", "old")
    told = json.loads(run("diff", "old", "out", "--json").out)
    assert [p["told"] for p in told["posts"]["gained"]] == ["Marsh: commanded Falcon"]
    assert len(told["warnings"]["gained"]) == 1
    out = run("diff", "out", "old").out
    assert "Posts       +0 -1 ~0" in out
    assert "  - two_commanders: Falcon has two commanders at once" in out


def test_adding_and_removing_is_the_identity(run: Run, files: Path) -> None:
    def exports() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in Path("out").iterdir() if p.is_file()}

    before = exports()
    run("build", "c.txt", "-o", "out")
    assert exports() != before
    run("remove", "c.txt", "-o", "out")
    assert exports() == before
