"""What only a facilitator sees: the script to read out, and the steps that move the meeting."""

from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import PersonId
from bot.core.meetings import LOBBY, OVER, State
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Quote
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time, day_and_time
from handlers.meetings import rules
from handlers.meetings.card import Scene, segment_name

CHECKIN = "checkin"  # the segment in which the private check-ins are the next thing to do


def panel(say: Say, scene: Scene, zone: ZoneInfo, viewer: PersonId, host: PersonId | None, note: str = "") -> Reply:
    """The panel as things stand now, times in the viewer's zone. `note`: the key of a sentence about the last press."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [*_where(say, scene, zone)]
    if scene.occurrence.is_live:
        blocks.append(say_p(say, "meetings.here", count=scene.here))
        if scene.occurrence.checkin or scene.tally.done:
            done, whole = scene.tally.done, max(scene.here, scene.tally.done)
            blocks.append(say_p(say, "meetings.checkins", done=done, whole=whole))
        blocks.append(say_p(say, _host_key(viewer, host)))
    return Reply(tuple(blocks), To.ONLY_YOU, _buttons(say, scene, viewer, host))


def _host_key(viewer: PersonId, host: PersonId | None) -> str:
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
    segment = rules.segment_of(occurrence, scene.outline)
    if segment is None:
        return [
            say_h(say, "meetings.panel_lobby"),
            say_p(say, "meetings.panel_lobby_until", start=clock_time(occurrence.starts_at, zone, say.language)),
            Quote(say("meetings.script_lobby")),
        ]
    heading = Heading(say("meetings.panel_segment", segment=segment_name(say, segment), minutes=segment.minutes))
    until = clock_time(rules.planned_end(occurrence, scene.outline), zone, say.language)
    return [heading, say_p(say, "meetings.panel_until", until=until), Quote(say(f"meetings.script_{segment.key}"))]


def _buttons(say: Say, scene: Scene, viewer: PersonId, host: PersonId | None) -> tuple[Row, ...]:
    occurrence = scene.occurrence
    if not occurrence.is_live:
        return (help_row(say),)
    on: list[Button] = []
    if occurrence.state is State.LOBBY:
        on.append(Button(say.label("meetings.start_button"), Press("meetings", "start", occurrence.id), Style.GO))
    elif following := rules.segment_after(occurrence, scene.outline):
        label = say.label("meetings.next_button", segment=segment_name(say, following))[:40]
        on.append(Button(label, Press("meetings", "next", occurrence.id, str(occurrence.segment)), Style.MAIN))
    if occurrence.state in (State.OPEN, State.CLOSING) and not occurrence.checkin:
        checkin = Button(say.label("meetings.start_checkin_button"), Press("meetings", "checkin", occurrence.id), Style.MAIN)
        segment = rules.segment_of(occurrence, scene.outline)
        its_time = segment is not None and segment.key == CHECKIN
        on = [checkin, *on] if its_time else [*on, checkin]
    more = [Button(say.label("meetings.refresh_button"), Press("meetings", "panel", occurrence.id))]
    if host != viewer:
        more.append(Button(say.label("meetings.host_button"), Press("meetings", "host", occurrence.id)))
    end = Button(say.label("meetings.end_button"), Press("meetings", "end", occurrence.id), Style.STOP)
    return (*((tuple(on),) if on else ()), (*more, end), help_row(say))


def confirm_end(say: Say, scene: Scene) -> Reply:
    occurrence = scene.occurrence
    yes = Button(say.label("meetings.end_yes"), Press("meetings", "end", occurrence.id, "yes"), Style.STOP)
    no = Button(say.label("common.back"), Press("meetings", "panel", occurrence.id))
    return Reply((say_p(say, "meetings.end_ask"),), To.ONLY_YOU, ((yes, no), help_row(say)))
