"""The same house and people as for flows."""

from tests.handlers.flows.conftest import alice, bob, house, store

__all__ = ["alice", "bob", "house", "store"]
