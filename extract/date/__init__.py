"""Dates: expressions of time, resolved with their granularity."""
