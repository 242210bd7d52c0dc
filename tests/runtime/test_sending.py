"""The courier's rules, as tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformRefused, RoomGone, RoomMoved
from bot.core.ids import MessageRef
from bot.runtime.sending import Anew, Drop, Move, Send, Wait, after, backoff, before
from tests.runtime.fakes import row

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
LATER = NOW + timedelta(seconds=1)
REF = MessageRef("m")
ONCE, NOT_ONCE = True, False  # whether the platform has an idempotency key


@pytest.mark.parametrize(
    ("claimed", "same_key_once", "decision"),
    [
        (row(), NOT_ONCE, Send()),
        (row(too_late_at=NOW), NOT_ONCE, Drop("late")),
        (row(too_late_at=LATER), NOT_ONCE, Send()),
        (row(begun=True, twice=False), NOT_ONCE, Drop("unsure")),
        (row(begun=True, twice=True), NOT_ONCE, Send()),
        (row(begun=True, twice=False), ONCE, Send()),
        (row(begun=True, twice=False, edit=REF), NOT_ONCE, Send()),
        (row(begun=True, too_late_at=NOW), ONCE, Drop("late")),
    ],
)
def test_before_a_send(claimed, same_key_once, decision):
    assert before(claimed, NOW, same_key_once) == decision


@pytest.mark.parametrize(
    ("claimed", "error", "same_key_once", "decision"),
    [
        (row(), PlatformBusy(timedelta(seconds=37)), NOT_ONCE, Wait(NOW + timedelta(seconds=37), told=True)),
        (row(), PlatformDown(maybe_done=False), NOT_ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(twice=False), PlatformDown(maybe_done=False), NOT_ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(twice=False), PlatformDown(maybe_done=True), NOT_ONCE, Drop("unsure")),
        (row(twice=True), PlatformDown(maybe_done=True), NOT_ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(twice=False), PlatformDown(maybe_done=True), ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(twice=False, edit=REF), PlatformDown(maybe_done=True), NOT_ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(tries=3), PlatformDown(maybe_done=False), NOT_ONCE, Wait(NOW + timedelta(seconds=16))),
        (row(tries=300), PlatformDown(maybe_done=False), NOT_ONCE, Wait(NOW + timedelta(minutes=5))),
        (row(), DoorClosed(), NOT_ONCE, Drop("door_closed")),
        (row(room="r"), RoomGone(), NOT_ONCE, Drop("room_gone")),
        (row(room="r"), RoomMoved("r2"), NOT_ONCE, Move("r2")),
        (row(room="r"), RoomMoved("r"), NOT_ONCE, Drop("refused")),
        (row(room="r", edit=REF), RoomMoved("r2"), NOT_ONCE, Move("r2")),
        (row(room="r", edit=REF), RoomMoved("r"), NOT_ONCE, Anew()),
        (row(), RoomMoved("r"), NOT_ONCE, Drop("refused")),
        (row(edit=REF), MessageGone(), NOT_ONCE, Anew()),
        (row(), MessageGone(), NOT_ONCE, Drop("refused")),
        (row(), PlatformRefused(), NOT_ONCE, Drop("refused")),
        (row(), None, NOT_ONCE, Wait(NOW + timedelta(seconds=2))),
        (row(tries=5), None, NOT_ONCE, Drop("refused")),
    ],
)
def test_after_a_send_that_failed(claimed, error, same_key_once, decision):
    assert after(claimed, error, NOW, same_key_once) == decision


@given(st.integers(-5, 10_000))
def test_waits_grow_and_stay_under_five_minutes(tries):
    assert timedelta(seconds=2) <= backoff(tries) <= backoff(tries + 1) <= timedelta(minutes=5)
