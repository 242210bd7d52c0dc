"""A round: everybody who is here has one turn, if they want it; nobody waits for who has gone."""

from datetime import timedelta

import pytest

from bot.core.calls import Account, Kind
from bot.core.happenings import What
from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import Options, RoundView
from bot.core.replies import Reply
from content.loader import load_texts
from handlers import floor
from handlers.floor.round_records import At, Turn, Way, line
from handlers.floor.rounds import RoundKeeper
from handlers.floor.stage import Stage
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.transaction import Transaction
from storage.unit import concrete
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import labels_of, press_of, text_of


@pytest.fixture
async def room(house: House) -> House:
    await house.open()
    await house.here("fay", leads=True)
    house.clock.move(seconds=5)
    for who in ("ann", "ben", "cat"):
        await house.here(who)
        house.clock.move(seconds=5)
    return house


async def begin(house: House, way: str = "hands", who: str = "fay") -> Reply:
    reply = await house.press(who, "round", way, roles=FACILITATOR if who == "fay" else frozenset())
    await house.settle()
    return reply


async def round_on(house: House) -> RoundView:
    view: RoundView | None = (await house.view()).round
    assert view is not None
    return view


async def turns(house: House) -> dict[str, At]:
    found = await house.book(lambda book: book.turns(house.id))
    stands = {turn.person: turn.stands for turn in found}
    people = {who: await house.known(who) for who in ("fay", "ann", "ben", "cat", "dan")}
    return {who: stands[person] for who, person in people.items() if person in stands}


async def speaks(house: House) -> str | None:
    return next((who for who, stands in (await turns(house)).items() if stands is At.SPEAKING), None)


async def go_until(house: House, who: str) -> None:
    """Whoever's turn it is says that they are done, until it is this one's."""
    for _ in range(9):
        if (now := await speaks(house)) == who:
            return
        assert now is not None
        await house.press(now, "turn", "done")
        await house.settle()
    raise AssertionError(f"{who} was never called")


async def led(house: House) -> Reply:
    return await house.press("fay", "round", roles=FACILITATOR)


# Its beginning and its end -----------------------------------------------------------------------------------------------


async def test_the_panel_leads_to_a_round_that_begins_in_one_of_two_orders(room: House):
    panel = await room.press("fay", "order", roles=FACILITATOR)
    offered = await room.tap("fay", press_of(panel, "A round..."), roles=FACILITATOR)
    assert {"As hands go up", "Shuffled"} <= set(labels_of(offered))


async def test_everybody_who_is_here_has_one_turn_and_then_it_is_over_by_itself(room: House):
    await begin(room)
    spoke = list[str]()
    while (who := await speaks(room)) is not None:
        spoke.append(who)
        await room.press(who, "turn", "done")
        await room.settle()
    assert spoke == ["fay", "ann", "ben", "cat"]
    assert (await room.view()).round is None


async def test_one_line_is_said_at_its_beginning_and_one_at_its_end_and_none_at_a_turn(room: House):
    await begin(room)
    await go_until(room, "cat")
    await room.press("cat", "turn", "done")
    await room.settle()
    assert [line.split(".")[0] for line in room.said] == ["A round begins", "The round is over"]


async def test_nothing_is_left_of_who_had_which_turn(room: House):
    await begin(room)
    await room.press("fay", "round_end", "1", roles=FACILITATOR)
    assert await room.book(lambda book: book.turns(room.id)) == []


async def test_it_closes_with_its_meeting_without_a_word(room: House):
    await begin(room)
    await room.close()
    assert (await room.view()).round is None
    assert len(room.said) == 1


async def test_a_second_round_has_lines_of_its_own(room: House):
    for number in ("1", "2"):
        await begin(room)
        await room.press("fay", "round_end", number, roles=FACILITATOR)
    await room.settle()
    assert len(room.said) == 4


async def test_with_nobody_here_none_begins(house: House):
    await house.open()
    assert "Nobody can be called" in text_of(await begin(house))
    assert (await house.view()).round is None


# Order -------------------------------------------------------------------------------------------------------------------


async def test_by_hands_whoever_raised_one_comes_first_and_the_hand_is_down_then(room: House):
    await begin(room)
    await room.raise_hand("cat", "Cat")
    await room.press("fay", "turn", "done")
    assert await speaks(room) == "cat"
    assert (await room.view()).waiting == ()


async def test_a_shuffled_order_is_drawn_once_and_no_hand_changes_it(room: House):
    await begin(room, "shuffled")
    before = [turn.person for turn in await room.book(lambda book: book.turns(room.id))]
    await room.raise_hand("cat")
    await room.raise_hand("ben")
    order = list[str]()
    while (who := await speaks(room)) is not None:
        order.append(await room.person(who))
        await room.press(who, "turn", "done")
    assert order == before
    assert set((await room.view()).waiting) == {""}  # hands go on beside it


async def test_hands_that_are_up_when_it_ends_stay_up(room: House):
    await begin(room)
    await room.press("fay", "turn", "done")
    await room.raise_hand("fay", "Fay")  # had their turn: the hand is for something else
    await room.press("fay", "round_end", "1", roles=FACILITATOR)
    assert (await room.view()).waiting == ("Fay",)


async def test_a_draw_is_the_same_for_the_same_round_and_another_for_the_next(room: House):
    people = [await room.person(who) for who in ("fay", "ann", "ben", "cat")]
    draws = await room.book(lambda book: _draws(book, people))
    assert draws[0] == draws[1]
    assert len(set(draws)) > 3


async def _draws(book: FloorBook, people: list[PersonId]) -> list[tuple[PersonId, ...]]:
    return [tuple(book.shuffled(name, people)) for name in ("a_1", "a_1", "a_2", "a_3", "a_4", "a_5", "a_6", "a_7")]


async def test_every_restart_finds_the_round_as_it_stood(room: House):
    await begin(room, "shuffled")
    before, view = await room.book(lambda book: book.turns(room.id)), await round_on(room)
    room.feature = floor.feature(load_texts(), FloorBook, Meetings)  # nothing of it is in memory
    assert await room.book(lambda book: book.turns(room.id)) == before
    assert await round_on(room) == view


def test_who_was_put_later_comes_last_even_with_a_hand_up():
    a, b, c = (PersonId(letter) for letter in "abc")
    people = [Turn(OccurrenceId("o"), person, n, n, later=person == b) for n, person in enumerate((a, b, c), 1)]
    assert [turn.person for turn in line(people, [b, c], Way.HANDS)] == [c, a, b]


# Each one's part ---------------------------------------------------------------------------------------------------------


async def test_whose_turn_it_is_is_told_alone_with_done_pass_and_listening(room: House):
    await begin(room)
    [told] = room.told["fay"]
    assert labels_of(told) == ["I am done", "Pass", "I listen today", "Help now"]
    assert "You can also pass. Nobody asks why." in text_of(told)


async def test_a_pass_ends_a_turn_and_one_may_still_come_at_the_end(room: House):
    await begin(room)
    passed = await room.press("fay", "turn", "pass")
    assert await speaks(room) == "ann"
    await room.tap("fay", press_of(passed, "I would like a turn"))
    await go_until(room, "cat")
    await room.press("cat", "turn", "done")
    assert await speaks(room) == "fay"


async def test_a_pass_before_ones_turn_asks_first(room: House):
    await begin(room)
    shown = await room.press("ben", "turn", "pass")
    assert "One person is before you" in text_of(shown)
    assert (await turns(room))["ben"] is At.WAITING
    await room.tap("ben", press_of(shown, "Pass this time"))
    assert (await turns(room))["ben"] is At.PASSED


async def test_whoever_listens_today_is_not_called_and_is_not_asked_why(room: House):
    await room.press("ann", "hand", "listen")
    await begin(room)
    assert "ann" not in await turns(room)
    await room.press("ben", "turn", "listen")
    await room.press("fay", "turn", "done")
    assert await speaks(room) == "cat"


async def test_listening_by_the_hands_screen_counts_as_well(room: House):
    await begin(room)
    await room.press("ann", "hand", "listen")
    await room.press("fay", "turn", "done")
    assert await speaks(room) == "ben"


async def test_the_card_names_who_chose_a_name_and_nobody_else(room: House):
    await room.raise_hand("ben", "Benno")
    await begin(room)
    view = await round_on(room)
    assert (view.speaker, view.following, view.to_come) == ("Benno", "", 3)


async def test_a_name_may_be_chosen_in_the_round_and_raises_no_hand(room: House):
    await room.consent("ann")
    await begin(room)
    form = (await room.press("ann", "named", "round")).form
    assert form is not None
    shown = await room.act("ann", Kind.FORM, press=form.press, name="floor.name", arguments={"name": "Anna"})
    assert "The room sees: Anna" in text_of(shown)
    assert (await room.view()).waiting == ()
    assert (await round_on(room)).following == "Anna"


async def test_with_minutes_for_each_the_card_says_until_when_and_its_speaker_is_told_quietly(house: House):
    await house.open(Options(minutes_each=3))
    await house.here("ann")
    house.clock.move(seconds=5)
    await house.here("fay", leads=True)
    await begin(house)
    assert (await round_on(house)).until == house.clock.now() + timedelta(minutes=3)
    await house.pass_time(minutes=2, seconds=30)
    assert "Your time is nearly used" in house.texts("ann")[-1]
    assert (await round_on(house)).is_speaking  # nobody is cut off


# Who comes, who goes -----------------------------------------------------------------------------------------------------


async def test_whoever_comes_later_is_added_at_the_end(room: House):
    await begin(room)
    await room.here("dan")
    await room.raise_hand("dan")
    await go_until(room, "cat")
    await room.press("cat", "turn", "done")
    assert await speaks(room) == "dan"


async def leaves_voice(house: House) -> None:
    await house.hear(What.LEFT, "fay")


async def is_erased(house: House) -> None:
    person = await house.person("fay")

    async def work(unit) -> None:
        assert house.feature.leaves is not None
        await house.feature.leaves(person, house.clock.now(), unit)
        await PersonalRows(concrete(unit)).erase(person, house.clock.now())

    await house.store.transact(work)


async def listens(house: House) -> None:
    await house.press("fay", "turn", "listen")


@pytest.mark.parametrize("goes", [leaves_voice, is_erased, listens])
async def test_whoever_goes_in_their_turn_is_passed_over_and_the_next_is_called(room: House, goes):
    await begin(room)
    assert await speaks(room) == "fay"
    await goes(room)
    await room.settle()
    assert await speaks(room) == "ann"
    assert any("It is your turn" in text for text in room.texts("ann"))


async def test_somebody_muted_in_their_turn_is_passed_over(room: House):
    await begin(room)
    await go_until(room, "ann")
    await room.press("fay", "mute", await room.number("ann"), roles=FACILITATOR)
    assert await speaks(room) == "ben"


async def test_whoever_leaves_before_their_turn_is_not_called(room: House):
    await begin(room)
    await room.hear(What.LEFT, "ben")
    await room.press("fay", "turn", "done")
    await room.press("ann", "turn", "done")
    assert await speaks(room) == "cat"


async def test_leaving_another_room_changes_nothing(room: House):
    await begin(room)
    await room.hear(What.LEFT, "fay", room="elsewhere")
    assert await speaks(room) == "fay"


async def test_whoever_left_before_it_began_is_not_called(room: House):
    await room.hear(What.LEFT, "ann")
    await begin(room)
    await room.press("fay", "turn", "done")
    assert await speaks(room) == "ben"


async def test_whoever_comes_back_has_a_turn_at_the_end_unless_they_had_one(room: House):
    await begin(room)
    await room.hear(What.LEFT, "ann")
    await room.hear(What.ARRIVED, "ann")
    await room.press("fay", "turn", "done")
    await room.hear(What.LEFT, "fay")
    await room.hear(What.ARRIVED, "fay")
    await go_until(room, "ann")
    await room.press("ann", "turn", "done")
    assert (await room.view()).round is None


async def test_when_the_last_leaves_it_is_over(room: House):
    await begin(room)
    await go_until(room, "cat")
    await room.hear(What.LEFT, "cat")
    assert (await room.view()).round is None


# A facilitator's part ----------------------------------------------------------------------------------------------------


async def test_two_who_press_next_at_once_mean_the_same_turn(room: House):
    await room.here("gil", leads=True)
    press = press_of(await begin(room), "Next in the round")
    await room.tap("fay", press, roles=FACILITATOR)
    second = await room.tap("gil", press, roles=FACILITATOR)
    assert "That is so already" in text_of(second)
    assert await speaks(room) == "ann"


async def test_one_is_put_later(room: House):
    await begin(room)
    shown = await led(room)
    await room.tap("fay", press_of(shown, "Later: Turn 2"), roles=FACILITATOR)
    await room.press("fay", "turn", "done")
    assert await speaks(room) == "ben"


async def test_whoever_speaks_put_later_speaks_again_at_the_end(room: House):
    await begin(room)
    await room.tap("fay", press_of(await led(room), "Later: Turn 1"), roles=FACILITATOR)
    assert await speaks(room) == "ann"
    await go_until(room, "cat")
    await room.press("cat", "turn", "done")
    assert await speaks(room) == "fay"


async def test_while_it_stands_still_the_time_does_too_and_nobody_is_called(house: House):
    await house.open(Options(minutes_each=3))
    await house.here("ann")
    house.clock.move(seconds=5)
    await house.here("fay", leads=True)
    await begin(house)
    until = (await round_on(house)).until
    await house.press("fay", "round_pause", "on", roles=FACILITATOR)
    await house.pass_time(minutes=10)
    assert (await round_on(house)).paused
    await house.press("fay", "round_pause", "off", roles=FACILITATOR)
    assert until is not None
    assert (await round_on(house)).until == until + timedelta(minutes=10)
    await house.press("fay", "round_pause", "on", roles=FACILITATOR)
    await house.press("ann", "turn", "done")
    assert not (await round_on(house)).is_speaking
    await house.press("fay", "round_pause", "off", roles=FACILITATOR)
    assert await speaks(house) == "fay"


@pytest.mark.parametrize(
    ("action", "value"),
    [("round_next", "99"), ("round_later", "77"), ("round_later", "x"), ("round_end", "9"), ("round_pause", "off")],
)
async def test_an_old_press_gives_a_fresh_screen_and_changes_nothing(room: House, action: str, value: str):
    await begin(room)
    before = await room.book(lambda book: book.turns(room.id))
    assert "That is so already" in text_of(await room.press("fay", action, value, roles=FACILITATOR))
    assert await room.book(lambda book: book.turns(room.id)) == before


async def test_an_unknown_way_is_a_button_that_nobody_made(room: House):
    await room.press("fay", "round", "loudest", roles=FACILITATOR)
    assert (await room.view()).round is None


@pytest.mark.parametrize("action", ["round", "round_next", "round_later", "round_pause", "round_end"])
async def test_a_member_moves_nothing_where_somebody_hosts(room: House, action: str):
    await begin(room)
    before = await room.book(lambda book: book.turns(room.id))
    for value in ("", "hands", "1", "on"):
        assert "for the facilitators" in text_of(await room.press("ann", action, value))
    assert await room.book(lambda book: book.turns(room.id)) == before


async def test_nobody_ends_anothers_turn(room: House):
    await begin(room)
    for wish in ("done", "pass", "go_1", "go_99"):
        await room.press("ben", "turn", wish)
    assert await speaks(room) == "fay"


# Where nobody hosts ------------------------------------------------------------------------------------------------------


@pytest.fixture
async def alone(house: House) -> House:
    await house.open(self_run=True)
    for who in ("ann", "ben", "cat"):
        await house.here(who)
        house.clock.move(seconds=5)
    return house


async def test_without_a_host_anybody_begins_and_it_goes_on_by_done(alone: House):
    offered = await alone.press("ben", "round")
    await alone.tap("ben", press_of(offered, "As hands go up"))
    assert await speaks(alone) == "ann"
    for who in ("ann", "ben", "cat"):
        await alone.press(who, "turn", "done")
    assert (await alone.view()).round is None


async def test_with_a_facilitator_here_it_is_theirs_to_begin(alone: House):
    await alone.here("fay", leads=True)
    assert "A facilitator is here" in text_of(await alone.press("ben", "round", "hands"))


async def test_a_raised_hand_takes_no_turn_from_the_round(alone: House):
    await begin(alone, who="ben")
    await alone.raise_hand("cat", "Cat")
    assert not (await alone.view()).is_speaking
    await alone.press("ann", "turn", "done")
    assert await speaks(alone) == "cat"


async def test_nobody_waits_long_for_who_does_not_answer(alone: House):
    await begin(alone, who="ben")
    assert "Let the next one begin" not in labels_of(await alone.press("cat", "turn"))
    await alone.pass_time(minutes=3)
    shown = await alone.press("cat", "turn")
    await alone.tap("cat", press_of(shown, "Let the next one begin"))
    assert await speaks(alone) == "ben"
    await alone.tap("cat", press_of(shown, "Let the next one begin"))  # the second of two presses
    assert await speaks(alone) == "ben"


# Many --------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def statements(monkeypatch) -> list[str]:
    """Every statement that goes to the database, by its kind."""
    seen = list[str]()
    for name in ("rows", "run", "run_many"):
        inner = getattr(Transaction, name)

        async def counted(self, *given, inner=inner, name=name):
            seen.append(name)
            return await inner(self, *given)

        monkeypatch.setattr(Transaction, name, counted)
    return seen


async def test_of_three_hundred_people_a_press_takes_no_more_statements_than_of_three(house: House, statements: list[str]):
    """A press reads the room as a whole, and writes what changed."""
    few, many = await _cost(house, 3, statements), await _cost(house, 300, statements)
    assert many == few


async def _cost(house: House, people: int, statements: list[str]) -> tuple[int, int]:
    """Return how many statements it takes to begin a round with so many people, and to call the next."""
    await house.open()

    async def come(unit) -> None:
        for n in range(people):
            person = await unit.people.make(Account(house.platform, f"somebody{n}"), house.clock.now(), None)
            await Meetings(unit).join(house.id, person.id, house.clock.now())

    await house.store.transact(come)
    await house.here("fay", leads=True)
    keeper = RoundKeeper(Stage(load_texts(), FloorBook, Meetings))
    costs = list[int]()

    async def work(unit) -> None:
        evening = await Stage(load_texts(), FloorBook, Meetings).evening(unit, house.id)
        assert evening is not None
        statements.clear()
        round_ = await keeper.start(unit, evening, Way.SHUFFLED, house.clock.now())
        costs.append(len(statements))
        assert round_ is not None
        statements.clear()
        await keeper.go_on(unit, evening, round_, house.clock.now())
        costs.append(len(statements))

    await house.store.transact(work)
    assert len(await house.book(lambda book: book.turns(house.id))) == people + 1
    return costs[0], costs[1]
