"""Who reads: an answer arrives, a role that ended reads no more, three days without an answer are not the end."""

from datetime import time

from bot.core.ids import new_id
from bot.core.quiet import Quiet
from bot.core.replies import Press
from handlers.reminders.records import Wishes
from handlers.reports.views import A_PAGE
from storage.privacy import PersonalRows
from storage.reports import Reports
from tests.handlers.reports.conftest import CONTACT, POST
from tests.handlers.screens import labels_of, press_of, text_of


async def reported(world, kind="unkind"):
    """Ana reports; Kim is there to read it. Return the report's id."""
    await world.facilitator("kim")
    await world.member("ana")
    sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", kind))
    await world.house.deliver()
    return press_of(sent, "Take it back").subject


async def read(world, who, report):
    return await world.house.press(who, Press("reports", "read", report), private=True)


async def test_a_ready_answer_reaches_who_told_once_and_says_nothing_on_a_locked_phone(world):
    report = await reported(world)
    shown = await read(world, "kim", report)
    for _ in range(2):
        await world.house.press("kim", press_of(shown, "We look into it"), private=True)
    await world.house.deliver()
    [note] = await world.letters_to("ana")
    assert note == "There is an answer for you."
    mine = await world.house.press("ana", Press("reports", "shown", report), private=True)
    assert "Thank you for telling us. We look into it." in text_of(mine)
    assert "kim" not in text_of(mine)


async def test_own_words_are_shown_before_they_go(world):
    report = await reported(world)
    form = (await world.house.press("kim", Press("reports", "write", report), private=True)).form
    over = await world.house.send_form("kim", form.press, {"words": "We talked with them."}, leads=False)
    assert "exactly this" in text_of(over)
    assert await world.house.deliver() == []
    for _ in range(2):
        await world.house.press("kim", press_of(over, "Send it"), private=True)
    assert len(await world.house.deliver()) == 1
    mine = await world.house.press("ana", Press("reports", "shown", report), private=True)
    assert "We talked with them." in text_of(mine)


async def test_a_role_that_ended_reads_no_more_also_by_an_old_button(world):
    report = await reported(world)
    world.roster.all.clear()
    refused = await read(world, "kim", report)
    assert "Evenings alone" not in text_of(refused)
    await world.house.press("kim", Press("reports", "answer", report, "did"), private=True)
    assert await world.house.deliver() == []


async def test_after_three_days_the_owners_are_reminded_and_who_told_hears_where_else_to_turn(world):
    await world.facilitator("olu", owner=True)
    await reported(world)
    await world.house.pass_time(hours=71)
    assert len(await world.letters_to("olu")) == 1
    await world.house.pass_time(hours=2)
    assert "three days" in (await world.letters_to("olu"))[-1]
    assert len(await world.letters_to("kim")) == 1
    assert CONTACT in (await world.letters_to("ana"))[-1]
    await world.house.pass_time(days=10)
    assert len(await world.letters_to("olu")) == 2


async def test_without_an_owner_among_them_all_are_reminded(world):
    await world.facilitator("lee")
    await reported(world)
    await world.house.pass_time(hours=73)
    assert [len(await world.letters_to(name)) for name in ("kim", "lee")] == [2, 2]


async def test_answered_or_settled_or_taken_back_nobody_is_reminded(world):
    for kind, action in (("unkind", "answer"), ("selling", "settle")):
        report = await reported(world, kind) if kind == "unkind" else None
        if report is None:
            sent = await world.house.press("ana", Press("reports", "send", f"p{POST}", kind))
            report = press_of(sent, "Take it back").subject
        await world.house.press("kim", Press("reports", action, report, "did"), private=True)
    await world.house.deliver()
    before = len(await world.letters_to("kim"))
    await world.house.pass_time(hours=80)
    assert len(await world.letters_to("kim")) == before


async def test_at_night_a_letter_waits_for_the_morning_but_for_danger(world, clock):
    await world.facilitator("kim")
    await world.member("ana")
    hour = clock.now().hour
    night = Quiet(time(hour), time((hour + 3) % 24))
    world.quiet[await world.house.person("kim")] = Wishes(quiet=night)
    await world.house.store.transact(lambda unit: _utc(unit, "kim"))
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "unkind"))
    assert await world.house.deliver() == []
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "danger_yes"))
    assert len(await world.house.deliver()) == 1
    clock.move(hours=4)
    assert len(await world.house.deliver()) == 1


async def _utc(unit, name):
    from msgspec.structs import replace

    from bot.core.calls import Account

    person = await unit.people.find(Account("discord", name))
    await unit.people.save(replace(person, zone="UTC"))


async def test_erased_the_report_is_gone_and_its_letters_say_so(world):
    report = await reported(world)
    [leaves] = [feature.leaves for feature in world.house.features if feature.leaves]
    ana = await world.house.person("ana")

    async def erase(unit):
        await leaves(ana, world.house.clock.now(), unit)
        await PersonalRows(unit).erase(ana, world.house.clock.now())

    await world.house.store.transact(erase)
    await world.house.deliver()
    assert "taken back" in (await world.letters_to("kim"))[-1]
    assert await world.house.store.transact(lambda unit: Reports(unit).get(report)) is None
    missing = await read(world, "kim", new_id())
    assert text_of(await read(world, "kim", report)) == text_of(missing)


async def test_the_list_of_letters_has_the_latest_first_and_only_ones_own(world, clock):
    await reported(world)
    clock.move(minutes=5)
    await world.facilitator("lee")
    await world.house.press("ana", Press("reports", "send", f"p{POST}", "selling"))
    letters = await world.house.press("kim", Press("reports", "letters"), private=True)
    assert text_of(letters).startswith("Reports that reached you")
    assert [one.label for row in letters.buttons[:-1] for one in row] == [
        "• Selling or recruiting",
        "• Unkind or threatening words",
    ]
    [only] = (await world.house.press("lee", Press("reports", "letters"), private=True)).buttons[:-1]
    assert only[0].label == "• Selling or recruiting"


async def test_a_role_that_ended_lists_no_letters_and_is_not_reminded(world):
    await world.facilitator("lee")
    await reported(world)
    kim = await world.house.person("kim")
    world.roster.all = [one for one in world.roster.all if one.person != kim]
    assert "no reports" in text_of(await world.house.press("kim", Press("reports", "letters"), private=True))
    await world.house.pass_time(hours=73)
    assert [len(await world.letters_to(name)) for name in ("kim", "lee")] == [1, 2]


async def test_a_long_list_of_letters_is_turned_over(world, clock):
    await reported(world, "other")
    for n in range(9):
        name = f"member {n}"
        await world.member(name)
        clock.move(minutes=5)
        await world.house.press(name, Press("reports", "send", f"p{POST}", "selling"))
    first = await world.house.press("kim", Press("reports", "letters"), private=True)
    assert [one.label for row in first.buttons[:-2] for one in row] == ["• Selling or recruiting"] * A_PAGE
    second = await world.house.press("kim", press_of(first, "More"), private=True)
    assert labels_of(second)[:2] == ["• Selling or recruiting", "• Something else"]
    again = await world.house.press("kim", press_of(second, "More"), private=True)
    assert text_of(again) == text_of(first)


async def test_a_report_whose_author_has_no_key_any_more_hides_no_other(world, clock):
    report = await reported(world)
    clock.move(minutes=5)
    await world.member("ben")
    await world.house.press("ben", Press("reports", "send", f"p{POST}", "selling"))
    ana = await world.house.person("ana")
    await world.house.store.transact(lambda unit: _without_key(unit, ana))
    letters = await world.house.press("kim", Press("reports", "letters"), private=True)
    assert labels_of(letters)[0] == "• Selling or recruiting"
    missing = await read(world, "kim", new_id())
    assert text_of(await read(world, "kim", report)) == text_of(missing)


async def _without_key(unit, person):
    await unit.house.keys.delete([person])
