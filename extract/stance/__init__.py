"""Stance: affirmed or denied, how certain, and whose word."""
