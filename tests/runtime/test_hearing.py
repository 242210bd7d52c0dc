"""What is heard without anybody speaking to the bot, and what is offered while somebody types."""

from datetime import UTC, datetime

import pytest

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.errors import BadInput
from bot.core.features import Command, Feature, Option
from bot.core.happenings import Happening, Heard, What
from bot.core.replies import NOTHING, Choice
from bot.runtime.dispatch import Dispatch
from content.loader import load_texts
from storage.database import Store
from tests.fakes import HeldClock
from tests.runtime.fakes import CAN
from tests.stores import storage_for_tests

ALICE = Account("telegram", "1")
ROOM = Place("telegram", "-100", "", "-100", private=False)
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)


class Ears:
    """Writes down what it heard, and completes titles."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.fails = False

    def feature(self) -> Feature:
        return Feature(
            "ears",
            commands=(Command("pick", self._nothing, options=(Option("title", completes=True),)),),
            completes={"pick title": self.titles},
            happenings={What.ARRIVED: self.hear},
        )

    async def _nothing(self, call, unit):
        return NOTHING

    async def hear(self, heard, unit):
        self.heard.append(heard)
        if self.fails:
            raise RuntimeError

    async def titles(self, call, typed, unit):
        if typed == "bad":
            raise BadInput
        return [Choice(str(n), f"{typed}{n} {call.community.space if call.community else ''}") for n in range(40)]


@pytest.fixture
def ears():
    return Ears()


def dispatch_over(store: Store, clock: HeldClock, *features: Feature) -> Dispatch:
    return Dispatch(
        store,
        store.outbox_queue,
        features,
        load_texts(),
        clock,
        zone="UTC",
        language="en",
        country="DE",
        gate=lambda call: NOTHING,
        help_now=lambda call: NOTHING,
        capabilities=CAN,
    )


@pytest.fixture
async def house(tmp_path, clock, ears):
    async with storage_for_tests(tmp_path, clock) as store:
        yield dispatch_over(store, clock, ears.feature())


def arrived(receipt="1", place=ROOM):
    return Happening(What.ARRIVED, receipt, place, NOW, ALICE)


def typing(title, place=ROOM):
    return Incoming(Kind.COMMAND, "r", ALICE, place, NOW, "pick", arguments={"title": title})


async def test_a_stranger_in_an_unknown_room_is_heard_and_makes_no_rows(house, ears):
    await house.heard(arrived())
    [heard] = ears.heard
    assert (heard.person, heard.community, heard.room) == (None, None, None)
    assert heard.happening.account == ALICE


async def test_it_comes_with_what_the_house_knows(house, ears, clock):
    async def know(unit):
        community = await unit.communities.find_or_make("telegram", "-100")
        return await unit.people.make(ALICE, clock.now(), None), community, await unit.rooms.find_or_make(community.id, ROOM)

    known = await house._store.transact(know)
    await house.heard(arrived())
    [heard] = ears.heard
    assert (heard.person, heard.community, heard.room) == known


async def test_the_same_happening_is_heard_once_but_again_after_it_failed(house, ears):
    ears.fails = True
    await house.heard(arrived())
    ears.fails = False
    await house.heard(arrived())
    await house.heard(arrived())
    await house.heard(arrived("2"))
    assert len(ears.heard) == 3


async def test_what_no_feature_listens_to_is_nothing(house, ears):
    await house.heard(Happening(What.BOT_OUT, "9", ROOM, NOW))
    assert ears.heard == []


async def test_at_most_25_values_are_offered(house):
    offered = await house.complete(typing("tu"), "title")
    assert len(offered) == 25
    assert offered[0] == Choice("0", "tu0 ")


@pytest.mark.parametrize(("title", "option"), [("bad", "title"), ("tu", "other"), ("x" * 20_000, "title")])
async def test_where_there_is_nothing_to_offer_nothing_is_said(house, title, option):
    assert list(await house.complete(typing(title), option)) == []


async def test_two_features_cannot_complete_one_option(tmp_path, clock, ears):
    other = Feature("other", completes={"pick title": ears.titles})
    async with storage_for_tests(tmp_path, clock) as store:
        with pytest.raises(ValueError, match="pick title"):
            dispatch_over(store, clock, ears.feature(), other)
