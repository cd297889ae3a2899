"""Predictions for a file of name pairs.

    python tests/benchmarks/names.py GOLD PREDICTIONS

Reads id, schema, name1 and name2 of every row, nothing else, and writes id,score.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from actorgraph.graph.resemblance import name_similarity


def predictions(gold: Path) -> list[tuple[str, str]]:
    with gold.open(encoding="utf-8", newline="") as file:
        return [
            (row["id"], f"{name_similarity(row['name1'], row['name2'], row['schema']):.4f}")
            for row in csv.DictReader(file)
        ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("predictions", type=Path)
    options = parser.parse_args()
    with options.predictions.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "score"))
        writer.writerows(predictions(options.gold))


if __name__ == "__main__":
    main()
