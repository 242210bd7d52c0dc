"""What is offered after an evening. What comes unasked names neither meeting nor topic: a locked phone shows it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import Audience, Occurrence, Series, zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.reporting import report_button
from bot.core.richtext import Block, Bullets, Words
from bot.core.screens import done, in_rows
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day
from handlers.afterwards.records import Debrief, Note, Went

PLAN = Press("plan", "start")  # the flow, as a tool of its own
TOOLS = ("remind", "urge", "kit")
FOR_FAMILY = ("remind",)


def plan_button(say: Say) -> Button:
    return Button(say.label("afterwards.plan_button"), PLAN, Style.MAIN, private=True)


def after(
    say: Say, occurrence: Occurrence, community: CommunityId, next_at: datetime | None, zone: ZoneInfo, *, new: bool, plan: bool
) -> Reply:
    """The one message to somebody who was there. `new`: it was their first evening here."""
    blocks: list[Block] = [say_p(say, "afterwards.over_new" if new else "afterwards.over")]
    if next_at is not None:
        blocks.append(say_p(say, "afterwards.next", when=zoned(next_at, zone, say.language)))
    first: Row = (Button(say.label("afterwards.card_button"), Press("afterwards", "card", occurrence.id), Style.GO),) if new else ()
    if plan:
        blocks.append(say_p(say, "afterwards.plan"))
        first += (plan_button(say),)
    more = (
        Button(say.label("afterwards.receipt_button"), Press("receipts", "ask", occurrence.id)),
        Button(say.label("afterwards.quiet_button"), Press("afterwards", "quiet", community)),
    )
    return Reply(tuple(blocks), To.PRIVATE, (first, more, (report_button(say, "meeting", occurrence.id), *help_row(say))))


def card(say: Say, series: Series, next_at: datetime | None, zone: ZoneInfo) -> Reply:
    """What a newcomer may want to know. Nothing to sign up for."""
    family = series.options.audience is Audience.FAMILY
    blocks: list[Block] = [say_h(say, "afterwards.card_title"), say_p(say, "afterwards.card_what")]
    blocks += [say_p(say, "afterwards.card_said"), say_p(say, "afterwards.card_free")]
    if next_at is not None:
        blocks.append(say_p(say, "afterwards.card_next", title=Words(series.title), when=zoned(next_at, zone, say.language)))
    blocks.append(say_p(say, "afterwards.card_between"))
    blocks.append(Bullets(tuple(say(f"afterwards.card_{tool}") for tool in (FOR_FAMILY if family else TOOLS))))
    remind = Button(say.label("afterwards.remind_button"), Press("reminders", "remind", series.id))
    return Reply(tuple(blocks), To.ONLY_YOU, ((plan_button(say), remind), help_row(say)), replace=False)


def quieted(say: Say, community: CommunityId, *, quiet: bool) -> Reply:
    wish = "loud" if quiet else "quiet"
    button = Button(say.label(f"afterwards.{wish}_button"), Press("afterwards", wish, community))
    key = "afterwards.now_quiet" if quiet else "afterwards.now_loud"
    return Reply((say_p(say, key),), To.ONLY_YOU, ((button,), help_row(say)), replace=False)


# The facilitator's debrief --------------------------------------------------------------------------------------------------


def debrief(say: Say, occurrence: Occurrence, went: Went | None = None, note: Note | None = None) -> Reply:
    """The question after the answers given so far; each button carries them on."""
    blocks: tuple[Block, ...]
    if went is None:
        blocks = (say_p(say, "afterwards.went"), say_p(say, "afterwards.went_why"))
        buttons = [_tap(say, occurrence, f"went_{one}", one.value) for one in Went]
    elif note is None:
        blocks = (say_p(say, "afterwards.note"),)
        buttons = [_tap(say, occurrence, f"note_{one}", f"{went}_{one}") for one in Note]
    else:
        blocks = (say_p(say, "afterwards.self"),)
        buttons = [_tap(say, occurrence, f"self_{one}", f"{went}_{note}_{one}") for one in ("ok", "talk")]
    in_row = 3 if went is None else 1
    rows = in_rows(buttons, in_row)
    return Reply(blocks, To.PRIVATE if went is None else To.ONLY_YOU, (*rows, help_row(say)))


def _tap(say: Say, occurrence: Occurrence, text: str, value: str) -> Button:
    return Button(say.label(f"afterwards.{text}"), Press("afterwards", "how", occurrence.id, value))


def debriefed(say: Say, series: MeetingId, note: Note, self_: str) -> Reply:
    """The end of it, with a way to leave a line to whoever hosts next."""
    blocks: list[Block] = [say_p(say, "afterwards.debriefed")]
    if note is Note.CALL:
        blocks.append(say_p(say, "afterwards.debriefed_call"))
    if self_ == "talk":
        blocks.append(say_p(say, "afterwards.debriefed_talk"))
    leave = Button(say.label("afterwards.note_button"), Press("roster", "note", series))
    return Reply(tuple(blocks), To.ONLY_YOU, ((leave,), help_row(say)))


def looked_back(say: Say, found: list[Debrief], zone: ZoneInfo) -> Reply:
    if not found:
        return done(say, "afterwards.none_yet")
    lines = tuple(
        say(
            "afterwards.line",
            day=day(one.starts_at.astimezone(zone), say.language),
            went=say.label(f"afterwards.was_{one.went}"),
            note=say.label(f"afterwards.noted_{one.note}"),
        )
        for one in found
    )
    return Reply((say_h(say, "afterwards.lines"), Bullets(lines)), To.ONLY_YOU, (help_row(say),), replace=False)
