"""Clauses: predicates with deep roles, grammar undone."""
