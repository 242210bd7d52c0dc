"""Fixtures: a meeting in its working time, led by Fay, with exercises."""

import pytest

from handlers import exercises
from storage.exercises import Exercises
from storage.meetings import Meetings
from tests.handlers.exercises.evening import Evening
from tests.handlers.meetings.house import open_house
from tests.handlers.screens import press_of


def feature(texts):
    return (exercises.feature(texts, Exercises, Meetings, frozenset({"discord"}), frozenset({"telegram"})),)


@pytest.fixture(params=["discord"])
def platform(request):
    return request.param


@pytest.fixture
async def house(tmp_path, clock, platform):
    async with open_house(tmp_path, clock, platform, more=feature) as opened:
        yield opened


@pytest.fixture
async def evening(house):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.pass_time(minutes=4)
    panel = await house.press("fay", press_of(house.card, "Facilitator"), leads=True)
    await house.press("fay", press_of(panel, "Start"), leads=True)
    await house.work_off()
    return Evening(house, occurrence.id)
