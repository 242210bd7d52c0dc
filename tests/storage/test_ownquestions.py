"""A community's own check-in questions, on both databases."""

from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import select

from bot.core.flow_own import HowAsked, Question
from bot.core.ids import new_id
from handlers.ownquestions.records import QuestionSet, SetBody
from storage.ownquestions import OwnQuestions
from storage.tables.ownquestions import own_questions

CANARY = "What did the heron say?"


async def a_community(store, space="space"):
    found = await store.transact(lambda unit: unit.communities.find_or_make("discord", space))
    return found.id


def a_set(community, clock, title="Mondays"):
    choice = Question("Which?", HowAsked.CHOICE, ("One", "Two"))
    return QuestionSet(new_id(), community, clock.now(), SetBody(title, (Question(CANARY), choice)))


async def test_a_set_is_kept_changed_and_deleted(store, clock):
    one = a_set(await a_community(store), clock)
    await store.transact(lambda unit: OwnQuestions(unit).keep(one))
    assert await store.transact(lambda unit: OwnQuestions(unit).get(one.id)) == one
    changed = replace(one, body=replace(one.body, title="Tuesdays", version=2))
    await store.transact(lambda unit: OwnQuestions(unit).keep(changed))
    assert await store.transact(lambda unit: OwnQuestions(unit).of(one.community)) == [changed]
    await store.transact(lambda unit: OwnQuestions(unit).drop(one.id))
    assert await store.transact(lambda unit: OwnQuestions(unit).get(one.id)) is None


async def test_the_oldest_come_first_and_another_communitys_are_not_among_them(store, clock):
    here, there = await a_community(store), await a_community(store, "elsewhere")
    made: list[QuestionSet] = []
    for community in (here, there, here):
        made.append(a_set(community, clock, f"Set {len(made)}"))
        await store.transact(lambda unit: OwnQuestions(unit).keep(made[-1]))
        clock.at += timedelta(minutes=1)
    assert [one.body.title for one in await store.transact(lambda unit: OwnQuestions(unit).of(here))] == ["Set 0", "Set 2"]


async def test_nothing_of_it_is_on_disk_as_written(store, clock):
    one = a_set(await a_community(store), clock)
    await store.transact(lambda unit: OwnQuestions(unit).keep(one))
    (row,) = await store.transact(lambda unit: unit.rows(select(own_questions)))
    on_disk = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values())
    assert not any(word.encode() in on_disk for word in (CANARY, "Mondays", "Which?"))
