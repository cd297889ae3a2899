"""Chains: which mentions are one actor, and why."""
