"""Who asks, without knowing who: a short-lived keyed mark of an address, and what is left of its budget. All in memory."""

import hmac
import ipaddress
import secrets
from collections import OrderedDict
from datetime import datetime

import structlog
from aiohttp import web

from bot.core.clock import Clock
from bot.pages.limits import MINUTE, Limits

log = structlog.get_logger()


class Callers:
    """Counts what a caller asked for within the present minute of theirs. The key of the marks lives as long as the process."""

    def __init__(self, clock: Clock, limits: Limits) -> None:
        self._clock = clock
        self._limits = limits
        self._secret = secrets.token_bytes(32)
        self._asks = _Minutes(limits.callers)
        self._misses = _Minutes(limits.callers)
        self._all_misses = _Minutes(1)

    def mark(self, request: web.BaseRequest) -> str:
        """Return 16 hex digits that stand for the caller. Behind a proxy on this machine or network, it names the caller."""
        peer = request.remote or ""
        if _is_near(peer) and (told := request.headers.get("X-Forwarded-For", "")):
            peer = told.rpartition(",")[2].strip()  # what the nearest proxy itself saw
        return hmac.digest(self._secret, _network(peer).encode(), "sha256").hex()[:16]

    def may_ask(self, who: str) -> bool:
        """Count a request in. False for one too many, and for whoever has been guessing: a right guess then tells nothing."""
        now = self._clock.now()
        return self._asks.add(who, now) <= self._limits.asks and self._misses.count(who, now) < self._limits.misses

    def missed(self, who: str) -> None:
        now = self._clock.now()
        self._misses.add(who, now)
        together = self._all_misses.add("", now)
        if together == self._limits.alarming:
            log.warning("pages.guessing", count=together)


class _Minutes:
    """Counts by name within a minute that begins with the first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()

    def count(self, name: str, now: datetime) -> int:
        began, count = self._counts.get(name, (now, 0))
        return count if now - began < MINUTE else 0

    def add(self, name: str, now: datetime) -> int:
        began, count = self._counts.pop(name, (now, 0))
        if now - began >= MINUTE:
            began, count = now, 0
        self._counts[name] = (began, count + 1)
        if len(self._counts) > self._most:
            self._counts.popitem(last=False)
        return count + 1


def _is_near(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private  # loopback too
    except ValueError:
        return False


def _network(address: str) -> str:
    """Return the address, or an IPv6 one's first half: the other half is the caller's own to change."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)
