"""Frames: the ontology's sentences, compiled, and found again in texts."""
