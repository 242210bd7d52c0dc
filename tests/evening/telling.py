"""The whole evening of the transcripts, from the line that makes it to the week after."""

from tests.evening.evening import SEVEN, TITLES, Evening
from tests.evening.transcript import Transcript

WORDS = {"en": ("I called my sister.", "Sunday night."), "de": ("Ich habe meine Schwester angerufen.", "Sonntagnacht.")}
OVERRUN = {"en": "Kim lets it run on", "de": "Kim lässt es weiterlaufen"}


class Told(Evening):
    def __init__(self, written: Transcript) -> None:
        super().__init__(written)
        self.written = written

    async def whole(self) -> None:
        await self.before()
        await self.gather()
        await self.first_half()
        await self.working_time()
        await self.keep_order()
        await self.close()
        await self.afterwards()

    async def before(self) -> None:
        """Planned on Sunday with a gentle timer; on Monday it is announced, Ana is reminded, Ben means to come."""
        await self.plan()
        await self.set_timer()
        await self.written.pass_time(to=SEVEN.replace(month=11, day=30))
        await self.written.tap("Ana", "announcements.remind_me", "room")
        await self.written.tap("Ben", "announcements.going_button", "room")

    async def set_timer(self) -> None:
        """Two minutes for each who speaks, among the other options."""
        cast = self.written
        await cast.tap("Kim", "series.values_button", cast.own)
        if cast.here.name != "telegram":
            await cast.fill("Kim", {"each": "2"}, cast.own)
            return
        for key in ("form.keep", "form.keep", "form.keep", "common.skip"):  # format, language, places, link
            await cast.tap("Kim", key)
        await cast.say("Kim", "2")

    async def gather(self) -> None:
        await self.at(-15)
        await self.at(-10)
        await self.come("Ana")
        await self.lead()
        async with self.written.aside("Ben, Cleo, Dan and Eva press the same button"):
            await self.come("Ben", "Cleo", "Dan", "Eva")

    async def first_half(self) -> None:
        await self.at(0)
        await self.start()
        await self.at(5)
        await self.next("checkin")
        await self.open_checkin()
        await self.check_in("Ana", "7", "urge", WORDS[self.language])
        async with self.written.aside("Ben, Cleo, Dan and Eva check in, too; Ben shows a name"):
            await self.check_in("Ben", "4", "conflict", shown_as="Ben B.")
            await self.check_in("Cleo", "6", "urge")
            await self.check_in("Dan", "5", "planning")
            await self.check_in("Eva", "8", "urge")
        await self.at(20)
        await self.come("Finn")
        await self.check_in("Finn", "3", "low_mood")
        await self.at(22)
        await self.next("agenda")
        await self.at(25)
        await self.next("working")

    async def working_time(self) -> None:
        """Hands, the gentle timer, five minutes more, a pause."""
        await self.raise_hand("Ana", "Ana")
        await self.raise_hand("Ben")
        await self.written.tap("Kim", "meetings.speaker_button", self.written.own)
        await self.at(28.5)
        await self.written.tap("Kim", "meetings.speaker_button", self.written.own)
        await self.written.tap("Ben", "floor.done_button")
        await self.written.tap("Kim", "meetings.more_button", self.written.own)
        await self.written.tap("Kim", "meetings.pause_button", self.written.own)
        await self.at(35)
        await self.written.tap("Kim", "meetings.resume_button", self.written.own)

    async def keep_order(self) -> None:
        """Ben, who has spoken as "somebody", is muted for a while, and heard again."""
        await self.at(40)
        await self.written.tap("Kim", "meetings.order_button", self.written.own)
        await self.written.tap("Kim", "floor.people_button", self.written.own)
        await self.written.tap("Kim", "floor.label_hand", self.written.own, number=2)
        await self.written.tap("Kim", "floor.mute_button", self.written.own)
        await self.written.tap("Kim", "floor.unmute_button", self.written.own)

    async def close(self) -> None:
        await self.at(75)
        await self.at(89)
        await self.end()

    async def afterwards(self) -> None:
        await self.at(7 * 24 * 60 - 24 * 60)
