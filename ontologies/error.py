"""The one exception base."""

from __future__ import annotations


class ActorgraphError(Exception):
    """What the user can mend; the message names file, place, reason and remedy."""
