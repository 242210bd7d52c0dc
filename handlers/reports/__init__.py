"""Reports to a community's facilitators: `/report`, or two taps below what the bot posted for somebody."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.ports import Unit
from bot.core.reporting import Looks
from bot.core.staff import StaffOf
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.reports.desk import WAITS, Desk, Emergency
from handlers.reports.jobs import ReportJobs
from handlers.reports.reading import ReadingCommands
from handlers.reports.records import ReportBook
from handlers.reports.reporting import ReportCommands


def feature(
    texts: Texts,
    books: Callable[[Unit], ReportBook],
    staff: StaffOf,
    looks: Mapping[str, Looks],
    emergency: Emergency,
    contact: str = "",
    peace: PeaceOf = no_wishes,
) -> Feature:
    """`looks`: by the letters of `bot.core.reporting.WHAT`. `contact`: how the host is reached."""
    desk = Desk(texts, books, staff, looks, peace, emergency, contact)
    reporting, reading, jobs = ReportCommands(desk), ReadingCommands(desk), ReportJobs(desk)
    presses = {
        "start": reporting.start,
        "again": reporting.again,
        "send": reporting.send,
        "mine": reporting.mine,
        "shown": reporting.shown,
        "words": reporting.words,
        "add": reporting.add,
        "back": reporting.back,
        "letters": reading.letters,
        "read": reading.read,
        "answer": reading.answer,
        "write": reading.write,
        "answer_own": reading.answer_own,
        "settle": reading.settle,
    }
    forms = {"typed": reporting.typed, "answer_typed": reading.answer_typed}
    return Feature(
        name="reports",
        commands=(Command("report", reporting.report, Needs.CONSENT, Where.PRIVATE, aliases=("melden",)),),
        presses={name: Action(run, Needs.CONSENT) for name, run in presses.items()},
        forms={name: Action(run, Needs.CONSENT) for name, run in forms.items()},
        jobs={WAITS: jobs.waits},
        leaves=desk.leaves,
    )
