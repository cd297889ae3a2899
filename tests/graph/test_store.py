"""The store: what is put in comes out, what is removed is gone, and no kill loses anything."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from actorgraph.extract.statement import (
    DocumentEntity,
    Evidence,
    Extraction,
    Qualifier,
    Reference,
    Source,
    Stance,
    Statement,
    Value,
    entity_id,
)
from actorgraph.extract.text.document import Document
from actorgraph.graph import intake as intake_module
from actorgraph.graph import store as store_module
from actorgraph.graph.intake import Intake
from actorgraph.graph.judgement import Judgement
from actorgraph.graph.ledger import enter, rulings, standing, undo, widen
from actorgraph.graph.parse import ParseStore
from actorgraph.graph.reading import Reading
from actorgraph.graph.shard import SIZE
from actorgraph.graph.store import Entry, Store
from actorgraph.graph.transcript import transcribed, transcript
from actorgraph.ontologies.error import ActorgraphError
from hypothesis import given, settings
from hypothesis import strategies as st


class Words:
    """Reads every word as an actor who meets the next; refuses texts with a word it hates.

    Its parse of a text is the text backwards; `parsed` are the texts that had none.
    """

    name = "words"

    def __init__(self, key: str = "1", hates: str | None = None) -> None:
        self.key = key
        self.hates = hates
        self.read: list[str] = []
        self.parses: ParseStore | None = None
        self.parsed: list[str] = []

    def parse(self, document: Document) -> None:
        if self.parses and self.parses.get(document, f"key {document.text}") is None:
            self.parsed.append(document.text)
            self.parses.put(document, f"key {document.text}", document.text[::-1].encode())

    def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        for document in documents:
            if self.hates and self.hates in document.text:
                raise ZeroDivisionError(f"cannot bear {self.hates}")
            self.read.append(document.text)
            self.parse(document)
            yield _extraction(document)


def _extraction(document: Document) -> Extraction:
    entities, statements = [], []
    position = 0
    before: Reference | None = None
    for word in document.text.split():
        start = document.text.index(word, position)
        position = end = start + len(word)
        entities.append(
            DocumentEntity(
                entity_id(document.id, start, end), word, "Person", (word,), ((start, end),)
            )
        )
        now = Reference(entities[-1].id, word, word, start, end, "Person")
        if before:
            quote = document.text[before.start : end]
            evidence = Evidence(document.id, before.start, end, quote, start, end)
            statement = Statement(
                document.id, "met_with", "met", before, now, Stance(), evidence, "r", "words", 0.9
            )
            statements.append(statement)
        before = now
    return Extraction(document, tuple(entities), tuple(statements))


def document(text: str, source: str = "-", **more: Any) -> Document:
    return Document(text, source=source, **more)


def corpus(*texts: str) -> list[Document]:
    return [document(text, f"news/{number}.txt") for number, text in enumerate(texts)]


def build(folder: Path, documents: Iterable[Document], extractor: Words | None = None) -> Words:
    extractor = extractor or Words()
    with Store(folder, writing=True) as store:
        extractor.parses = store.parses()
        for _ in Intake(store, extractor, extractor.key).readings(documents):
            pass
    return extractor


def parses(folder: Path) -> list[tuple[str, bytes]]:
    """All parses that a store holds."""
    with closing(sqlite3.connect(folder / "parses.sqlite")) as connection:
        return connection.execute("SELECT key, doc FROM parse ORDER BY key").fetchall()


Content = tuple[tuple[Extraction, ...], list[Entry], list[tuple[str, str]]]


def content(folder: Path) -> Content:
    """All that a store says: documents, where they were found, and what was read out of them."""
    with Store(folder) as store:
        found = sorted(store.extractions(), key=lambda e: (e.document.id, e.document.text))
        ids = [e.document.id for e in found]
        assert len(set(ids)) == len(ids)
        return tuple(found), store.entries(), store.failures()


def expected(documents: Iterable[Document]) -> list[Extraction]:
    return sorted((_extraction(d) for d in documents), key=lambda e: e.document.id)


# Transcripts


def test_a_transcript_gives_back_everything() -> None:
    text = "Ali Reza said officials saw a general hit Basra on Friday. \ud800"
    said = Source("officials", 14, 23, "officials", via=Source("Ali Reza", 0, 8, "Ali Reza", "m1"))
    when = Qualifier("on Friday", 47, 56, "2031-01-03", "day")
    whole = Document(
        text, "a.txt", "T", "A", "P", "2031-01-05", "https://x.example", "en", ((2, 3),)
    )
    evidence = Evidence(whole.id, 0, 57, text[:57], 38, 41)
    general = Reference("m2", "general", "a general", 28, 37, "Person", 1, named=False)
    statements = [
        Statement(
            whole.id, "attacked", "hit", general, object_, Stance("denied", "feared", said),
            evidence, "rule", "x", 0.123456789, {"when": when}, "v1", "patient", False,
        )
        for object_ in (None, Value("5", "five", 1, 2, "Rank"), general)
    ]  # fmt: skip
    entity = DocumentEntity("m2", "general", "Person", (), ((28, 37), (40, 41)), "Iran")
    extraction = Extraction(whole, (entity,), tuple(statements))
    assert transcribed(transcript(extraction)) == extraction
    with pytest.raises(ActorgraphError, match="not the transcript"):
        transcribed({"document": {}, "entities": [], "statements": []})


# What goes in, comes out


TEXTS = st.lists(
    st.text("abc ", min_size=1).filter(str.strip),
    max_size=12,
    unique_by=lambda text: tuple(text.split()),
)


@settings(deadline=None, max_examples=25)
@given(texts=TEXTS, data=st.data())
def test_any_order_and_any_steps_give_the_same(
    texts: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = corpus(*texts)
    once, steps = tmp_path_factory.mktemp("once"), tmp_path_factory.mktemp("steps")
    build(once, documents)
    for _ in range(3):
        order = data.draw(st.permutations(documents))
        build(steps, order[: data.draw(st.integers(0, len(order)))])
    build(steps, data.draw(st.permutations(documents)))
    assert content(once) == content(steps)
    assert list(content(once)[0]) == expected(documents)


@settings(deadline=None, max_examples=25)
@given(texts=TEXTS, data=st.data())
def test_adding_and_removing_is_as_if_it_had_never_been(
    texts: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents = corpus(*texts)
    kept = [d for d in documents if data.draw(st.booleans())]
    without, with_ = tmp_path_factory.mktemp("without"), tmp_path_factory.mktemp("with")
    build(without, kept)
    build(with_, documents)
    with Store(with_, writing=True) as store:
        for gone in documents:
            if gone not in kept:
                name = data.draw(st.sampled_from([gone.id, gone.source]))
                assert [e.source for e in store.remove(name)] == [gone.source]
        store.tidy()
    assert content(with_) == content(without)


def test_only_what_is_new_or_changed_is_read(tmp_path: Path) -> None:
    first = corpus("a b", "b c", "c d")
    assert build(tmp_path, first).read == ["a b", "b c", "c d"]
    assert build(tmp_path, first).read == []
    changed = [first[0], document("b x", first[1].source), document("e f", "news/9.txt")]
    assert build(tmp_path, changed).read == ["b x", "e f"]
    texts = [e.document.text for e in content(tmp_path)[0]]
    assert sorted(texts) == ["a b", "b x", "c d", "e f"]


def test_what_a_reading_depends_on_makes_it_new(tmp_path: Path) -> None:
    build(tmp_path, [document("a b", "x.txt", published="2031-01-01")])
    assert build(tmp_path, [document("a b", "x.txt", published="2031-01-02")]).read == ["a b"]
    assert build(tmp_path, [document("a b", "x.txt", published="2031-01-02", url="u")]).read == []
    (extraction,) = content(tmp_path)[0]
    assert (extraction.document.published, extraction.document.url) == ("2031-01-02", "u")


def test_another_key_reads_all_again(tmp_path: Path) -> None:
    build(tmp_path, corpus("a b", "b c"))
    again = build(tmp_path, corpus("a b"), Words("2"))
    assert sorted(again.read) == ["a b", "b c"]
    assert build(tmp_path, [], Words("2")).read == []


def test_one_text_at_two_places(tmp_path: Path) -> None:
    copies = [document("a b", "two.txt"), document("a b", "one.txt")]
    assert build(tmp_path, copies).read == ["a b"]
    (extraction,) = content(tmp_path)[0]
    assert extraction.document.source == "one.txt"
    with Store(tmp_path, writing=True) as store:
        store.remove("one.txt")
    (extraction,) = content(tmp_path)[0]
    assert extraction.document.source == "two.txt"
    with Store(tmp_path, writing=True) as store:
        assert len(store.remove(extraction.document.id)) == 1
    assert content(tmp_path)[0] == ()


def test_texts_that_differ_in_white_space_are_one_document(tmp_path: Path) -> None:
    build(tmp_path, [document("a  b", "two.txt"), document("a b", "one.txt")])
    (extraction,) = content(tmp_path)[0]
    assert extraction.document.text == "a b"


def test_standard_input_holds_no_place(tmp_path: Path) -> None:
    build(tmp_path, [document("a b", "-")])
    build(tmp_path, [document("c d", "-"), document("e f", "-:1")])
    build(tmp_path, [document("g h", "-:1")])
    assert len(content(tmp_path)[0]) == 4


def test_a_source_may_hold_several_documents(tmp_path: Path) -> None:
    both = [document("a b", "x.jsonl#1"), document("c d", "x.jsonl#1")]
    build(tmp_path, both)
    assert build(tmp_path, both).read == []
    assert len(content(tmp_path)[0]) == 2


def test_removing_a_file_or_folder_removes_what_came_from_it(tmp_path: Path) -> None:
    sources = ["in/a.txt", "in/b.jsonl:1", "in/b.jsonl#x", "inn.txt", "other/in/a.txt"]
    build(tmp_path, [document(f"text {s}", s) for s in sources])
    with Store(tmp_path, writing=True) as store:
        assert [e.source for e in store.remove("in/b.jsonl")] == ["in/b.jsonl#x", "in/b.jsonl:1"]
        assert [e.source for e in store.remove("in/")] == ["in/a.txt"]
        assert store.remove("nothing") == []
        assert [e.source for e in store.entries()] == ["inn.txt", "other/in/a.txt"]


def test_what_was_removed_is_on_the_disk_no_more(tmp_path: Path) -> None:
    build(tmp_path, [document(f"secret{n} word", f"{n}.txt") for n in range(70)])
    with Store(tmp_path, writing=True) as store:
        store.remove("7.txt")
        store.tidy()
        texts = [e.document.text for e in store.extractions()]
    assert len(texts) == 69
    for path in (tmp_path / "shards").iterdir():
        assert b"secret7 " not in gzip.decompress(path.read_bytes())
    assert b"\x007.txt" not in (tmp_path / "catalog.sqlite").read_bytes()


def test_small_shards_are_put_together(tmp_path: Path) -> None:
    documents = [document(f"word{n} b", f"{n}.txt") for n in range(40)]
    for one in documents:
        build(tmp_path, [one])
    assert len(list((tmp_path / "shards").iterdir())) < 12
    assert list(content(tmp_path)[0]) == expected(documents)


def test_files_of_a_killed_merge_are_deleted(tmp_path: Path) -> None:
    build(tmp_path, corpus("a b"))
    with Store(tmp_path, writing=True) as store:
        left = store.workplace / "merge-x" / "edges-0"
        left.parent.mkdir(parents=True)
        left.write_bytes(b"half")
        content(tmp_path)  # a reader leaves them to the merge that is at work
        assert left.exists()
    build(tmp_path, [])
    assert not (tmp_path / "merge").exists()


# Parses


def test_a_text_that_was_parsed_is_not_parsed_again(tmp_path: Path) -> None:
    documents = corpus("a b", "b c", "c d")
    assert sorted(build(tmp_path, documents).parsed) == ["a b", "b c", "c d"]
    again = build(tmp_path, [], Words("2"))
    assert (sorted(again.read), again.parsed) == (["a b", "b c", "c d"], [])
    moved = build(tmp_path, [document("a b", "new.txt", title="T"), document("x", "x.txt")])
    assert moved.parsed == ["x"]


def test_a_parse_stays_as_long_as_a_document_needs_it(tmp_path: Path) -> None:
    build(tmp_path, [document("a b", "1.txt"), document("a b", "2.txt", title="T")])
    build(tmp_path, corpus("b secret"))
    for source, left in (("news", ["key a b"]), ("1.txt", ["key a b"]), ("2.txt", [])):
        with Store(tmp_path, writing=True) as store:
            store.remove(source)
            store.tidy()
        assert [key for key, _ in parses(tmp_path)] == left
    assert b"terces" not in (tmp_path / "parses.sqlite").read_bytes()


def test_parses_may_go_and_be_damaged(tmp_path: Path) -> None:
    build(tmp_path, corpus("a b"))
    with Store(tmp_path, writing=True) as store:
        store.forget_parses()
    assert not (tmp_path / "parses.sqlite").exists()
    assert build(tmp_path, [], Words("2")).parsed == ["a b"]
    (tmp_path / "parses.sqlite").write_bytes(b"no database" * 999)
    assert build(tmp_path, [], Words("3")).parsed == ["a b"]
    assert parses(tmp_path) == [("key a b", b"b a")]


def test_a_store_of_the_time_before_parses_is_read_and_written(tmp_path: Path) -> None:
    with Store(tmp_path, writing=True) as store:
        for _ in Intake(store, Words(), "1").readings(corpus("a b", "b c")):
            pass
        store.remove("news/1.txt")
        store.tidy()
    assert not (tmp_path / "parses.sqlite").exists()
    assert len(content(tmp_path)[0]) == 1
    assert build(tmp_path, [], Words("2")).parsed == ["a b"]


# Failures


def test_a_document_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    documents = corpus("a b", "b evil", "c d")
    build(tmp_path, documents, Words(hates="evil"))
    with Store(tmp_path) as store:
        failures = {e.source: e.failure for e in store.entries() if e.failure}
    assert list(failures) == ["news/1.txt"]
    assert failures["news/1.txt"].startswith("ZeroDivisionError: cannot bear evil (extractions, ")
    assert len(content(tmp_path)[0]) == 2
    assert build(tmp_path, [], Words()).read == ["b evil"]
    assert list(content(tmp_path)[0]) == expected(documents)


def test_a_document_not_wholly_read_counts_and_is_tried_again(tmp_path: Path) -> None:
    extractor = Words()
    for times in (1, 2):
        with Store(tmp_path, writing=True) as store:
            work = Intake(store, extractor, "1", lambda document: "the model did not answer")
            (reading,) = work.readings(corpus("a b"))
        assert reading.failure == "the model did not answer"
        assert len(content(tmp_path)[0]) == 1
        assert extractor.read == ["a b"] * times


def test_an_extractor_that_breaks_its_contract(tmp_path: Path) -> None:
    class Lazy(Words):
        def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            yield from list(super().extractions(documents))[:-1]

    build(tmp_path, corpus("a b", "c d"), Lazy())
    with Store(tmp_path) as store:
        assert [bool(e.failure) for e in store.entries()] == [False, True]


def test_what_was_read_before_an_error_for_all_is_kept(tmp_path: Path) -> None:
    class Gone(Words):
        def extractions(self, documents: Iterable[Document]) -> Iterator[Extraction]:
            for number, extraction in enumerate(super().extractions(documents)):
                if number == 2:
                    raise ActorgraphError("the server has gone")
                yield extraction

    with pytest.raises(ActorgraphError, match="the server has gone"):
        build(tmp_path, corpus("a b", "c d", "e f"), Gone())
    assert len(content(tmp_path)[0]) == 2


def test_readings_are_kept_from_time_to_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "OFTEN", -1.0)
    with Store(tmp_path, writing=True) as store:
        work = Intake(store, Words(), "1").readings(corpus("a b", "c d"))
        next(work)
        assert len(store.entries()) == 1


def test_inputs_that_gave_no_document(tmp_path: Path) -> None:
    with Store(tmp_path, writing=True) as store:
        store.fail([("a.txt", "an empty file"), ("b.txt", "binary")])
        assert store.failures() == [("a.txt", "an empty file"), ("b.txt", "binary")]
    build(tmp_path, [document("a b", "a.txt")])
    with Store(tmp_path) as store:
        assert store.failures() == [("b.txt", "binary")]


def test_damage_is_told(tmp_path: Path) -> None:
    build(tmp_path, corpus("a b"))
    (shard,) = (tmp_path / "shards").iterdir()
    whole = shard.read_bytes()
    for broken in (whole[:-9], b"no gzip", whole[:40] + b"????" + whole[44:]):
        shard.write_bytes(broken)
        with Store(tmp_path) as store, pytest.raises(ActorgraphError, match=shard.name):
            list(store.extractions())
    shard.unlink()
    with Store(tmp_path) as store, pytest.raises(ActorgraphError, match="No such file"):
        list(store.extractions())
    (tmp_path / "catalog.sqlite").write_bytes(b"no catalog" * 99)
    with pytest.raises(ActorgraphError, match="not a database"):
        Store(tmp_path)


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    build(tmp_path, [])
    connection = sqlite3.connect(tmp_path / "catalog.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    for writing in (False, True):
        with pytest.raises(ActorgraphError, match="version 99"):
            Store(tmp_path, writing)
    with pytest.raises(ActorgraphError, match="no such file"):
        Store(tmp_path / "none")


def test_one_writer_at_a_time_and_readers_meanwhile(tmp_path: Path) -> None:
    with Store(tmp_path, writing=True) as store:
        store.add([Reading(document("a b"), "1", _extraction(document("a b")))])
        with pytest.raises(ActorgraphError, match="another actorgraph is at work"):
            Store(tmp_path, writing=True)
        assert len(content(tmp_path)[0]) == 1
    with Store(tmp_path, writing=True):
        pass


def test_settings_and_ontology_files(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    with Store(tmp_path / "store", writing=True) as store:
        for text in ("one", "two"):
            mine.write_text(text)
            store.keep_ontology([mine, mine])
            assert [path.read_text() for path in store.ontology_files()] == [text, text]
        store.keep_ontology([mine])
        assert [path.read_text() for path in store.ontology_files()] == ["two"]
        store.set(model="small", key="1")
        store.set(model="large")
        assert store.settings() == {"key": "1", "model": "large"}


# Judgements


def test_judgements_are_numbered_and_undone_but_never_lost(tmp_path: Path) -> None:
    twins = Judgement("different", ("m1", "m2"), "twins", "A", "2031-01-01T00:00:00Z")
    with Store(tmp_path, writing=True) as store:
        assert enter(store.catalog, [twins, Judgement("not_a_fact", ("s1",))]) == [1, 2]
        assert enter(store.catalog, [replace(twins, reason="again")]) == []
    with Store(tmp_path, writing=True) as store:
        assert standing(store.catalog)[0] == twins
        with pytest.raises(ActorgraphError, match="no judgement 7 stands"):
            undo(store.catalog, [1, 7], "now")
        assert len(standing(store.catalog)) == 2
        undo(store.catalog, [1], "2031-01-02T00:00:00Z")
        assert [r.undone for r in rulings(store.catalog)] == ["2031-01-02T00:00:00Z", None]
        with pytest.raises(ActorgraphError, match="no judgement 1 stands"):
            undo(store.catalog, [1], "now")
        assert enter(store.catalog, [twins]) == [3]


def test_what_is_decided_together_has_one_number(tmp_path: Path) -> None:
    one, two, three = (Judgement("not_a_fact", (f"s{n}",)) for n in (1, 2, 3))
    with Store(tmp_path, writing=True) as store:
        assert enter(store.catalog, [one, two], together=True) == [1]
        assert enter(store.catalog, [one, three], together=True) == [2]
        assert [ruling.number for ruling in rulings(store.catalog)] == [1, 1, 2]
        undo(store.catalog, [1], "now")
        assert standing(store.catalog) == [three]
        widen(store.catalog, three, ["s3", "s4"])
        assert standing(store.catalog) == [replace(three, items=("s3", "s4"))]


def test_judgements_of_older_stores_keep_their_numbers(tmp_path: Path) -> None:
    sql = "INSERT INTO judgement (kind, items, reason, author, made) VALUES (?, ?, '', '', '')"
    with Store(tmp_path, writing=True) as store:
        for item in ("s1", "s2"):
            store.catalog.run(sql, "not_a_fact", json.dumps([item]))
        assert [ruling.number for ruling in rulings(store.catalog)] == [1, 2]
        assert enter(store.catalog, [Judgement("not_a_fact", ("s3",))]) == [3]
        undo(store.catalog, [2], "now")
        assert [j.items for j in standing(store.catalog)] == [("s1",), ("s3",)]


# Kill it at any moment

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes of POSIX")
FILES = ("store.py", "shard.py", "catalog.py", "intake.py", "graph/parse.py")


def killed_at(step: int, folder: Path, first: list[Document], then: list[Document]) -> bool:
    """Whether a process that builds and removes died of kill -9 at its n-th line of the store."""
    child = os.fork()
    if not child:
        count = 0

        def line(frame: FrameType, event: str, argument: object) -> Any:
            nonlocal count
            if not frame.f_code.co_filename.endswith(FILES):
                return None
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
            return line

        code = 1
        try:
            sys.settrace(line)
            _work(folder, first, then)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def _work(folder: Path, first: list[Document], then: list[Document]) -> None:
    """A build, a build with changes by another extractor, and a removal."""
    build(folder, first)
    with Store(folder, writing=True) as store:
        enter(store.catalog, [Judgement("not_a_fact", ("s1",))])
    build(folder, then, Words("2"))
    with Store(folder, writing=True) as store:
        store.remove("news/2.txt")
        store.tidy()


@needs_fork
def test_killed_at_any_line_the_next_run_makes_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake_module, store_module):
        monkeypatch.setattr(module, "SIZE", 3)
    first = [document(f"word{n} b", f"news/{n}.txt") for n in range(7)]
    then = [document("changed b", "news/1.txt"), *first[2:], document("new b", "news/x.txt")]
    _work(tmp_path / "whole", first, then)
    whole, kept = content(tmp_path / "whole"), parses(tmp_path / "whole")
    assert [data for _, data in kept] == [key[4:][::-1].encode() for key, _ in kept]
    steps = 1
    while killed_at(steps, tmp_path / f"try{steps}", first, then):
        steps *= 2
    chance = random.Random(5)
    for step in chance.sample(range(1, steps // 2), 40):
        folder = tmp_path / f"kill{step}"
        killed_at(step, folder, first, then)
        _work(folder, first, then)
        assert content(folder) == whole, step
        assert parses(folder) == kept, step
        with Store(folder) as store:
            assert len(standing(store.catalog)) == 1
        assert not list((folder / "shards").glob("*.part"))


@needs_fork
def test_after_a_kill_what_was_kept_is_not_read_again(tmp_path: Path) -> None:
    documents = [document(f"word{n} b", f"{n}.txt") for n in range(SIZE * 2)]

    class Dying(Words):
        def extractions(self, found: Iterable[Document]) -> Iterator[Extraction]:
            for extraction in super().extractions(found):
                if extraction.document == documents[-1]:
                    os.kill(os.getpid(), signal.SIGKILL)
                yield extraction

    child = os.fork()
    if not child:
        build(tmp_path, documents, Dying())
        os._exit(0)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
    assert len(build(tmp_path, documents).read) == SIZE
    assert list(content(tmp_path)[0]) == expected(documents)
