"""Must 20: data that no button had, a foreign row, a stale screen: nothing changes, and the answer is kind and tells nothing."""

import re

import pytest

from bot.core.calls import Kind
from bot.core.ids import new_id
from bot.core.replies import Press, parse_press
from tests.security.evenings import agree, data_of, gather, plan, quiet
from tests.security.inside import Inside, Somebody, presses_of, text_of
from tests.security.inside import plan as plan_inside
from tests.security.rows import changed, dump

SERIES = {("series", "show"), ("series", "options"), ("series", "all"), ("series", "cancel"), ("series", "which")}
KEPT_OF_ANY_ACT = ("receipts",)  # so that a redelivered act is answered the same; nothing but the answer is in it
MOST_BYTES = 64
VALUES = ("", "0", "yes_no", "end", "1_1", "zz_zz")
OWN = {  # what they do is done to the presser alone, whatever the subject says; a hand typing the command does the same
    ("checkin", "open"),
    ("family", "ask"),
    ("form", "cancel"),
    ("linking", "code"),
    ("prompts", "own"),
    *(("reminders", action) for action in ("list", "pause", "pause_until", "quiet", "quiet_typed")),
}


async def at_work(inside: Inside) -> tuple[Somebody, Somebody, str]:
    """Ben has a flow under way, Kim a meeting whose room is open; Ana looks on. Returns Ana, Ben and the meeting's evening."""
    kim, ben, ana = inside.person("kim", facilitator=True), inside.person("ben"), inside.person("ana")
    await plan_inside(kim)
    await inside.moments(minutes=52)
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    evening = next(press.subject for press in presses_of(card) if press.action == "join")
    for who in (ben, ana):
        await who.command("/meetings", "room")
        await who.agree("/urge")
        await who.tap("7")
    await ben.press(Press("meetings", "join", evening), "room")
    return ana, ben, evening


def fits(feature: str, action: str, value: str) -> bool:
    """Whether a button could have it: no data is longer than platforms take."""
    return len(f"{feature}:{action}:{new_id()}:{value}") <= MOST_BYTES


def ids_in(somebody: Somebody) -> set[str]:
    return {press.subject for press in presses_of(somebody.screen) if re.fullmatch("[0-9a-f]{32}", press.subject)}


async def flow_of(who: Somebody) -> str:
    await who.command("/continue")
    return next(press.subject for press in presses_of(who.screen) if press.feature == "flow")


async def test_every_press_with_a_foreign_a_missing_or_no_subject_changes_nothing_and_tells_nothing(inside):
    ana, ben, _ = await at_work(inside)
    foreign, missing = await flow_of(ben), new_id()
    whose = await ben.id()
    known = [*inside.house.dispatch._registry._presses, *inside.house.dispatch._registry._forms]
    begins = {(feature, action) for feature, action in known if action in ("start", "family")}
    folder = inside.folder / "data"
    for feature, action in sorted(set(known) - OWN - begins - {("people", "agree")}):
        for value in [value for value in VALUES if fits(feature, action, value)]:
            before = dump(folder, without=KEPT_OF_ANY_ACT)
            said = []
            for subject in (missing, foreign, whose):
                for kind in (Kind.PRESS, Kind.FORM):
                    reply = await ana._do(ana.act(kind, "private", press=Press(feature, action, subject, value)), "forged")
                    said.append((kind, text_of(reply), [(it.feature, it.action, it.value) for it in presses_of(reply)]))
            assert changed(before, dump(folder, without=KEPT_OF_ANY_ACT)) == set(), (feature, action, value)
            for kind in (Kind.PRESS, Kind.FORM):
                answers = [answer for answer in said if answer[0] is kind]
                assert all(answer == answers[0] for answer in answers), (feature, action, value)


async def test_what_belongs_to_the_evening_of_another_community_is_as_if_it_were_not_there(inside):
    _, _, evening = await at_work(inside)
    eve = inside.person("eve", facilitator=True, space="other")
    await eve.command("/meetings", "room")
    for action in ("panel", "start", "next", "checkin", "host", "end"):
        for spot in ("room", "private"):
            foreign = await eve.press(Press("meetings", action, evening, "yes"), spot)
            missing = await eve.press(Press("meetings", action, new_id(), "yes"), spot)
            assert foreign == missing


@pytest.mark.parametrize("spot", ["room", "private"])
async def test_a_participant_presses_what_is_a_facilitators(inside, spot):
    ana, _, evening = await at_work(inside)
    folder = inside.folder / "data"
    before = dump(folder, without=KEPT_OF_ANY_ACT)
    for action, value in [
        ("panel", ""),
        ("start", ""),
        ("next", "0"),
        ("next", "99"),
        ("checkin", ""),
        ("host", ""),
        ("end", "yes"),
    ]:
        reply = await ana._do(ana.act(Kind.PRESS, spot, press=Press("meetings", action, evening, value)), "forged")
        assert "This is for the facilitators" in text_of(reply), action
    shown = (press for _, reply in inside.replies for press in presses_of(reply))
    series = next(press.subject for press in shown if (press.feature, press.action) in SERIES)
    for reply in (
        await ana.press(Press("series", "cancel", series, "yes"), spot),
        await ana.press(Press("command", "meeting_end"), spot),
        await ana.command("/meeting end", spot),
    ):
        assert re.search("for the facilitators|in a community's room", text_of(reply))
    for wrapped in ("p_meetings_end", "p_meetings_start", "c_meeting"):
        await ana.press(Press("people", "agree", evening, wrapped), spot)
    assert changed(before, dump(folder, without=KEPT_OF_ANY_ACT)) == set()


async def test_a_form_of_a_room_is_taken_from_its_facilitators_only(inside):
    ana, _, _ = await at_work(inside)
    kim = inside.person("kim", facilitator=True)
    await kim.command("/meeting create", "room")
    assert kim.screen.form is not None
    before = dump(inside.folder / "data", without=KEPT_OF_ANY_ACT)
    values = {"title": "Taken over", "days": "Tuesdays", "time": "19:00", "zone": "UTC", "length": "60"}
    for spot in ("room", "private"):
        reply = await ana.fill(kim.screen.form.press, values, spot)
        assert "This is for the facilitators" in text_of(reply)
    assert changed(before, dump(inside.folder / "data", without=KEPT_OF_ANY_ACT)) == set()


async def test_a_stale_button_shows_the_present_screen_and_changes_no_answer(inside):
    ana, _, _ = await at_work(inside)
    flow = await flow_of(ana)
    first = [
        press
        for what, reply in inside.replies
        for press in presses_of(reply)
        if press.subject == flow and press.value.endswith("_7")
    ]
    before = await ana.export()
    reply = await ana.press(first[0])
    assert text_of(reply) == text_of(await ana.command("/continue"))
    after = await ana.export()
    answers = [row["body"]["state"]["answers"] for row in (*before["flow_states"], *after["flow_states"])]
    assert answers[0] == answers[1]


async def test_a_press_that_was_told_twice_is_done_once_and_answered_the_same(inside):
    ana, _, _ = await at_work(inside)
    told = ana.act(Kind.PRESS, "private", press=Press("settings", "language", "", "de"))
    first = await inside.take(told, "press")
    await ana.press(Press("settings", "language", "", "en"))
    before = dump(inside.folder / "data")
    assert await inside.take(told, "press") == first
    assert dump(inside.folder / "data") == before


@pytest.mark.parametrize(
    "data", ["", ":", "a", "a:b:c:d:e", "Safety:now", "safety:" + "x" * 70, "flow:go:\u202e", "\x00:\x00", "a:b:'--"]
)
def test_what_no_button_can_have_is_no_press(data):
    from bot.core.errors import BadPress

    with pytest.raises(BadPress):
        parse_press(data)


# On the wires -------------------------------------------------------------------------------------------------------


async def test_forgeries_on_the_wire_change_nothing(here):
    kim, ana, ben = here.person("Kim", facilitator=True), here.person("Ana"), here.person("Ben")
    await plan(here, kim, "Tuesday evening")
    await gather(here, kim, ana)
    await here.command(ben, "/urge")
    await agree(here, ben)
    await here.offers(ben, "7")
    flow = newest_flow(here)
    await quiet(here)
    before = dump(data_of(here), without=("receipts", "web_chat", "slots"))
    for data in (
        f"flow:answer:{flow}:00000000_7",
        f"flow:erase:{flow}",
        f"flow:erase:{new_id()}",
        "nothing:here",
        "command:meeting_end",
        "meetings:end::yes",
    ):
        await here.press(ana, data)
    await quiet(here)
    assert changed(before, dump(data_of(here), without=("receipts", "web_chat", "slots"))) == set()
    await here.offers(ben, "7")


def newest_flow(here) -> str:
    rows = dump(data_of(here))["flow_states"]
    return str(rows[-1][0])
