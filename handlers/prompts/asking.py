"""A community's prompts at work: promised, asked in the room as one card, closed by the next one, taken back."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Community
from bot.core.help import help_row
from bot.core.ids import CommunityId, RoomId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson, ToRoom
from bot.core.quiet import after_quiet
from bot.core.replies import Reply, To
from bot.core.staff import StaffOf
from bot.core.texts import Texts, say_p
from bot.core.whose import PeaceOf, heard_at, language_of, no_wishes, zone_of
from handlers.prompts import rules, views
from handlers.prompts.records import Asking, Prompt, PromptStore, QuietOf, Standing, State

ASK, HAND_OUT, TAKE_BACK = "room.prompt", "room.prompt_hand_out", "room.prompt_take_back"
CARD_SENT, CARD_MISSED = "room.prompt_sent", "room.prompt_missed"
ALL, WAITING = "all", "waiting"


class Asker:
    def __init__(
        self, texts: Texts, books: Callable[[Unit], PromptStore], quiet: QuietOf, staff: StaffOf, peace: PeaceOf = no_wishes
    ) -> None:
        self._texts = texts
        self._books = books
        self._quiet = quiet
        self._staff = staff
        self._peace = peace

    # Promising --------------------------------------------------------------------------------------------------------

    async def promise(self, prompt: Prompt, now: datetime, unit: Unit) -> None:
        """Promise a prompt's next turn as it is set up now; withdraw the promise of one that is not running."""
        turn = rules.next_of(rules.of_prompt(prompt), now) if prompt.is_running else None
        await self.promise_turn(prompt, turn, unit)

    async def promise_turn(self, prompt: Prompt, turn: rules.Turn | None, unit: Unit, at: datetime | None = None) -> None:
        """`at`: when quiet hours end, for a turn that falls into them."""
        if turn is None:
            await unit.due.drop(key_of(prompt.id))
        else:
            await unit.due.add(Due(key_of(prompt.id), ASK, at or turn.at, f"{prompt.id}_{rules.named(turn)}"))

    async def quiet_end(self, community: CommunityId, now: datetime, zone: ZoneInfo, unit: Unit) -> datetime:
        return after_quiet(now, await self._quiet(community, unit), zone)

    # In the room ------------------------------------------------------------------------------------------------------

    async def ask(self, prompt: Prompt, community: Community, until: datetime, now: datetime, unit: Unit) -> None:
        """Post a card in the room, and hand the prompt out in private. The card before is closed: at most one is open."""
        book, say = self._books(unit), self._texts.of(community.language)
        before = await book.newest(prompt.id)
        if before is not None:
            await self.close(prompt, before, "newer", now, unit)
        asking = Asking(new_id(), prompt.id, now, until)
        await book.ask(asking)
        post = Post(
            key=f"prompt_card_{asking.id}",
            lane=Lane.NEWS,
            to=ToRoom(prompt.room),
            reply=replace(views.card(say, prompt, asking.id), slot=slot_of(asking.id)),
            too_late_at=until,
            done=Due(f"prompt_sent_{asking.id}", CARD_SENT, now, asking.id),
            failed=Due(f"prompt_missed_{asking.id}", CARD_MISSED, now, asking.id),
        )
        await unit.outbox.add(post)
        await unit.due.add(Due(f"prompt_out_{asking.id}", HAND_OUT, now, asking.id))

    async def close(self, prompt: Prompt, asking: Asking, why: str, now: datetime, unit: Unit) -> None:
        """Make one quiet line of a card; one that still waits is withdrawn."""
        if asking.standing is Standing.CLOSED:
            return
        await self._books(unit).stand(asking.id, Standing.CLOSED)
        community = await unit.communities.get(prompt.community)
        if asking.standing is Standing.WAITING:
            await unit.outbox.withdraw(slot_of(asking.id))
        elif community is not None and now - asking.at < rules.EDITED_FOR:
            reply = views.card_closed(self._texts.of(community.language), why)
            post = Post(
                key=f"prompt_closed_{asking.id}",
                lane=Lane.ROOM,
                to=ToRoom(prompt.room),
                reply=replace(reply, slot=slot_of(asking.id)),
                too_late_at=now + rules.LATE,
            )
            await unit.outbox.add(post)

    # Taking back ------------------------------------------------------------------------------------------------------

    async def hold(self, prompt: Prompt, now: datetime, unit: Unit) -> None:
        """The prompt was paused or stopped: what waits is withdrawn. What is in the room and in private chats can be answered."""
        newest = await self._books(unit).newest(prompt.id)
        if newest is None or newest.standing is Standing.CLOSED:
            return
        if newest.standing is Standing.WAITING:
            await self.close(prompt, newest, "over", now, unit)
        await unit.due.drop(f"prompt_out_{newest.id}")
        await unit.due.add(Due(f"prompt_back_{newest.id}", TAKE_BACK, now, f"{newest.id}_{WAITING}"))

    async def delete(self, prompt: Prompt, now: datetime, unit: Unit) -> None:
        """Nothing of it is left to be answered."""
        newest = await self._books(unit).newest(prompt.id)
        await unit.due.drop(key_of(prompt.id))
        if newest is not None:
            await self.close(prompt, newest, "over", now, unit)
            await unit.due.add(Due(f"prompt_back_{newest.id}", TAKE_BACK, now, f"{newest.id}_{ALL}"))
        await self._books(unit).drop(prompt.id)

    # A room that is gone ----------------------------------------------------------------------------------------------

    async def lose(self, room: RoomId, now: datetime, unit: Unit) -> None:
        """Stop what asks in a room that is gone, whole: nobody is asked in private either. Those who lead hear of it, once."""
        book, heard = self._books(unit), dict[CommunityId, str]()
        for prompt in await book.of_room(room):
            if prompt.state is State.LOST:
                continue
            lost = replace(prompt, state=State.LOST)
            await book.keep(lost)
            await self.promise(lost, now, unit)
            await self.hold(lost, now, unit)
            if prompt.is_running:
                heard.setdefault(prompt.community, prompt.id)
        for community, first in heard.items():
            for colleague in await self._staff(unit).of(community):
                person = await unit.people.get(colleague.person)
                if person is None:
                    continue
                say, peace = self._texts.of(await language_of(person, unit)), await self._peace(person.id, unit)
                at = heard_at(peace, await zone_of(person, unit), now)
                post = Post(
                    key=f"prompt_lost_{first}_{int(now.timestamp())}_{person.id}",
                    lane=Lane.PRIVATE,
                    to=ToPerson(person.id),
                    reply=Reply((say_p(say, "prompts.room_lost"),), To.PRIVATE, (help_row(say),), replace=False),
                    not_before=at if at > now else None,
                    too_late_at=at + rules.NEWS,
                )
                await unit.outbox.add(post)


def key_of(prompt: str) -> str:
    return f"prompt_{prompt}"


def slot_of(asking: str) -> str:
    return f"prompt_card_{asking}"
