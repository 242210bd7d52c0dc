"""What people write, and who they are, stands in no file of the data folder: not in the database, its logs, nor the keys."""

from bot.core.calls import Account
from bot.core.ids import MessageRef
from bot.core.ports import PendingForm
from bot.core.replies import Form, Press
from storage.privacy import PersonalRows
from storage.web_chat import WebChat
from tests.storage.people import meet, post, promise, said, to_person
from tests.stores import storage_for_tests

CANARY = "kanarienvogel"
SOMEBODY = Account("telegram", f"{CANARY}-user-4711")


async def live(store, clock):
    person = await meet(store, clock, SOMEBODY)
    await promise(store, post(f"{CANARY}-key-1", to_person(person), CANARY, slot=f"{CANARY}-slot"))
    await promise(store, post(f"{CANARY}-key-2", to_person(person), CANARY))
    claims = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now(), 9)
    await store.outbox_queue.mark_sent(claims[0], MessageRef(f"{CANARY}-message"), clock.now())

    async def work(unit):
        await unit.receipts.keep(f"{CANARY}-receipt", person.id, said(CANARY), clock.now())
        await unit.forms.keep(person.id, PendingForm(Form(Press("a", "b"), CANARY, ()), {CANARY: CANARY}))
        await unit.rooms.get(f"{CANARY}-room")

    await store.transact(work)
    await WebChat(store, "web", "demo").add("room", None, "m1", f'"{CANARY}"'.encode())
    return person


def seen_in(folder):
    return [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


async def test_canary_words_are_in_no_file(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        person = await live(store, clock)
        assert {path.name for path in (tmp_path / "data").iterdir()} >= {"openchair.db", "openchair.db-wal", "keys.db"}
        assert seen_in(tmp_path) == []
        await store.transact(lambda unit: PersonalRows(unit).erase(person.id, clock.now()))
        assert seen_in(tmp_path) == []
    assert seen_in(tmp_path) == []


async def test_a_persons_id_leaves_the_files_with_the_person(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        person = await live(store, clock)
        await store.transact(lambda unit: PersonalRows(unit).erase(person.id, clock.now()))
    names = [path.name for path in (tmp_path / "data").iterdir() if person.id.encode() in path.read_bytes()]
    assert names in ([], ["openchair.db"])  # the promise to delete the key, until the next start
    async with storage_for_tests(tmp_path, clock):
        pass
    assert not any(person.id.encode() in path.read_bytes() for path in (tmp_path / "data").iterdir())
