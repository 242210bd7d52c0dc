"""Help now: a static card that needs no database, no consent and no known person."""

from bot.core.features import Action, Command, Feature, Needs
from handlers.safety.cards import CARDS, HelpCards


def feature(cards: HelpCards) -> Feature:
    return Feature(
        name="safety",
        commands=(Command("now", cards.command, needs=Needs.NOBODY, aliases=("crisis", "sos")),),
        presses={
            "now": Action(cards.command, needs=Needs.NOBODY),
            **{card: Action(cards.command, needs=Needs.NOBODY) for card in CARDS},
        },
    )
