"""What facilitators get in private: the question whether they can host, its end, news of a lost room; and the substitutes' list."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.help import help_row
from bot.core.ids import CommunityId
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Words
from bot.core.texts import Say, say_p
from bot.core.when import clock_time, day_and_time
from handlers.meetings.scene import Scene


def claim_asked(say: Say, scene: Scene, zone: ZoneInfo) -> Reply:
    """A lock screen may show it: it names no meeting."""
    occurrence = scene.occurrence
    claim = Button(say.label("meetings.claim_button"), Press("meetings", "claim", occurrence.id), Style.GO)
    start = clock_time(occurrence.starts_at, zone, say.language)
    return Reply((say_p(say, "meetings.claim_ask", when=start),), To.PRIVATE, ((claim,), help_row(say)), slot=_claim_slot(scene))


def claim_settled(say: Say, scene: Scene, zone: ZoneInfo) -> Reply:
    return Reply((say_p(say, "meetings.claim_settled"),), To.PRIVATE, (help_row(say),), slot=_claim_slot(scene), quiet=True)


def _claim_slot(scene: Scene) -> str:
    return f"claim_{scene.occurrence.id}"


def room_lost(say: Say, scene: Scene, zone: ZoneInfo) -> Reply:
    occurrence = scene.occurrence
    start = day_and_time(occurrence.starts_at, zone, say.language)
    lost = say_p(say, "meetings.room_lost", title=Words(scene.series.title), when=start)
    return Reply((lost, say_p(say, "meetings.room_lost_mend")), To.PRIVATE, (help_row(say),))


def with_link(say: Say, told: Reply, link: str) -> Reply:
    """Who said that they are here gets the way to where the meeting takes place."""
    if not link:
        return told
    return replace(told, buttons=((Button(say.label("meetings.link_button"), url=link, style=Style.GO),), help_row(say)))


def substitute(say: Say, community: CommunityId, *, is_on: bool, changed: bool) -> Reply:
    key = ("substitute_now_on" if changed else "substitute_on") if is_on else "substitute_now_off" if changed else "substitute_off"
    wish = "off" if is_on else "on"
    press = Press("meetings", "substitute", community, wish)
    button = Button(say.label(f"meetings.substitute_{wish}_button"), press, Style.PLAIN if is_on else Style.MAIN)
    return Reply((say_p(say, f"meetings.{key}"),), To.ONLY_YOU, ((button,), help_row(say)))
