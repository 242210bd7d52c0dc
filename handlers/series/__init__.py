"""Series: made, changed, moved, cancelled, paused; one evening of each is kept planned. /meeting create edit cancel holidays."""

from collections.abc import Callable, Sequence

from bot.core.features import Action, Command, Feature, Option, Where
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.series.create import CreateCommands
from handlers.series.desk import Desk
from handlers.series.drafts import Sheets
from handlers.series.edit import EditCommands
from handlers.series.evening import EveningCommands
from handlers.series.jobs import SeriesJobs
from handlers.series.options import OptionCommands
from handlers.series.pauses import PauseCommands
from handlers.series.planning import plan_missing
from handlers.series.records import SeriesStore


def feature(
    texts: Texts,
    books: Callable[[Unit], SeriesStore],
    sheets: Callable[[Unit], Sheets],
    formats: Sequence[str],
) -> Feature:
    """`formats`: the names of the outlines that a series may choose.

    A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`).
    """
    desk = Desk(texts, books, sheets, Doors(books), formats)
    create, edit, evening = CreateCommands(desk), EditCommands(desk), EveningCommands(desk)
    options, pauses, jobs = OptionCommands(desk), PauseCommands(desk), SeriesJobs(desk)
    return Feature(
        name="series",
        commands=(
            Command("meeting create", create.create, where=Where.ROOM, options=(Option("text"),), facilitators=True),
            Command("meeting edit", edit.edit, where=Where.ROOM, facilitators=True),
            Command("meeting cancel", edit.which, where=Where.ROOM, facilitators=True),
            Command("meeting holidays", pauses.holidays, where=Where.ROOM, facilitators=True),
        ),
        presses={
            "save": Action(create.save),
            "change": Action(create.change),
            "discard": Action(create.discard),
            "look": Action(create.look),
            "list": Action(edit.browse),
            "show": Action(edit.show),
            "dates": Action(edit.dates),
            "later": Action(edit.later),
            "from": Action(edit.later_from),
            "all": Action(edit.every),
            "hold": Action(edit.hold_here),
            "which": Action(edit.which),
            "cancel": Action(edit.cancel),
            "keep": Action(edit.keep),
            "options": Action(options.show),
            "set": Action(options.switch),
            "values": Action(options.values),
            "evening": Action(evening.show),
            "off": Action(evening.off),
            "on": Action(evening.on),
            "move": Action(evening.move),
            "long": Action(evening.length),
            "here": Action(evening.here),
            "take": Action(evening.take),
            "ask": Action(evening.ask),
            "plain": Action(evening.plain),
            "pauses": Action(pauses.show),
            "pause": Action(pauses.add),
            "unpause": Action(pauses.remove),
        },
        forms={
            "fill": Action(create.fill),
            "values": Action(options.values),
            "off": Action(evening.off),
            "move": Action(evening.move),
            "long": Action(evening.length),
            "pause": Action(pauses.add),
        },
        jobs={When.PLAN.kind: jobs.plan},
    )


__all__ = ["feature", "plan_missing"]
