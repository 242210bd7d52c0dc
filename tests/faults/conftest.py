"""Fixtures of two houses on one database server."""

from tests.compose.test_two_houses import street
from tests.storage.conftest import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url", "street"]
