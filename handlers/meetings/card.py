"""The room's living card: one message a meeting, edited when something changes, never at the ticking of a clock."""

from datetime import datetime, timedelta

from bot.core.agenda import AgendaItem
from bot.core.help import help_row
from bot.core.ids import new_id
from bot.core.meetings import OVER, Occurrence, RoundView, State, zoned
from bot.core.moments import Due
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Meter, Words
from bot.core.texts import Say, say_p
from bot.core.when import clock_time
from handlers.meetings import rules
from handlers.meetings.scene import Scene, segment_name

STALE = timedelta(hours=24)  # after the end nobody needs the card's last edit
TURN = (("done", Style.MAIN), ("pass", Style.PLAIN), ("listen", Style.PLAIN))  # what each may say in a round
LOST = "room.lost"  # the job for a card that could not be shown


def card_post(say: Say, scene: Scene) -> Post:
    """The card as a promise to the room. A waiting older one is replaced, so many changes at once are one edit."""
    occurrence = scene.occurrence
    return Post(
        key=f"card_{occurrence.id}_{new_id()}",
        lane=Lane.ROOM,
        to=ToRoom(scene.room),
        reply=card(say, scene),
        too_late_at=occurrence.ends_at + STALE,
        failed=lost_due(occurrence, scene.at),
    )


def lost_due(occurrence: Occurrence, at: datetime) -> Due:
    return Due(f"meeting_lost_{occurrence.id}", LOST, at, occurrence.id)


def card(say: Say, scene: Scene) -> Reply:
    occurrence = scene.occurrence
    blocks = [Heading((Words(scene.series.title),)), *_state(say, scene)]
    if occurrence.is_live:
        if scene.series.options.link:
            blocks.append(say_p(say, "meetings.card_link"))
        if scene.video:
            blocks.append(say_p(say, "meetings.card_video"))
        blocks += _speakers(say, scene)
        blocks.append(say_p(say, "meetings.here", count=scene.here))
        blocks += _checkins(say, scene)
    return Reply(
        tuple(blocks),
        To.ROOM,
        _buttons(say, scene),
        slot=f"card_{occurrence.id}_{scene.room[:8]}",  # an evening that is moved to another room gets a card there
        quiet=occurrence.state is not State.LOBBY,
    )


def _state(say: Say, scene: Scene) -> list[Block]:
    said: list[Block]
    occurrence, zone, language = scene.occurrence, scene.zone, say.language
    if occurrence.state in OVER:
        return _over(say, scene)
    segment = scene.segment
    if segment is None or occurrence.since is None:
        said = [say_p(say, "meetings.card_lobby", when=zoned(occurrence.starts_at, zone, language))]
        if occurrence.reason:
            said.append(say_p(say, "meetings.card_moved", reason=Words(occurrence.reason)))
        said.append(say_p(say, "meetings.card_join"))
        if scene.series.options.text_only:
            said.append(say_p(say, "meetings.card_text_only"))
        return [*said, *([] if scene.hosted else [say_p(say, "meetings.card_no_host")])]
    name = segment_name(say, segment)
    since = clock_time(occurrence.since, zone, language)
    if occurrence.paused_at is not None:
        said = [say_p(say, "meetings.card_paused", segment=name)]
    elif scene.is_up:
        said = [say_p(say, "meetings.card_up", segment=name, since=since)]
    else:
        said = [say_p(say, "meetings.card_segment", segment=name, since=since, until=clock_time(scene.until, zone, language))]
    if occurrence.state is State.CLOSING:
        said.append(say_p(say, "meetings.card_closing"))
    elif following := scene.following:
        said.append(say_p(say, "meetings.card_after", segment=segment_name(say, following)))
    return [*said, *([say_p(say, "meetings.card_self_run")] if occurrence.self_run else [])]


def _over(say: Say, scene: Scene) -> list[Block]:
    occurrence = scene.occurrence
    said: list[Block]
    if occurrence.state is State.CANCELLED:
        said = [say_p(say, "meetings.card_cancelled")]
        if occurrence.reason:
            said.append(say_p(say, "meetings.card_reason", reason=Words(occurrence.reason)))
    elif rules.was_held(occurrence):
        said = [say_p(say, "meetings.card_closed")]
    else:
        said = [say_p(say, "meetings.card_not_held")]
    if scene.next_at is not None:
        said.append(say_p(say, "meetings.card_next_meeting", when=zoned(scene.next_at, scene.zone, say.language)))
    return said


def _speakers(say: Say, scene: Scene) -> list[Block]:
    """Who speaks and who is next, by the names they chose to show; how many wait; how the room is."""
    floor, blocks = scene.floor, list[Block]()
    if floor.is_speaking:
        speaker = _named(say, floor.speaker)
        if floor.until is not None:
            until = clock_time(floor.until, scene.zone, say.language)
            blocks.append(say_p(say, "meetings.card_speaks_until", who=speaker, until=until))
        else:
            blocks.append(say_p(say, "meetings.card_speaks", who=speaker))
    if floor.waiting:
        following = _named(say, floor.waiting[0])
        blocks.append(say_p(say, "meetings.card_next_speaker", who=following, count=len(floor.waiting)))
    if floor.round is not None:
        blocks += _round(say, scene, floor.round)
    if floor.outside:
        blocks.append(say_p(say, "meetings.card_outside", count=floor.outside))
    if floor.locked:
        blocks.append(say_p(say, "meetings.card_locked"))
    if floor.calm:
        blocks.append(say_p(say, "meetings.card_calm"))
    return blocks


def _round(say: Say, scene: Scene, on: RoundView) -> list[Block]:
    """Whose turn it is in a round, who comes then, and how many are still to come."""
    blocks: list[Block] = []
    if on.paused:
        blocks.append(say_p(say, "meetings.card_round_paused"))
    if on.is_speaking:
        who = _named(say, on.speaker)
        if on.until is not None and not on.paused:
            until = clock_time(on.until, scene.zone, say.language)
            blocks.append(say_p(say, "meetings.card_round_until", who=who, until=until))
        else:
            blocks.append(say_p(say, "meetings.card_round", who=who))
    if on.to_come:
        blocks.append(say_p(say, "meetings.card_round_next", who=_named(say, on.following), count=on.to_come))
    return blocks


def _named(say: Say, name: str) -> Words | str:
    return Words(name) if name else say.label("meetings.somebody")


def _checkins(say: Say, scene: Scene) -> list[Block]:
    tally = scene.tally
    whole, blocks = max(scene.here, tally.done), list[Block]()
    if scene.occurrence.checkin or tally.done:
        blocks.append(Meter(say("meetings.checkins", done=tally.done, whole=whole), tally.done, whole))
    if tally.now is not None:
        blocks.append(_item(say, "meetings.agenda_now", tally.now))
    if tally.following is not None:
        blocks.append(_item(say, "meetings.agenda_next", tally.following))
    if tally.more:
        blocks.append(say_p(say, "meetings.agenda_more", count=tally.more))
    return blocks


def _item(say: Say, key: str, item: AgendaItem) -> Block:
    topic = say.label(f"meetings.topic_{item.topic}")
    return say_p(say, f"{key}_name", topic=topic, name=Words(item.name)) if item.name else say_p(say, key, topic=topic)


def _buttons(say: Say, scene: Scene) -> tuple[Row, ...]:
    occurrence = scene.occurrence
    if not occurrence.is_live:
        return (help_row(say),)
    rows: list[Row] = [(Button(say.label("meetings.join_button"), Press("meetings", "join", occurrence.id), Style.GO),)]
    if occurrence.state in rules.UNDER_WAY:
        rows[0] += (Button(say.label("meetings.hand_button"), Press("floor", "hand", occurrence.id)),)
    if scene.floor.round is not None:
        rows.append(tuple(_turn(say, occurrence, wish, style) for wish, style in TURN))
    elif occurrence.self_run and occurrence.state in rules.UNDER_WAY:
        rows[0] += (Button(say.label("meetings.round_button"), Press("floor", "round", occurrence.id)),)
    if occurrence.checkin:
        checkin = Button(say.label("meetings.checkin_button"), Press("checkin", "open", occurrence.id), Style.MAIN, private=True)
        topic = Button(say.label("meetings.topic_button"), Press("agenda", "mine", occurrence.id), private=True)
        rows.append((checkin, topic))
    if occurrence.state is State.CLOSING:  # each person's way out: a minute for the week to come
        rows.append((Button(say.label("meetings.plan_button"), Press("plan", "start"), Style.MAIN, private=True),))
    panel = Button(say.label("meetings.panel_button"), Press("meetings", "panel", occurrence.id))
    return (*rows, (*help_row(say), panel))


def _turn(say: Say, occurrence: Occurrence, wish: str, style: Style) -> Button:
    return Button(say.label(f"meetings.turn_{wish}_button"), Press("floor", "turn", occurrence.id, wish), style)
