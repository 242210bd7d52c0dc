"""/meeting announce: the panel, roles, quiet hours, the week's meetings."""

from datetime import UTC, datetime

import pytest

from bot.core.meetings import Series
from bot.core.replies import Press, To
from handlers.announcements.rules import packed
from storage.announcements import Announcements
from tests.handlers.announcements.house import House
from tests.handlers.announcements.settled import ELSEWHERE, START, panel
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

# The panel ----------------------------------------------------------------------------------------------------------


async def test_the_panel_is_for_the_facilitator_alone_and_shows_how_it_will_read(house: House, series: Series):
    shown = await panel(house)
    assert shown.to is To.ONLY_YOU
    assert "It will read:\nComing up: Open evening, Thu, Dec 3, 7:00 PM (Central European Time)." in text_of(shown)
    assert "Planning to come: fewer than five. Waiting for a place: fewer than five." in text_of(shown)
    assert labels_of(shown)[:5] == ["A week", "✓ A day", "An hour", "✓ 15 min", "At start"]


async def test_every_button_fits_and_has_a_meaning(house: House, series: Series):
    shown = await panel(house)
    for button in buttons_of(shown):
        assert len(button.label) <= 40
        assert button.press is not None
        button.press.data()


async def test_a_toggle_changes_what_is_promised(house: House, series: Series):
    shown = await house.press("fay", press_of(await panel(house), "A day"), leads=True)
    shown = await house.press("fay", press_of(shown, "At start"), leads=True)
    assert labels_of(shown)[:5] == ["A week", "A day", "An hour", "✓ 15 min", "✓ At start"]
    await house.pass_to(START)
    assert [claimed.post.key.split("_")[1] for claimed in house.news()] == ["soon", "start"]


async def test_the_preview_follows_the_discreet_text(house: House, series: Series):
    shown = await house.press("fay", press_of(await panel(house), "Discreet"), leads=True)
    assert "It will read:\nA meeting: Thu, Dec 3, 7:00 PM (Central European Time)." in text_of(shown)


async def test_others_are_refused_in_the_room_and_elsewhere(house: House, series: Series):
    assert "for the facilitators" in text_of(await house.type("ann", "/meeting announce"))
    for action, value in (
        ("settings", ""),
        ("when", "day"),
        ("words", ""),
        ("home", ""),
        ("code", ""),
        ("quiet", "none"),
        ("digest", "d1"),
    ):
        press = Press("announcements", action, series.id, value)
        assert "for the facilitators" in text_of(await house.press("ann", press)), action
        told = text_of(await house.press("eve", press, **ELSEWHERE, leads=True))
        assert "I no longer know this button." in told, action
    before = await house.store.transact(lambda unit: Announcements(unit).settings(series.id))
    assert before.discreet is False


async def test_the_panel_works_in_the_facilitators_private_chat(telegram_house: House):
    await telegram_house.make(title="Open evening", day="TH")
    shown = await panel(telegram_house)
    shown = await telegram_house.press("fay", press_of(shown, "An hour"), private=True)
    assert "✓ An hour" in labels_of(shown)
    assert "If you are one" in text_of(
        await telegram_house.press("ann", press_of(shown, "An hour"), private=True)
    ) or "no longer know" in text_of(await telegram_house.press("ann", press_of(shown, "An hour"), private=True))


# Roles --------------------------------------------------------------------------------------------------------------


async def test_a_role_is_called_in_the_room_where_it_was_named(house: House, series: Series):
    await panel(house, room="news")
    told = await house.type("fay", "/meeting announce <@&123456789>", leads=True, room="news")
    assert text_of(told) == "Done: that role is called here."
    await house.pass_to(START)
    assert {claimed.post.reply.ping for claimed in house.news((await house.room("news")).id)} == {"123456789"}
    assert {claimed.post.reply.ping for claimed in house.news((await house.room()).id)} == {""}


async def test_of_several_meetings_the_facilitator_says_which_calls_it(house: House, series: Series):
    other = await house.make(title="Another", day="FR")
    shown = await house.type("fay", "/meeting announce <@&1234567890123456789>", leads=True)
    await house.press("fay", press_of(shown, "Another"), leads=True)
    assert (await house.store.transact(lambda unit: Announcements(unit).settings(other.id))).ping == "1234567890123456789"
    shown = await house.press("fay", Press("announcements", "settings", other.id), leads=True)
    await house.press("fay", press_of(shown, "Call no role"), leads=True)
    assert (await house.store.transact(lambda unit: Announcements(unit).settings(other.id))).ping == ""


async def test_a_room_of_elsewhere_that_hears_no_more_sets_no_role_of_the_home_room(house: House, series: Series):
    await house.press("fay", Press("announcements", "settings", series.id), leads=True)
    role = Press("announcements", "ping", series.id, packed("123456789"))
    await house.room("other", "elsewhere")
    await house.press("zoe", role, leads=True, room="other", space="elsewhere")
    assert (await house.store.transact(lambda unit: Announcements(unit).settings(series.id))).ping == ""


@pytest.mark.parametrize("typed", ["@everyone", "@here", "somebody"])
async def test_everyone_at_once_is_never_called(house: House, series: Series, typed):
    told = await house.type("fay", f"/meeting announce {typed}", leads=True)
    assert "Everyone at once cannot be called." in text_of(told)


# The community ------------------------------------------------------------------------------------------------------


async def test_quiet_hours_by_button_and_by_form(house: House, series: Series):
    shown = await house.press("fay", press_of(await panel(house), "Quiet hours: off"), leads=True)
    shown = await house.press("fay", press_of(shown, "22:00-07:00"), leads=True)
    assert "Quiet hours: 22:00-07:00" in labels_of(shown)
    shown = await house.send_form("fay", Press("announcements", "quiet_typed", series.id), {"hours": "20 - 9:30"}, leads=True)
    assert "Quiet hours: 20:00-09:30" in labels_of(shown)
    again = await house.press("fay", press_of(shown, "Quiet hours"), leads=True)
    shown = await house.press("fay", press_of(again, "No quiet hours"), leads=True)
    assert "Quiet hours: off" in labels_of(shown)


async def test_the_weeks_meetings_are_said_once_a_week_at_the_communitys_time(house: House, series: Series):
    await house.make(title="Second", day="SU")
    await house.make(title="Family", day="SU", audience="family", chat="family")
    asked = await house.press("fay", Press("announcements", "digest", series.id), leads=True)
    asked = await house.press("fay", press_of(asked, "Fri"), leads=True)
    await house.press("fay", press_of(asked, "5:00\u202fPM"), leads=True)
    await house.pass_to(datetime(2026, 12, 4, 15, 59, tzinfo=UTC))
    house.sent.clear()
    await house.pass_time(minutes=1)
    lines = [
        "This week's meetings",
        "• Second: Sun, Dec 6, 7:00 PM (Central European Time)",
        "• Open evening: Thu, Dec 10, 7:00 PM (Central European Time)",
    ]
    assert house.heard() == ["\n".join(lines)]
    await house.pass_time(days=7)
    assert len([text for text in house.heard() if text.startswith("This week")]) == 2


async def test_it_is_off_by_default_and_can_be_turned_off(house: House, series: Series):
    await house.pass_time(days=8)
    assert not any("This week" in text for text in house.heard())
    asked = await house.press("fay", Press("announcements", "digest", series.id), leads=True)
    asked = await house.press("fay", press_of(asked, "Fri"), leads=True)
    asked = await house.press("fay", press_of(asked, "Do not say it"), leads=True)
    assert labels_of(asked)[-3] == "✓ Do not say it"
    await house.pass_time(days=8)
    assert not any("This week" in text for text in house.heard())


async def test_a_discreet_series_has_no_title_in_it(house: House, series: Series):
    await house.press("fay", press_of(await panel(house), "Discreet"), leads=True)
    asked = await house.press("fay", Press("announcements", "digest", series.id), leads=True)
    await house.press("fay", press_of(asked, "Wed"), leads=True)
    await house.pass_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
    assert house.heard() == ["This week's meetings\n• A meeting: Thu, Dec 3, 7:00 PM (Central European Time)"]


async def test_half_a_day_late_it_is_left_to_the_next_week(house: House, series: Series):
    asked = await house.press("fay", Press("announcements", "digest", series.id), leads=True)
    await house.press("fay", press_of(asked, "Wed"), leads=True)
    await house.sleep_through(seconds=(datetime(2026, 12, 2, 21, 1, tzinfo=UTC) - house.clock.now()).total_seconds())
    assert not any("This week" in text for text in house.heard())
    await house.pass_time(days=7)
    assert len([text for text in house.heard() if text.startswith("This week")]) == 1


@pytest.mark.parametrize(
    "action", ["settings", "when", "words", "home", "here", "away", "code", "ping", "quiet", "digest", "others"]
)
@pytest.mark.parametrize("subject", ["", "0" * 32])
async def test_what_is_not_there_is_answered_like_any_unknown_button(house: House, series: Series, action, subject):
    told = await house.press("fay", Press("announcements", action, subject, "x"), leads=True)
    assert "I no longer know this button." in text_of(told)


@pytest.mark.parametrize(
    ("action", "value"), [("when", "never"), ("here", "0" * 12), ("quiet", "x"), ("digest", "d9"), ("ping", "zz_")]
)
async def test_a_forged_value_changes_nothing(house: House, series: Series, action, value):
    await panel(house)
    told = text_of(await house.press("fay", Press("announcements", action, series.id, value), leads=True))
    assert "I no longer know this button." in told or "Nothing was changed." in told
