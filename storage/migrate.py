"""The schema's revisions."""

from sqlalchemy.ext.asyncio import create_async_engine

from storage.addresses import engine_url
from storage.tables import metadata


async def create_tables(url: str) -> None:
    """Make all tables as the code has them, without revisions: for tests."""
    engine = create_async_engine(engine_url(url))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
    finally:
        await engine.dispose()


async def migrate(url: str) -> None:
    await create_tables(url)
