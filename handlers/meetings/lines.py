"""What is said aloud in the room besides the card: one line when a segment begins, a few words when there is no host, help."""

from datetime import timedelta

from bot.core.help import help_row
from bot.core.meetings import State, zoned
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply, To
from bot.core.richtext import Block, Quote
from bot.core.texts import Say, say_p
from bot.core.when import clock_time
from handlers.meetings.scene import Scene, script, segment_name

OF_NO_USE = timedelta(minutes=5)  # a line that is later than this says what is over


def segment_line(say: Say, scene: Scene, *, taken_over: bool = False) -> Post:
    """A segment has begun. Its key is the segment's: said once, whoever moves the meeting. Where nobody hosts, and where people
    only write, the text for the segment comes with it. `taken_over`: somebody hosts after all, so that what was said, or was
    about to be, is put right."""
    occurrence, segment = scene.occurrence, scene.segment
    assert segment is not None
    text = "meetings.line_closing" if occurrence.state is State.CLOSING else "meetings.line_segment"
    until = clock_time(scene.until, scene.zone, say.language)
    blocks: list[Block] = [say_p(say, text, segment=segment_name(say, segment), until=until)]
    if occurrence.self_run or scene.series.options.text_only:
        blocks.append(Quote(script(say, scene.outline, segment, self_run=occurrence.self_run)))
    rows = (help_row(say),) if occurrence.self_run else ()
    key = f"line_{occurrence.id}_{occurrence.segment}"
    return Post(
        key=f"{key}_hosted" if taken_over else key,
        lane=Lane.ROOM,
        to=ToRoom(scene.room),
        reply=Reply(tuple(blocks), To.ROOM, rows, replace=False, slot=key, quiet=taken_over),
        too_late_at=scene.at + OF_NO_USE,
        twice=False,
    )


def not_held_line(say: Say, scene: Scene) -> Post:
    """Nobody could host, and the series does not go by itself: a kind word, and when it is next."""
    blocks: list[Block] = [say_p(say, "meetings.line_not_held")]
    if scene.next_at is not None:
        blocks.append(say_p(say, "meetings.card_next_meeting", when=zoned(scene.next_at, scene.zone, say.language)))
    return Post(
        key=f"line_{scene.occurrence.id}_not_held",
        lane=Lane.ROOM,
        to=ToRoom(scene.room),
        reply=Reply(tuple(blocks), To.ROOM, (help_row(say),), replace=False),
        too_late_at=scene.at + timedelta(minutes=30),
        twice=False,
    )


def help_line(scene: Scene, card: Reply) -> Post:
    """The help card, for all to see. Within a minute it comes once, whoever presses."""
    minute = int(scene.at.timestamp()) // 60
    reply = Reply(card.blocks, To.ROOM, card.buttons, replace=False)
    return Post(f"help_{scene.occurrence.id}_{minute}", Lane.ROOM, ToRoom(scene.room), reply)
