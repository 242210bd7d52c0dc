"""Calendar addresses, asked for in the chat and read over HTTP."""

import re
from datetime import date, timedelta

import icalendar
import msgspec
import pytest

from bot.core.calendar import Change
from bot.core.meetings import Audience, Options
from bot.core.replies import Press
from storage.meetings import Meetings
from storage.tables.reminders import reminders
from storage.unit import concrete
from tests.handlers.screens import labels_of, press_of, text_of

FAMILY = Options(audience=Audience.FAMILY)


def address_in(reply) -> str:
    found = re.search(r"http\S+\.ics", text_of(reply))
    assert found, text_of(reply)
    return found[0]


def summaries(body: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]


async def private_address(house, who: str, audience: str = "participants") -> str:
    await house.at_home(who)
    return address_in(await house.press(who, Press("calendars", "make", audience), private=True))


async def follow(house, who: str, series) -> None:
    person = await house.person(who)

    async def work(unit):
        row = {"series": series.id, "person": person, "at": house.clock.now()}
        await concrete(unit).run(concrete(unit).insert(reminders).values(**row, leads="15", plain=False, shift=""))

    await house.store.transact(work)


async def test_a_person_makes_an_address_and_reads_their_meetings_there(house, browser):
    await house.series()
    await house.at_home("ana")
    screen = await house.type("ana", "/calendar", private=True)
    assert "You have no address yet." in text_of(screen)
    made = await house.press("ana", press_of(screen, "Make my address"), private=True)
    page = await browser.get(address_in(made))
    assert (page.status, page.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert page.headers["Cache-Control"] == "no-store"
    assert summaries(page.body) == ["Appointment"]
    assert b"Tuesday" not in page.body
    screen = await house.type("ana", "/kalender", private=True)
    assert "You have an address since" in text_of(screen)
    assert "http" not in text_of(screen)  # it is shown once


async def test_without_pages_nothing_is_promised(house):
    house.base[0] = ""
    await house.at_home("ana")
    assert "has not opened an address" in text_of(await house.type("ana", "/calendar", private=True))
    refused = await house.press("ana", Press("calendars", "make", "participants"), private=True)
    assert "has not opened an address" in text_of(refused)


async def test_the_private_calendar_shows_what_its_owner_follows_or_else_all(house, browser):
    one, _ = await house.series("One"), await house.series("Two")
    address = await private_address(house, "ana")
    plain = Press("calendars", "titles", "participants", "plain")
    await house.press("ana", plain, private=True)
    assert summaries((await browser.get(address)).body) == ["One", "Two"]
    await follow(house, "ana", one)
    assert summaries((await browser.get(address)).body) == ["One"]
    await house.press("ana", Press("calendars", "titles", "participants", "discreet"), private=True)
    assert summaries((await browser.get(address)).body) == ["Appointment"]


async def test_a_new_address_ends_the_old_one_and_removing_ends_all(house, browser):
    await house.series()
    old = await private_address(house, "ana")
    sure = await house.press("ana", Press("calendars", "make", "participants"), private=True)
    assert (await browser.get(old)).status == 200  # asked first
    new = address_in(await house.press("ana", press_of(sure, "Yes, new address"), private=True))
    assert ((await browser.get(old)).status, (await browser.get(new)).status) == (404, 200)
    sure = await house.press("ana", Press("calendars", "drop", "participants"), private=True)
    await house.press("ana", press_of(sure, "Yes, remove"), private=True)
    assert (await browser.get(new)).status == 404


async def test_revoked_forged_foreign_and_unknown_addresses_are_one_answer(house, browser):
    await house.series()
    old = await private_address(house, "ana")
    await house.press("ana", Press("calendars", "make", "participants", "yes"), private=True)
    token = old.rsplit("/", 1)[1].removesuffix(".ics")
    paths = [
        old,
        f"calendar/p/{'0' * 48}.ics",
        f"calendar/p/{token[:-1]}{'1' if token[-1] != '1' else '2'}.ics",
        f"calendar/c/{token}.ics",
        f"calendar/p/{token}/x.ics",
        "calendar/x/y",
        "calendar",
    ]
    answers = [await browser.get(path) for path in paths]
    assert {answer.status for answer in answers} == {404}
    assert len({answer.body for answer in answers}) == 1
    kept = ({name: value for name, value in answer.headers.items() if name != "Date"} for answer in answers)
    assert len({tuple(sorted(headers.items())) for headers in kept}) == 1


async def test_an_address_stands_nowhere_on_the_disk(house, browser, tmp_path):
    await house.series()
    token = (await private_address(house, "ana")).rsplit("/", 1)[1].removesuffix(".ics")
    await browser.get(f"calendar/p/{token}.ics")
    held = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert token.encode() not in held
    assert b"family" not in held


async def test_when_the_person_is_erased_their_address_ends(house, browser):
    from storage.privacy import PersonalRows

    await house.series()
    address = await private_address(house, "ana")
    person = await house.person("ana")
    held = await house.store.transact(lambda unit: PersonalRows(unit).held(person, house.clock.now()))
    assert "private_feeds" in {one.kind for one in held}
    await house.store.transact(lambda unit: PersonalRows(unit).erase(person, house.clock.now()))
    assert (await browser.get(address)).status == 404


async def test_the_two_audiences_never_meet_in_one_calendar(house, browser):
    ours, theirs = await house.series("Ours"), await house.series("Theirs", options=FAMILY)
    for who, audience in (("ana", "participants"), ("ana", "family")):
        address = await private_address(house, who, audience)
        await house.press(who, Press("calendars", "titles", audience, "plain"), private=True)
        assert summaries((await browser.get(address)).body) == [{"participants": "Ours", "family": "Theirs"}[audience]]
    await follow(house, "ana", theirs)
    address = address_in(await house.press("ana", Press("calendars", "make", "participants", "yes"), private=True))
    assert summaries((await browser.get(address)).body) == ["Ours"]
    for audience in ("participants", "family"):
        screen = await house.press("kim", Press("calendars", "public", audience, "on"), leads=True)
    public = re.findall(r"http\S+\.ics", text_of(screen))
    assert [summaries((await browser.get(one)).body) for one in public] == [["Ours"], ["Theirs"]]
    wrong = public[0].removesuffix(".ics") + f"/{theirs.id}.ics"
    assert (await browser.get(wrong)).status == 404
    assert (await browser.get(public[0].removesuffix(".ics") + f"/{ours.id}.ics")).status == 200
    assert b"Theirs" not in (await browser.get(public[0].removesuffix(".ics"))).body


async def test_a_public_calendar_is_off_until_a_facilitator_switches_it_on(house, browser):
    await house.series()
    screen = await house.type("ana", "/calendar")
    assert "Public" not in " ".join(labels_of(screen))
    refused = await house.press("ana", Press("calendars", "public", "participants", "on"))
    assert "facilitators" in text_of(refused)
    screen = await house.type("kim", "/calendar", leads=True)
    screen = await house.press("kim", press_of(screen, "Public calendar on"), private=True)  # the role left a grant
    first = address_in(screen)
    page = await browser.get(first)
    assert summaries(page.body) == ["Tuesday round"]
    assert page.headers["Cache-Control"] == "public, max-age=900"
    assert address_in(await house.type("ana", "/calendar")) == first  # not secret: everybody here is told it
    screen = await house.press("kim", press_of(screen, "Public calendar off"), leads=True)
    assert (await browser.get(first)).status == 404
    screen = await house.press("kim", press_of(screen, "Public calendar on"), leads=True)
    assert address_in(screen) != first


async def test_a_role_taken_away_ends_the_switch_in_private_too(house):
    await house.series()
    await house.type("kim", "/calendar", leads=True)
    await house.type("kim", "/calendar")  # in the room, without the role
    refused = await house.press("kim", Press("calendars", "public", "participants", "on"), private=True)
    assert "facilitators" in text_of(refused)


async def test_one_meeting_alone_goes_on_after_an_edit_of_this_and_later(house, browser):
    first = await house.series("Round", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261220T235959")
    await house.series("Round later", first=date(2026, 12, 21), rule="FREQ=WEEKLY;BYDAY=WE", follows=first.id)
    await house.series("Other")
    screen = await house.press("kim", Press("calendars", "public", "participants", "on"), leads=True)
    single = address_in(screen).removesuffix(".ics") + f"/{first.id}.ics"
    assert summaries((await browser.get(single)).body) == ["Round", "Round later"]


async def test_a_calendar_says_when_it_has_not_changed_and_counts_when_it_has(house, browser):
    series = await house.series()
    address = await private_address(house, "ana")
    first = await browser.get(address)
    house.clock.move(hours=1)
    same = await browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (same.status, same.body) == (304, b"")
    await house.change(Change(series.id, "2026-12-08T19:00", cancelled=True))
    house.clock.move(hours=1)
    later = await browser.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status == 200
    rule, cancelled = icalendar.Calendar.from_ical(later.body).events
    before = icalendar.Calendar.from_ical(first.body).events[0]
    assert (before["SEQUENCE"], rule["SEQUENCE"], cancelled["SEQUENCE"]) == (0, 1, 1)
    assert rule["UID"] == before["UID"] == cancelled["UID"]
    assert rule.last_modified - before.last_modified == timedelta(hours=2)
    assert (cancelled["STATUS"], str(cancelled["SUMMARY"])) == ("CANCELLED", "Cancelled: Appointment")


async def test_no_name_no_host_and_no_reason_is_in_a_calendar(house, browser):
    series = await house.series("Round, <b>x</b>; \\n", options=Options(link="https://meet.example/secret"))
    host = await house.person("bo")
    await house.change(Change(series.id, "2026-12-08T19:00", cancelled=True, reason="Bo is ill", host=host))
    screen = await house.press("kim", Press("calendars", "public", "participants", "on"), leads=True)
    body = (await browser.get(address_in(screen))).body
    assert not [word for word in (b"Bo is ill", host.encode(), b"meet.example", b"ATTENDEE", b"ORGANIZER") if word in body]
    assert rb"SUMMARY:Round\, <b>x</b>\; \\n" in body


async def test_titles_cannot_break_out_of_their_line(house, browser):
    await house.series("A\r\nEND:VEVENT\nATTACH:javascript:x" + "ü" * 60)
    screen = await house.press("kim", Press("calendars", "public", "participants", "on"), leads=True)
    body = (await browser.get(address_in(screen))).body
    assert b"\nATTACH" not in body
    assert body.count(b"END:VEVENT\r\n") == 1
    assert max(len(line) for line in body.split(b"\r\n")) <= 75


async def test_the_page_behind_an_address_offers_to_subscribe(house, browser):
    await house.series("<script>alert(1)</script>")
    screen = await house.press("kim", Press("calendars", "public", "participants", "on"), leads=True)
    address = address_in(screen).removesuffix(".ics")
    page = await browser.get(address, headers={"Accept-Language": "de;q=0.9, en;q=0.1"})
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert 'lang="de"' in page.text
    assert f'href="webcal{address.removeprefix("http")}.ics"' in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text
    private = (await private_address(house, "ana")).removesuffix(".ics")
    assert "webcal://" in (await browser.get(private)).text


@pytest.mark.parametrize("subject", ["", "x", "everybody"])
async def test_a_press_with_an_audience_that_is_none_changes_nothing(house, subject):
    await house.at_home("ana")
    for action in ("make", "drop", "titles", "public"):
        said = text_of(await house.press("ana", Press("calendars", action, subject, "yes"), private=True))
        assert "no longer know this button" in said


async def test_somebody_without_a_community_is_told_where_to_ask(house):
    said = text_of(await house.type("ana", "/calendar", private=True))
    assert "which community" in said


async def test_the_reader_finds_their_own_language_in_the_calendar(house, browser):
    await house.series()
    address = await private_address(house, "ana")
    person = await house.person("ana")

    async def work(unit):
        known = await unit.people.get(person)
        await unit.people.save(msgspec.structs.replace(known, language="de"))

    await house.store.transact(work)
    assert summaries((await browser.get(address)).body) == ["Termin"]


async def test_a_cancelled_series_leaves_the_calendar(house, browser):
    series = await house.series()
    address = await private_address(house, "ana")
    await house.store.transact(lambda unit: Meetings(unit).cancel_series(series.id, house.clock.now()))
    assert summaries((await browser.get(address)).body) == []
