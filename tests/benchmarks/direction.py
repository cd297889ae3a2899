"""How often subject and object are swapped among statements that are otherwise right.

    python tests/benchmarks/direction.py [--plv GOLD] [--plover-gsr GOLD] [--tables] [--variants]

Four measures, each printed as swapped of so many, with every swap:

--plv, --plover-gsr: sentences of PLOVER's sets whose records mark who did it to whom. A typed
  statement counts if its ends stand in the two marked spans, in either order; relations without a
  direction (symmetric, or the mutual classes of PLOVER) do not.
--tables: the sentences of tests/extract/statements.tsv, against their hand-written statements.
--variants: sentences made from the ontology's own active examples: passive, relative, reduced
  relative, cleft, parenthetical and fronted forms with invented names. A relation of an example
  found the other way round is a swap.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.statement import Reference, Statement
from actorgraph.extract.text.document import Document
from plv import unmarked
from sentence_forms import Variant, variants

STATEMENTS = Path(__file__).parents[1] / "extract" / "statements.tsv"
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Sample:
    """A sentence with those who do it and those to whom it is done; `relation` if it is known."""

    text: str
    sources: Spans
    targets: Spans
    relation: str = ""


def plv_samples(path: Path) -> Iterator[Sample]:
    """The sentences of PLV with one source and one target, none of a mutual class."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            text, source, target = unmarked(row["sentence"])
            if source and target and row["rootcode"] not in MUTUAL:
                yield Sample(text, [source], [target])


def record_samples(path: Path) -> Iterator[Sample]:
    """The sentences of PLOVER's records that have both ends and a direction."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        source, target = (
            [(s["start"], s["end"]) for s in record[end]] for end in ("source", "target")
        )
        mutual = record["reciprocal"] or record["type"] in MUTUAL
        if source and target and not mutual:
            yield Sample(record["text"], source, target)


def inside(end: object, spans: Spans) -> bool:
    """Whether an end stands in one of the spans, and in no more than it."""
    return isinstance(end, Reference) and any(a <= end.start and end.end <= b for a, b in spans)


def order(statement: Statement, sample: Sample) -> bool | None:
    """True in the marked direction, False in the other, None where it is about others.

    Where the relation is known, an agent told to have suffered it is a swap, too.
    """
    if sample.relation and statement.subject is None:
        return False if inside(statement.object, sample.sources) else None
    for forwards, first, second in (
        (True, sample.sources, sample.targets),
        (False, sample.targets, sample.sources),
    ):
        if inside(statement.subject, first) and inside(statement.object, second):
            return forwards
    return None


def count(extractor: RuleExtractor, samples: Iterable[Sample], name: str) -> None:
    """Read each sentence and print how many statements are the wrong way round."""
    directed = {r.id for r in extractor.ontology.relations.values() if not r.symmetric}
    documents = [(sample, Document(sample.text)) for sample in samples]
    read = extractor.extractions(document for _, document in documents)
    seen: Counter[bool] = Counter()
    found = 0
    for (sample, _), extraction in zip(documents, read, strict=True):
        told = set()
        for statement in extraction.statements:
            if statement.relation not in directed:
                continue
            if sample.relation and statement.relation != sample.relation:
                continue
            right = order(statement, sample)
            if right is None:
                continue
            told.add(right)
            seen[right] += 1
            if not right:
                print(f"  {statement.relation}: {' '.join(sample.text.split())}")
        found += bool(told)
    total = seen.total()
    share = f"{seen[False] / total:.2%}" if total else "none"
    print(
        f"{name}: {seen[False]} swapped of {total} statements ({share}), "
        f"in {found} of {len(documents)} sentences"
    )


def table_count(extractor: RuleExtractor) -> None:
    """The same over our own table: a statement whose reverse is written, and it is not."""
    seen: Counter[bool] = Counter()
    with STATEMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = [Document(row["sentence"], published=row["published"] or None) for row in rows]
    for row, extraction in zip(rows, extractor.extractions(texts), strict=True):
        written = {
            tuple(part.strip().casefold() for part in cell.split(" | ")[:3])
            for cell in (row["statements"] or "").split(" ; ")
            if cell
        }
        for statement in extraction.statements:
            ends = [plain_name(end) for end in (statement.subject, statement.object)]
            relation = statement.relation or ""
            if extractor.ontology.relations[relation].symmetric:
                continue
            if (ends[0], relation, ends[1]) in written:
                seen[True] += 1
            elif (ends[1], relation, ends[0]) in written:
                seen[False] += 1
                print(f"  {relation}: {row['sentence']}")
    total = seen.total()
    print(f"tables: {seen[False]} swapped of {total} statements ({seen[False] / total:.2%})")


def plain_name(end: object) -> str:
    """A name as the table writes it."""
    name = getattr(end, "name", None) or getattr(end, "value", None) or "-"
    return re.sub(r"^(?:the|a|an|his|its|their|her) ", "", name.casefold())


def variant_samples(extractor: RuleExtractor, seed: int) -> Iterator[Sample]:
    """Sentences made of the ontology's active examples."""
    made: list[Variant] = list(variants(extractor, random.Random(seed)))
    for variant in made:
        source, target = (
            [m.span() for m in re.finditer(re.escape(name), variant.text)]
            for name in (variant.subject, variant.object)
        )
        yield Sample(variant.text, source, target, variant.relation)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plv", type=Path, metavar="GOLD")
    parser.add_argument("--plover-gsr", type=Path, metavar="GOLD")
    parser.add_argument("--tables", action="store_true")
    parser.add_argument("--variants", action="store_true")
    parser.add_argument("--seed", type=int, default=1, help="of the invented names (default: 1)")
    options = parser.parse_args()
    extractor = RuleExtractor()
    if options.plv:
        count(extractor, plv_samples(options.plv), "plv")
    if options.plover_gsr:
        count(extractor, record_samples(options.plover_gsr), "plover_gsr")
    if options.tables:
        table_count(extractor)
    if options.variants:
        count(extractor, variant_samples(extractor, options.seed), "variants")


if __name__ == "__main__":
    main()
