"""The promise of a person's own prompt."""

from datetime import datetime

from bot.core.moments import Due
from handlers.prompts import rules
from handlers.prompts.records import Wish

OWN = "timer.prompt"


def key_of(wish: str) -> str:
    return f"prompt_own_{wish}"


def promised(wish: Wish, turn: rules.Turn, now: datetime) -> Due:
    return Due(key_of(wish.id), OWN, rules.look_at(turn, now), f"{wish.id}_{rules.named(turn)}")
