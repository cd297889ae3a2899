"""The reading text: as long as the document, and laid out as its author meant it."""

from __future__ import annotations

import pytest
from actorgraph.extract.text.document import Document
from actorgraph.extract.text.layout import block_starts, headline, reading_text
from hypothesis import given
from hypothesis import strategies as st


def blocks(text: str, *boilerplate: tuple[int, int]) -> list[str]:
    """The visible lines of the reading text, white space collapsed."""
    read = reading_text(Document(text, boilerplate=boilerplate))
    assert len(read) == len(text)
    return [" ".join(line.split()) for line in read.split("\n") if line.strip()]


ODD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("ab AB\n\r\t\v\f\x85\u2028\u00ad\u200b“”‘’–—-*•.1)(İßŉ\ud800"),
    ),
    max_size=200,
)


@given(ODD, st.data())
def test_any_text_keeps_its_length_and_its_blocks_are_in_order(
    text: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    document = Document(text, boilerplate=spans)
    read = reading_text(document)
    assert len(read) == len(text)
    starts = block_starts(read)
    assert starts == sorted(set(starts))
    assert all(not read[start].isspace() for start in starts)
    read.encode()
    assert all(read[start:end].isspace() for start, end in spans if start < end)
    headline(document)


@given(st.text(alphabet="aB ,\n", max_size=80))
def test_visible_words_never_change(text: str) -> None:
    assert reading_text(Document(text)).split() == text.split()


def test_hard_wrapped_paragraphs_are_joined_and_paragraphs_kept_apart() -> None:
    text = (
        "Soldiers of the Third Brigade entered the town of\n"
        "Norvik on Monday, hours after the governor had left\n"
        "for the capital. They met no resistance, a\n"
        "spokesman of the Norvik Province said.\n"
        "\n"
        "General Ilan Marsh, who leads the brigade, spoke to\n"
        "the elders of the town and promised to leave\n"
        "soon."
    )
    first, second = blocks(text)
    assert first.startswith("Soldiers of")
    assert first.endswith("Norvik Province said.")
    assert second.startswith("General Ilan Marsh")


def test_a_headline_over_hard_wrapped_prose_stays_apart() -> None:
    text = (
        "Troops enter Norvik\n"
        "Soldiers of the Third Brigade entered the town of Norvik\n"
        "on Monday, hours after the governor had left for the\n"
        "capital."
    )
    assert blocks(text)[0] == "Troops enter Norvik"
    assert len(blocks(text)) == 2


def test_a_paragraph_a_line_is_not_hard_wrapped() -> None:
    text = (
        "Soldiers entered Norvik on Monday.\n"
        "General Ilan Marsh leads them.\n"
        "The governor had left the town in the night before, when the first of them came.\n"
        "Nobody was hurt."
    )
    assert blocks(text) == text.split("\n")


def test_headlines_a_line_are_not_hard_wrapped() -> None:
    text = "Troops enter Norvik\nGovernor flees to the capital\nParliament meets in the night"
    assert blocks(text) == text.split("\n")


def test_hard_wrapped_capitals_are_joined() -> None:
    text = (
        "SOLDIERS OF THE THIRD BRIGADE ENTERED THE TOWN OF NORVIK ON\n"
        "MONDAY, HOURS AFTER THE GOVERNOR HAD LEFT FOR THE CAPITAL OF\n"
        "THE PROVINCE."
    )
    assert len(blocks(text)) == 1


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "1.", "(2)", "a)"])
def test_bullets_are_blanked_and_start_blocks(bullet: str) -> None:
    text = f"The army said:\n{bullet} Troops entered Norvik\n{bullet} The governor left"
    assert blocks(text) == ["The army said:", "Troops entered Norvik", "The governor left"]


def test_a_number_that_is_no_bullet_stays() -> None:
    assert blocks("3rd Brigade troops came.\n\n21 men died.") == [
        "3rd Brigade troops came.",
        "21 men died.",
    ]


def test_quotes_dashes_and_blanks_are_plain() -> None:
    text = "“Marsh’s men” – he said — left\u00a0the\ttown\u200b…"
    assert reading_text(Document(text)) == '"Marsh\'s men" - he said - left the town …'


def test_boilerplate_is_blanked() -> None:
    text = "Troops came.\nAdvertisement\nThey left."
    assert blocks(text, (13, 26)) == ["Troops came.", "They left."]


@pytest.mark.parametrize(
    "dateline",
    [
        "NORVIK (Northern News) - ",
        "NORVIK, May 3 (NN) -- ",
        "NORVIK, Arland — ",
        "NORVIK/PORT ODE - ",
        "Norvik (NN) - ",
        "NORVIK, 3 May – ",
    ],
)
def test_a_dateline_is_a_block_of_its_own(dateline: str) -> None:
    assert blocks(f"{dateline}Troops entered the town.")[-1] == "Troops entered the town."


@pytest.mark.parametrize(
    "text",
    ["Troops - tired and few - came.", "US-backed forces came.", "The UN - not NATO - came."],
)
def test_a_dash_in_prose_is_no_dateline(text: str) -> None:
    assert blocks(text) == [text]


def test_block_starts() -> None:
    assert block_starts("A b.\n\n  C d.\n \nE") == [0, 8, 15]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Troops enter Norvik\n\nThey came on Monday.", "Troops enter Norvik"),
        ("Will troops enter Norvik?\nThey came on Monday.", "Will troops enter Norvik?"),
        ("Troops came on Monday.\n\nThey left.", None),
        ("Troops enter Norvik", None),
        ("NORVIK (NN) - Troops came.\n\nThey left.", None),
        ("Monday\n\nTroops came.", None),
        ("", None),
    ],
)
def test_headline(text: str, title: str | None) -> None:
    assert headline(Document(text)) == title
