"""The composition root: the one place that imports everything, builds every part and joins them by hand.

`root` reads top to bottom; a new feature is a line in `features`, a new platform a line in `platforms`.
"""

from bot.compose.demo import plan_an_evening
from bot.compose.house import House
from bot.compose.platforms import platforms_alone
from bot.compose.root import openchair
from bot.compose.store import CannotStart, IsRunning, opened_store

__all__ = ["CannotStart", "House", "IsRunning", "openchair", "opened_store", "plan_an_evening", "platforms_alone"]
