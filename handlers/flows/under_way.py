"""What a button's value and a call say about a flow under way. A value is `<mark><page>_<more>`, each but the mark optional."""

from collections.abc import Mapping
from datetime import date

from bot.core.calls import Call
from bot.core.flow import AnyStep, Flow
from bot.core.flow_state import SUMMARY
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.flows import views
from handlers.flows.buttons import END_MARK
from handlers.flows.records import UnderWay
from handlers.flows.runner import Runner

NO_PLACE = "-"  # a mark that is no place's
MARK = 4  # characters of a place's mark


def place_of(flow: Flow, here: str) -> str:
    """Return the place that a button stands on; none that exists when it stands for nothing."""
    return SUMMARY if here == END_MARK else flow.marks.get(here[:MARK], NO_PLACE)


def page_of(here: str) -> int:
    """Return the page of suggestions that a button stands on."""
    return number_in(here[MARK:])


def step_of(flows: Mapping[str, Flow], under_way: UnderWay) -> AnyStep | None:
    return flows[under_way.state.flow].places.get(under_way.state.at)


async def gone(run: Runner, call: Call, unit: Unit) -> Reply:
    """Return what a press gets whose flow or kept one is not there, or not the presser's: the same for both."""
    return views.gone(run.texts.of(call.language), await run.unfinished(call.who, call.at, unit), call.zone)


def today(call: Call) -> date:
    """Return the person's own day."""
    return call.at.astimezone(call.zone).date()
