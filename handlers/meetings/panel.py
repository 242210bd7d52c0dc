"""What only a facilitator sees: the script to read out, and the steps that move the meeting."""

from zoneinfo import ZoneInfo

from bot.core.help import help_now, help_row
from bot.core.ids import PersonId
from bot.core.meetings import LOBBY, OVER, Occurrence, State
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Quote
from bot.core.screens import cut
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time, day_and_time
from handlers.meetings import rules, times
from handlers.meetings.scene import Scene, script, segment_label, segment_name

CHECKIN = "checkin"  # the segment in which the private check-ins are the next thing to do


def panel(say: Say, scene: Scene, zone: ZoneInfo, viewer: PersonId, host: PersonId | None, note: str = "") -> Reply:
    """The panel as things stand now, times in the viewer's zone. `note`: the key of a sentence about the last press."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [*_where(say, scene, zone)]
    occurrence = scene.occurrence
    if occurrence.is_live:
        blocks.append(say_p(say, "meetings.here", count=scene.here))
        if occurrence.checkin or scene.tally.done:
            done, whole = scene.tally.done, max(scene.here, scene.tally.done)
            blocks.append(say_p(say, "meetings.checkins", done=done, whole=whole))
        if scene.floor.waiting:
            blocks.append(say_p(say, "meetings.panel_hands", count=len(scene.floor.waiting)))
        if scene.floor.outside:
            blocks.append(say_p(say, "meetings.card_outside", count=scene.floor.outside))
    if occurrence.is_live or rules.may_host(occurrence, scene.at):
        blocks.append(say_p(say, _host_key(scene, viewer, host)))
    return Reply(tuple(blocks), To.ONLY_YOU, _buttons(say, scene, viewer, host))


def _host_key(scene: Scene, viewer: PersonId, host: PersonId | None) -> str:
    if scene.occurrence.self_run:
        return "meetings.host_self_run"
    if host is None:
        return "meetings.host_nobody"
    return "meetings.host_you" if host == viewer else "meetings.host_other"


def _where(say: Say, scene: Scene, zone: ZoneInfo) -> list[Block]:
    occurrence = scene.occurrence
    if occurrence.state in OVER:
        if scene.next_at is None:
            return [say_p(say, "meetings.over")]
        return [say_p(say, "meetings.over_next", when=day_and_time(scene.next_at, zone, say.language))]
    if not occurrence.is_live:
        return [say_p(say, "meetings.opens_at", when=day_and_time(occurrence.starts_at - LOBBY, zone, say.language))]
    segment = scene.segment
    if segment is None:
        return [
            say_h(say, "meetings.panel_lobby"),
            say_p(say, "meetings.panel_lobby_until", start=clock_time(occurrence.starts_at, zone, say.language)),
            Quote(say("meetings.script_lobby")),
        ]
    heading = Heading(say("meetings.panel_segment", segment=segment_name(say, segment), minutes=segment.minutes))
    return [heading, *_time(say, scene, zone), Quote(script(say, scene.outline, segment))]


def _time(say: Say, scene: Scene, zone: ZoneInfo) -> list[Block]:
    """How long the segment lasts, or that its time has passed, and what may be done about it."""
    occurrence, outline, now = scene.occurrence, scene.outline, scene.at
    if occurrence.paused_at is not None:
        since = clock_time(occurrence.paused_at, zone, say.language)
        return [say_p(say, "meetings.panel_paused", since=since)]
    if times.is_past_end(occurrence, outline, now, times.LATE):
        minutes = int((now - occurrence.ends_at).total_seconds()) // 60
        closes = clock_time(times.close_at(occurrence), zone, say.language)
        return [say_p(say, "meetings.panel_late", minutes=minutes, closes=closes)]
    if scene.is_up:
        return [say_p(say, "meetings.panel_up" if occurrence.state is State.OPEN else "meetings.panel_end")]
    return [say_p(say, "meetings.panel_until", until=clock_time(scene.until, zone, say.language))]


def _buttons(say: Say, scene: Scene, viewer: PersonId, host: PersonId | None) -> tuple[Row, ...]:
    occurrence = scene.occurrence
    if not occurrence.is_live:
        if not rules.may_host(occurrence, scene.at):
            return (help_row(say),)
        early = [_press(say, "refresh", occurrence, action="panel")]
        if host != viewer:
            early.insert(0, _press(say, "host", occurrence, style=Style.MAIN))
        return ((*early, _note(say, scene)), help_row(say))
    rows = [_moving(say, scene), _pace(say, scene), *_order(say, occurrence)]
    more = [_press(say, "refresh", occurrence, action="panel")]
    if host != viewer or occurrence.self_run:
        more.insert(0, _press(say, "host", occurrence, style=Style.MAIN if occurrence.self_run else Style.PLAIN))
    rows.append((*more, _press(say, "end", occurrence, style=Style.STOP), help_now(say)))
    return tuple(row for row in rows if row)


def _moving(say: Say, scene: Scene) -> Row:
    """Start, or the next segment and the check-in: what is most likely wanted comes first."""
    occurrence, on = scene.occurrence, list[Button]()
    if occurrence.state is State.LOBBY:
        return (_press(say, "start", occurrence, style=Style.GO), _note(say, scene))
    if following := scene.following:
        label = cut(say.label("meetings.next_button", segment=segment_label(say, following)))
        on.append(Button(label, Press("meetings", "next", occurrence.id, str(occurrence.segment)), Style.MAIN))
    if not occurrence.checkin:
        checkin = _press(say, "start_checkin", occurrence, action="checkin", style=Style.MAIN)
        its_time = scene.segment is not None and scene.segment.key == CHECKIN
        on = [checkin, *on] if its_time else [*on, checkin]
    return tuple(on)


def _pace(say: Say, scene: Scene) -> Row:
    """Five minutes more, pause, the next speaker; past the end, a quarter of an hour more."""
    occurrence, seen = scene.occurrence, rules.seen_value(scene.occurrence)
    if occurrence.state is State.LOBBY:
        return ()
    row: list[Button] = []
    if occurrence.state is State.OPEN:
        row.append(_press(say, "more", occurrence, seen))
        row.append(_press(say, "resume" if occurrence.paused_at is not None else "pause", occurrence, str(occurrence.segment)))
    elif times.is_past_end(occurrence, scene.outline, scene.at) and times.may_stay(occurrence):
        row.append(_press(say, "stay", occurrence, seen))
    return (*row, Button(say.label("meetings.speaker_button"), Press("floor", "next", occurrence.id)))


def _order(say: Say, occurrence: Occurrence) -> tuple[Row, ...]:
    """At most three in a row: on a telephone more would be cut off."""
    order = Button(say.label("meetings.order_button"), Press("floor", "order", occurrence.id))
    help_card = _press(say, "help_card", occurrence)
    if occurrence.state is State.LOBBY:
        return ((order, help_card),)
    exercise = Button(say.label("meetings.exercise_button"), Press("exercises", "open", occurrence.id))
    agenda = Button(say.label("meetings.agenda_button"), Press("agenda", "list", occurrence.id))
    words = Button(say.label("meetings.words_button"), Press("roster", "say", occurrence.id))
    first: Row = (order, exercise, agenda) if occurrence.state is State.OPEN else (order, agenda)
    return (first, (words, help_card))


def _note(say: Say, scene: Scene) -> Button:
    """What the last host left for this evening's."""
    return Button(say.label("meetings.note_button"), Press("roster", "read", scene.series.id))


def _press(
    say: Say, button: str, occurrence: Occurrence, value: str = "", *, action: str = "", style: Style = Style.PLAIN
) -> Button:
    return Button(say.label(f"meetings.{button}_button"), Press("meetings", action or button, occurrence.id, value), style)


def confirm_end(say: Say, scene: Scene) -> Reply:
    occurrence = scene.occurrence
    yes = Button(say.label("meetings.end_yes"), Press("meetings", "end", occurrence.id, "yes"), Style.STOP)
    no = Button(say.label("common.back"), Press("meetings", "panel", occurrence.id))
    return Reply((say_p(say, "meetings.end_ask"),), To.ONLY_YOU, ((yes, no), help_row(say)))
