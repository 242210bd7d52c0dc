"""`/community prompts` in private: whoever wants to be asked there says so, when, and until when not."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.ids import new_id
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from bot.core.whose import PeaceOf, zone_of
from handlers.prompts import mine_views, rules, widgets
from handlers.prompts.own import key_of, promised
from handlers.prompts.private import Private
from handlers.prompts.records import Asks, Prompt, PromptStore, State, Wish, WishBody

SUNDAY = 6


class TooManyOwn(BadInput):
    text_key = "prompts.too_many_own"


class Mine:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], PromptStore],
        peace: PeaceOf,
        private: Private,
    ) -> None:
        self._texts = texts
        self._books = books
        self._peace = peace
        self._private = private

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)

    async def _pressed(self, call: Call, unit: Unit) -> Wish:
        """Raises BadPress for a wish that is not there, or somebody else's: the same for both."""
        wish = await self._books(unit).wish(call.press.subject)
        if wish is None or wish.person != call.who:
            raise BadPress(why="wish")
        return wish

    # The list ---------------------------------------------------------------------------------------------------------

    async def listed(self, call: Call, unit: Unit) -> Reply:
        """What asks the person. Relatives' prompts have a list of their own: no list joins the two audiences."""
        family, number = mine_views.named(call.press.value if call.incoming.press is not None else "")
        book = self._books(unit)
        world = Audience.FAMILY if family else Audience.PARTICIPANTS
        mine: list[tuple[Wish, Prompt | None]] = []
        for wish in await book.wishes_of(call.who):
            prompt = await book.get(wish.prompt) if wish.prompt else None
            if mine_views.audience_of(wish, prompt) is world:
                mine.append((wish, prompt))
        known = {wish.prompt for wish, _ in mine}
        home = call.person.home if call.person is not None else None
        every = await book.of_community(home) if home is not None else ()
        others = [one for one in every if one.is_running and one.audience is world and one.id not in known]
        return mine_views.listed(self._say(call), mine, others, number, family=family)

    async def wish(self, call: Call, unit: Unit) -> Reply:
        return await self._shown(call, unit, await self._pressed(call, unit))

    async def _shown(self, call: Call, unit: Unit, wish: Wish, note: str = "") -> Reply:
        prompt = await self._books(unit).get(wish.prompt) if wish.prompt else None
        zone = await zone_of(call.person, unit)
        return mine_views.shown(
            self._say(call), wish, prompt, await self._ahead(call, unit, wish, prompt, zone), zone, call.at, note
        )

    async def _ahead(self, call: Call, unit: Unit, wish: Wish, prompt: Prompt | None, zone: ZoneInfo) -> Sequence[datetime]:
        """When the next ones come: the person's own quiet hours are waited for."""
        peace = await self._peace(call.who, unit)
        if prompt is None:
            coming = rules.of_wish(wish, zone)
        elif prompt.is_running:
            later = max((at for at in (prompt.paused_until, wish.body.paused_until) if at is not None), default=None)
            coming = rules.of_prompt(replace(prompt, paused_until=later))
        else:
            return ()
        return rules.previews(coming, call.at, peace.quiet if peace is not None else None, zone)

    # A community's ----------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Be asked by a community's prompt in private too: from its card, or from the list."""
        book = self._books(unit)
        prompt = await book.get(call.press.subject)
        if prompt is None or prompt.state is State.DRAFT:
            raise BadPress(why="prompt")
        mine = next((one for one in await book.wishes_of(call.who) if one.prompt == prompt.id), None)
        if mine is None:
            mine = Wish(new_id(), call.who, call.at, prompt.id, WishBody(prompt.asks))
            note = "joined"
        else:
            note = "joined_already" if mine.body.is_on and not mine.body.resting else "joined"
            mine = replace(mine, body=replace(mine.body, is_on=True, resting=False, unanswered=0))
        await book.keep_wish(mine)
        return mine_views.joined(self._say(call), mine, note)

    async def leave(self, call: Call, unit: Unit) -> Reply:
        """Not to be asked any more; what waits for an answer is taken back."""
        wish = await self._pressed(call, unit)
        book = self._books(unit)
        one = await book.open_of(call.who)
        if one is not None and one.wish == wish.id:
            await self._private.take_back(one, "over", call.at, unit)
        prompt = await book.get(wish.prompt) if wish.prompt else None
        await book.drop_wish(wish.id)
        await unit.due.drop(key_of(wish.id))
        return mine_views.left(self._say(call), family=mine_views.audience_of(wish, prompt) is Audience.FAMILY)

    # One's own --------------------------------------------------------------------------------------------------------

    async def own(self, call: Call, unit: Unit) -> Reply:
        """Begin one of one's own: it asks from when it is started on."""
        book = self._books(unit)
        own = [one for one in await book.wishes_of(call.who) if not one.prompt]
        asks = Asks.FAMILY if call.press.value == mine_views.FAMILY else Asks.STANDARD
        draft = next((one for one in own if not one.body.is_on and one.body.asks.audience is asks.audience), None)
        if draft is not None:
            return await self._shown(call, unit, draft)
        if len(own) >= rules.MOST_OWN:
            raise TooManyOwn(count=len(own))
        wish = Wish(new_id(), call.who, call.at, body=WishBody(asks, (SUNDAY,), is_on=False))
        await book.keep_wish(wish)
        return await self._shown(call, unit, wish)

    async def _own(self, call: Call, unit: Unit) -> Wish:
        wish = await self._pressed(call, unit)
        if wish.prompt:
            raise BadPress(why="wish")
        return wish

    async def what(self, call: Call, unit: Unit) -> Reply:
        wish = await self._own(call, unit)
        if call.press.value not in (Asks.STANDARD, Asks.SHORT) or wish.body.asks is Asks.FAMILY:
            raise BadPress(why="questions")
        return await self._shown(call, unit, await self._keep(call, unit, wish, moved=False, asks=Asks(call.press.value)))

    async def when(self, call: Call, unit: Unit) -> Reply:
        return await self._when(call, unit, await self._own(call, unit))

    async def day(self, call: Call, unit: Unit) -> Reply:
        wish = await self._own(call, unit)
        days = widgets.day_pressed(wish.body.days, call.press.value)
        return await self._when(call, unit, await self._keep(call, unit, wish, days=days))

    async def hour(self, call: Call, unit: Unit) -> Reply:
        wish = await self._own(call, unit)
        if call.press.value == widgets.OTHER:
            return Reply(form=widgets.time_form(self._say(call), "own_timed", wish.id, wish.body.wall))
        return await self._when(call, unit, await self._keep(call, unit, wish, wall=widgets.hour_pressed(call.press.value)))

    async def timed(self, call: Call, unit: Unit) -> Reply:
        """The form's time."""
        wish = await self._own(call, unit)
        return await self._when(call, unit, await self._keep(call, unit, wish, wall=widgets.time_typed(call)))

    async def _when(self, call: Call, unit: Unit, wish: Wish) -> Reply:
        zone = await zone_of(call.person, unit)
        return mine_views.when_screen(self._say(call), wish, await self._ahead(call, unit, wish, None, zone), zone)

    async def run(self, call: Call, unit: Unit) -> Reply:
        wish = await self._pressed(call, unit)
        if call.press.value != widgets.ON:
            raise BadPress(why="run")
        return await self._shown(call, unit, await self._keep(call, unit, wish, is_on=True, paused_until=None))

    # For both ---------------------------------------------------------------------------------------------------------

    async def pause(self, call: Call, unit: Unit) -> Reply:
        wish, value, say = await self._pressed(call, unit), call.press.value, self._say(call)
        if not value:
            return widgets.pause_screen(say, "own_pause", wish.id, mine_views.back_to(say, wish))
        if value == widgets.OTHER:
            return Reply(form=widgets.pause_form(say, "own_paused", wish.id))
        if value == widgets.OFF:
            return await self._shown(call, unit, await self._keep(call, unit, wish, paused_until=None))
        return await self._until(call, unit, wish, timedelta(weeks=widgets.weeks_pressed(value)))

    async def paused(self, call: Call, unit: Unit) -> Reply:
        """The form's day."""
        wish = await self._pressed(call, unit)
        today = call.at.astimezone(await zone_of(call.person, unit)).date()
        return await self._until(call, unit, wish, widgets.day_typed(call, today) - today)

    async def _until(self, call: Call, unit: Unit, wish: Wish, ahead: timedelta) -> Reply:
        """Pause; what still waits to be sent is withdrawn."""
        zone = await zone_of(call.person, unit)
        until = rules.day_start(call.at.astimezone(zone).date() + ahead, zone)
        one = await self._books(unit).open_of(call.who)
        if one is not None and one.wish == wish.id and not one.sent:
            await self._private.take_back(one, "over", call.at, unit)
        return await self._shown(call, unit, await self._keep(call, unit, wish, paused_until=until))

    async def again(self, call: Call, unit: Unit) -> Reply:
        """It rested; it asks again."""
        wish = await self._pressed(call, unit)
        changed = await self._keep(call, unit, wish, resting=False, unanswered=0, is_on=True)
        return await self._shown(call, unit, changed, "asks_again")

    async def _keep(self, call: Call, unit: Unit, wish: Wish, *, moved: bool = True, **changes: object) -> Wish:
        """Store a change. `moved`: the next turn of one's own is another now."""
        changed = replace(wish, body=replace(wish.body, **changes))
        await self._books(unit).keep_wish(changed)
        if moved and not changed.prompt:
            turn = None
            if changed.body.is_on and not changed.body.resting:
                turn = rules.next_of(rules.of_wish(changed, await zone_of(call.person, unit)), call.at)
            if turn is None:
                await unit.due.drop(key_of(changed.id))
            else:
                await unit.due.add(promised(changed, turn, call.at), call.who)
        return changed
