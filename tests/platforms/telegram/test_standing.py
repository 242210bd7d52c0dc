"""How one person stands in a group."""

from datetime import timedelta

import pytest

from bot.core.calls import Account, Room
from bot.core.deeds import Stand, Standing
from bot.core.errors import PersonAway, PlatformDown, PlatformRefused, RoomGone
from bot.core.ids import CommunityId, RoomId
from bot.core.platform import Delivery
from bot.core.replies import NOTHING
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.decode import NAME
from tests.fakes import HeldClock
from tests.platforms.telegram.conftest import Make
from tests.platforms.telegram.deeds import Slot, at
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.telegram.world import User

FREE, MUTED, WAITING, OUT = (Stand(standing) for standing in (Standing.FREE, Standing.MUTED, Standing.WAITING, Standing.OUT))


@pytest.fixture
def platform(make: Make, driver: TelegramDriver, clock: HeldClock) -> TelegramPlatform:
    """A platform that does not take acts, beside a server that keeps its time."""
    driver.api.world.now = lambda: clock.now().timestamp()
    return make()


@pytest.fixture
def eve(driver: TelegramDriver) -> User:
    return driver.person("Eve")


@pytest.fixture
def slot(platform: TelegramPlatform, driver: TelegramDriver, eve: User) -> Slot:
    return Slot(platform, driver.group, eve)


@pytest.mark.parametrize("held", [MUTED, WAITING])
async def test_who_is_held_reads_on_and_writes_nothing_until_freed(driver: TelegramDriver, slot: Slot, eve: User, held: Stand):
    await slot.do(held)
    assert not driver.may_write(eve)
    assert eve.id in driver.group.members
    restriction = driver.restricted(eve)
    assert restriction is not None
    assert not any(restriction.permissions.values())
    await slot.do(FREE)
    assert driver.may_write(eve)
    assert driver.restricted(eve) is None


@pytest.mark.parametrize("held", [MUTED, WAITING])
async def test_nobody_is_held_without_an_end(driver: TelegramDriver, slot: Slot, eve: User, clock: HeldClock, held: Stand):
    await slot.do(held)
    restriction = driver.restricted(eve)
    assert restriction is not None
    assert timedelta(hours=12) <= at(restriction.until) - clock.now() < timedelta(hours=13)
    clock.move(hours=13)
    assert driver.restricted(eve) is None


async def test_who_is_put_out_stays_out_until_then_and_may_come_back_when_freed(
    driver: TelegramDriver, slot: Slot, eve: User, clock: HeldClock
):
    until = clock.now() + timedelta(hours=2)
    await slot.do(Stand(Standing.OUT, until))
    ends = driver.banned(eve)
    assert ends is not None
    assert until <= at(ends) < until + timedelta(hours=1)
    assert not await driver.join_group(eve)
    await slot.do(FREE)
    assert driver.banned(eve) is None
    assert await driver.join_group(eve)


@pytest.mark.parametrize("by", [{"seconds": 1}, {"seconds": -60}, {"days": 4000}])
async def test_an_end_too_near_or_too_far_is_never_taken_for_none(
    driver: TelegramDriver, slot: Slot, eve: User, clock: HeldClock, by: dict[str, float]
):
    await slot.do(Stand(Standing.OUT, clock.now() + timedelta(**by)))
    assert driver.banned(eve)


async def test_the_same_again_is_no_harm_and_a_ban_is_renewed(driver: TelegramDriver, slot: Slot, eve: User, clock: HeldClock):
    for hours in (1, 5):
        await slot.do(Stand(Standing.OUT, clock.now() + timedelta(hours=hours)))
    ends = driver.banned(eve)
    assert ends is not None
    assert at(ends) >= clock.now() + timedelta(hours=5)
    for _ in range(2):
        await slot.do(FREE)
    assert driver.banned(eve) is None


async def test_freeing_puts_nobody_out_who_came_back_by_another_hand(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(OUT)
    driver.group.banned.clear()
    await driver.join_group(eve)
    await slot.do(FREE)
    assert driver.may_write(eve)


async def test_from_outside_into_the_waiting_room(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(OUT)
    await slot.do(WAITING)
    assert driver.banned(eve) is None
    assert await driver.join_group(eve)
    assert not driver.may_write(eve)
    await slot.do(FREE)
    assert driver.may_write(eve)


async def test_what_stood_before_by_hand_comes_back(driver: TelegramDriver, slot: Slot, eve: User):
    driver.restrict_by_hand(eve, "can_send_photos", "can_send_polls")
    before = driver.restricted(eve)
    for held in (MUTED, OUT, FREE):
        await slot.do(held)
    assert driver.restricted(eve) == before


async def test_who_was_silenced_or_banned_by_hand_stays_so(
    driver: TelegramDriver, slot: Slot, eve: User, platform: TelegramPlatform
):
    driver.restrict_by_hand(eve, *driver.permissions())
    silenced = driver.restricted(eve)
    ben = driver.person("Ben")
    driver.ban_by_hand(ben)
    other = Slot(platform, driver.group, ben)
    for each in (slot, other):
        await each.do(MUTED)
        await each.do(FREE)
    assert (driver.restricted(eve), driver.banned(ben)) == (silenced, 0)


async def test_what_somebody_changed_meanwhile_stays_theirs(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(MUTED)
    driver.restrict_by_hand(eve, "can_send_messages")
    await slot.do(FREE)
    assert not driver.may_write(eve)


@pytest.mark.parametrize("held", [MUTED, WAITING, OUT])
async def test_after_a_kill_our_own_state_is_not_taken_for_the_one_before(
    driver: TelegramDriver, slot: Slot, eve: User, held: Stand
):
    await slot.do(held, killed=True)
    await slot.do(held)
    await slot.do(FREE)
    assert (driver.restricted(eve), driver.banned(eve)) == (None, None)


async def test_freed_by_a_process_that_never_knew(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(MUTED, killed=True)
    await slot.do(FREE)
    assert driver.may_write(eve)


async def test_who_left_is_freed_all_the_same(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(MUTED)
    await driver.leave_group(eve)
    await slot.do(FREE)
    await driver.join_group(eve)
    assert driver.may_write(eve)


@pytest.mark.parametrize("held", [MUTED, WAITING, OUT])
async def test_administrators_cannot_be_held(driver: TelegramDriver, platform: TelegramPlatform, held: Stand):
    with pytest.raises(PlatformRefused) as refused:
        await Slot(platform, driver.group, driver.person("Kim", facilitator=True)).do(held)
    assert refused.value.detail["why"] == "administrator"


async def test_a_group_that_spoke_as_itself_cannot_be_held(driver: TelegramDriver, platform: TelegramPlatform):
    with pytest.raises(PlatformRefused):
        await Slot(platform, driver.group, User(-100, "Group")).do(MUTED)


@pytest.mark.parametrize("held", [MUTED, OUT])
async def test_without_the_right_it_is_refused_and_the_room_is_not_lost(driver: TelegramDriver, slot: Slot, held: Stand):
    driver.take_right()
    with pytest.raises(PlatformRefused) as refused:
        await slot.do(held)
    assert refused.value.detail["why"] == "permission"


async def test_in_a_small_group_that_knows_no_restrictions_it_is_refused(
    driver: TelegramDriver, platform: TelegramPlatform, eve: User
):
    small = driver.api.world.add_group("Small", kind="group")
    small.members[eve.id] = "member"
    with pytest.raises(PlatformRefused):
        await Slot(platform, small, eve).do(MUTED)


async def test_a_group_that_moved_is_left_and_the_new_one_counts(driver: TelegramDriver, slot: Slot, eve: User):
    await slot.do(MUTED)
    new = slot.chat = driver.api.migrate(driver.group)
    await slot.do(MUTED)
    assert eve.id in new.restricted
    await slot.do(FREE)
    assert not new.restricted


async def test_somebody_unknown_to_telegram_is_away(driver: TelegramDriver, platform: TelegramPlatform):
    with pytest.raises(PersonAway):
        await Slot(platform, driver.group, User(77, "Nobody")).do(MUTED)


async def test_a_room_without_the_bot_is_gone_and_no_answer_is_no_answer(driver: TelegramDriver, slot: Slot):
    driver.api.will_answer("restrictChatMember", 502, html=True)
    with pytest.raises(PlatformDown):
        await slot.do(MUTED)
    driver.group.bot_is_in = False
    with pytest.raises(RoomGone):
        await slot.do(MUTED)


async def test_a_deed_needs_a_room_and_a_person(driver: TelegramDriver, platform: TelegramPlatform, eve: User):
    private = Delivery("key", NOTHING, "en", account=Account(NAME, str(eve.id)), deed=MUTED)
    room = Room(RoomId("r" * 32), CommunityId("c" * 32), NAME, str(driver.group.id), "")
    for delivery in (private, Delivery("key", NOTHING, "en", room=room, deed=MUTED)):
        with pytest.raises(PlatformRefused):
            await platform.deliver(delivery)
