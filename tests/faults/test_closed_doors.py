"""Private messages are closed: nobody is named for it, nothing is tried for ever, and another way is open."""

from dataclasses import replace

import pytest

from bot.core.meetings import State, When
from tests.evening.world import world
from tests.faults.evenings import Evening, promise
from tests.faults.inside import all_sent, outcomes

CHECKIN = Evening(state=State.OPEN, checkin=True, moments={When.CHECKIN: 0, When.CARD: 0})


WHY = {"closed": ("is_closed", True), "blocked": ("blocked", True), "not started": ("started", False)}


@pytest.fixture(params=["discord: closed", "telegram: blocked", "telegram: not started"])
async def here(request, tmp_path):
    """Ana cannot be written to."""
    name, _, why = request.param.partition(": ")
    async with world(name, tmp_path) as here:
        setattr(here.person("Ana"), *WHY[why])
        yield here


def open_again(person):
    """As the person does it: in Discord's settings, or with Start in Telegram."""
    if hasattr(person, "is_closed"):
        person.is_closed = False
    else:
        person.blocked, person.started = False, True


async def room_knows_nothing(here, person, others):
    texts = "\n".join(text for other in others for text in here.screen(other, "room"))
    assert person.name not in texts
    assert str(person.id) not in texts


async def test_a_check_in_that_cannot_be_handed_out_is_opened_from_the_rooms_card(here):
    ana, ben = here.person("Ana"), here.person("Ben")
    await promise(here.house.store, here, replace(CHECKIN, here=[ana, ben]), here.clock.now())
    await here.offers(ben, "7")
    await all_sent(here)
    assert ("dropped", "door_closed") in await outcomes(here)
    assert here.screen(ana) == []
    await room_knows_nothing(here, ana, [ben])

    if here.name == "telegram":  # the button leads into the private chat, where Start opens it
        open_again(ana)
    await here.press(ana, "My check-in", "room")
    where = "private" if here.name == "telegram" else "room"
    await here.offers(ana, "7", where)
    await here.press(ana, "7", where)
    await here.sees(ana, "One thing that went well?", where)
    assert all("One thing" not in text for text in here.screen(ben, "room"))


async def test_a_reminder_that_cannot_be_brought_is_given_up_and_the_next_one_comes(here):
    ana, ben = here.person("Ana"), here.person("Ben")
    evening = Evening(moments={When.REMIND: 0}, reminded=[ana, ben])
    await promise(here.house.store, here, evening, here.clock.now())
    await here.sees(ben, "Your reminder")
    await all_sent(here)
    assert ("dropped", "door_closed") in await outcomes(here)
    await room_knows_nothing(here, ana, [ben])

    open_again(ana)
    await promise(here.house.store, here, replace(evening, title="Other", here=[]), here.clock.now())
    await here.sees(ana, "Your reminder")
