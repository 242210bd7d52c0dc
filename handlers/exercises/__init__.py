"""What a group does together in working time: a board of costs and benefits, ideas with a vote, what helped, a rehearsal.
/meeting exercise."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.exercises import rules
from handlers.exercises.asking import Asking
from handlers.exercises.jobs import ExerciseJobs
from handlers.exercises.leading import Leading
from handlers.exercises.play import Play
from handlers.exercises.records import Evenings, ExerciseStore
from handlers.exercises.rehearsing import Rehearsing
from handlers.exercises.stage import Board
from handlers.exercises.taking_part import TakingPart


def feature(
    texts: Texts,
    books: Callable[[Unit], ExerciseStore],
    meetings: Callable[[Unit], Evenings],
    pictured: frozenset[str] = frozenset(),
    unnamed: frozenset[str] = frozenset(),
) -> Feature:
    """`pictured`: platforms where a message with a picture can later be edited into one without; elsewhere a board is words alone.
    `unnamed`: platforms where a line may reach one person without its author's name, if both agreed; elsewhere none does.

    A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`).
    """
    board = Board(texts, books, meetings, pictured, unnamed)
    play = Play(board)
    leading, part, jobs = Leading(board, play), TakingPart(board), ExerciseJobs(board, play)
    rehearsing, asking = Rehearsing(board, leading, play), Asking(board)
    return Feature(
        name="exercises",
        commands=(Command("meeting exercise", leading.open, where=Where.ROOM, facilitators=True),),
        presses={
            "open": Action(leading.open),
            "topic": Action(leading.topic),
            "control": Action(leading.control),
            "merge": Action(leading.merge),
            "poll": Action(leading.poll),
            "count": Action(leading.count),
            "listed": Action(leading.listed),
            "hide": Action(leading.hide),
            "end": Action(leading.end),
            "write": Action(part.write),
            "chip": Action(part.chip, needs=Needs.CONSENT),
            "mine": Action(part.mine),
            "withdraw": Action(part.withdraw),
            "read": Action(part.read),
            "ballot": Action(part.ballot),
            "vote": Action(part.vote, needs=Needs.CONSENT),
            "timer": Action(leading.timer),
            "asks": Action(asking.asks),
            "copy": Action(asking.copy),
            "take": Action(asking.take, needs=Needs.CONSENT),
            "script": Action(leading.script),
            "give": Action(rehearsing.give),
            "play": Action(rehearsing.play),
            "swap": Action(rehearsing.swap),
            "stop": Action(rehearsing.stop),
            "join": Action(rehearsing.join),
            "part": Action(rehearsing.part),
            "name": Action(rehearsing.name),
            "agree": Action(part.agree, needs=Needs.CONSENT),
            "card": Action(rehearsing.card),
            "few": Action(rehearsing.few),
            "note": Action(rehearsing.note),
        },
        forms={
            "begin": Action(leading.begin),
            "lines": Action(part.lines, needs=Needs.CONSENT),
            "named": Action(rehearsing.named, needs=Needs.CONSENT),
            "noted": Action(rehearsing.noted, needs=Needs.CONSENT),
        },
        jobs={When.EXERCISES.kind: jobs.look, rules.SHOW: jobs.show, rules.TIME: jobs.show, rules.FORGET: jobs.forget},
    )


__all__ = ["feature"]
