"""Read content/help/crisis_lines.yaml. YAML 1.2 and a strict schema: strings stay strings, a wrong field stops the start."""

from functools import lru_cache
from pathlib import Path

import msgspec
from ruamel.yaml import YAML

from bot.core.help_lines import HelpLines

FILE = Path(__file__).parent / "help" / "crisis_lines.yaml"


@lru_cache(maxsize=8)
def load_help_lines(path: Path = FILE) -> HelpLines:
    """Return the shipped lines. Raises msgspec.ValidationError naming the field when one is not of the schema."""
    raw = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    raw["max_age_days"] = str(raw["max_age_days"])
    return msgspec.convert(raw, HelpLines)
