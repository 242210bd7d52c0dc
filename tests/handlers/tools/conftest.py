"""The same house and people as for flows."""

from collections.abc import Mapping, Sequence

from tests.handlers.flows.conftest import alice, bob, house, store

__all__ = ["alice", "bob", "filled", "house", "store"]


def filled(lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the taps that fill lists with suggestions, one after another, each with its Done."""
    return [tapped for chips in lists.values() for tapped in (*chips, "Done")]
