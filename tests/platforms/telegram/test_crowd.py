"""Three hundred people come at once: every one is taken, and the group's one card keeps to Telegram's twenty changes a minute."""

from datetime import datetime, timedelta

from tests.evening.evening import LOBBY, Evening, cast_of
from tests.evening.world import World, world

COUNT = 300
MINUTE = timedelta(seconds=60)
_CHANGES = ("sendMessage", "editMessageText")


async def test_three_hundred_people_come_within_ten_seconds(tmp_path):
    async with world("telegram", tmp_path) as here:
        api, group = here.driver.api, here.driver.group
        await Evening(cast_of(here)).plan_by_form("Tuesday evening")
        await here.pass_time(to=LOBBY)
        people = [here.person(f"Person {number}") for number in range(COUNT)]
        await here.offers(people[0], "I am here", "room")
        changes = watched(here)
        queries = [here.driver.tap(person, "I am here", "room") for person in people]
        await api.until(lambda: all(query.answers for query in queries), 60)
        assert all("You are in." in query.answers[0]["text"] for query in queries)
        for _ in range(4):
            await here.pass_time(seconds=31)
        await here.sees(people[0], f"{COUNT} people are here", "room")
        assert len([message for message in group.messages if message.by_bot and "are here" in message.text]) == 1
        for first in changes:
            assert sum(first <= at < first + MINUTE for at in changes) <= 20


def watched(here: World) -> list[datetime]:
    """Return a list that grows by the time of every change in the group."""
    changes: list[datetime] = []
    api = here.driver.api
    note = api._note

    def noted(method, given, *, ok):
        if method in _CHANGES and given.get("chat_id") == here.driver.group.id:
            changes.append(here.clock.now())
        note(method, given, ok=ok)

    api._note = noted
    return changes
