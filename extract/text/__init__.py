"""Documents: files in, clean text with provenance out, parsed."""
