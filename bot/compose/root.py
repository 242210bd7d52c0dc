"""From a configuration to a house, top to bottom."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from bot.compose.features import all_features, help_cards
from bot.compose.house import House, metrics_page
from bot.compose.pages import pages_of, public_base, server_of
from bot.compose.platforms import SPACE, Fittings, configured
from bot.compose.store import opened_store
from bot.config import Config
from bot.core.clock import Clock, SystemClock
from bot.core.features import MenuEntry
from bot.core.ids import new_id
from bot.core.platform import Platform
from bot.core.ports import Unit
from bot.runtime.alarm import Alarm
from bot.runtime.courier import Courier
from bot.runtime.dispatch import Dispatch
from bot.runtime.forms import Forms
from bot.runtime.limits import RATES
from bot.runtime.metrics import Metrics
from bot.runtime.pictures import Painter
from bot.runtime.printing.printer import Printer
from bot.runtime.registry import menu
from bot.runtime.timekeeper import Timekeeper
from content.loader import load_texts
from handlers.people import Gate
from handlers.series import plan_missing
from storage.meetings import Meetings
from storage.moving import move_group
from storage.privacy import prune
from storage.web_chat import WebChat

WEB = "web"


@asynccontextmanager
async def openchair(
    config: Config,
    *,
    clock: Clock | None = None,
    platforms: Callable[[Config, Fittings], Sequence[Platform]] = configured,
    alarm: Alarm | None = None,
) -> AsyncIterator[House]:
    """Open everything and join it; close it at the end. Nothing runs before `House.run`.

    A test gives a clock that stands still, an alarm it rings itself, or platforms of its own.
    Raises CannotStart for what only the host can mend.
    """
    clock = clock or SystemClock()
    texts = load_texts(strict=False)  # a gap in one text must not keep a person from the rest of the screen
    cards = help_cards(config, texts)
    metrics, owner = Metrics(), new_id()

    timekeeper: Timekeeper | None = None  # until they are there, nobody sleeps: both look for themselves when they begin
    courier: Courier | None = None

    def on_due(at: datetime) -> None:
        if timekeeper is not None:
            timekeeper.wake(at)

    def on_outbox() -> None:
        if courier is not None:
            courier.wake()

    async with opened_store(config, clock, on_due=on_due, on_outbox=on_outbox) as store:

        async def moved(old: str, new: str) -> None:
            await move_group(store, "telegram", old, new)

        def entries() -> Sequence[MenuEntry]:
            return menu(features, texts)

        gate, forms, painter = Gate(texts), Forms(texts), Painter()

        def base() -> str:
            return public_base(config, built.get(WEB))

        features = all_features(texts, cards, gate, forms, entries, base, clock.now, config.contact)
        pages = pages_of(config, features, store, texts, clock)
        fittings = Fittings(entries(), texts, clock, painter, WebChat(store, WEB, SPACE), moved, metrics.text, pages)
        built = {platform.name: platform for platform in platforms(config, fittings)}
        courier = Courier(store.outbox_queue, built, painter, clock, owner, RATES, metrics=metrics)
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            features,
            texts,
            clock,
            zone=config.community.zone,
            language=config.home_language,
            country=config.community.country,
            gate=gate.ask,
            help_now=cards.reply,
            capabilities={name: platform.capabilities for name, platform in built.items()},
            forms=forms,
            metrics=metrics,
            printer=Printer(painter),
            spent=courier.answered,
        )
        gate.rerun = dispatch.rerun

        async def forget() -> None:
            await prune(store, clock.now())

        async def plan_few(after: str, unit: Unit) -> str:
            return await plan_missing(unit, Meetings(unit), clock.now(), after)

        async def plan() -> None:
            after = await store.transact(partial(plan_few, ""))
            while after:  # a few series at a time: in between, people are answered
                after = await store.transact(partial(plan_few, after))

        chores = (forget, plan)
        timekeeper = Timekeeper(store.due_queue, store, features, clock, owner, alarm=alarm, housekeeping=chores, metrics=metrics)
        with metrics_page(config.metrics, metrics):
            served = server_of(config, pages)
            yield House(store, dispatch, timekeeper, courier, tuple(built.values()), metrics, clock, chores, pages=served)
