"""Counts without content. Every label comes from a fixed set; no label names a person, a room or a meeting."""

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

PLATFORMS = ("discord", "telegram", "web")
OUTCOMES = ("ok", "again", "refused", "too_fast", "storage", "unexpected", "gate")
SENDINGS = ("sent", "edited", "later", "late", "refused", "door_closed", "room_gone", "unsure")
JOBS = ("done", "moved", "again", "given_up", "unknown")
OTHER = "other"
_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class Metrics:
    """All of the bot's numbers, in a registry of their own (nothing global, so two bots in one test do not meet)."""

    def __init__(self, platforms: Iterable[str] = PLATFORMS) -> None:
        self._platforms = frozenset(platforms)
        self.registry = CollectorRegistry(auto_describe=True)
        self._acts = Counter("openchair_acts", "What people did, by outcome", ("platform", "outcome"), registry=self.registry)
        self._seconds = Histogram(
            "openchair_act_seconds", "Our own time in an answer", ("platform",), registry=self.registry, buckets=_SECONDS
        )
        self._sendings = Counter("openchair_sendings", "Waiting messages, by end", ("platform", "outcome"), registry=self.registry)
        self._busy = Counter("openchair_told_to_wait", "Answers of 429", ("platform",), registry=self.registry)
        self._jobs = Counter("openchair_moments", "Promised moments, by end", ("outcome",), registry=self.registry)
        self._late = Histogram(
            "openchair_moment_late_seconds", "How late a moment came", registry=self.registry, buckets=(0.1, 1, 10, 60, 600, 3600)
        )
        self._holding = Gauge("openchair_sending_now", "Rows claimed and not yet marked", ("platform",), registry=self.registry)

    def act(self, platform: str, outcome: str, seconds: float) -> None:
        self._acts.labels(self._platform(platform), _one_of(outcome, OUTCOMES)).inc()
        self._seconds.labels(self._platform(platform)).observe(seconds)

    def sending(self, platform: str, outcome: str) -> None:
        self._sendings.labels(self._platform(platform), _one_of(outcome, SENDINGS)).inc()

    def told_to_wait(self, platform: str) -> None:
        self._busy.labels(self._platform(platform)).inc()

    def holding(self, platform: str, rows: int) -> None:
        self._holding.labels(self._platform(platform)).set(rows)

    def moment(self, outcome: str, late: float = 0.0) -> None:
        self._jobs.labels(_one_of(outcome, JOBS)).inc()
        self._late.observe(max(late, 0.0))

    def text(self) -> bytes:
        """Return the exposition format, for the metrics page."""
        return generate_latest(self.registry)

    def _platform(self, name: str) -> str:
        return name if name in self._platforms else OTHER


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else OTHER
