"""Statements in, one merged graph of entities, events and edges out."""
