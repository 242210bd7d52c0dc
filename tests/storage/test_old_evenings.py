"""A database of the first revision has series and evenings in it: the second one keeps them, and gives them their names."""

from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, insert, text

from storage.migrate import _connection, config, migrate

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
old = MetaData()
PLAIN = {
    "communities": ("platform", "space", "zone", "language", "country"),
    "rooms": ("community", "platform", "chat", "thread"),
}
for name, columns in PLAIN.items():
    Table(name, old, Column("id", String), *(Column(column, String) for column in columns))
Table("people", old, *(Column(name, String) for name in ("person", "language", "zone", "country")), Column("at", DateTime(True)))
Table(
    "series",
    old,
    *(Column(name, String) for name in ("id", "community", "room", "zone", "first", "wall", "rule")),
    Column("title", LargeBinary),
    Column("minutes", Integer),
    Column("at", DateTime(True)),
)
Table(
    "occurrences",
    old,
    *(Column(name, String) for name in ("id", "series", "state")),
    *(Column(name, DateTime(True)) for name in ("starts_at", "ends_at")),
    *(Column(name, Integer) for name in ("segment", "heads")),
    Column("checkin", Boolean),
)
Table("presences", old, Column("occurrence", String), Column("person", String), Column("at", DateTime(True)))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return f"sqlite:///{tmp_path / 'openchair.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


def an_evening(name, start, state):
    times = {"starts_at": start, "ends_at": start + timedelta(minutes=90)}
    return {"id": name, "series": "s", "state": state, **times, "segment": -1, "heads": 3, "checkin": True}


async def fill(url) -> None:
    """A series in Berlin with an evening of summer, one of winter that is ahead, and somebody who is there."""
    community = {"platform": "web", "space": "1", "zone": "UTC", "language": "en", "country": "DE"}
    series = {
        "zone": "Europe/Berlin",
        "first": "2026-06-02",
        "wall": "19:00:00",
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "title": b"sealed",
    }
    rows: dict[str, list[dict[str, object]]] = {
        "communities": [{"id": "c", **community}],
        "rooms": [{"id": "r", "community": "c", "platform": "web", "chat": "1", "thread": ""}],
        "people": [{"person": "p", "language": "", "zone": "", "country": "", "at": START}],
        "series": [{"id": "s", "community": "c", "room": "r", **series, "minutes": 90, "at": START}],
        "occurrences": [
            an_evening("was", datetime(2026, 6, 2, 17, tzinfo=UTC), "closed"),
            an_evening("ahead", START, "announced"),
        ],
        "presences": [{"occurrence": "ahead", "person": "p", "at": START}],
    }
    async with _connection(url) as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "0001"))
        for name, values in rows.items():
            if connection.dialect.name == "sqlite":
                values = [{key: plain(value) for key, value in row.items()} for row in values]
            await connection.execute(insert(old.tables[name]), values)


def plain(value):
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


async def test_evenings_of_before_have_a_name_and_a_room_and_nothing_is_lost(url):
    await fill(url)
    await migrate(url)
    async with _connection(url) as connection:
        evenings = await connection.execute(
            text("SELECT id, original, room, extra, self_run, paused_at, reason, heads FROM occurrences ORDER BY starts_at")
        )
        assert [tuple(row) for row in evenings] == [
            ("was", "2026-06-02T19:00", "r", 0, False, None, None, 3),
            ("ahead", "2026-12-01T19:00", "r", 0, False, None, None, 3),
        ]
        series = await connection.execute(text("SELECT options, link, follows, rule FROM series"))
        assert [tuple(row) for row in series] == [("{}", None, None, "FREQ=WEEKLY;BYDAY=TU")]
        assert list(await connection.execute(text("SELECT occurrence, person FROM presences"))) == [("ahead", "p")]


async def test_the_way_back_keeps_them_too(url):
    await fill(url)
    await migrate(url)
    async with _connection(url) as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "0001"))
        kept = await connection.execute(text("SELECT id, state FROM occurrences ORDER BY starts_at"))
        assert [tuple(row) for row in kept] == [("was", "closed"), ("ahead", "announced")]
