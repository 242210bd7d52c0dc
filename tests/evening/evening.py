"""One evening in its parts, as a test or a transcript plays it: Kim leads, and five or six people come."""

from datetime import UTC, datetime, timedelta

from tests.evening.cast import Cast
from tests.evening.world import Spot, World

TITLES = {"en": "Open evening", "de": "Offener Abend", "es": "Tarde abierta", "fr": "Soirée ouverte", "pt": "Noite aberta"}
LINES = {
    "en": "Tuesdays 19:00 Berlin 90min {}",
    "de": "dienstags 19:00 Berlin 90min {}",
    "es": "martes 19:00 Berlin 90min {}",
    "fr": "mardi 19:00 Berlin 90min {}",
    "pt": "terça 19:00 Berlin 90min {}",
}
SEVEN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)  # Tuesday, 19:00 in Berlin
LOBBY, SOON = SEVEN - timedelta(minutes=10), SEVEN - timedelta(minutes=15)
NEXT_WEEK = SEVEN + timedelta(days=7)
AGE = 18


def cast_of(here: World, *names: str, facilitators: tuple[str, ...] = ("Kim",)) -> Cast:
    return Cast(here, people(here, *names, facilitators=facilitators))


def people(here: World, *names: str, facilitators: tuple[str, ...] = ("Kim",)) -> dict[str, object]:
    led = {name: here.person(name, facilitator=True) for name in facilitators}
    return led | {name: here.person(name) for name in names}


class Evening:
    """`after(minutes)`: so many minutes past seven."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.language = cast.here.language

    async def plan(self, title: str = "") -> None:
        """Create the meeting in one line, look at the preview, save."""
        line = LINES[self.language].format(title or TITLES[self.language])
        await self.cast.command("Kim", f"/meeting create {line}", "room")
        await self.cast.tap("Kim", "series.save_button", self.cast.own)

    async def plan_by_form(self, title: str, time: str = "19:00") -> None:
        """Create it with the form: a modal, a page's form, or one question after another in private. The preview is saved."""
        await self.cast.command("Kim", "/meeting create", "room")
        answers = {"title": title, "days": "tuesday", "time": time, "zone": "Europe/Berlin", "length": "90"}
        await self.cast.fill("Kim", answers, "room")
        await self.cast.tap("Kim", "series.save_button", self.cast.own)

    async def at(self, minutes: float) -> None:
        await self.cast.pass_time(to=SEVEN + timedelta(minutes=minutes))

    async def come(self, *names: str) -> None:
        for name in names:
            await self.cast.tap(name, "meetings.join_button", "room")

    async def lead(self, name: str = "Kim") -> None:
        """Open the facilitators' panel, and say that one hosts."""
        await self.cast.tap(name, "meetings.panel_button", "room")
        await self.cast.tap(name, "meetings.host_button", self.cast.own)

    async def start(self, name: str = "Kim") -> None:
        await self.cast.tap(name, "meetings.start_button", self.cast.own)

    async def next(self, segment: str, name: str = "Kim") -> None:
        """Go on to a segment, by its key."""
        called = self.cast.label(f"outlines.segment_{segment}")
        await self.cast.tap(name, "meetings.next_button", self.cast.own, segment=called)

    async def open_checkin(self) -> None:
        await self.cast.tap("Kim", "meetings.start_checkin_button", self.cast.own)

    async def agree(self, name: str, place: Spot = "private") -> None:
        """Say yes to age and consent."""
        await self.cast.tap(name, "people.gate_yes", place, age=AGE)

    async def check_in(self, name: str, rating: str, topic: str, words: tuple[str, ...] = (), shown_as: str = "") -> None:
        """Answer the private check-in; what has no words is skipped."""
        cast = self.cast
        await cast.tap(name, "checkin.open_button")
        await self.agree(name)
        await cast.press(name, rating)
        for number in range(2):
            if number < len(words):
                await self.write(name, words[number])
            else:
                await cast.tap(name, "common.skip")
        await cast.tap(name, f"checkin.topic_{topic}")
        await cast.tap(name, "checkin.named_with" if shown_as else "checkin.named_without")
        if shown_as:
            await self.write(name, shown_as)
        await cast.tap(name, "checkin.keep")

    async def write(self, name: str, words: str, place: Spot = "private") -> None:
        """Write in one's own words: typed in Telegram, in a form elsewhere."""
        if self.cast.here.name == "telegram":
            await self.cast.say(name, words)
        else:
            await self.cast.tap(name, "common.write", place)
            await self.cast.fill(name, {"words": words}, place)

    async def raise_hand(self, name: str, shown_as: str = "", *, first: bool = False) -> None:
        """Raise one's hand from the card, with a name or without. `first`: nothing of theirs was kept before, so they are asked."""
        await self.cast.tap(name, "meetings.hand_button", "room")
        await self.cast.tap(name, "floor.show_name_button" if shown_as else "floor.no_name_button", self.cast.own)
        if first:
            await self.agree(name, self.cast.own)
        if shown_as:
            await self.cast.fill(name, {"name": shown_as}, self.cast.own)

    async def end(self, name: str = "Kim") -> None:
        await self.cast.tap(name, "meetings.end_button", self.cast.own)
        await self.cast.tap(name, "meetings.end_yes", self.cast.own)
