"""Every kind of input gives its documents, every kind of bad input one clear failure."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.failure import Failure
from actorgraph.extract.text.page import iso_date
from actorgraph.extract.text.reader import ReadingOptions, documents
from actorgraph.ontologies.error import ActorgraphError
from actorgraph.ontologies.turtle import loaded_ontology

WORDS = loaded_ontology().words
PROSE = "Soldiers of the Third Brigade entered Norvik on Monday. They met no resistance."

Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def read(*inputs: str | Path, **options: str) -> tuple[list[Document], list[Failure]]:
    found = list(documents(inputs, options=ReadingOptions(WORDS, **options)))  # type: ignore[arg-type]
    return (
        [d for d in found if isinstance(d, Document)],
        [f for f in found if isinstance(f, Failure)],
    )


def one(path: str | Path, **options: str) -> Document:
    found, failures = read(path, **options)
    assert not failures
    assert len(found) == 1
    return found[0]


def failure(path: str | Path, **options: str) -> Failure:
    found, failures = read(path, **options)
    assert not found
    assert len(failures) == 1
    assert failures[0].remedy
    return failures[0]


# Formats


def test_text(write: Write) -> None:
    path = write("a.txt", f"Troops enter Norvik\n\n{PROSE}\n")
    document = one(path)
    assert document.text == f"Troops enter Norvik\n\n{PROSE}\n"
    assert document.title == "Troops enter Norvik"
    assert document.source == str(path)
    assert document.published is None


def test_head_of_a_text_gives_author_and_date(write: Write) -> None:
    document = one(
        write("a.txt", f"Troops enter Norvik\nBy Mira Holt\nPublished: 3 May 2021\n\n{PROSE}")
    )
    assert (document.title, document.author) == ("Troops enter Norvik", "Mira Holt")
    assert document.published == "2021-05-03"


def test_the_date_of_an_update_is_not_the_date_of_publication(write: Write) -> None:
    assert one(write("a.txt", f"Published: Updated: 3 May 2021\n\n{PROSE}")).published is None


def test_a_file_without_ending_is_text(write: Write) -> None:
    assert one(write("report", PROSE)).text == PROSE


def test_markdown(write: Write) -> None:
    text = (
        "---\ntitle: Troops enter Norvik\nauthor: [Mira Holt, Jan Ode]\ndate: 2021-05-03\n"
        "url: https://example.org/a\n---\n# A heading\n\nThe **Third Brigade**, [as reported](x),\n"
        "entered *Norvik*.\n\n- First item\n- Second ~~old~~ item\n\n![picture](p.png)\n"
    )
    document = one(write("a.md", text))
    assert document.text == (
        "A heading\n\nThe Third Brigade, as reported, entered Norvik.\n\nFirst item\n\nSecond item"
    )
    assert document.title == "Troops enter Norvik"
    assert document.author == "Mira Holt, Jan Ode"
    assert document.published == "2021-05-03"
    assert document.url == "https://example.org/a"


def test_markdown_without_front_matter_takes_its_heading_as_title(write: Write) -> None:
    assert one(write("a.md", f"# Troops enter Norvik\n\n{PROSE}")).title == "Troops enter Norvik"


HTML = f"""<html><head><title>Troops enter Norvik | The Norvik Post</title>
<meta name="author" content="Mira Holt"><meta property="og:site_name" content="The Norvik Post">
<meta property="article:published_time" content="2021-05-03T10:00:00Z">
<link rel="canonical" href="https://example.org/a"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Troops enter Norvik</h1><p>{PROSE}</p>
<p>The governor of the province, Ilan Marsh, said that the brigade had come at his request.</p>
</article><footer>Copyright 2021 The Norvik Post. All rights reserved.</footer></body></html>"""


def test_html(write: Write) -> None:
    document = one(write("a.html", HTML))
    assert PROSE in document.text
    assert "Copyright" not in document.text
    assert "Home" not in document.text
    assert document.title == "Troops enter Norvik"
    assert document.author == "Mira Holt"
    assert document.publisher == "The Norvik Post"
    assert document.published == "2021-05-03"
    assert document.url == "https://example.org/a"


def test_html_in_its_declared_encoding(write: Write) -> None:
    page = HTML.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Marsh", "Horváth")
    assert "Ilan Horváth" in one(write("a.html", page.encode("iso-8859-2"))).text


def test_html_without_a_date_gets_none_from_guesses(write: Write) -> None:
    page = HTML.replace(
        '<meta property="article:published_time" content="2021-05-03T10:00:00Z">', ""
    )
    assert one(write("a.html", page)).published is None


def test_json_lines(write: Write) -> None:
    first = {"text": PROSE, "id": 7, "title": "T", "author": ["A", "B"], "published": "2021-05"}
    second = {"text": "Second.", "date": "3 May 2021", "publisher": "P", "url": "u", "more": 1}
    path = write("a.jsonl", f"{json.dumps(first)}\n\n{json.dumps(second)}\n")
    (a, b), failures = read(path)
    assert not failures
    assert (a.title, a.author, a.published, a.source) == ("T", "A, B", "2021-05", f"{path}#7")
    assert (b.published, b.publisher, b.url, b.source) == ("2021-05-03", "P", "u", f"{path}:3")


def test_compressed(write: Write) -> None:
    assert one(write("a.txt.gz", gzip.compress(PROSE.encode()))).text == PROSE
    line = json.dumps({"text": PROSE}).encode()
    assert one(write("a.jsonl.gz", gzip.compress(line))).text == PROSE


@pytest.mark.parametrize(
    ("format_", "content"), [("text", PROSE), ("jsonl", json.dumps({"text": PROSE}))]
)
def test_standard_input(format_: str, content: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = SimpleNamespace(buffer=io.BytesIO(content.encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    document = one("-", format=format_)
    assert document.text == PROSE
    assert document.source.startswith("-")


# Encodings


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_encodings(encoding: str, write: Write) -> None:
    text = "General Zoë Müller said: “We left Norvik – for good.” Her aide, José Peña, agreed."
    assert one(write("a.txt", text.encode(encoding))).text == text


def test_newlines_and_invisible_characters(write: Write) -> None:
    text = "One line.\r\nTwo\u00ad lines.\rThree\u200b lines.\u2028Four."
    assert one(write("a.txt", text)).text == "One line.\nTwo lines.\nThree lines.\nFour."


def test_lone_surrogates_in_json_can_be_written_again(write: Write) -> None:
    document = one(write("a.jsonl", '{"text": "Ilan \\ud800 left."}'))
    assert document.text.encode() == "Ilan \ufffd left.".encode()


# Many inputs


def test_folder_is_read_in_order_and_tells_what_it_left_out(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/y.txt", ".hidden/x.txt", ".x.txt"):
        write(f"in/{name}", f"The text of {name}.")
    write("in/scan.pdf", b"%PDF-1.4")
    found, failures = read(tmp_path / "in")
    assert [Path(d.source).name for d in found] == ["b.txt", "y.txt", "z.md"]
    assert [f.lost for f in failures] == [False]
    assert ".pdf" in failures[0].reason


def test_glob(write: Write, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        write(name, f"The text of {name}.")
    found, _ = read(str(tmp_path / "*.txt"))
    assert [Path(d.source).name for d in found] == ["a.txt", "b.txt"]


def test_a_file_named_like_a_pattern(write: Write) -> None:
    assert one(write("a[1].txt", PROSE)).text == PROSE


def test_the_same_text_is_read_once_and_noted(write: Write) -> None:
    paths = write("a.txt", PROSE), write("b.txt", PROSE.replace(" ", "\n"))
    found, failures = read(*paths)
    assert [d.source for d in found] == [str(paths[0])]
    assert [(f.source, f.lost) for f in failures] == [(str(paths[1]), False)]
    assert str(paths[0]) in failures[0].reason


def test_publication_date_is_only_for_those_without(write: Write) -> None:
    path = write("a.jsonl", '{"text": "One.", "published": "2020-02-01"}\n{"text": "Two."}\n')
    found, _ = read(path, published="2021-05-03")
    assert [d.published for d in found] == ["2020-02-01", "2021-05-03"]


def test_a_date_that_is_none_is_noted_and_not_used(write: Write) -> None:
    path = write("a.jsonl", '{"text": "One.", "published": "03/04/2020"}\n')
    (document,), (note,) = read(path)
    assert document.published is None
    assert (note.line, note.lost) == (1, False)
    assert "03/04/2020" in note.reason


def test_publication_date_must_be_a_date() -> None:
    with pytest.raises(ActorgraphError, match="2020-01-03"):
        ReadingOptions(WORDS, published="yesterday")


# What cannot be read

BAD: list[tuple[str, str | bytes, str]] = [
    ("empty.txt", "", "empty file"),
    ("blank.txt", " \n\t\n", "empty file"),
    ("empty.jsonl", "\n", "empty file"),
    ("mark.txt", b"\xef\xbb\xbf", "no text"),
    ("binary.txt", b"\x00\x01\x02\x03" * 50, "binary"),
    ("half.txt", b"plain text\x00 with a zero", "binary"),
    ("scan.txt", b"%PDF-1.4 stuff", "PDF"),
    ("office.txt", b"PK\x03\x04 stuff", "office"),
    ("broken.txt", b"\xff\xfea", "utf-16"),
    ("a.docx", "text", "unknown format '.docx'"),
    ("empty.html", "<html><body></body></html>", "no article text"),
    ("front.md", "---\ntitle: [a\n---\ntext", "front matter"),
    ("list.md", "---\n- a\n---\ntext", "front matter"),
    ("only.md", "---\ntitle: a\n---\n", "no text"),
    ("a.txt.gz", b"no gzip", "gzip"),
    ("cut.txt.gz", gzip.compress(PROSE.encode())[:-9], "gzip"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[name for name, _, _ in BAD])
def test_bad_file(name: str, content: str | bytes, reason: str, write: Write) -> None:
    path = write(name, content)
    found = failure(path)
    assert found.source == str(path)
    assert found.lost
    assert reason in found.reason
    assert "\n" not in str(found)


BAD_LINES: list[tuple[str | bytes, str]] = [
    ('{"text": "a"', "not JSON"),
    ("[1]", "not a JSON object"),
    ('{"title": "a"}', "no field 'text'"),
    ('{"text": 3}', "no field 'text'"),
    ('{"text": " "}', "empty text"),
    ('{"text": "a", "title": 3}', "'title'"),
    (b"\x00\x00", "binary"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_read(
    line: str | bytes, reason: str, write: Write
) -> None:
    bad = line if isinstance(line, bytes) else line.encode()
    path = write("a.jsonl", b'{"text": "First."}\n' + bad + b'\n{"text": "Third."}\n')
    found, (failed,) = read(path)
    assert [d.text for d in found] == ["First.", "Third."]
    assert failed.line == 2
    assert failed.lost
    assert reason in failed.reason
    assert str(failed).startswith(f"{path}:2: ")


def test_missing_file(tmp_path: Path) -> None:
    assert "no such file" in failure(tmp_path / "none.txt").reason


def test_pattern_without_match(tmp_path: Path) -> None:
    assert "matches no file" in failure(str(tmp_path / "*.txt")).reason


def test_empty_folder(tmp_path: Path) -> None:
    assert "no readable file" in failure(tmp_path).reason


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file(write: Write) -> None:
    path = write("a.txt", PROSE)
    path.chmod(0)
    assert "cannot be read" in failure(path).reason


def test_a_file_that_cannot_be_opened_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = write("a.txt", PROSE)
    monkeypatch.setattr(Path, "open", refused)
    assert "Permission denied" in failure(path).reason


def test_one_bad_document_never_loses_the_others(write: Write, tmp_path: Path) -> None:
    for name, content, _ in BAD:
        write(f"in/{name}", content)
    write("in/good.txt", PROSE)
    found, failures = read(tmp_path / "in", tmp_path / "none.txt")
    assert [d.text for d in found] == [PROSE]
    assert len([f for f in failures if f.lost]) == len(BAD)  # .docx is a note, none.txt one more


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2020-01-03", "2020-01-03"),
        ("2020-01", "2020-01"),
        ("2020", "2020"),
        ("2020-01-03T10:15:00+02:00", "2020-01-03"),
        ("2020-01-03 10:15", "2020-01-03"),
        ("Fri, 03 Jan 2020 10:15:00 GMT", "2020-01-03"),
        ("3 January 2020", "2020-01-03"),
        ("Sept. 3, 2020", "2020-09-03"),
        ("January 2020", "2020-01"),
        ("2020-13-01", None),
        ("2020-02-30", None),
        ("03/01/2020", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(written: str, expected: str | None) -> None:
    assert iso_date(written) == expected
