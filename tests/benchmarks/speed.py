"""Reading speed as a ratio: stock spaCy against the whole reader, in one process and one run.

    python tests/benchmarks/speed.py TEXT… [--rounds 5]

Stock is `nlp.pipe` over the same texts with the same components and no more. The reader is
documents in, statements out: layout, mentions, clauses, coreference, frames, stance, dates. The
two take turns, so that a busy machine slows both; CPU time of the process counts. The ratio is
that of the medians: 1 would mean that everything beyond parsing is free.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from actorgraph.extract.document import Document
from actorgraph.extract.rules import RuleExtractor


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    start = time.process_time()
    run()
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("texts", nargs="+", type=Path, help="plain text files")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    documents = [Document(path.read_text(encoding="utf-8")) for path in options.texts]
    texts = [document.text for document in documents]
    extractor = RuleExtractor()
    words = sum(len(doc) for doc in extractor.nlp.pipe(texts))
    list(extractor.extractions(documents))  # warm
    stock, reader = [], []
    for _ in range(options.rounds):
        stock.append(seconds(lambda: list(extractor.nlp.pipe(texts))))
        reader.append(seconds(lambda: list(extractor.extractions(documents))))
    one, other = statistics.median(stock), statistics.median(reader)
    print(f"words {words}  stock {words / one:,.0f} words/s  reader {words / other:,.0f} words/s")
    print(f"ratio {one / other:.2f}")


if __name__ == "__main__":
    main()
