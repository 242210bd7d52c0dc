"""Lines of what helped: shared by nothing but their author's tap on the exact words, and theirs to take back."""

from datetime import timedelta

import pytest

from bot.core.help import help_row
from bot.core.meetings import Audience
from bot.core.replies import Press
from bot.core.reporting import WHAT, Reported
from bot.core.richtext import words_in
from content.loader import load_texts
from handlers import together
from handlers.together import rules
from storage.privacy import PersonalRows
from storage.together import Together
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

WORDS = "A walk before breakfast"


async def written(house, who="ana", words=WORDS, name="Nightingale", **more):
    """Fill in the form; return the screen with what would be shared."""
    form = (await house.tap(who, await house.look(who, **more), "Share a line")).form
    return await house.send(who, form, line=words, name=name)


async def a_closed_week(house):
    await house.answer_all([5] * 5)
    await house.next_week()


@pytest.fixture
async def ana(house):
    await house.consents("ana", "ben", "kim")
    return "ana"


async def test_before_the_tap_stand_the_exact_words_the_name_and_who_will_see_them(house, ana):
    asked = await written(house)
    assert WORDS in text_of(asked)
    assert "The name beside it: Nightingale" in text_of(asked)
    assert "Who will see it: everybody in this community who looks at the picture." in text_of(asked)
    assert labels_of(asked) == ["Share it", "Write it anew", "Do not share", "Help now"]


async def test_nothing_is_shared_without_the_tap(house, ana):
    await written(house)
    await a_closed_week(house)
    assert WORDS not in text_of(await house.look("ben"))


async def test_a_line_is_shown_once_its_week_is_closed_with_five(house, ana):
    await house.share(ana, WORDS, "Nightingale")
    assert WORDS not in text_of(await house.look("ben"))
    await a_closed_week(house)
    assert f"Nightingale: {WORDS}" in text_of(await house.look("ben"))
    await house.next_week()
    assert WORDS not in text_of(await house.look("ben"))


async def test_with_fewer_than_five_no_line_is_shown(house, ana):
    await house.share(ana, WORDS)
    await house.answer_all([5] * 4)
    await house.next_week()
    assert WORDS not in text_of(await house.look("ben"))


async def test_where_words_need_a_name_none_is_shared_without(house, ana):
    refused = await written(house, name="  ")
    assert "needs a name beside it" in text_of(refused)
    assert "Share it" not in labels_of(refused)
    form = (await house.tap(ana, await house.look(ana), "Share a line")).form
    assert [field.required for field in form.fields] == [True, True]


async def test_elsewhere_the_name_may_be_left_out(telegram):
    await telegram.consents("ana", "ben")
    form = await telegram.tap("ana", await telegram.look("ana"), "Share a line")
    assert form.form is None  # asked one by one
    community = await telegram.community()
    draft = await telegram.press_form("ana", Press("together", "line_p", community.id), line=WORDS, name="")
    assert "No name stands beside it." in text_of(draft)
    await telegram.tap("ana", draft, "Share it")
    await a_closed_week(telegram)
    assert WORDS in text_of(await telegram.look("ben"))


@pytest.mark.parametrize(("words", "said"), [("   ", "nothing in it yet"), ("x" * 141, "at most 140 characters")])
async def test_a_line_that_is_none_or_too_long_is_refused_and_not_kept(house, ana, words, said):
    refused = await written(house, words=words)
    assert said in text_of(refused)
    assert "Share it" not in labels_of(refused)


async def test_one_line_a_week_a_new_one_takes_its_place(house, ana):
    await house.share(ana, "The first")
    again = await written(house, words="The second")
    assert "This one takes its place." in text_of(again)
    await house.tap(ana, again, "Share it")
    await a_closed_week(house)
    shown = text_of(await house.look("ben"))
    assert "The second" in shown
    assert "The first" not in shown


async def test_a_draft_takes_no_shared_line_away(house, ana):
    await house.share(ana, "The first")
    await house.tap(ana, await written(house, words="The second"), "Do not share")
    await a_closed_week(house)
    shown = text_of(await house.look("ben"))
    assert "The first" in shown
    assert "The second" not in shown


async def test_a_second_tap_changes_nothing(house, ana):
    asked = await written(house)
    one = await house.tap(ana, asked, "Share it")
    house.clock.move(days=8)
    assert text_of(await house.tap(ana, asked, "Share it")) == text_of(one)
    community, person = await house.community(), await house.person(ana)
    (line,) = await house.store.transact(lambda unit: Together(unit).lines_of(person, community.id))
    assert line.at < house.clock.now() - timedelta(days=7)


@pytest.mark.parametrize("when", ["before", "after"])
async def test_it_can_be_taken_back_before_and_after_it_is_shown(house, ana, when):
    await house.share(ana, WORDS)
    if when == "after":
        await a_closed_week(house)
    mine = await house.tap(ana, await house.look(ana), "My lines")
    assert WORDS in text_of(mine)
    gone = await house.tap(ana, mine, "Take it back")
    assert "Taken back." in text_of(gone)
    if when == "before":
        await a_closed_week(house)
    assert WORDS not in text_of(await house.look("ben"))


async def test_whoever_is_erased_takes_their_line_along(house, ana):
    await house.share(ana, WORDS)
    await a_closed_week(house)
    person = await house.person(ana)
    await house.store.transact(lambda unit: PersonalRows(unit).erase(person, house.clock.now()))
    shown = await house.look("ben")
    assert WORDS not in text_of(shown)
    assert shown.picture is not None


async def test_what_somebody_wrote_stays_words(house, ana):
    await house.share(ana, "https://example.org @everyone **this**", "[x](https://example.org)")
    await a_closed_week(house)
    shown = await house.look("ben")
    assert list(words_in(shown.blocks)) == ["[x](https://example.org)", "https://example.org @everyone **this**"]


async def test_ten_at_most_are_shown_always_the_same_and_not_in_the_order_of_time(house):
    people = [f"w{n}" for n in range(12)]
    await house.consents("ben", *people)
    for n, who in enumerate(people):
        await house.share(who, f"Line {n}")
        house.clock.move(seconds=1)
    await a_closed_week(house)
    shown = await house.look("ben")
    lines = [words for words in words_in(shown.blocks) if words.startswith("Line")]
    assert len(lines) == rules.MOST_LINES
    assert lines != sorted(lines, key=people_order)
    assert await house.look("ben") == shown


def people_order(line):
    return int(line.removeprefix("Line "))


async def test_a_line_of_one_audience_is_not_among_the_others(house, ana):
    await house.share(ana, WORDS)
    await house.answer_all([5] * 5, Audience.FAMILY)
    await a_closed_week(house)
    community = await house.community()
    family = await house.press("ben", Press("together", "of_f", community.id))
    assert family.picture is not None
    assert WORDS not in text_of(family)


# Facilitators -------------------------------------------------------------------------------------------------------------


async def desk(house):
    return await house.tap("kim", await house.look("kim", leads=True), "For facilitators", leads=True)


async def test_a_facilitator_hides_a_line_and_shows_it_again(house, ana):
    await house.share(ana, WORDS)
    await a_closed_week(house)
    hidden = await house.tap("kim", await desk(house), "Hide 1", leads=True)
    assert "(hidden)" in text_of(hidden)
    assert WORDS not in text_of(await house.look("ben"))
    assert "hidden by a facilitator" in text_of(await house.tap(ana, await house.look(ana), "My lines"))
    await house.tap("kim", hidden, "Show 1 again", leads=True)
    assert WORDS in text_of(await house.look("ben"))


async def test_every_line_that_members_see_can_be_hidden_however_many_there_are(house):
    people = [f"w{n}" for n in range(2 * rules.MOST_LINES + 3)]
    await house.consents("ben", "kim", *people)
    for n, who in enumerate(people):
        await house.share(who, f"Line {n}")
    await a_closed_week(house)
    screen = await desk(house)
    for _ in people:
        first = next((label for label in labels_of(screen) if label.startswith("Hide ")), None)
        assert first is not None
        house.clock.move(seconds=4)  # nobody acts faster than they may
        screen = await house.tap("kim", screen, first, leads=True)
    assert not [words for words in words_in((await house.look("ben")).blocks) if words.startswith("Line")]


async def test_lines_that_others_see_can_be_reported(house, ana):
    assert "Report" not in labels_of(await house.look("ben"))
    await house.share(ana, WORDS)
    await a_closed_week(house)
    press, community = press_of(await house.look("ben"), "Report"), await house.community()
    assert press == Press("reports", "start", f"{WHAT['lines']}{community.id}")
    look = together.looks()[WHAT["lines"]]
    assert await house.store.transact(lambda unit: look(community.id, unit)) == Reported(community.id)
    assert await house.store.transact(lambda unit: look("0" * 32, unit)) is None


async def test_a_facilitator_sees_nothing_of_a_week_that_is_open(house, ana):
    await house.share(ana, WORDS)
    shown = await desk(house)
    assert WORDS not in text_of(shown)
    assert not [label for label in labels_of(shown) if label.startswith("Hide")]


async def test_a_facilitator_does_not_learn_who_wrote_it(telegram):
    await telegram.consents("ana", "ben", "kim")
    community, person = await telegram.community(), await telegram.person("ana")
    draft = await telegram.press_form("ana", Press("together", "line_p", community.id), line=WORDS, name="")
    await telegram.tap("ana", draft, "Share it")
    await a_closed_week(telegram)
    shown = await desk(telegram)
    assert WORDS in text_of(shown)
    assert person not in str(shown)


async def test_only_facilitators_hide(house, ana):
    await house.share(ana, WORDS)
    await a_closed_week(house)
    screen = await desk(house)
    assert text_of(await house.tap("ben", screen, "Hide 1")) == "This is for facilitators."
    house.space = "elsewhere"
    missing = await house.press("lou", Press("together", "hide", "0" * 32, "on"), leads=True)
    assert text_of(await house.tap("lou", screen, "Hide 1", leads=True)) == text_of(missing)
    house.space = "space"
    assert WORDS in text_of(await house.look("ben"))


async def test_a_line_that_is_not_shown_cannot_be_hidden_ahead(house, ana):
    asked = await written(house)
    line = press_of(asked, "Share it").subject
    assert "know this button" in text_of(await house.press("kim", Press("together", "hide", line, "on"), leads=True))
    await house.tap(ana, asked, "Share it")
    await house.press("kim", Press("together", "hide", line, "on"), leads=True)
    await a_closed_week(house)
    assert WORDS in text_of(await house.look("ben"))


# Hostile presses ----------------------------------------------------------------------------------------------------------


async def test_somebody_elses_draft_and_line_are_as_those_that_are_not_there(house, ana):
    asked = await written(house)
    line = press_of(asked, "Share it").subject
    for action in ("share", "take"):
        missing = await house.press("ben", Press("together", action, "0" * 32))
        assert text_of(await house.press("ben", Press("together", action, line))) == text_of(missing)
    await house.tap(ana, asked, "Share it")
    await house.press("ben", Press("together", "take", line))
    await a_closed_week(house)
    assert WORDS in text_of(await house.look("ben"))


async def test_drafts_are_gone_when_their_week_is_closed(house, ana):
    asked = await written(house)
    await a_closed_week(house)
    assert "know this button" in text_of(await house.tap(ana, asked, "Share it"))


@pytest.mark.parametrize("words", [WORDS, "x" * 140])
async def test_every_screen_has_the_way_to_help(house, ana, words):
    help_now = help_row(load_texts().of("en"))
    shown = await house.share(ana, words)
    asked = await written(house)
    mine = await house.tap(ana, await house.look(ana), "My lines")
    for reply in (shown, asked, mine, await house.tap(ana, asked, "Do not share"), await desk(house)):
        assert reply.buttons[-1] == help_now
        assert all(len(button.label) <= 40 for button in buttons_of(reply))
