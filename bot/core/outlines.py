"""Outlines: what a meeting is made of, in order. The shipped ones are content; a community may have its own in their place."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId
from bot.core.texts import Say


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a meeting. `name` and `script` are a community's own words; "" for the shipped texts (see `Outline.text_keys`)."""

    key: str
    minutes: int
    protected: bool = False  # from the first protected one on, the meeting is closing
    name: str = ""
    script: str = ""


class Outline(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A format by its name. One that is named by a number is for meetings of so many minutes that chose no format.

    `brief`: its shipped scripts are the short ones, for reading on a small screen.
    """

    outline: str
    segments: tuple[Segment, ...]
    brief: bool = False

    @property
    def closing(self) -> int:
        """The index of the check-out."""
        return next((i for i, segment in enumerate(self.segments) if segment.protected), len(self.segments) - 1)

    @property
    def minutes(self) -> int:
        return sum(segment.minutes for segment in self.segments)

    @property
    def by_length(self) -> bool:
        return self.outline.isdigit()

    def script_keys(self, segment: Segment, style: str = "") -> tuple[str, ...]:
        """The texts that may hold a segment's shipped script, the most particular first. `style`: `self` where nobody hosts,
        `brief` where people write."""
        styles = (style, "script") if style else ("script",)
        return tuple(f"outlines.{one}_{name}{segment.key}" for one in styles for name in (f"{self.outline}_", ""))

    def fitted(self, minutes: int) -> "Outline":
        """Return the outline for a meeting of another length. The protected time stays, the rest shares what is left in
        proportion, in whole minutes, none less than one if there is that much."""
        kept = sum(segment.minutes for segment in self.segments if segment.protected)
        free = [segment.minutes for segment in self.segments if not segment.protected]
        shares = iter(shared(free, max(minutes - kept, 0)))
        segments = tuple(
            segment if segment.protected else msgspec.structs.replace(segment, minutes=next(shares)) for segment in self.segments
        )
        return msgspec.structs.replace(self, segments=segments)


def shared(parts: Sequence[int], whole: int) -> list[int]:
    """Divide `whole` in proportion to `parts`, in whole numbers: what rounding leaves goes to those it took most from, and
    while there is enough, those left with nothing get one from the largest."""
    weight = sum(parts)
    if not weight:
        return [0 for _ in parts]
    found = [whole * part // weight for part in parts]
    by_loss = sorted(range(len(parts)), key=lambda n: -(whole * parts[n] % weight))
    for n in by_loss[: whole - sum(found)]:
        found[n] += 1
    while whole >= len(parts) and 0 in found:
        found[found.index(max(found))] -= 1
        found[found.index(0)] += 1
    return found


def outline_from(loaded: Mapping[str, object]) -> Outline:
    """Return the outline of a loaded YAML file. Raises msgspec.ValidationError, naming the place, when it is not one."""
    outline = msgspec.convert(loaded, Outline)
    if not outline.segments:
        raise msgspec.ValidationError("an outline needs segments - at `$.segments`")
    return outline


def outline_for(outlines: Mapping[str, Outline], name: str, minutes: int) -> Outline:
    """Return the outline of a name, or if there is none the one of a meeting's length: the longest that fits, or the shortest."""
    if name in outlines:
        return outlines[name]
    by_length = [outline for outline in outlines.values() if outline.by_length]
    fitting = [outline for outline in by_length if outline.minutes <= minutes]
    return max(fitting, key=lambda o: o.minutes) if fitting else min(by_length, key=lambda o: o.minutes)


class OwnOutlines(Protocol):
    """The outlines that a community has of its own, in place of the shipped ones of the same name."""

    async def own(self, community: CommunityId, name: str) -> Outline | None: ...


def format_name(say: Say, name: str) -> str:
    """Return a format's name for people; one without a text is shown as it is called."""
    if name.isdigit():
        return say.label("outlines.format_minutes", minutes=int(name))
    return say.label(f"outlines.format_{name}") if say.has(f"outlines.format_{name}") else name
