"""One house a platform for all walks of a worker."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.tools_walked.houses import Houses


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def houses(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Houses]:
    made = Houses(tmp_path_factory.mktemp)
    yield made
    await made.end()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The walks run in the loop in which their houses live."""
    for item in items:
        if "tools_walked" in str(item.path):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
