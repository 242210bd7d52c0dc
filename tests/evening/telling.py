"""The whole evening of the transcripts, from the line that makes it to the week after."""

import re

from tests.evening.evening import SEVEN, Evening
from tests.evening.transcript import Transcript

WORDS = {
    "en": ("I called my sister.", "Sunday night."),
    "de": ("Ich habe meine Schwester angerufen.", "Sonntagnacht."),
    "es": ("Llamé a mi hermana.", "La noche del domingo."),
    "fr": ("J’ai appelé ma sœur.", "La nuit de dimanche."),
    "pt": ("Liguei para minha irmã.", "A noite de domingo."),
}
PLAN = {
    "en": "Swim after work",
    "de": "Nach der Arbeit schwimmen",
    "es": "Nadar después del trabajo",
    "fr": "Nager après le travail",
    "pt": "Nadar depois do trabalho",
}
BOARD = {  # what it is about, then a line for what going on gives and one for what changing gives, each of another person
    "en": (
        "drinking in the evening",
        ("I fall asleep faster", "Clear mornings"),
        ("Quiet in my head", "Clear mornings"),
        ("Company", "Money for a trip"),
        ("I forget work", "My daughter trusts me"),
        ("I fall asleep faster", "Money for a trip"),
    ),
    "de": (
        "abends trinken",
        ("Ich schlafe schneller ein", "Klare Morgen"),
        ("Ruhe im Kopf", "Klare Morgen"),
        ("Gesellschaft", "Geld für eine Reise"),
        ("Ich vergesse die Arbeit", "Meine Tochter vertraut mir"),
        ("Ich schlafe schneller ein", "Geld für eine Reise"),
    ),
    "es": (
        "beber por la noche",
        ("Me duermo antes", "Mañanas claras"),
        ("Silencio en la cabeza", "Mañanas claras"),
        ("Compañía", "Dinero para un viaje"),
        ("Olvido el trabajo", "Mi hija confía en mí"),
        ("Me duermo antes", "Dinero para un viaje"),
    ),
    "fr": (
        "boire le soir",
        ("Je m’endors plus vite", "Des matins clairs"),
        ("Le calme dans ma tête", "Des matins clairs"),
        ("De la compagnie", "De l’argent pour un voyage"),
        ("J’oublie le travail", "Ma fille me fait confiance"),
        ("Je m’endors plus vite", "De l’argent pour un voyage"),
    ),
    "pt": (
        "beber à noite",
        ("Durmo mais depressa", "Manhãs claras"),
        ("Silêncio na cabeça", "Manhãs claras"),
        ("Companhia", "Dinheiro para uma viagem"),
        ("Esqueço o trabalho", "Minha filha confia em mim"),
        ("Durmo mais depressa", "Dinheiro para uma viagem"),
    ),
}
FETCHED = {
    "en": "{}'s calendar program fetches that address",
    "de": "{}s Kalenderprogramm holt diese Adresse",
    "es": "El programa de calendario de {} lee esa dirección",
    "fr": "Le calendrier de {} lit cette adresse",
    "pt": "O programa de calendário de {} lê esse endereço",
}
ASIDE_COME = {
    "en": "Ben, Cleo, Dan and Eva press the same button",
    "de": "Ben, Cleo, Dan und Eva drücken denselben Knopf",
    "es": "Ben, Cleo, Dan y Eva tocan el mismo botón",
    "fr": "Ben, Cleo, Dan et Eva touchent le même bouton",
    "pt": "Ben, Cleo, Dan e Eva tocam no mesmo botão",
}
ASIDE_CHECK_IN = {
    "en": "Ben, Cleo, Dan and Eva check in, too; Ben shows a name",
    "de": "Auch Ben, Cleo, Dan und Eva machen ihren Check-in; Ben zeigt einen Namen",
    "es": "Ben, Cleo, Dan y Eva hacen también su ronda; Ben muestra un nombre",
    "fr": "Ben, Cleo, Dan et Eva font aussi leur tour ; Ben montre un nom",
    "pt": "Ben, Cleo, Dan e Eva também fazem a sua vez; Ben mostra um nome",
}
ASIDE_BOARD = {
    "en": "Ben, Cleo, Dan and Eva write something, too",
    "de": "Auch Ben, Cleo, Dan und Eva schreiben etwas",
    "es": "Ben, Cleo, Dan y Eva también escriben algo",
    "fr": "Ben, Cleo, Dan et Eva écrivent aussi quelque chose",
    "pt": "Ben, Cleo, Dan e Eva também escrevem alguma coisa",
}
PLANNED = (
    "common.done",
    "plan.deeper_closer",
    "plan.day_wed",
    "plan.hour_h19",
    *("common.skip",) * 3,
    "plan.remind_times",
    "common.keep",
)


def shuffled_lines(language: str) -> set[str]:
    """What the board mixes, so that nobody is known by the order."""
    return {line for pair in BOARD[language][1:] for line in pair}


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
        await self.exercise()
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
        async with self.written.aside(ASIDE_COME[self.language]):
            await self.come("Ben", "Cleo", "Dan", "Eva")

    async def first_half(self) -> None:
        await self.at(0)
        await self.start()
        await self.at(5)
        await self.next("checkin")
        await self.open_checkin()
        await self.check_in("Ana", "7", "urge", WORDS[self.language])
        async with self.written.aside(ASIDE_CHECK_IN[self.language]):
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
        await self.written.tap("Kim", "floor.order_button", self.written.own)
        await self.written.tap("Kim", "floor.panel_button", self.written.own)

    async def exercise(self) -> None:
        """A board of what going on gives and costs: five write in private, then their lines stand together, without names."""
        cast, lines = self.written, BOARD[self.language]
        await self.at(45)
        await cast.tap("Kim", "meetings.exercise_button", cast.own)
        await cast.tap("Kim", "exercises.choose_board", cast.own)
        await cast.fill("Kim", {"topic": lines[0]}, cast.own)
        await self.put_on_board("Ana", lines[1])
        others = ("Ben", "Cleo", "Dan", "Eva")
        async with cast.aside(ASIDE_BOARD[self.language]):
            for name, line in zip(others, lines[2:], strict=True):
                await self.put_on_board(name, line)
        await cast.tap("Kim", "exercises.refresh_button", cast.own)
        await cast.tap("Kim", "exercises.merge_button", cast.own)
        await cast.tap("Kim", "exercises.merge_yes_button", cast.own)
        await self.at(70)
        await cast.tap("Kim", "exercises.end_button", cast.own)
        await cast.tap("Kim", "exercises.end_yes_button", cast.own)
        await cast.tap("Kim", "exercises.panel_button", cast.own)

    async def put_on_board(self, name: str, line: tuple[str, str]) -> None:
        """Write what going on gives, and what changing gives."""
        await self.written.tap(name, "exercises.write_button", "room")
        await self.written.fill(name, {"gives": line[0], "costs": "", "loses": "", "gains": line[1]}, self.written.own)

    async def close(self) -> None:
        """The working time ran over; the check-out is kept all the same. Ana makes her plan there, and the room closes."""
        await self.at(75)
        await self.written.tap("Ana", "meetings.plan_button", "room")
        await self.write("Ana", PLAN[self.language], self.written.own)
        for key in PLANNED:
            await self.written.tap("Ana", key, self.written.own)
        await self.at(89)
        await self.end()

    async def afterwards(self) -> None:
        """What is offered to a newcomer; a receipt, asked, confirmed and checked; how it went for Kim; the week after."""
        cast = self.written
        await cast.tap("Ben", "afterwards.card_button")
        await cast.tap("Ana", "afterwards.receipt_button")
        await cast.tap("Ana", "receipts.send_plain_button")
        await cast.tap("Kim", "receipts.confirm_button")
        await cast.tap("Ana", "receipts.get_it_button")
        await cast.tap("Ana", "receipts.code_button")
        await cast.command("Ben", f"/verify {self.code_of('Ana')}")
        await cast.tap("Kim", "afterwards.went_fine")
        await cast.tap("Kim", "afterwards.note_long")
        await cast.tap("Kim", "afterwards.self_ok")
        await self.subscribe("Ana")
        await self.at(6 * 24 * 60)

    async def subscribe(self, name: str) -> None:
        """Make an address for one's own calendar program, which fetches it."""
        cast = self.written
        await cast.command(name, "/calendar")
        await cast.tap(name, "calendars.make", several="no", audience="participants")
        shown = "\n".join(cast.here.screen(cast.persons[name]))
        feed = await cast.here.page(re.findall(r"https://\S+\.ics", shown)[-1])
        entries = re.findall(r"^((?:DTSTART|RRULE|SUMMARY|BEGIN:VEVENT)[^\r\n]*)", feed[feed.index("BEGIN:VEVENT") :], re.MULTILINE)
        cast.lines += ["", f"({FETCHED[self.language].format(name)})", *(f"      | {line}" for line in entries)]

    def code_of(self, name: str) -> str:
        shown = "\n".join(self.written.here.screen(self.written.persons[name]))
        codes: list[str] = re.findall(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}\b", shown)
        return codes[-1]
