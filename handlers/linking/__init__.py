"""Linking accounts: /link makes accounts on several platforms one person, and separates them again."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.ids import new_code
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.linking.commands import LinkCommands
from handlers.linking.records import LinkBook


def feature(texts: Texts, books: Callable[[Unit], LinkBook], make: Callable[[], str] = new_code) -> Feature:
    """`make` makes a code. Both sides have agreed to what is kept before they become one."""
    linking = LinkCommands(texts, books, make)
    return Feature(
        name="linking",
        commands=(Command("link", linking.link, where=Where.PRIVATE, aliases=("verbinden",), options=(Option("code"),)),),
        presses={
            "show": Action(linking.show),
            "code": Action(linking.code, Needs.CONSENT),
            "join": Action(linking.join, Needs.CONSENT),
            "leave": Action(linking.leave),
            "part": Action(linking.part),
        },
    )
