"""A facilitator's hold on time: five minutes more, pause and go on, a quarter of an hour past the end."""

from bot.core.calls import Call
from bot.core.meetings import Occurrence, State
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.meetings import rules, times
from handlers.meetings.scene import Scene
from handlers.meetings.steps import Steps


class PaceCommands:
    def __init__(self, steps: Steps) -> None:
        self._steps = steps

    async def more(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, _more)

    async def pause(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, _pause)

    async def resume(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, _resume)

    async def stay(self, call: Call, unit: Unit) -> Reply:
        return await self._steps.take(call, unit, _stay)


async def _more(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    before, seen = scene.occurrence, rules.seen_in(call.press.value)
    after = rules.extend(before, scene.outline, seen, call.at)
    if after is not before or not before.is_live:
        return after, ""
    if before.state is State.OPEN and seen == (before.segment, before.extra):
        return after, "meetings.no_more"  # the rest is the check-out's
    return after, "meetings.already"


async def _pause(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    before = scene.occurrence
    after = rules.pause(before, rules.segment_seen(call.press.value), call.at)
    return after, "meetings.already" if after is before and before.is_live else ""


async def _resume(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    before = scene.occurrence
    after = rules.resume(before, rules.segment_seen(call.press.value), call.at)
    return after, "meetings.already" if after is before and before.is_live else ""


async def _stay(call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
    before = scene.occurrence
    after = rules.stay(before, scene.outline, rules.seen_in(call.press.value), call.at)
    if after is not before or not before.is_live:
        return after, ""
    spent = times.is_past_end(before, scene.outline, call.at) and not times.may_stay(before)
    return after, "meetings.stayed_twice" if spent else "meetings.already"
