"""Fixtures of the composition's tests: the database server is storage's own."""

from tests.storage.conftest import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
