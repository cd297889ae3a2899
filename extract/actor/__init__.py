"""Actors: names, titles, units and descriptions at exact places."""
