"""Dates: a table of expressions, homographs that are no dates, and the calendar's corners."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from actorgraph.extract.date.dates import dates
from actorgraph.extract.date.pattern import DateGrammar, date_grammar
from actorgraph.extract.date.period import Anchor, anchor, day_near, day_of, month, week
from actorgraph.ontologies.turtle import loaded_ontology

if TYPE_CHECKING:
    from spacy.language import Language

HERE = Path(__file__).parent
ROWS = list(
    csv.DictReader(
        (HERE / "date_expressions.tsv").open(encoding="utf-8"),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
HOMOGRAPHS = (HERE / "date_homographs.txt").read_text(encoding="utf-8").splitlines()


@cache
def words() -> DateGrammar:
    return date_grammar(loaded_ontology())


@cache
def pipeline() -> Language:
    import spacy
    from spacy.util import get_installed_models

    names = [n for n in get_installed_models() if n.startswith("en_core_web_sm")]
    return spacy.load(names[0])


@pytest.mark.model
@pytest.mark.parametrize("row", ROWS, ids=lambda r: f"{r['text']} @{r['published']}")
def test_date_of_sentence(row: dict[str, str]) -> None:
    doc = pipeline()(row["sentence"])
    found = dates(doc, row["published"] or None, words())
    assert [(d.text, d.value or "", d.granularity, d.relation) for d in found] == [
        (row["text"], row["value"], row["granularity"], row["relation"])
    ]
    mention = found[0]
    assert doc.text[mention.start : mention.end] == mention.text
    covered = doc[mention.first : mention.last]
    assert covered.start_char <= mention.start and mention.end <= covered.end_char


@pytest.mark.model
@pytest.mark.parametrize("sentence", HOMOGRAPHS)
def test_homographs_are_no_dates(sentence: str) -> None:
    assert dates(pipeline()(sentence), "2020-01-15", words()) == []


def test_absolute_dates_need_no_parse() -> None:
    import spacy

    doc = spacy.blank("en")("Killed 3 January 2020; buried January 7, 2020.")
    assert [d.value for d in dates(doc, None, words())] == ["2020-01-03", "2020-01-07"]


def test_anchor_is_as_fine_as_the_publication_date() -> None:
    assert anchor("2020-01-03T10:00:00Z") == Anchor(2020, 1, 3)
    assert anchor("2020-01") == Anchor(2020, 1)
    assert anchor("2020-13-40") == Anchor()
    assert anchor(None) == Anchor()


def test_calendar_corners() -> None:
    assert day_of(2019, 2, 29) is None
    assert month(2020, 0).value == "2019-12"
    found = day_near(Anchor(2019, 3, 1), 2, 29, -1)
    assert found is not None and found.value == "2016-02-29"
    from datetime import date

    assert week(date(2020, 1, 1)).value == "2019-12-30/2020-01-05"
