"""The front doors of the tools for an urge: /urge, /surf, /dents. What they do is in `content/flows`."""

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.ports import Flows
from handlers.urge.commands import UrgeCommands


def feature(flows: Flows) -> Feature:
    urge = UrgeCommands(flows)
    return Feature(
        name="urge",
        commands=(
            Command("urge", urge.urge, Needs.CONSENT, Where.PRIVATE, aliases=("craving",)),
            Command("surf", urge.surf, Needs.CONSENT, Where.PRIVATE),
            Command("dents", urge.dents, Needs.CONSENT, Where.PRIVATE, aliases=("deads", "delay")),
        ),
        presses={
            "urge": Action(urge.urge, Needs.CONSENT),
            "surf": Action(urge.surf, Needs.CONSENT),
            "dents": Action(urge.dents, Needs.CONSENT),
        },
    )
