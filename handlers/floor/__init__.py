"""Who speaks, a round, who is in the room, and a safe room: /hand, /meeting order remove mute unmute wait lock calm acts."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.happenings import What
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.floor import rules
from handlers.floor.arrivals import Arrivals
from handlers.floor.breakouts import BreakoutCommands, Breakouts
from handlers.floor.door import DoorKeeper
from handlers.floor.entrance import Entrance
from handlers.floor.hands import HandCommands
from handlers.floor.holding import Holding
from handlers.floor.jobs import FloorJobs
from handlers.floor.panel import Panel
from handlers.floor.powers import PowerCommands
from handlers.floor.records import Evenings, FloorStore
from handlers.floor.room import RoomCommands
from handlers.floor.round_commands import RoundCommands, TurnCommands
from handlers.floor.round_rules import NEARLY_UP
from handlers.floor.rounds import RoundKeeper
from handlers.floor.speaking import SpeakingCommands, Turns
from handlers.floor.stage import Stage

MEMBER = (Option("member"),)


def feature(texts: Texts, books: Callable[[Unit], FloorStore], meetings: Callable[[Unit], Evenings]) -> Feature:
    """A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`)."""
    stage = Stage(texts, books, meetings)
    rounds, entrance = RoundKeeper(stage), Entrance(stage)
    holding, turns, breakouts, door = Holding(stage, rounds), Turns(stage), Breakouts(stage), DoorKeeper(stage)
    arrivals = Arrivals(stage, holding, rounds)
    panel = Panel(stage, arrivals)
    mine = TurnCommands(stage, rounds, entrance)
    led = RoundCommands(stage, rounds, mine)
    hands = HandCommands(stage, turns, entrance, rounds, mine.shown)
    speaking = SpeakingCommands(stage, turns, panel)
    powers = PowerCommands(stage, holding, panel)
    room = RoomCommands(stage, holding, panel, arrivals)
    topics = BreakoutCommands(stage, breakouts, panel)
    jobs = FloorJobs(stage, holding, door, turns, arrivals, breakouts, rounds)
    return Feature(
        name="floor",
        commands=(
            Command("hand", hands.hand),
            Command("meeting order", panel.order, where=Where.ROOM, facilitators=True),
            Command("meeting remove", powers.remove, where=Where.ROOM, options=MEMBER, facilitators=True),
            Command("meeting mute", powers.mute, where=Where.ROOM, options=MEMBER, facilitators=True),
            Command("meeting unmute", powers.free, where=Where.ROOM, options=MEMBER, facilitators=True),
            Command("meeting wait", powers.wait, where=Where.ROOM, options=MEMBER, facilitators=True),
            Command("meeting lock", room.lock, where=Where.ROOM, facilitators=True),
            Command("meeting calm", room.calm, where=Where.ROOM, facilitators=True),
            Command("meeting acts", room.acts, where=Where.ROOM, facilitators=True),
        ),
        presses={
            "hand": Action(hands.hand),
            "named": Action(hands.named, needs=Needs.CONSENT),
            "next": Action(speaking.next),
            "end": Action(speaking.end),
            "skip": Action(speaking.skip),
            "back": Action(speaking.back),
            "order": Action(panel.order),
            "people": Action(panel.people),
            "who": Action(panel.who),
            "outside": Action(panel.outside),
            "mute": Action(powers.mute),
            "free": Action(powers.free),
            "wait": Action(powers.wait),
            "letin": Action(powers.let_in),
            "remove": Action(powers.remove),
            "out": Action(powers.out),
            "confirm": Action(powers.confirm),
            "against": Action(powers.against),
            "card": Action(powers.card),
            "lobby": Action(room.lobby),
            "lock": Action(room.lock),
            "calm": Action(room.calm),
            "raid": Action(room.raid),
            "acts": Action(room.acts),
            "breakouts": Action(topics.choose),
            "shut": Action(topics.close),
            "round": Action(led.round),
            "round_next": Action(led.next),
            "round_later": Action(led.later),
            "round_pause": Action(led.pause),
            "round_end": Action(led.end),
            "turn": Action(mine.turn),
        },
        forms={"name": Action(hands.name, needs=Needs.CONSENT)},
        jobs={
            When.TIDY.kind: jobs.tidy,
            When.CAME.kind: jobs.came,
            rules.STOOD: jobs.stood,
            rules.NOT_STOOD: jobs.not_stood,
            rules.LIFT: jobs.lift,
            rules.DOORED: jobs.doored,
            rules.NOT_DOORED: jobs.not_doored,
            rules.OPEN_DOOR: jobs.open_door,
            rules.TURN: jobs.turn,
            NEARLY_UP: jobs.round,
            rules.MOTION: jobs.motion,
            rules.BACK: jobs.back,
            rules.NO_TOPIC: jobs.no_topic,
            rules.FORGET: jobs.forget,
        },
        happenings={What.ARRIVED: arrivals.arrived, What.LEFT: arrivals.left},
        leaves=lambda person, now, unit: rounds.erased(unit, person, now),
    )


__all__ = ["feature"]
