"""config.yaml, the environment and secret files -> one frozen `Config`; whatever is wrong is named, with its line, all at once."""

from bot.config.load import ConfigProblems, Loaded, load_config
from bot.config.model import Config
from bot.config.yaml import Problem

__all__ = ["Config", "ConfigProblems", "Loaded", "Problem", "load_config"]
