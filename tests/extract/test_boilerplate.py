"""What is not prose is marked; prose never is."""

from __future__ import annotations

import pytest
from actorgraph.extract.text.boilerplate import boilerplate_spans, byline, dated
from actorgraph.ontologies.turtle import loaded_ontology

WORDS = loaded_ontology().words
PROSE = "Soldiers of the Third Brigade entered Norvik on Monday."


def marked(text: str) -> list[str]:
    return [text[start:end] for start, end in boilerplate_spans(text, WORDS)]


NOT_PROSE = [
    "Advertisement",
    "ADVERTISEMENT",
    "Published: Updated:",
    "Published: 3 May 2021, 10:15 GMT",
    "Last updated on Monday",
    "100% Font Size",
    "80 % font size",
    "Enable Read mode",
    "5 min read",
    "Top Content Trending",
    "Read more: Governor of Norvik resigns after vote",
    "See also: The long war in the north",
    "Disclaimer: Views in this column are the writer's own.",
    "The views expressed in this article are the author's own.",
    "Copyright © 2021 The Norvik Post",
    "© 2021 The Norvik Post. All rights reserved.",
    "All rights reserved.",
    "By Mira Holt",
    "By Mira Holt and Jan de Ode in Norvik",
    "By MIRA HOLT, Senior Correspondent",
    "Written by Mira Holt | @miraholt",
    "(Reporting by Mira Holt; Editing by Jan Ode)",
    "Photo: Mira Holt/The Norvik Post",
    "Photo by Mira Holt",
    "File photo: troops near Norvik",
    "We use cookies to make this site work.",
    "Accept all cookies",
    "Subscribe",
    "Subscribe to our newsletter",
    "Sign up for our daily briefing",
    "Follow us on Telegram",
    "Share",
    "Share Tweet Email",
    "Facebook | Twitter | WhatsApp",
    "Home › World › North",
    "Home > World > North",
    "https://example.org/norvik/troops?id=3",
    "www.example.org",
    "mira@example.org",
    "@miraholt #norvik",
    "* * *",
    "-----",
    "Back to top",
    "12 comments",
    "Monday, 3 May 2021",
]


@pytest.mark.parametrize("line", NOT_PROSE)
def test_lines_that_are_not_prose(line: str) -> None:
    assert marked(f"{line}\n\n{PROSE}\n\nThey left on Friday.") == [line]


@pytest.mark.parametrize("line", [line for line in NOT_PROSE if not line.startswith("Monday")])
def test_they_are_found_between_paragraphs_without_blank_lines(line: str) -> None:
    assert marked(f"{PROSE}\n{line}\nThey left on Friday.") == [line]


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "By Friday the troops had left.",
        "By Monday Night",
        "By Land and Sea",
        "By the river, two soldiers waited.",
        "Share prices fell after the attack.",
        "Advertisement of the post brought forty officers.",
        "Read the full treaty, the minister told reporters.",
        "Published accounts of the raid differ.",
        "Subscribers to the Norvik Post were arrested.",
        "Follow the general, they were told.",
        "The copyright law was repealed.",
        "Live fire killed two men.",
        "General Ilan Marsh",
        "Norvik Governor Ilan Marsh Resigns",
        "Governor resigns | Troops enter Norvik",
        "Reporting by the mission shows that troops fired first.",
        "Comments by the general angered Norvik.",
        "Home Minister Ilan Marsh resigned.",
        "Photographs of the raid were published.",
        "March on Norvik begins",
        "25 February 1992 - 13 May 1994",
        "700",
    ],
)
def test_prose_and_headings_are_never_marked(line: str) -> None:
    rest = "\n\n".join([PROSE, "They left on Friday.", "The governor spoke.", "The end came."] * 2)
    assert marked(f"{line}\n\n{rest}") == []
    assert marked(f"{rest}\n\n{line}\n\n{rest}") == []


def test_a_line_inside_a_hard_wrapped_paragraph_is_prose() -> None:
    text = (
        "The men were sent to the north under the pretext of a paid\n"
        "advertisement\n"
        "in the newspapers of the capital, and the general told them to\n"
        "Share\n"
        "the food that was left."
    )
    assert marked(text) == []


def test_a_hard_wrapped_notice_is_marked_to_its_end() -> None:
    notice = (
        "Disclaimer: Views expressed by writers of these pages are theirs and not\n"
        "those of the newspaper, which has asked them\n"
        "to write."
    )
    assert "\n".join(marked(f"{PROSE}\n\n{notice}\n\n{PROSE}")) == notice


def test_a_list_of_links_ends_with_the_prose() -> None:
    links = ["Related:", "- Governor of Norvik resigns", "- Troops fire on marchers"]
    assert marked("\n".join([PROSE, *links, PROSE])) == links
    assert marked("\n\n".join([PROSE, *links, PROSE])) == links


def test_a_name_alone_is_a_byline_only_over_a_line_of_boilerplate() -> None:
    head = "Troops enter Norvik\n\nMira Holt\nPublished: Updated:\n\n"
    assert marked(head + PROSE) == ["Mira Holt", "Published: Updated:"]
    assert byline(head + PROSE, WORDS) == "Mira Holt"
    assert marked(f"Troops enter Norvik\n\nIlan Marsh\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Mira Holt", "Mira Holt"),
        ("By Mira Holt and Jan Ode in Norvik, The Norvik Post", "Mira Holt and Jan Ode"),
        ("Written by: Mira Holt", "Mira Holt"),
        ("BY MIRA HOLT | STAFF", "MIRA HOLT"),
        ("By Friday the troops had left.", None),
        ("Mira Holt", None),
    ],
)
def test_author(line: str, author: str | None) -> None:
    assert byline(f"Troops enter Norvik\n{line}\n\n{PROSE}", WORDS) == author


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 3 May 2021", "2021-05-03"),
        ("Published on May 3, 2021 10:15 GMT", "2021-05-03"),
        ("Monday, 3rd May 2021", "2021-05-03"),
        ("Posted: 2021-05-03", "2021-05-03"),
        ("Published: 3 May 2021 Updated: 4 May 2021", "2021-05-03"),
        ("Published: Updated: 4 May 2021", None),
        ("Last updated: 4 May 2021", None),
        ("Published: 03/05/2021", None),
        ("On 3 May 2021 troops entered Norvik.", None),
    ],
)
def test_date(line: str, date: str | None) -> None:
    assert dated(f"Troops enter Norvik\n{line}\n\n{PROSE}", WORDS) == date


def test_ten_thousand_odd_characters_take_no_time() -> None:
    for odd in ("*", "@1", "| ", "share ", "1,", "by ", "a/"):
        boilerplate_spans(odd * 5000 + "x.", WORDS)
