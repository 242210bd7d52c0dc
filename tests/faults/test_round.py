"""Who leaves the community in the middle of a round: nobody waits for them, and nothing of them stays behind."""

import pytest

from bot.core.happenings import What
from handlers.floor.round_records import At
from storage.privacy import PersonalRows
from tests.handlers.floor.house import FACILITATOR, open_house
from tests.handlers.screens import labels_of

PEOPLE = ("ann", "ben", "cat")


@pytest.fixture(params=["telegram", "discord"])
async def house(request, tmp_path, clock):
    async with open_house(tmp_path, clock, request.param) as opened:
        await opened.open()
        await opened.here("fay", leads=True)
        for who in PEOPLE:
            opened.clock.move(seconds=5)
            await opened.here(who)
        await opened.press("fay", "round", "hands", roles=FACILITATOR)
        await opened.settle()
        yield opened


async def stands(house) -> dict[str, At]:
    people = {await house.known(who): who for who in ("fay", *PEOPLE)}
    return {people.get(turn.person, "?"): turn.stands for turn in await house.book(lambda book: book.turns(house.id))}


async def speaks(house) -> str | None:
    return next((who for who, at in (await stands(house)).items() if at is At.SPEAKING), None)


async def leaves(house, who: str, how: str) -> None:
    if how == "the community":
        await house.hear(What.LEFT, who)
        return
    person, now = await house.person(who), house.clock.now()

    async def work(unit):
        await house.feature.leaves(person, now, unit)
        await PersonalRows(unit).erase(person, now)

    await house.store.transact(work)
    await house.settle()


async def rest_of_the_round(house) -> list[str]:
    spoke = list[str]()
    while (who := await speaks(house)) is not None:
        spoke.append(who)
        await house.press(who, "turn", "done")
        await house.settle()
    return spoke


HOW = ["the community", "with everything"]


@pytest.mark.parametrize("how", HOW)
async def test_a_person_who_leaves_the_community_while_it_is_their_turn_is_followed_by_the_next(house, how):
    assert await speaks(house) == "fay"
    await house.press("fay", "turn", "done")
    assert await speaks(house) == "ann"
    await leaves(house, "ann", how)
    assert await rest_of_the_round(house) == ["ben", "cat"]
    assert (await house.view()).round is None


@pytest.mark.parametrize("how", HOW)
async def test_a_person_who_leaves_before_their_turn_is_never_called(house, how):
    await leaves(house, "ben", how)
    assert await rest_of_the_round(house) == ["fay", "ann", "cat"]


@pytest.mark.parametrize("how", HOW)
async def test_when_all_the_others_leave_the_round_ends_and_its_turns_are_forgotten(house, how):
    await house.press("fay", "turn", "done")
    for who in PEOPLE:
        await leaves(house, who, how)
    assert (await house.view()).round is None
    assert await house.book(lambda book: book.turns(house.id)) == []


@pytest.mark.parametrize("how", HOW)
async def test_an_old_button_of_somebody_who_left_takes_nobodys_turn(house, how):
    await house.press("fay", "turn", "done")
    await leaves(house, "ann", how)
    assert await speaks(house) == "ben"
    for value in ("done", "pass", "listen"):
        reply = await house.press("ann", "turn", value)
        await house.settle()
        assert await speaks(house) == "ben"
        assert "Help now" in labels_of(reply)
