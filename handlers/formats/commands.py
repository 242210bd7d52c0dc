"""/meeting format: look at the outlines, change a part, take a script from a file, bring the shipped one back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId
from bot.core.outlines import Outline, Segment
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Say, Texts
from handlers.formats import reading, rules, views
from handlers.formats.reading import ReadYaml
from handlers.formats.records import Formats, OwnFormat

GRANT = timedelta(hours=3)


class InTheRoom(BadInput):
    """Asked where no community is."""

    text_key = "formats.in_room"


class FormatCommands:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], Formats],
        shipped: Mapping[str, Outline],
        doors: Doors,
        read_yaml: ReadYaml,
    ) -> None:
        self._texts = texts
        self._books = books
        self._shipped = shipped
        self._doors = doors
        self._read_yaml = read_yaml

    async def command(self, call: Call, unit: Unit) -> Reply:
        if call.community is None or call.place.private:
            raise InTheRoom()
        return await self._led(call, unit, call.community, self._list)

    async def list(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._list)

    async def show(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._show)

    async def parts(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._parts)

    async def part(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._part)

    async def edit(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._edit)

    async def save(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._save)

    async def file(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._file)

    async def read(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._read)

    async def accept(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._accept)

    async def get(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._get)

    async def restore(self, call: Call, unit: Unit) -> Reply:
        return await self._pressed(call, unit, self._restore)

    # What each does, once it is known that the caller may ---------------------------------------------------------------

    async def _list(self, call: Call, unit: Unit, community: Community) -> Reply:
        own = await self._books(unit).names(community.id)
        return views.choose(self._say(community), community.id, tuple(self._shipped), own)

    async def _show(self, call: Call, unit: Unit, community: Community) -> Reply:
        return await self._shown(unit, community, call.press.value)

    async def _shown(self, unit: Unit, community: Community, name: str, note: str = "") -> Reply:
        own = await self._books(unit).of(community.id, name)
        return views.shown(self._say(community), community.id, self._present(name, own), own, note)

    async def _parts(self, call: Call, unit: Unit, community: Community) -> Reply:
        name = call.press.value
        outline = self._present(name, await self._books(unit).of(community.id, name))
        return views.parts(self._say(community), community.id, outline)

    async def _part(self, call: Call, unit: Unit, community: Community) -> Reply:
        outline, index = await self._pointed(call, unit, community)
        return views.part(self._say(community), community.id, outline, index)

    async def _edit(self, call: Call, unit: Unit, community: Community) -> Reply:
        outline, index = await self._pointed(call, unit, community)
        return Reply(form=views.part_form(self._say(community), community.id, outline, index))

    async def _save(self, call: Call, unit: Unit, community: Community) -> Reply:
        """Take a part's answers. Wrong ones are told, and the form is offered again as it was filled in."""
        outline, index = await self._pointed(call, unit, community)
        given = call.arguments
        try:
            after = self._with_answers(community, outline, index, given)
        except rules.BadFormat as bad:
            if call.modals:
                raise  # dispatch offers the form again
            say, right = self._say(community), {name: answer for name, answer in given.items() if name != bad.key}
            return views.asked_again(say, bad, views.part_form(say, community.id, outline, index, right))
        await self._books(unit).keep(community.id, after.outline, OwnFormat(after, call.at))
        return await self._shown(unit, community, after.outline, "formats.saved")

    def _with_answers(self, community: Community, outline: Outline, index: int, given: Mapping[str, str]) -> Outline:
        before = outline.segments[index]
        bare = Segment(before.key, rules.minutes_of(given.get("minutes", "")), before.protected)
        name, script = given.get("name", ""), given.get("script", "")
        return rules.with_part(outline, index, reading.own_words(bare, name, script, self._words(community, outline)))

    async def _file(self, call: Call, unit: Unit, community: Community) -> Reply:
        name = self._known(call.press.value).outline
        return Reply(form=views.file_form(self._say(community), community.id, name))

    async def _read(self, call: Call, unit: Unit, community: Community) -> Reply:
        """Read the file, and show what it says: it is in force only after a yes."""
        shipped = self._known(call.press.value)
        text = call.arguments.get("file", "")
        try:
            draft = reading.from_file(self._read_yaml, text, shipped, self._words(community, shipped))
        except rules.BadFormat as bad:
            if call.modals:
                raise
            say = self._say(community)
            return views.asked_again(say, bad, views.file_form(say, community.id, shipped.outline))
        before = await self._books(unit).of(community.id, shipped.outline)
        kept = OwnFormat(before.outline if before else None, before.at if before else call.at, draft)
        await self._books(unit).keep(community.id, shipped.outline, kept)
        return views.proposed(self._say(community), community.id, draft)

    async def _accept(self, call: Call, unit: Unit, community: Community) -> Reply:
        name = self._known(call.press.value).outline
        own = await self._books(unit).of(community.id, name)
        if own is None or own.draft is None:  # pressed before, or brought back since
            return await self._shown(unit, community, name)
        await self._books(unit).keep(community.id, name, OwnFormat(own.draft, call.at))
        return await self._shown(unit, community, name, "formats.saved")

    async def _get(self, call: Call, unit: Unit, community: Community) -> Reply:
        name, say = self._known(call.press.value).outline, self._say(community)
        outline = self._present(name, await self._books(unit).of(community.id, name))
        comment = tuple(say.label(f"formats.comment_{n}") for n in range(1, 5))
        return views.as_file(say, name, reading.to_file(outline, self._words(community, outline), comment))

    async def _restore(self, call: Call, unit: Unit, community: Community) -> Reply:
        name = self._known(call.press.value).outline
        await self._books(unit).restore(community.id, name)
        return await self._shown(unit, community, name, "formats.restored")

    # What is meant, and by whom ------------------------------------------------------------------------------------------

    async def _pressed(self, call: Call, unit: Unit, then: Callable[[Call, Unit, Community], Awaitable[Reply]]) -> Reply:
        community = await unit.communities.get(CommunityId(call.press.subject))
        if community is None:
            raise BadPress(why="community")
        return await self._led(call, unit, community, then)

    async def _led(
        self, call: Call, unit: Unit, community: Community, then: Callable[[Call, Unit, Community], Awaitable[Reply]]
    ) -> Reply:
        if not await self._doors.may(call, unit, community.id, community.id, call.at + GRANT):
            return views.refused(self._texts.of(call.language))
        return await then(call, unit, community)

    async def _pointed(self, call: Call, unit: Unit, community: Community) -> tuple[Outline, int]:
        """The format and the part that a press names. Raises BadPress for what is not, or no longer, there."""
        name, _, number = call.press.value.rpartition("_")
        outline = self._present(name, await self._books(unit).of(community.id, name))
        if not (number.isascii() and number.isdigit() and len(number) < 3 and int(number) < len(outline.segments)):
            raise BadPress(why="part")
        return outline, int(number)

    def _present(self, name: str, own: OwnFormat | None) -> Outline:
        shipped = self._known(name)
        return own.outline if own is not None and own.outline is not None else shipped

    def _known(self, name: str) -> Outline:
        if name not in self._shipped:
            raise BadPress(why="format")
        return self._shipped[name]

    def _say(self, community: Community) -> Say:
        """A format is read out to the community, so it is edited in the community's language."""
        return self._texts.of(community.language)

    def _words(self, community: Community, outline: Outline) -> reading.Shipped:
        say = self._say(community)
        return lambda segment: views.shipped_words(say, outline, segment)
