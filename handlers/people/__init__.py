"""The first meeting with a person, consent, and what is theirs: /start /help /privacy /export /erase."""

from collections.abc import Awaitable, Callable, Sequence

from bot.core.calls import Call
from bot.core.features import Action, Command, Feature, MenuEntry, Needs
from bot.core.ports import PersonalData, Unit
from bot.core.replies import Reply
from bot.core.texts import Texts
from handlers.people.commands import PeopleCommands
from handlers.people.gate import Gate
from handlers.people.records import Emergency, Rerun


def feature(
    texts: Texts,
    menu: Callable[[], Sequence[MenuEntry]],
    personal: Callable[[Unit], PersonalData],
    emergency: Emergency,
    gate: Gate,
    pending: Callable[[Call, Unit], Awaitable[Reply | None]],
) -> Feature:
    """`menu` lists the bot's commands; `pending` is the screen of a form that waits for the person, if any."""
    people = PeopleCommands(texts, menu, personal, emergency, pending)
    return Feature(
        name="people",
        commands=(
            Command("start", people.start, needs=Needs.NOBODY),
            Command("help", people.help, needs=Needs.NOBODY),
            Command("privacy", people.privacy, needs=Needs.NOBODY),
            Command("export", people.ask_export, needs=Needs.PERSON, aliases=("mydata",)),
            Command("erase", people.ask_erase, needs=Needs.NOBODY, aliases=("forget",)),
        ),
        presses={
            "start": Action(people.start, needs=Needs.NOBODY),
            "help": Action(people.help, needs=Needs.NOBODY),
            "privacy": Action(people.privacy, needs=Needs.NOBODY),
            "export": Action(people.export, needs=Needs.PERSON),
            "erase": Action(people.erase, needs=Needs.NOBODY),
            "stay": Action(people.stay, needs=Needs.NOBODY),
            "agree": Action(gate.agree, needs=Needs.PERSON),
            "young": Action(gate.too_young, needs=Needs.NOBODY),
        },
    )


__all__ = ["Gate", "Rerun", "feature"]
