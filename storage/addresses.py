"""What a database url means."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url


class BadUrl(Exception):
    """The url names no database that Openchair knows. The message names those it does."""


def engine_url(url: str) -> URL:
    """Return the url with the driver we use: `sqlite:///data/openchair.db` or `postgresql://host/name`. Raises BadUrl."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+asyncpg")
    raise BadUrl("The database url must be sqlite:///<file> or postgresql://<user>@<host>/<database>.")


def database_file(url: str) -> Path | None:
    """Return the file of an SQLite url; None for a server."""
    parsed = engine_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
