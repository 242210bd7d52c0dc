"""Family and friends: `/family` lists their tools, and the question of safety at home stands before them (the flow `gate`).

A clear no opens all for 30 days. After any other answer the tools that hold back rewards, let results be felt or invite to
treatment are not there: not in the list, not by command, until the question is answered anew.
"""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Flows, Unit
from bot.core.texts import Texts
from handlers.family.commands import FamilyCommands
from handlers.family.gate import FamilyGate
from handlers.family.records import PassBook


def feature(texts: Texts, flows: Mapping[str, Flow], gate: FamilyGate, running: Flows) -> Feature:
    commands = FamilyCommands(texts, flows, gate, running)
    return Feature(
        name="family",
        commands=(Command("family", commands.list, Needs.CONSENT, Where.PRIVATE),),
        presses={"list": Action(commands.list, Needs.CONSENT), "ask": Action(commands.ask, Needs.CONSENT)},
        flow_ends={"gate": gate.ended},
    )


def gate(texts: Texts, books: Callable[[Unit], PassBook]) -> FamilyGate:
    """Return the gate that the flows ask: a `handlers.flows.records.Gates`."""
    return FamilyGate(texts, books)


__all__ = ["FamilyGate", "feature", "gate"]
