"""How often somebody tried a code that is not there. In memory: a guesser is held up, nobody is noted down."""

from collections import OrderedDict
from datetime import datetime, timedelta

MOST = 10  # a minute
REMEMBERED = 10_000
MINUTE = timedelta(minutes=1)


class Misses:
    """Counts by caller within a minute that begins with the first."""

    def __init__(self, most: int = MOST, remembered: int = REMEMBERED) -> None:
        self._most = most
        self._remembered = remembered
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def too_many(self, who: str, now: datetime) -> bool:
        """Whether the caller is to wait: then a right code tells nothing either."""
        began, count = self._counts.get(who, (now, 0))
        return now - began < MINUTE and count >= self._most

    def add(self, who: str, now: datetime) -> None:
        began, count = self._counts.pop(who, (now, 0))
        if now - began >= MINUTE:
            began, count = now, 0
        self._counts[who] = (began, count + 1)
        if len(self._counts) > self._remembered:
            self._counts.popitem(last=False)
