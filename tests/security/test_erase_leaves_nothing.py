"""Must 14: erasing empties every table and the key, in the middle of anything; who comes again is somebody new."""

import pytest

from bot.core.replies import Press
from storage.keys import NoKey
from storage.tables import metadata
from tests.security.evenings import agree, check_in, data_of, gather, plan, quiet
from tests.security.inside import buttons_of, presses_of, text_of
from tests.security.inside import plan as plan_inside
from tests.security.lives import WORDS, rows_everywhere
from tests.security.rows import dump, files_with, keys_of, tables_with

PROMISED = "lost_keys"  # the promise that the key is deleted, kept by the next hour's housekeeping


async def person_rows(folder, who: str) -> list[str]:
    return [name for name in tables_with(dump(folder), who) if name != PROMISED]


async def test_in_the_middle_of_everything_no_row_and_no_key_is_left(inside):
    kim = inside.person("kim", facilitator=True)
    await plan_inside(kim)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    evening = next(press.subject for press in presses_of(card) if press.action == "join")
    ana, ben = inside.person("ana", facilitator=True), inside.person("ben")
    folder = inside.folder / "data"
    for who in (ana, ben):
        await in_the_middle(inside, kim, who, evening)
    anas, bens = await ana.id(), await ben.id()
    full = tables_with(dump(folder), anas)
    personal = {table.name for table in metadata.sorted_tables if "person" in table.c}
    assert personal - set(full) <= {"web_chat"}, personal - set(full)
    assert anas in keys_of(folder)
    others = tables_with(dump(folder), bens)

    await ana.press(Press("people", "erase", "", "yes"))
    assert await person_rows(folder, anas) == []
    assert anas not in keys_of(folder)
    assert tables_with(dump(folder), bens) == others
    assert bens in keys_of(folder)
    await inside.moments(days=1)  # nothing that was promised comes back to life
    for chore in inside.house.chores:
        await chore()
    assert tables_with(dump(folder), anas) == []
    assert files_with(folder, anas) == []


async def in_the_middle(inside, kim, who, evening: str) -> None:
    """Settings, reminders, presence, hosting, a timer that runs, a form half filled, posts that wait and that were sent."""
    await who.command("/meetings", "room")
    await who.command("/remind", "room")
    await who.press(Press("meetings", "join", evening), "room")
    await who.press(Press("meetings", "panel", evening), "room")
    await who.agree("/checkin")
    await who.tap("7")
    await who.write("went well")
    await who.write("was hard")
    await who.tap("Save")
    await who.command("/dents")
    await who.tap("For now", "7", "E: escape", "Done", "Next", "5", "Keep")
    await who.command("/kit")
    await who.tap("Next")
    await who.write("a reason of my own")
    await who.tap("Done", "Skip", "Save")
    await who.command("/dents")
    await who.tap("For now", "7", "D: delay", "Done", "5 min")
    await half_a_form(inside, who)
    await inside.moments(seconds=1)
    await rows_everywhere(inside, await who.id(), evening)
    await a_letter(inside, who)


async def a_letter(inside, who) -> None:
    """A post for them waits."""
    from bot.core.posts import Lane, Post, ToPerson
    from bot.core.replies import Reply
    from bot.core.richtext import Paragraph, Text

    post = Post(f"letter_{who.account.user}", Lane.PRIVATE, ToPerson(await who.id()), Reply((Paragraph((Text(WORDS),)),)))
    await inside.house.store.transact(lambda unit: unit.outbox.add(post))


async def half_a_form(inside, who) -> None:
    from bot.core.ports import PendingForm
    from bot.core.replies import Form

    person = await who.id()
    pending = PendingForm(Form(Press("settings", "zone"), "t", ()), {"city": "words begun"})
    await inside.house.store.transact(lambda unit: unit.forms.keep(person, pending))


async def test_the_account_that_comes_again_is_somebody_new(inside):
    ana = inside.person("ana")
    await ana.agree("/urge")
    await ana.tap("7")
    await ana.command("/language", language="de")
    before = await ana.id()
    await ana.press(Press("people", "erase", "", "yes"))
    assert "Are you 18 or older" in text_of(await ana.command("/urge"))
    await ana.agree("/urge")
    after = await ana.id()
    assert after != before
    assert before not in keys_of(inside.folder / "data")
    held = await ana.export()
    assert {row["language"] for row in held["people"]} == {""}
    assert "answers" in str(held["flow_states"])
    assert "'before': 7" not in str(held)


async def test_what_was_sealed_under_the_key_never_opens_again(inside):
    ana = inside.person("ana")
    await ana.agree("/urge")
    who = await ana.id()
    sealed = await inside.house.store.transact(lambda unit: unit.seal(who, "entries", "body", "r", "words"))
    await ana.press(Press("people", "erase", "", "yes"))

    async def opens(unit):
        with pytest.raises(NoKey):
            await unit.open(who, "entries", "body", "r", sealed, str)
        with pytest.raises(NoKey):
            await unit.seal(who, "entries", "body", "r", "more words")

    await inside.house.store.transact(opens)


async def test_on_each_platform_in_the_middle_of_an_evening(here):
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    await plan(here, kim, "Tuesday evening")
    await here.command(ana, "/remind", "room")
    await here.sees(ana, "This is how a reminder looks")
    await gather(here, kim, ana)
    await check_in(here, ana, "went well", "was hard", "An urge")
    await here.sees(kim, "Check-ins: 1 of 1", "room")
    await here.command(ana, "/surf")
    await agree(here, ana)
    await quiet(here)
    who = id_of_the_only_one_with(here, "checkins")
    assert len(tables_with(dump(data_of(here)), who)) > 6
    await here.command(ana, "/erase")
    await here.press(ana, "Delete everything")
    await here.sees(ana, "nothing about you is kept here any more")
    await quiet(here)
    assert await person_rows(data_of(here), who) == []
    assert who not in keys_of(data_of(here))
    assert files_with(data_of(here), who) in (
        [],
        ["openchair.db"],
    )  # free pages are overwritten; a promise to delete the key may wait
    await here.press(kim, "Refresh", "private" if here.name == "telegram" else "room")
    await here.sees(kim, "Nobody has said yet that they are here", "private" if here.name == "telegram" else "room")
    if here.name == "web":
        assert dump(data_of(here))["web_chat"] == [row for row in dump(data_of(here))["web_chat"] if "private_ana" not in str(row)]


def id_of_the_only_one_with(here, table: str) -> str:
    (row,) = dump(data_of(here))[table]
    return str(row[1])


async def test_erasing_asks_once_and_a_no_changes_nothing(inside):
    ana = inside.person("ana")
    await ana.agree("/urge")
    before = dump(inside.folder / "data", without=("receipts",))
    await ana.command("/erase")
    assert [button.label for button in buttons_of(ana.screen)][:2] == ["Delete everything", "No, leave it"]
    await ana.tap("No, leave it")
    assert dump(inside.folder / "data", without=("receipts",)) == before
