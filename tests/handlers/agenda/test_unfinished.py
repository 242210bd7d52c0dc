"""What was not reached in a meeting is offered to the next, once and in private; it finds that next one whichever it is."""

from datetime import timedelta

from bot.core.calendar import Change
from bot.core.replies import Press, Reply
from storage.agenda import AgendaRows
from storage.meetings import Meetings
from storage.tables.agenda import agenda_carried, agenda_points
from storage.unit import concrete
from tests.handlers.agenda.conftest import evening_begins, wants
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of

ASKED = "stayed open for you"


async def close(house: House) -> str:
    """The evening ends; returns which it was."""
    occurrence = (await house.occurrence()).id
    await house.press("fay", Press("meetings", "end", occurrence, "yes"), leads=True)
    await house.work_off()
    return occurrence


async def asked(house: House, who: str) -> list[Reply]:
    return [claimed.post.reply for claimed in house.of(await house.person(who)) if ASKED in text_of(claimed.post.reply)]


async def says(house: House, who: str, label: str) -> Reply:
    return await house.press(who, press_of((await asked(house, who))[-1], label), private=True)


async def next_evening(house: House, *who: str) -> None:
    """Go on to the next evening, which begins with its check-in."""
    coming = await house.occurrence()
    await house.pass_time(seconds=(coming.starts_at - house.clock.now()).total_seconds())
    await evening_begins(house, *who)


async def rows(house: House, table) -> int:
    return len(await house.store.transact(lambda unit: concrete(unit).rows(table.select())))


async def test_whose_topic_was_not_reached_is_asked_once_in_words_that_tell_nothing(running: House):
    await wants(running, "ann", "Planning", "Anna")
    await wants(running, "bob", "An urge")
    occurrence = (await running.occurrence()).id
    await running.press("fay", Press("agenda", "list", occurrence), leads=True)
    await running.press("fay", Press("agenda", "now", occurrence, "2"), leads=True)
    await close(running)
    [question] = await asked(running, "ann")
    assert labels_of(question) == ["Keep it for the next one", "No, thank you", "Help now"]
    assert not any(word in text_of(question) for word in ("Planning", "Anna", "urge"))
    assert await asked(running, "bob") == []  # it was talked about
    assert await asked(running, "cat") == []
    await running.pass_time(hours=5)
    assert len(await asked(running, "ann")) == 1


async def test_a_yes_puts_it_first_on_the_next_evening_once_its_check_in_begins(running: House):
    await wants(running, "ann", "Planning", "Anna")
    await close(running)
    assert "It is kept for the next meeting" in text_of(await says(running, "ann", "Keep it for the next one"))
    await next_evening(running, "bob", "cat")
    assert "Next on the agenda: Planning (Anna)" in text_of(running.card)
    await wants(running, "bob", "An urge")
    assert "Next on the agenda: Planning (Anna)" in text_of(running.card)


async def test_before_the_check_in_begins_nothing_of_it_is_seen(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    coming = await running.occurrence()
    await running.pass_time(seconds=(coming.starts_at - running.clock.now()).total_seconds())
    await running.type("fay", "/meeting start", leads=True)
    await running.work_off()
    assert "agenda" not in text_of(running.card)


async def test_those_brought_along_stand_in_the_order_in_which_they_waited(running: House):
    await wants(running, "ann", "Planning")
    await wants(running, "bob", "An urge")
    await close(running)
    await says(running, "bob", "Keep it for the next one")
    await says(running, "ann", "Keep it for the next one")
    await next_evening(running, "cat")
    assert "Next on the agenda: Planning" in text_of(running.card)


async def test_a_no_and_no_answer_let_it_go_with_the_evening(running: House):
    await wants(running, "ann", "Planning")
    await wants(running, "bob", "An urge")
    await close(running)
    await says(running, "ann", "No, thank you")
    await next_evening(running, "cat")
    assert "agenda" not in text_of(running.card)
    assert await rows(running, agenda_carried) == 0
    assert await rows(running, agenda_points) == 0


async def test_after_three_days_the_button_says_that_it_is_over(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await running.pass_time(days=3, minutes=1)
    assert "This is over" in text_of(await says(running, "ann", "Keep it for the next one"))
    assert await rows(running, agenda_carried) == 0


async def test_two_taps_keep_it_once_and_nobody_elses_tap_keeps_it(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    [question] = await asked(running, "ann")
    yes = press_of(question, "Keep it for the next one")
    assert "This is over" in text_of(await running.press("bob", yes, private=True))
    await running.press("ann", yes, private=True)
    assert "This is over" in text_of(await running.press("ann", yes, private=True))
    assert await rows(running, agenda_carried) == 1


async def test_an_unreached_one_is_asked_of_anew_and_goes_on_if_they_like(running: House):
    await wants(running, "ann", "Planning")
    for times in (1, 2):
        await close(running)
        assert len(await asked(running, "ann")) == times
        await says(running, "ann", "Keep it for the next one")
        await next_evening(running, "bob")
        await wants(running, "bob", "An urge")
        assert "Next on the agenda: Planning" in text_of(running.card)


async def test_where_no_check_in_is_held_it_waits_for_the_one_after(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    coming = await running.occurrence()
    await running.pass_time(seconds=(coming.starts_at - running.clock.now()).total_seconds())
    await running.type("fay", "/meeting start", leads=True)
    await running.work_off()
    await close(running)
    await next_evening(running, "bob")
    assert "Next on the agenda: Planning" in text_of(running.card)


async def test_a_cancelled_evening_is_passed_over(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    [series] = await running.all_series()
    coming = await running.occurrence()
    change = Change(series.id, coming.original, cancelled=True)
    await running.store.transact(lambda unit: Meetings(unit).put_change(change))
    await running.pass_time(days=8, hours=3)  # its day goes by
    assert await rows(running, agenda_carried) == 1
    assert not any("No further meeting" in text for text in running.private_texts(await running.person("ann")))


async def test_when_the_series_is_over_its_person_is_told_that_nothing_is_kept(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    [series] = await running.all_series()
    await running.store.transact(lambda unit: Meetings(unit).cancel_series(series.id, running.clock.now()))
    await running.pass_time(days=9)
    told = [text for text in running.private_texts(await running.person("ann")) if "No further meeting is planned" in text]
    assert len(told) == 1
    assert "Planning" not in told[0]
    assert await rows(running, agenda_carried) == 0


async def test_what_was_brought_along_can_be_taken_back_there(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    await next_evening(running, "ann", "bob")
    await running.press("ann", Press("agenda", "mine", (await running.occurrence()).id, "none"), private=True)
    await running.work_off()
    assert "agenda" not in text_of(running.card)
    assert await rows(running, agenda_carried) == 0


async def test_sixty_people_are_asked_a_few_at_a_time_and_each_once(running: House):
    occurrence = await running.occurrence()
    names = [f"somebody{n}" for n in range(60)]
    for who in names:
        await running.consent(who)
        await running.press(who, Press("agenda", "mine", occurrence.id, "urge"), private=True)
    await close(running)
    assert [len(await asked(running, who)) for who in names] == [1] * 60


async def test_another_series_hears_nothing_of_it(running: House):
    await wants(running, "ann", "Planning")
    await close(running)
    await says(running, "ann", "Keep it for the next one")
    planned = await running.plan(ahead=timedelta(days=1), title="Family and friends", audience="family")
    other = await running.store.transact(lambda unit: Meetings(unit).occurrence(planned.id))
    assert other is not None
    found = await running.store.transact(lambda unit: AgendaRows(unit).carried_to(other.series))
    assert found == []
