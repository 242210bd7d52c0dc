"""SAFETY 5, row 3; Must 26: what comes unasked into a private chat names neither meeting nor topic."""

import re
from datetime import timedelta

import pytest

from bot.core.replies import Reply
from content.loader import load_texts
from tests.security.between import between, lived_between
from tests.security.canaries import CANARY
from tests.security.evenings import SEVEN, agree, plan
from tests.security.inside import plan as plan_inside
from tests.security.inside import presses_of, text_of

TITLE = "Gambling addiction group Ravensburg"
TELLING = re.compile(
    r"gambl|addict|ravensburg|\burges?\b|drink|drug|alcohol|recover|relapse|lapse|group|(?-i:Sucht)|\w{3}sucht|spiel|verlangen|drang"
    r"|adicci|addiction|dépendance|vício|juego|jogo|alcool|álcool|familia|famille|família|familie|family",
    re.I,
)
PREVIEW = 120  # characters; phones show fewer
BETWEEN = {  # what comes unasked in the days between meetings; of what may stand in it, a time and a colleague's own name
    "prompts": "asked rests room_lost closed_replaced closed_done closed_passed closed_over",
    "pairs": "asked_found asked_code asked_yes begun begun_next came_to_nothing looks_on ask note_came word_came ended_for over",
    "reports": "letter letter_more letter_waits letter_back answer_came no_answer_yet no_contact",
    "roster": "stand_ask stand_settled stood_in duty_host duty_co moved_host moved_co duty_off co_gone lead_host lead_co"
    " swap_offer swap_wants swap_wants_any swap_wants_nothing swap_yours swap_given swap_taken swap_settled swap_no",
    "agenda": "unfinished no_next",
    "topics": "room_lost room_lost_mend",
}
CAME = {  # by the beginnings of their keys
    *("prompt_asked", "prompt_closed", "prompt_rests", "prompt_lost", "topic_room", "agenda_open", "report", "reported"),
    *("pair_word", "pair_note", "pair_ask", "roster_swap", "roster_swapped", "roster_duty", "roster_stand", "roster_stood"),
    "roster_lead",
}


async def test_a_test_message_and_a_reminder_name_nothing(here):
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    await plan(here, kim, TITLE)
    await here.command(ana, "/remind", "room")
    test = await here.sees(ana, "This is how a reminder looks")
    await here.pass_time(to=SEVEN.replace(hour=17, minute=45))
    await here.until(lambda: len([text for text in here.screen(ana) if text.startswith("Your reminder")]) > 0)
    reminder = next(text for text in here.screen(ana) if text.startswith("Your reminder"))
    for text in (test, reminder):
        assert not TELLING.search(text), text
        assert len(text) < PREVIEW


async def test_the_wire_of_what_comes_unasked_holds_no_title_either(here):
    """A push is made of what was sent: no attachment, no embed, no spoiler, no link's preview."""
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    await plan(here, kim, TITLE)
    await here.command(ana, "/remind", "room")
    await here.sees(ana, "This is how a reminder looks")
    before = sent_in_private(here, ana)
    await here.pass_time(to=SEVEN.replace(hour=17, minute=45))
    await here.until(lambda: sent_in_private(here, ana) != before)
    assert "Ravensburg" not in "".join(map(str, sent_in_private(here, ana)[len(before) :]))


def sent_in_private(here, ana):
    """Every message as it was handed to the platform for the private chat."""
    if here.name == "discord":
        return here.driver.server.calls("POST", f"/channels/{ana.chat}/messages")
    if here.name == "telegram":
        return [given for given in here.driver.api.of("sendMessage") if given["chat_id"] == ana.id]
    return here.driver.messages(ana)


async def test_everything_that_moments_bring_in_private_names_neither_meeting_nor_topic(inside):
    """Reminders, late ones, the end of a series, private check-ins, the end of a timer: in both languages."""
    kim = inside.person("kim", facilitator=True)
    await plan_inside(kim, TITLE)
    people = [inside.person(f"ana-{language}") for language in load_texts().languages]
    for ana, language in zip(people, load_texts().languages, strict=True):
        await ana.agree("/urge")
        await ana.command("/language", language=language)
        await ana.command("/remind", "room")
    told = await inside.moments(minutes=52)  # the room opens
    card = next(reply for what, reply in reversed(inside.replies) if what == "post card")
    for person in (*people, inside.person("new")):
        await person.press(next(press for press in presses_of(card) if press.action == "join"), "room")
    for line in ("/meeting start", "/meeting checkin"):
        await kim.command(line, "room")
    told += await inside.moments(hours=1)
    inside.clock.at += timedelta(days=6, hours=22)
    told += await inside.moments(hours=3)
    await kim.command("/meeting cancel", "room")
    await kim.press(presses_of(kim.screen)[0], "room")
    await kim.tap("Yes, cancel the series", spot="room")
    told += await inside.moments(minutes=1)
    private = [post for post in told if hasattr(post.to, "person")]
    kinds = " ".join(post.key for post in private)
    assert all(kind in kinds for kind in ("remind_over_", f"remind_{evening(card)}_"))
    assert len([post for post in private if post.key.startswith("checkin_")]) == len(people) + 1
    for post in private:
        assert not TELLING.search(text_of(post.reply)), text_of(post.reply)


def evening(card: Reply) -> str:
    return next(press.subject for press in presses_of(card) if press.action == "join")


async def test_the_end_of_a_wait_says_that_time_is_over_and_not_of_what(here):
    ana = here.person("Ana")
    await here.command(ana, "/dents")
    await agree(here, ana)
    await here.offers(ana, "For now")
    await here.press(ana, "For now")
    await here.offers(ana, "7")
    await here.press(ana, "7")
    await here.press(ana, "D: delay")
    await here.press(ana, "Done")
    await here.offers(ana, "5 min")
    await here.press(ana, "5 min")
    await here.sees(ana, "The timer runs")
    before = len(here.screen(ana))
    await here.pass_time(minutes=5, seconds=2)
    await here.until(lambda: len(here.screen(ana)) > before)
    assert not TELLING.search(here.screen(ana)[-1])


@pytest.mark.parametrize("language", load_texts().languages)
async def test_everything_that_comes_unasked_between_meetings_names_neither_meeting_nor_topic_nor_what_was_written(
    tmp_path, clock, language
):
    """Prompts and their rest, a pair's asking and note, reports, answers, the roster's letters, what stayed open, a lost room."""
    async with between(tmp_path, clock) as house:
        await lived_between(house, language, CANARY)
        came = [post for post in house.private if not post.key.startswith("checkin_")]
        kinds = {"_".join(post.key.split("_")[:2]) for post in came} | {post.key.partition("_")[0] for post in came}
        assert kinds >= CAME
        for post in came:
            shown = text_of(post.reply)
            assert not TELLING.search(shown), shown
            assert CANARY not in shown, post.key
            assert post.reply.file is None
            assert post.reply.picture is None


@pytest.mark.parametrize("language", load_texts().languages)
def test_no_sentence_that_comes_unasked_between_meetings_tells_what_it_is_about(language):
    """Those as well that the weeks above do not come to. Another variable than these could not be filled in."""
    say = load_texts().of(language)
    for feature, keys in BETWEEN.items():
        for key in keys.split():
            shown = say.label(f"{feature}.{key}", when="{when}", name="{name}")
            assert not TELLING.search(shown), shown
            assert "??" not in shown
