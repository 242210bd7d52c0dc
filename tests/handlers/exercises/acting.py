"""A rehearsal on the real store, with the people in it."""

from bot.core.calls import Kind
from bot.core.replies import Press, Reply
from handlers.exercises.records import Part
from storage.exercises import Exercises
from tests.handlers.exercises.evening import Evening
from tests.handlers.screens import press_of


async def gather(evening: Evening, script: str = "one") -> str:
    """Begin a rehearsal of a stock situation; Ana would play herself, Ben make the offer. Return its id."""
    await evening.lead("script", evening.occurrence, script)
    await evening.tap("ana", "join", "plays")
    await evening.tap("ben", "join", "offers")
    await evening.house.pass_time(seconds=4)
    return (await evening.running()).id


async def begin(evening: Evening, script: str = "one") -> str:
    """Ana plays herself and Ben makes the offer."""
    exercise = await gather(evening, script)
    await evening.lead("play", exercise)
    await evening.house.work_off()
    return exercise


async def stop(evening: Evening, who: str = "ana") -> Reply:
    reply = await evening.tap(who, "stop")
    await evening.house.work_off()
    return reply


async def show_name(evening: Evening, who: str, name: str) -> Reply:
    await evening.house.consent(who)
    return await form(evening, who, "named", name=name)


async def form(evening: Evening, who: str, action: str, *, exercise: str = "", private: bool = False, **fields: str) -> Reply:
    press = Press("exercises", action, exercise or (await evening.running()).id)
    return await evening.house.act(who, Kind.FORM, press=press, name=f"exercises.{action}", arguments=fields, private=private)


async def agree(evening: Evening, who: str) -> Reply:
    return await evening.house.press(who, press_of(await evening.tap(who, "mine"), "Yes, these lines"))


async def parts(evening: Evening, exercise: str) -> list[Part]:
    return list(await evening.house.store.transact(lambda unit: Exercises(unit).parts(exercise)))


async def told_in_private(evening: Evening, who: str) -> list[Reply]:
    person = await evening.house.person(who)
    return [claimed.post.reply for claimed in evening.house.of(person)]
