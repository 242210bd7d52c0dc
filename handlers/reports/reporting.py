"""Who reports: two taps from anything the bot posted, or `/report`; with words if they want; taken back until it is settled."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId, new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.reporting import Reported
from bot.core.richtext import clean
from bot.core.screens import number_in
from handlers.reports import rules, views
from handlers.reports.desk import Desk
from handlers.reports.records import LONGEST_WORDS, Body, Kind, Report, State


class NoWords(BadInput):
    text_key = "reports.no_words"


class WhichCommunity(BadInput):
    """Asked in private by somebody whose community is not known."""

    text_key = "reports.which_community"


class ReportCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def report(self, call: Call, unit: Unit) -> Reply:
        """`/report`: about the community as a whole, or anything in it."""
        community = await self._desk.community_of(call)
        if community is None:
            raise WhichCommunity()
        return await self._choose(call, unit, f"{rules.COMMUNITY}{community}")

    async def start(self, call: Call, unit: Unit) -> Reply:
        """The button below what the bot posted."""
        await self._reported(call, unit)
        return await self._choose(call, unit, call.press.subject)

    async def again(self, call: Call, unit: Unit) -> Reply:
        """Back to the list, in place of the screen before."""
        return replace(await self.start(call, unit), replace=True)

    async def _choose(self, call: Call, unit: Unit, thing: str) -> Reply:
        book = self._desk.books(unit)
        named = not thing.startswith(rules.COMMUNITY)
        mine, letters = bool(await book.of(call.who)), bool(await book.letters(call.who, 1))
        return views.choose(self._desk.say(call), thing, named=named, mine=mine, letters=letters)

    async def send(self, call: Call, unit: Unit) -> Reply:
        """A kind was tapped. Danger and what a facilitator did ask once more."""
        reported = await self._reported(call, unit)
        name, _, more = call.press.value.partition("_")
        kind, thing, say = rules.kind_in(name), call.press.subject, self._desk.say(call)
        if kind is None:
            raise BadPress(why="kind")
        if kind is Kind.DANGER and more != views.YES:
            return views.danger(say, thing, self._desk.emergency(call.country, say))
        if kind is Kind.LEADING and more not in (views.YES, views.OWNER):
            return views.leading(say, thing)
        if more == views.OWNER:
            return views.to_the_host(say, "reports.about_owner", self._desk.contact)
        return await self._send(call, unit, reported, kind)

    async def _send(self, call: Call, unit: Unit, reported: Reported, kind: Kind) -> Reply:
        say, book, thing = self._desk.say(call), self._desk.books(unit), call.press.subject
        earlier = await book.of(call.who)
        if (same := rules.same_again(earlier, thing, kind)) is not None:
            return views.sent(say, same, "reports.sent_before")
        if rules.too_many(earlier, call.at):
            return views.to_the_host(say, "reports.too_many", self._desk.contact)
        roster = await self._desk.staff(unit).of(reported.community)
        readers = rules.readers(roster, kind, call.who, reported.about)
        if not readers:
            return views.to_the_host(say, "reports.nobody", self._desk.contact)
        body = Body(kind, thing, reported.title)
        report = Report(new_id(), call.who, reported.community, call.at, State.OPEN, body)
        await book.keep(report)
        await self._desk.send(report, readers, unit)
        return views.sent(say, report)

    async def _reported(self, call: Call, unit: Unit) -> Reported:
        """What the button is about. What is not there, and what is another community's, get the same answer."""
        found = rules.thing_in(call.press.subject)
        if found is None:
            raise BadPress(why="thing")
        letter, thing = found
        if letter == rules.COMMUNITY:
            if thing != await self._desk.community_of(call):
                raise BadPress(why="community")
            return Reported(CommunityId(thing))
        look = self._desk.looks.get(letter)
        reported = await look(thing, unit) if look is not None else None
        if reported is None:
            raise BadPress(why="thing")
        return reported

    # What one reported --------------------------------------------------------------------------------------------------

    async def mine(self, call: Call, unit: Unit) -> Reply:
        found = await self._desk.books(unit).of(call.who)
        return views.mine(self._desk.say(call), found, number_in(call.press.value))

    async def shown(self, call: Call, unit: Unit) -> Reply:
        return views.sent(self._desk.say(call), await self._mine(call, unit), "reports.your_report")

    async def words(self, call: Call, unit: Unit) -> Reply:
        report = await self._mine(call, unit)
        if not report.is_live:
            return views.sent(self._desk.say(call), report, "reports.your_report")
        return Reply(form=views.words_form(self._desk.say(call), report))

    async def typed(self, call: Call, unit: Unit) -> Reply:
        """Words are shown before they go."""
        report, typed = await self._mine(call, unit), clean(call.arguments.get("words", "")).strip()
        if not report.is_live:
            return views.sent(self._desk.say(call), report, "reports.your_report")
        if not typed or len(typed) > LONGEST_WORDS:
            raise NoWords(length=len(typed))
        return views.look_over(self._desk.say(call), await self._desk.changed(report, unit, draft=typed))

    async def add(self, call: Call, unit: Unit) -> Reply:
        """Send the words that were shown. A second tap changes nothing."""
        report, say = await self._mine(call, unit), self._desk.say(call)
        if not report.is_live or not report.body.draft:
            return views.sent(say, report, "reports.your_report")
        report = await self._desk.changed(report, unit, words=report.body.draft, draft="")
        for reader in await self._desk.books(unit).readers(report.id):
            letter = views.letter(await self._desk.say_to(reader, unit), report.id, "reports.letter_more")
            await self._desk.letter(report, reader, letter, call.at, unit, new_id())
        return views.sent(say, report, "reports.added")

    async def back(self, call: Call, unit: Unit) -> Reply:
        """Take it back: nobody may read it any more."""
        report = await self._mine(call, unit)
        if report.is_live:
            await self._desk.take_back(report, unit, call.at)
            report = replace(report, state=State.BACK)
            report = await self._desk.changed(report, unit, words="", draft="", answer_draft="")
        return views.sent(self._desk.say(call), report, "reports.your_report")

    async def _mine(self, call: Call, unit: Unit) -> Report:
        report = await self._desk.books(unit).get(call.press.subject)
        if report is None or report.person != call.who:
            raise BadPress(why="report")
        return report
