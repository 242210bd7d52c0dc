"""The master key file, and the ring of wrapped keys."""

import os
import stat

import pytest

from storage.keys import BadMasterKey, KeyRing, NoKey, WrongKey, make_master_key, read_master_key
from storage.sealing import Unopenable
from tests.storage.people import ALICE, BEN, accounts_of, meet, said
from tests.stores import keys_for_tests, storage_for_tests


def test_a_made_key_is_its_owners_alone_and_never_written_over(tmp_path):
    path = tmp_path / "secrets" / "master.key"
    make_master_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = read_master_key(path)
    assert len(key) == 32
    with pytest.raises(FileExistsError):
        make_master_key(path)
    assert read_master_key(path) == key


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path, mode):
    path = tmp_path / "master.key"
    make_master_key(path)
    path.chmod(mode)
    with pytest.raises(BadMasterKey, match="chmod 600"):
        read_master_key(path)


@pytest.mark.parametrize("size", [0, 31, 33, 4096])
def test_a_key_of_another_size_is_refused(tmp_path, size):
    path = tmp_path / "master.key"
    path.touch(mode=0o600)
    path.write_bytes(os.urandom(size))
    with pytest.raises(BadMasterKey, match="32 bytes"):
        read_master_key(path)


def test_a_missing_key_says_how_to_make_one(tmp_path):
    with pytest.raises(BadMasterKey, match="openchair init"):
        read_master_key(tmp_path / "master.key")


def everything(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(".lock")}


async def test_a_wrong_master_key_stops_the_start_and_changes_nothing(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        await meet(store, clock)
    before = everything(tmp_path / "data")
    right = (tmp_path / "master.key").rename(tmp_path / "right.key")
    make_master_key(tmp_path / "master.key")
    with pytest.raises(WrongKey, match="master key"):
        async with storage_for_tests(tmp_path, clock):
            pass
    assert everything(tmp_path / "data") == before
    right.replace(tmp_path / "master.key")
    async with storage_for_tests(tmp_path, clock) as store:
        person = await meet(store, clock)
        assert await accounts_of(store, person) == [ALICE]


async def test_a_lost_file_of_keys_stops_the_start_and_is_not_made_anew(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        await meet(store, clock)
    (tmp_path / "data" / "keys.db").unlink()
    with pytest.raises(WrongKey, match="missing"):
        async with storage_for_tests(tmp_path, clock):
            pass
    assert not (tmp_path / "data" / "keys.db").exists()


async def test_another_databases_file_of_keys_is_refused(tmp_path, clock):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        if name == "two":
            (tmp_path / "two" / "master.key").write_bytes((tmp_path / "one" / "master.key").read_bytes())
            (tmp_path / "two" / "master.key").chmod(0o600)
        async with storage_for_tests(tmp_path / name, clock) as store:
            await meet(store, clock)
    (tmp_path / "two" / "data" / "keys.db").replace(tmp_path / "one" / "data" / "keys.db")
    with pytest.raises(WrongKey, match="another database"):
        async with storage_for_tests(tmp_path / "one", clock):
            pass


async def test_a_deleted_key_opens_nothing_and_is_in_no_file(tmp_path):
    ring = keys_for_tests(tmp_path)
    await ring.open(None)
    keys = {name: name.encode() * 32 for name in ("a", "b")}
    await ring.keep(keys)
    [wrapped] = [row[0] for row in await ring._open_file.execute_fetchall("SELECT wrapped FROM keys WHERE owner = 'a'")]
    assert any(wrapped in content for content in everything(tmp_path / "data").values())
    await ring.delete(["a"])
    assert not any(wrapped in content for content in everything(tmp_path / "data").values())
    with pytest.raises(NoKey):
        await ring.newest("a")
    assert (await ring.newest("b"))[0] == 1
    await ring.close()
    assert not any(wrapped in content for content in everything(tmp_path / "data").values())


async def test_keys_stand_wrapped_on_disk_and_come_back(tmp_path):
    ring = keys_for_tests(tmp_path)
    pair = await ring.open(None)
    await ring.keep({"a": b"k" * 32})
    generation, key = await ring.newest("a")
    sealed = key.encrypt(b"n" * 12, b"words", None)
    await ring.close()
    assert not any(b"k" * 32 in content for content in everything(tmp_path / "data").values())
    again = keys_for_tests(tmp_path)
    await again.open(pair)
    assert (await again.get("a", generation)).decrypt(b"n" * 12, sealed, None) == b"words"
    await again.close()


async def test_a_wrapped_key_moved_to_another_owner_does_not_open(tmp_path):
    ring = keys_for_tests(tmp_path)
    pair = await ring.open(None)
    await ring.keep({"a": b"a" * 32, "b": b"b" * 32})
    await ring._open_file.execute("UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE owner = 'a') WHERE owner = 'b'")
    await ring.close()
    again = keys_for_tests(tmp_path)
    await again.open(pair)
    with pytest.raises(Unopenable):
        await again.newest("b")
    await again.close()


async def test_a_value_moved_to_another_persons_row_does_not_open(store, clock):
    from sqlalchemy import select, update

    from storage.tables.receipts import receipts

    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def swap(unit):
        await unit.receipts.keep("a", alice.id, said("mine"), clock.now())
        await unit.receipts.keep("b", ben.id, said("theirs"), clock.now())
        body = (await unit.row(select(receipts.c.body).where(receipts.c.person == alice.id)))["body"]
        await unit.run(update(receipts).where(receipts.c.person == ben.id).values(body=body))

    await store.transact(swap)
    with pytest.raises(Unopenable):
        await store.transact(lambda unit: unit.receipts.of("b"))
    assert await store.transact(lambda unit: unit.receipts.of("a")) == said("mine")


async def test_nothing_is_sealed_for_whoever_has_no_key(store):
    with pytest.raises(NoKey):
        await store.transact(lambda unit: unit.seal("0" * 32, "t", "c", "r", 1))


def test_the_derived_names_differ_by_use_and_by_master_key(tmp_path):
    one, other = (KeyRing(bytes((n,)) * 32, tmp_path / "keys.db") for n in (1, 2))
    marks = {
        ring_mark
        for ring in (one, other)
        for ring_mark in (
            ring.account_mark("telegram", "1"),
            ring.index_mark("slot", "1"),
            ring.token_mark("1"),
            ring.short_hash("1"),
        )
    }
    assert len(marks) == 8
    assert len(one.short_hash("1")) == 10
