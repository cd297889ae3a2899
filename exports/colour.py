"""A colour for every class."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from .row import Row

Colour = tuple[int, int, int]
_GOLDEN = 0.618033988749895  # steps of the golden ratio spread hues evenly, however many


def colour(row: Row, order: Mapping[str, int]) -> Colour:
    """Red, green and blue in 0…255 of a node, by its type; grey for what the ontology lacks."""
    number = order.get(str(row.get("type", "")))
    if number is None:
        return 153, 153, 153
    lightness = 0.75 if row["kind"] == "event" else 0.5
    red, green, blue = colorsys.hls_to_rgb(number * _GOLDEN % 1, lightness, 0.6)
    return round(red * 255), round(green * 255), round(blue * 255)
