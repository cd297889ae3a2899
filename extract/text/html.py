"""HTML: the article's own text and metadata, through trafilatura."""

from __future__ import annotations

import logging

from .failure import UnreadableError
from .page import Page

# Only the dates the page states; its guesses (copyright years, links) are not evidence. The
# upper bound is fixed because htmldate's own is today, and the same page must read the same.
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2999-12-31"}


def html_page(markup: str) -> Page:
    """The main text of a web page, one paragraph a block, and its title, author, date, publisher.

    Raises:
        UnreadableError: there is no running text in the page.
    """
    import trafilatura

    for library in ("trafilatura", "htmldate", "justext"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    found = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=_DATES,
    )
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise UnreadableError(
            "no article text in this page", "save the article itself, as text or HTML"
        )
    return Page(
        text="\n\n".join(line for line in str(found.text).split("\n") if line.strip()),
        title=found.title or None,
        author=found.author or None,
        publisher=found.sitename or None,
        published=found.date or None,
        url=found.url or None,
    )
