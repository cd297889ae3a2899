"""A graph in, files that its targets load out."""
