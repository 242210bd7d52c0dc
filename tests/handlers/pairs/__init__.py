"""Pairs for a week."""
