"""Small flows of the tests' own (`stock`), with every kind of step: the shipped tools may change, the screens stay proved."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.core.flow import Flow
from content.language import Language
from content.loader import TEXTS, LoadedTexts, load_flows, read_patterns
from storage.database import Store
from tests.fakes import HeldClock
from tests.handlers.flows.driving import House

STOCK = Path(__file__).with_name("stock")
LANGUAGES = ("en", "de")


@cache
def stock_texts() -> LoadedTexts:
    """Return the shipped texts, with those of the stock in their place."""
    read = {tag: {**read_patterns(TEXTS / tag), **read_patterns(STOCK / "texts" / tag)} for tag in LANGUAGES}
    return LoadedTexts({tag: Language(tag, patterns, strict=True) for tag, patterns in read.items()})


def stock_flows() -> Mapping[str, Flow]:
    return load_flows(STOCK / "flows")


def stock_house(store: Store, clock: HeldClock, **ports) -> House:
    return House(store, clock, flows=stock_flows(), texts=stock_texts(), **ports)
