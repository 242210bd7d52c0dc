"""A whole evening, in simulated time."""

from bot.core.meetings import Occurrence
from storage.meetings import Meetings
from tests.handlers.meetings.house import House, labels_of, press_of, text_of

LINE = "/meeting create Wednesday 19:00 Berlin 90 Open evening"  # the clock stands at Tuesday 19:00 in Berlin


async def test_an_evening_from_its_making_to_the_next_one_planned(house: House):
    for who in ("ann", "bob"):
        await house.consent(who)
    made = await house.type("fay", LINE, leads=True)
    assert "Every Wednesday at 7:00 PM (Central European Time), 90 minutes." in text_of(made)
    assert "Wed, Dec 2, 7:00" in text_of(made)
    assert "Cancel this weekly meeting" in labels_of(made)

    await house.pass_time(minutes=1)  # 24 hours before is this minute: it is past, and not said
    assert house.news == []
    await house.pass_time(hours=23, minutes=44)
    assert [line.partition(":")[0] for line in house.news] == ["Open evening starts soon"]

    await house.pass_time(minutes=5)
    assert "The room is open" in text_of(house.card)
    assert labels_of(house.card) == ["I am here", "Help now", "Facilitator"]

    joined = await house.press("ann", press_of(house.card, "I am here"))
    assert "You are in. One person is here. We start at 7:00" in text_of(joined)
    await house.press("bob", press_of(house.card, "I am here"))
    again = await house.press("ann", press_of(house.card, "I am here"))
    assert text_of(again) == "You are in. 2 people are here."
    await house.work_off()
    assert "2 people are here" in text_of(house.card)

    await house.pass_time(minutes=10)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    assert "Start the meeting" in labels_of(panel)
    panel = await house.press("fay", press_of(panel, "Start"), leads=True)
    assert "What is said here stays here." in text_of(panel)
    assert "You host this meeting." in text_of(panel)
    await house.deliver()
    assert "Now: Welcome, since 7:00 PM, until about 7:05 PM" in text_of(house.card)
    assert "After that: Check-in" in text_of(house.card)

    panel = await house.press("fay", press_of(panel, "Next: Check-in"), leads=True)
    panel = await house.press("fay", press_of(panel, "Start check-in"), leads=True)
    assert "Start check-in" not in labels_of(panel)
    await house.work_off()
    assert "Check-ins: 0 of 2" in text_of(house.card)
    assert "My check-in" in labels_of(house.card)

    kept = await house.answer_checkin("ann", "7", "slept well", "a party", "An urge", "With a name", "Ann", "Save")
    assert "Saved." in text_of(kept)
    await house.answer_checkin("bob", "3", "Skip", "Skip", "An urge", "Without my name", "Save")
    await house.work_off()
    card = text_of(house.card)
    assert "Check-ins: 2 of 2" in card
    assert "Urges (2): Ann" in card
    assert "slept" not in card
    assert "party" not in card

    await house.press("cat", press_of(house.card, "I am here"))
    await house.work_off()
    assert "3 people are here" in text_of(house.card)
    invited = house.of(await house.person("cat"))[-1].post.reply
    assert "Open my check-in" in labels_of(invited)

    await house.pass_time(minutes=76)  # 20:16; nobody pressed Next again
    assert "Now: Check-out" in text_of(house.card)
    assert "This time is kept for everyone's way out." in text_of(house.card)

    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    asked = await house.press("fay", press_of(panel, "End"), leads=True)
    assert "End the meeting for everyone?" in text_of(asked)
    await house.press("fay", press_of(asked, "Yes"), leads=True)
    await house.deliver()
    assert "This meeting has ended. Thank you for being here." in text_of(house.card)
    assert "Next time: Wed, Dec 9, 7:00 PM (Central European Time)" in text_of(house.card)
    assert labels_of(house.card) == ["Help now"]
    following = await house.occurrence()
    assert following.starts_at.isoformat() == "2026-12-09T18:00:00+00:00"

    await house.pass_time(days=5, hours=23)  # Tuesday 19:16
    assert house.news[-1].startswith("Coming up: Open evening, Wed, Dec 9")


async def test_a_day_after_the_end_only_the_head_count_is_kept(house: House):
    await house.type("fay", LINE, leads=True)
    await house.pass_time(hours=24)
    for who in ("ann", "bob"):
        await house.press(who, press_of(house.card, "I am here"))
    held = await house.occurrence()
    await house.type("fay", "/meeting start", leads=True)
    asked = await house.type("fay", "/meeting end", leads=True)
    await house.press("fay", press_of(asked, "Yes"), leads=True)
    await house.pass_time(hours=23)
    assert await count(house, held) == (2, 2)
    await house.pass_time(hours=2)
    assert await count(house, held) == (0, 2)


async def test_a_room_that_nobody_closes_is_closed_half_an_hour_after_its_end(house: House):
    await house.type("fay", LINE, leads=True)
    await house.pass_time(hours=24)
    await house.type("fay", "/meeting start", leads=True)
    await house.pass_time(hours=2, minutes=1)
    assert "This meeting has ended." in text_of(house.card)
    assert (await house.occurrence()).starts_at.isoformat() == "2026-12-09T18:00:00+00:00"


async def test_the_same_evening_on_telegram_moves_by_typed_commands_and_a_panel_in_private(telegram_house: House):
    house = telegram_house
    await house.type("fay", LINE, leads=True)
    await house.pass_time(hours=24)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    panel = await house.press("fay", press_of(panel, "Start"), private=True)  # no roles are known there
    await house.press("fay", press_of(panel, "Next"), private=True)
    await house.type("fay", "/meeting next", leads=True)
    await house.type("fay", "/meeting checkin", leads=True)
    await house.deliver()
    assert "Now: Agenda" in text_of(house.card)
    assert (await house.occurrence()).checkin


async def count(house: House, held: Occurrence) -> tuple[int, int]:
    """How many rows of presence there are, and the head count kept."""

    async def work(unit):
        found = await Meetings(unit).occurrence(held.id)
        assert found is not None
        return await Meetings(unit).count(held.id), found.heads

    return await house.store.transact(work)
