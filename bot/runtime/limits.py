"""How fast messages may leave: a chat's go by sliding windows, so that in no stretch of a window's length more than its count do;
a platform's as a whole go evenly apart.
"""

import math
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_CHATS = 10_000
JUST_NOW = timedelta(seconds=5)
MARGIN = 1.02  # of a chat's window: messages may come closer together on the way (overall, what is held back covers that)


@dataclass(frozen=True, slots=True)
class Window:
    """At most `count` in any `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rates:
    """A platform's limits. `held_back`: the share of `overall` that is left for answers, which go past the courier.

    `answers_count`: whether an answer uses the same limit as a message sent from here.
    """

    overall: Window
    chat: tuple[Window, ...] = ()
    group: tuple[Window, ...] = ()  # beside `chat`, in rooms
    held_back: float = 0.1
    answers_count: bool = True


TELEGRAM = Rates(Window(30, 1), chat=(Window(3, 3),), group=(Window(20, 60),))
DISCORD = Rates(Window(50, 1), chat=(Window(5, 5),), answers_count=False)  # interaction answers are outside the global limit
WEB = Rates(Window(1_000, 1))
RATES = {"telegram": TELEGRAM, "discord": DISCORD, "web": WEB}


class Slots:
    """The moments of one window, each booked at the earliest time that keeps the rule."""

    def __init__(self, window: Window, margin: float = MARGIN) -> None:
        self.count = window.count
        self._length = timedelta(seconds=window.seconds * margin)
        self._booked: deque[datetime] = deque(maxlen=window.count)

    def earliest(self, now: datetime) -> datetime:
        if len(self._booked) < self.count:
            return max(now, self._booked[-1]) if self._booked else now
        return max(now, self._booked[-1], self._booked[-self.count] + self._length)

    def book(self, at: datetime) -> None:
        """Note one; before an earlier booking, which is still to come, it counts as beside that."""
        self._booked.append(max(at, self._booked[-1]) if self._booked else at)

    def is_idle(self, now: datetime) -> bool:
        return not self._booked or self._booked[-1] + self._length <= now


class Pace:
    """The moments of a platform as a whole, evenly apart. A window's worth sent at once would, being late here and early there,
    meet the next window's on the way, and be refused.
    """

    def __init__(self, window: Window) -> None:
        self.count = window.count
        self._seconds = window.seconds
        self._next: datetime | None = None

    def earliest(self, now: datetime) -> datetime:
        return now if self._next is None else max(now, self._next)

    def book(self, at: datetime) -> None:
        self._next = at + self._step

    def passed(self, now: datetime) -> None:
        """Something went out that was not booked. What follows makes way, for a window's length at most: then it is forgotten."""
        longest = max(now + timedelta(seconds=self._seconds), self.earliest(now))
        self._next = min(self.earliest(now) + self._step, longest)

    def shut(self, until: datetime) -> None:
        self._next = until if self._next is None else max(until, self._next)

    @property
    def _step(self) -> timedelta:
        return timedelta(seconds=self._seconds / self.count)


class Limiter:
    """The windows of one platform. After a 429 the overall rate halves, and grows back while none comes."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._most = max(1, math.floor(rates.overall.count * (1 - rates.held_back) + 1e-9))
        self._overall = Pace(Window(self._most, rates.overall.seconds))
        self._chats: OrderedDict[str, tuple[Slots, ...]] = OrderedDict()
        self._shut: dict[str, datetime] = {}
        self._told: tuple[str, datetime] | None = None  # the last 429: which chat, when
        self._recovers: datetime | None = None

    def chat_opens(self, chat: str, group: bool, now: datetime) -> datetime:
        """Return when the chat may have its next message."""
        opens = max((slots.earliest(now) for slots in self._of(chat, group, now)), default=now)
        return max(opens, self._shut.get(chat, now))

    def book(self, chat: str, group: bool, now: datetime, within: timedelta = timedelta.max) -> datetime:
        """Book the next place overall for a chat that is open, and return its moment. One further away is not booked."""
        self._recover(now)
        at = self._overall.earliest(now)
        if at - now <= within:
            self._overall.book(at)
            self._note(chat, group, at)
        return at

    def answered(self, chat: str, group: bool, now: datetime) -> None:
        """An answer went past the courier; it is not delayed, but what follows is."""
        if self._rates.answers_count:
            self._overall.passed(now)
            self._note(chat, group, now)

    def told_to_wait(self, chat: str, until: datetime, now: datetime) -> None:
        """Shut the chat; if another was told so just now it is the whole platform that is too fast."""
        if self._told is not None and self._told[0] != chat and now - self._told[1] <= JUST_NOW:
            self._overall.shut(until)
        self._told = (chat, now)
        self.shut(chat, until, now)
        self._overall.count = max(1, self._overall.count // 2)
        self._recovers = max(until, now) + self._recovery

    def shut(self, chat: str, until: datetime, now: datetime) -> None:
        """Keep a chat's order: nothing goes there before `until`."""
        if len(self._shut) >= MOST_CHATS:
            self._shut = {other: shut for other, shut in self._shut.items() if shut > now}
        self._shut[chat] = max(until, self._shut.get(chat, until))

    @property
    def _recovery(self) -> timedelta:
        return timedelta(seconds=self._rates.overall.seconds * 10)

    def _recover(self, now: datetime) -> None:
        while self._recovers is not None and now >= self._recovers:
            self._overall.count = min(self._most, self._overall.count + max(1, self._most // 10))
            self._recovers = self._recovers + self._recovery if self._overall.count < self._most else None

    def _note(self, chat: str, group: bool, at: datetime) -> None:
        for slots in self._of(chat, group, at):
            slots.book(at)

    def _of(self, chat: str, group: bool, now: datetime) -> tuple[Slots, ...]:
        windows = (*self._rates.chat, *(self._rates.group if group else ()))
        slots = self._chats.pop(chat, None) or tuple(Slots(window) for window in windows)
        self._chats[chat] = slots
        if len(self._chats) > MOST_CHATS:
            oldest, kept = next(iter(self._chats.items()))
            if all(it.is_idle(now) for it in kept):
                del self._chats[oldest]
        return slots
