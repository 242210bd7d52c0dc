"""Must 17: under a wrong key nothing opens, the start stops with one sentence, and not a byte is changed."""

import pytest

from bot.compose import CannotStart
from storage.keys import make_master_key
from storage.sealing import Unopenable
from tests.security.inside import opened


async def lived(folder, clock) -> None:
    async with opened(folder, clock, "web") as inside:
        ana = inside.person("ana", "web")
        await ana.agree("/urge")
        await ana.tap("7")


def bytes_of(folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").iterdir() if not path.name.endswith(("-wal", "-shm"))}


async def starts(folder, clock) -> None:
    async with opened(folder, clock, "web"):
        raise AssertionError("it started")


@pytest.fixture
async def folder(tmp_path, clock):
    await lived(tmp_path, clock)
    return tmp_path


def another_key(folder) -> None:
    (folder / "master.key").unlink()
    make_master_key(folder / "master.key")


def no_keys(folder) -> None:
    (folder / "data" / "keys.db").unlink()


def empty_keys(folder) -> None:
    (folder / "data" / "keys.db").write_bytes(b"")


def a_key_cut_short(folder) -> None:
    (folder / "master.key").write_bytes((folder / "master.key").read_bytes()[:31])


def a_key_open_to_others(folder) -> None:
    (folder / "master.key").chmod(0o644)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (another_key, "The master key is not the one this data was made with"),
        (no_keys, "keys.db is missing or empty"),
        (empty_keys, "keys.db is missing or empty"),
        (a_key_cut_short, "is not 32 bytes long"),
        (a_key_open_to_others, "can be read by others"),
    ],
)
async def test_the_start_stops_with_a_sentence_and_changes_nothing(folder, clock, spoil, said):
    kept = (folder / "master.key").read_bytes(), (folder / "data" / "keys.db").read_bytes()
    spoil(folder)
    before = bytes_of(folder)
    with pytest.raises(CannotStart, match=said) as stopped:
        await starts(folder, clock)
    assert "\n" not in str(stopped.value)
    assert bytes_of(folder) == before
    (folder / "master.key").write_bytes(kept[0])
    (folder / "master.key").chmod(0o600)
    (folder / "data" / "keys.db").write_bytes(kept[1])
    async with opened(folder, clock, "web") as inside:  # the right one put back, all is there
        export = await inside.person("ana", "web").export()
    assert export["flow_states"][0]["body"]["state"]["answers"] == {"before": 7}


async def test_the_keys_of_another_house_are_refused(folder, tmp_path_factory, clock):
    other = tmp_path_factory.mktemp("other")
    (other / "master.key").write_bytes((folder / "master.key").read_bytes())
    (other / "master.key").chmod(0o600)
    await lived(other, clock)
    (folder / "data" / "keys.db").write_bytes((other / "data" / "keys.db").read_bytes())
    before = bytes_of(folder)
    with pytest.raises(CannotStart, match="belongs to another database"):
        await starts(folder, clock)
    assert bytes_of(folder) == before


async def test_a_value_moved_to_another_row_column_or_person_does_not_open(inside):
    ana, ben = inside.person("ana"), inside.person("ben")
    await ana.agree("/urge")
    await ben.agree("/urge")
    who, other = await ana.id(), await ben.id()

    async def moved(unit):
        sealed = await unit.seal(who, "entries", "body", "row", {"words": "x"})
        assert await unit.open(who, "entries", "body", "row", sealed, dict) == {"words": "x"}
        places = [
            (who, "entries", "body", "row2"),
            (who, "entries", "agenda", "row"),
            (who, "checkins", "body", "row"),
            (other, "entries", "body", "row"),
            (who, "entrie", "sbody", "row"),
        ]
        for owner, table, column, row in places:
            with pytest.raises(Unopenable):
                await unit.open(owner, table, column, row, sealed, dict)
        for at in range(len(sealed)):
            with pytest.raises((Unopenable, Exception)):
                await unit.open(who, "entries", "body", "row", sealed[:at] + bytes((sealed[at] ^ 1,)) + sealed[at + 1 :], dict)

    await inside.house.store.transact(moved)


async def test_the_length_of_words_is_hidden_in_steps(inside):
    ana = inside.person("ana")
    await ana.agree("/urge")
    who = await ana.id()

    async def sizes(unit):
        return {
            len(await unit.seal(who, "checkins", "body", "r", {"rating": rating, "s": "x" * n}))
            for rating in (1, 10)
            for n in (0, 20)
        }

    assert len(await inside.house.store.transact(sizes)) == 1
