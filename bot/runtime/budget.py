"""How many acts a person may do: a bucket of tokens in memory, filled again steadily."""

import enum
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta

ACTS = 20
SPAN = timedelta(minutes=1)
MOST_KEPT = 10_000  # buckets; the longest unused is forgotten, and one forgotten is a full one


class Verdict(enum.Enum):
    GO = "go"
    TELL = "tell"  # too fast, and to be told so
    SILENT = "silent"  # too fast, told within the span


class Budget:
    """`acts` at once, and as many again over each `span`."""

    def __init__(self, acts: int = ACTS, span: timedelta = SPAN) -> None:
        self._acts = acts
        self._span = span
        self._buckets: OrderedDict[Hashable, tuple[float, datetime, datetime | None]] = OrderedDict()  # left, when, told

    def spend(self, who: Hashable, now: datetime) -> Verdict:
        left, when, told = self._buckets.pop(who, (float(self._acts), now, None))
        left = min(self._acts, left + max((now - when) / self._span, 0.0) * self._acts)
        if left >= 1 - 1e-9:
            verdict, left = Verdict.GO, left - 1
        elif told is not None and now - told < self._span:
            verdict = Verdict.SILENT
        else:
            verdict, told = Verdict.TELL, now
        self._buckets[who] = (left, now, told)
        if len(self._buckets) > MOST_KEPT:
            self._buckets.popitem(last=False)
        return verdict
