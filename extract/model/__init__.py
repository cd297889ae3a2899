"""Models: optional extractors that language models drive, checked by the same rules."""
