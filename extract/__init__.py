"""Text in, statements with exact offsets out."""
