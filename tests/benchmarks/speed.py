"""Reading speed as a ratio: stock spaCy against the whole reader, in one process and one run.

    python tests/benchmarks/speed.py TEXT… [--rounds 5]

Stock is the pipeline as it is shipped: `nlp.pipe` over the same texts, the same components, no
more. The reader is documents in, statements out: layout, mentions, clauses, coreference, frames,
stance, dates. It parses with numpy's matrix products (`NumpyOps(use_blis=False)`) where stock
spaCy takes those of blis, and that gain counts: it is the reader's own choice, with the same
parses. The two take turns, so that a busy machine slows both; CPU time of the process counts, and
the ratio is that of the medians.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from actorgraph.extract.rules import RuleExtractor
from actorgraph.extract.text.document import Document


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
    plain = spacy.load(extractor.nlp.meta["lang"] + "_" + extractor.nlp.meta["name"])
    words = sum(len(doc) for doc in plain.pipe(texts))
    list(extractor.extractions(documents))  # warm
    stock, reader = [], []
    for _ in range(options.rounds):
        stock.append(seconds(lambda: list(plain.pipe(texts))))
        reader.append(seconds(lambda: list(extractor.extractions(documents))))
    one, other = statistics.median(stock), statistics.median(reader)
    print(f"words {words}  stock {words / one:,.0f} words/s  reader {words / other:,.0f} words/s")
    print(f"ratio {one / other:.2f}")


if __name__ == "__main__":
    main()
