"""A meeting in working time on the real store, with people who take part in an exercise."""

from dataclasses import dataclass

from bot.core.calls import Kind
from bot.core.ids import OccurrenceId
from bot.core.replies import Press, Reply
from handlers.exercises.records import Exercise, Line
from handlers.exercises.rules import Shown, shown
from storage.exercises import Exercises
from tests.handlers.meetings.house import House
from tests.handlers.screens import labels_of, press_of, text_of

FIVE = ("ana", "ben", "cleo", "dan", "eve")


@dataclass
class Evening:
    house: House
    occurrence: OccurrenceId

    # The facilitator ------------------------------------------------------------------------------------------------

    async def lead(self, action: str, subject: str, value: str = "", **more: bool) -> Reply:
        return await self.house.press("fay", Press("exercises", action, subject, value), leads=True, **more)

    async def open(self) -> Reply:
        return await self.lead("open", self.occurrence)

    async def begin(self, kind: str, topic: str = "") -> str:
        """Begin an exercise; return its id."""
        reply = await self.lead("topic", self.occurrence, kind)
        if reply.form is not None:
            await self.house.send_form("fay", reply.form.press, {"topic": topic})
        return (await self.running()).id

    async def begin_typed(self, kind: str, topic: str) -> str:
        """Begin an exercise where the topic is asked in private."""
        await self.lead("topic", self.occurrence, kind)
        await self.house.write("fay", topic)
        return (await self.running()).id

    async def step(self, action: str) -> Reply:
        """A step with its yes."""
        exercise = await self.running()
        asked = await self.lead(action, exercise.id)
        if not any(label.startswith("Yes") for label in labels_of(asked)):
            return asked
        return await self.house.press("fay", press_of(asked, "Yes"), leads=True)

    async def merge(self) -> Reply:
        reply = await self.step("merge")
        await self.house.work_off()
        return reply

    # Everybody ------------------------------------------------------------------------------------------------------

    async def tap(self, who: str, action: str, value: str = "", *, subject: str = "", private: bool = False) -> Reply:
        subject = subject or (await self.running()).id
        return await self.house.press(who, Press("exercises", action, subject, value), private=private)

    async def write(self, who: str, **boxes: str) -> Reply:
        """Send the form as filled in. Whoever writes has agreed to what is kept."""
        await self.house.consent(who)
        form = Press("exercises", "lines", (await self.running()).id)
        return await self.house.act(who, Kind.FORM, press=form, name="exercises.lines", arguments=boxes)

    async def five_write(self, box: str, word: str = "line") -> None:
        for who in FIVE:
            await self.write(who, **{box: f"{word} of {who}"})

    # What is there --------------------------------------------------------------------------------------------------

    async def running(self) -> Exercise:
        found = await self.house.store.transact(lambda unit: Exercises(unit).running(self.occurrence))
        assert found is not None
        return found

    async def has_ended(self) -> bool:
        return await self.house.store.transact(lambda unit: Exercises(unit).running(self.occurrence)) is None

    async def items(self, *, hidden: bool = False) -> list[Shown]:
        exercise = await self.running()

        async def work(unit):
            book = Exercises(unit)
            return shown(await book.lines(exercise.id), await book.items(exercise.id), hidden=hidden)

        return await self.house.store.transact(work)

    async def lines_of(self, who: str) -> list[Line]:
        exercise, person = await self.running(), await self.house.person(who)
        return list(await self.house.store.transact(lambda unit: Exercises(unit).lines_of(exercise.id, person)))

    @property
    def message(self) -> Reply:
        """The exercise's message as it stands in the room; there is one at most."""
        (found,) = [reply for reply in self.house.room if reply.slot.startswith("exercise_")]
        return found

    @property
    def board(self) -> str:
        """All that the message says, with the words of its picture."""
        reply = self.message
        return text_of(reply) + ("\n" + text_of(Reply(reply.picture.twin)) if reply.picture else "")

    @property
    def edits(self) -> int:
        return sum(claimed.post.reply.slot.startswith("exercise_") for claimed in self.house.sent)


async def led(house, **options):
    occurrence = await house.plan(**options)
    await house.pass_time(minutes=1)
    for action in ("join", "panel"):
        await house.press("fay", Press("meetings", action, occurrence.id), leads=True)
    await house.pass_time(minutes=4)
    await house.press("fay", Press("meetings", "start", occurrence.id), leads=True)
    await house.work_off()
    return occurrence.id
