"""A hand as its owner sees it: the choice of a name, up, not now, down, listening; and their turn."""

from bot.core.calls import Kind
from bot.core.meetings import Options
from bot.core.replies import Press
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of


async def test_the_first_raising_asks_for_a_name_or_none(house: House):
    await house.open()
    asked = await house.press("ann", "hand")
    assert labels_of(asked) == ["Show a name", "No name", "Help now"]
    assert (await house.view()).waiting == ()


async def test_a_name_is_filled_in_with_what_the_platform_shows_and_may_be_another(house: House):
    await house.open()
    await house.consent("ann")
    form = (await house.tap("ann", press_of(await house.press("ann", "hand"), "Show a name"))).form
    assert form is not None
    assert form.fields[0].value == "Ann Shown"
    up = await house.act("ann", Kind.FORM, press=form.press, name="floor.name", arguments={"name": " Anna\n"})
    assert "Your hand is up. You are next." in text_of(up)
    assert "The room sees: Anna" in text_of(up)
    assert (await house.view()).waiting == ("Anna",)


async def test_to_keep_a_name_consent_is_asked_first(house: House):
    await house.open()
    asked = await house.press("ann", "named")
    assert "may I keep what you enter" in text_of(asked)
    await house.act("ann", Kind.FORM, press=Press("floor", "name", house.id), name="floor.name", arguments={"name": "Ann"})
    assert (await house.view()).waiting == ()


async def test_no_name_needs_no_consent_and_shows_nothing(house: House):
    await house.open()
    up = await house.press("ann", "hand", "noname")
    assert "The room sees: somebody" in text_of(up)
    assert (await house.view()).waiting == ("",)


async def test_the_choice_holds_for_the_meeting(house: House):
    await house.open()
    await house.raise_hand("ann", "Anna")
    await house.press("ann", "hand", "down")
    assert (await house.view()).waiting == ()
    assert "Your hand is up" in text_of(await house.press("ann", "hand"))
    assert (await house.view()).waiting == ("Anna",)


async def test_two_quick_taps_leave_the_hand_up(house: House):
    await house.open()
    await house.raise_hand("ann")
    again = await house.press("ann", "hand")
    assert {"Not now", "Lower my hand", "I listen today", "Change my name"} <= set(labels_of(again))
    assert len((await house.view()).waiting) == 1


async def test_not_now_lets_one_go_first(house: House):
    await house.open()
    await house.raise_hand("ann", "Anna")
    await house.raise_hand("ben", "Ben")
    after = await house.tap("ann", press_of(await house.press("ann", "hand"), "Not now"))
    assert "One person is before you." in text_of(after)
    assert (await house.view()).waiting == ("Ben", "Anna")


async def test_listening_today_lowers_the_hand_and_can_be_ended(house: House):
    await house.open()
    await house.raise_hand("ann")
    listening = await house.press("ann", "hand", "listen")
    assert "Nobody calls on you" in text_of(listening)
    assert (await house.view()).waiting == ()
    await house.tap("ann", press_of(listening, "Raise my hand"))
    assert (await house.view()).waiting == ("",)


async def test_hand_typed_in_the_room_or_in_private_is_the_same(house: House):
    await house.open()
    await house.here("ann")
    assert "No name" in labels_of(await house.type("ann", "/hand"))
    await house.raise_hand("ann")
    assert "Your hand is up" in text_of(await house.type("ann", "/hand", private=True))


async def test_hand_where_no_meeting_is_says_so(house: House):
    assert "No meeting is under way" in text_of(await house.type("ann", "/hand", private=True))
    assert "No meeting is under way" in text_of(await house.type("ann", "/hand"))
    await house.open()
    await house.close()
    assert "No meeting is under way" in text_of(await house.press("ann", "hand"))


async def test_the_card_follows_every_change(house: House):
    await house.open()
    await house.raise_hand("ann")
    await house.settle()
    before = house.cards
    await house.press("ann", "hand", "down")
    await house.settle()
    assert house.cards == before + 1


# A turn ------------------------------------------------------------------------------------------------------------------


async def led(house: House, **options) -> House:
    """An evening with a facilitator, who has the panel."""
    await house.open(Options(**options))
    await house.here("fay", leads=True)
    await house.hosts("fay")
    return house


async def test_the_next_one_is_told_in_private_and_shown_on_the_card(house: House):
    await led(house)
    await house.raise_hand("ann", "Anna")
    said = await house.press("fay", "next", roles=FACILITATOR)
    await house.settle()
    assert "Next: Anna." in text_of(said)
    assert house.texts("ann") == ["It is your turn to speak."]
    view = await house.view()
    assert (view.is_speaking, view.speaker, view.waiting) == (True, "Anna", ())


async def test_without_a_name_the_next_hand_is_called_and_nobody_is_named(house: House):
    await led(house)
    await house.raise_hand("ann")
    said = await house.press("fay", "next", roles=FACILITATOR)
    await house.settle()
    assert "nobody needs to be named" in text_of(said)
    assert "Ann" not in text_of(said)
    assert house.texts("ann") == ["It is your turn to speak."]
    assert (await house.view()).speaker == ""


async def test_done_ends_the_turn_and_calls_nobody_where_there_is_a_facilitator(house: House):
    await led(house)
    for who in ("ann", "ben"):
        await house.raise_hand(who)
    await house.press("fay", "next", roles=FACILITATOR)
    await house.settle()
    await house.tap("ann", press_of(house.told["ann"][-1], "I am done"), private=True)
    view = await house.view()
    assert (view.is_speaking, len(view.waiting)) == (False, 1)


async def test_without_a_facilitator_turns_go_on_by_themselves(house: House):
    await house.open(self_run=True)
    await house.raise_hand("ann", "Anna")
    assert (await house.view()).speaker == "Anna"
    await house.raise_hand("ben", "Ben")
    await house.press("ann", "hand", "down")
    assert (await house.view()).speaker == "Ben"
    up = await house.press("ann", "hand")
    assert "I begin" in labels_of(up)
    await house.tap("ann", press_of(up, "I begin"))
    assert (await house.view()).speaker == "Anna"


async def test_nobody_takes_a_turn_by_themselves_where_there_is_a_facilitator(house: House):
    await led(house)
    await house.raise_hand("ann")
    await house.press("ann", "hand", "take")
    assert not (await house.view()).is_speaking


async def test_a_gentle_timer_tells_speaker_and_host_and_cuts_nobody_off(house: House):
    await led(house, minutes_each=3)
    await house.raise_hand("ann", "Anna")
    await house.press("fay", "next", roles=FACILITATOR)
    assert (await house.view()).until == house.clock.now().replace(minute=3)
    await house.pass_time(minutes=2)
    assert house.texts("ann") == ["It is your turn to speak. There are about 3 minutes for each."]
    await house.pass_time(minutes=1)
    assert house.texts("ann")[1:] == ["Your time is nearly used. Finish your thought; nobody cuts you off."]
    assert house.texts("fay") == ["Anna has nearly used their time."]
    assert house.told["ann"][-1].quiet
    assert house.told["fay"][-1].quiet
    await house.pass_time(minutes=30)
    assert (await house.view()).speaker == "Anna"
    assert len(house.texts("ann")) == 2
    assert house.said == []


async def test_the_timer_of_an_ended_turn_tells_nobody(house: House):
    await led(house, minutes_each=3)
    for who in ("ann", "ben"):
        await house.raise_hand(who)
    await house.press("fay", "next", roles=FACILITATOR)
    await house.pass_time(minutes=1)
    await house.tap("fay", press_of(await house.press("fay", "order", roles=FACILITATOR), "Next speaker"), roles=FACILITATOR)
    await house.pass_time(minutes=2)
    assert len(house.texts("ann")) == 1
    assert len(house.texts("ben")) == 1
    await house.pass_time(minutes=1)
    assert len(house.texts("ben")) == 2


async def test_after_a_long_sleep_the_timer_says_nothing_late(house: House):
    await led(house, minutes_each=3)
    await house.raise_hand("ann")
    await house.press("fay", "next", roles=FACILITATOR)
    await house.settle()
    house.clock.move(minutes=10)
    await house.settle()
    assert len(house.texts("ann")) == 1


async def test_two_facilitators_who_press_next_at_once_call_one(house: House):
    await led(house)
    await house.here("gil", leads=True)
    for who in ("ann", "ben"):
        await house.raise_hand(who)
    panels = [await house.press(who, "order", roles=FACILITATOR) for who in ("fay", "gil")]
    after = [
        await house.tap(who, press_of(panel, "Next speaker"), roles=FACILITATOR)
        for who, panel in zip(("fay", "gil"), panels, strict=True)
    ]
    assert "That is so already" in text_of(after[1])
    assert len((await house.view()).waiting) == 1
    assert "That is so already" in text_of(await house.press("gil", "next", roles=FACILITATOR))
    house.clock.move(seconds=5)
    await house.press("gil", "next", roles=FACILITATOR)
    assert (await house.view()).waiting == ()


async def test_a_skip_is_told_to_that_person_alone_and_ends_with_the_round(house: House):
    await led(house)
    for who in ("ann", "ben"):
        await house.raise_hand(who, who.title())
    panel = await house.press("fay", "order", roles=FACILITATOR)
    await house.tap("fay", press_of(panel, "Skip this round"), roles=FACILITATOR)
    await house.settle()
    assert "was skipped this time" in house.texts("ann")[-1]
    assert (house.texts("ben"), house.said) == ([], [])
    assert "You can raise it again" not in text_of(await house.press("ben", "hand"))
    assert "you can raise it again" in text_of(await house.press("ann", "hand"))
    await house.press("fay", "next", roles=FACILITATOR)
    await house.press("ben", "hand", "down")
    assert "Your hand is up" in text_of(await house.press("ann", "hand"))


async def test_one_back_lets_the_one_behind_go_first(house: House):
    await led(house)
    for who in ("ann", "ben"):
        await house.raise_hand(who, who.title())
    panel = await house.press("fay", "order", roles=FACILITATOR)
    await house.tap("fay", press_of(panel, "One back"), roles=FACILITATOR)
    assert (await house.view()).waiting == ("Ben", "Ann")


async def test_the_panel_ends_a_turn_and_shows_the_line_by_names_shown_or_hands(house: House):
    await led(house)
    await house.raise_hand("ann", "Anna")
    await house.raise_hand("ben")
    await house.raise_hand("cas")
    await house.press("fay", "next", roles=FACILITATOR)
    panel = await house.press("fay", "order", roles=FACILITATOR)
    seen = text_of(panel)
    assert "Speaking: Anna" in seen
    assert f"Hand {await house.number('ben')}" in seen
    assert "Ben" not in seen
    after = await house.tap("fay", press_of(panel, "End this turn"), roles=FACILITATOR)
    assert "Speaking" not in text_of(after)
    assert any(button.press == Press("meetings", "end", house.id) for button in buttons_of(after))


async def test_the_name_is_gone_a_day_after_the_close(house: House):
    await led(house)
    await house.raise_hand("ann", "Anna")
    await house.close()
    await house.pass_time(hours=23)
    assert len(await house.book(lambda book: book.seats(house.id))) == 1
    await house.pass_time(hours=2)
    assert await house.book(lambda book: book.seats(house.id)) == []
