"""The ontology: classes, relations and how English says them. Knows no text."""
