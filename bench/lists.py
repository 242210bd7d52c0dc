"""What many series cost who asks for them, beside the same with a few; and a calendar beside icalendar reading and writing it."""

import tempfile
from typing import Any

from bench.figures import Figure, Size, median, ms, share
from bench.processes import Child

FEW = 5  # series of the community beside
TIMES = 40
OFFERED_GOAL = 3.0  # seconds in which Discord wants what is offered while one types


def of_many_series(size: Size) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder, Child("bench.inside.lists", folder) as many:
        many.ask("plan", count=size.series)
        rounds = _rounds(many, size)
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder, Child("bench.inside.lists", folder) as few:
        few.ask("plan", count=FEW)
        beside = _rounds(few, size)
    feed, raw = (median(share(one[what], 0.5) for one in rounds) for what in ("feed", "raw"))
    offered = median(share(one["complete"], 0.99) for one in rounds)
    return [
        _figure(f"/meetings with {size.series} series: p50", "meetings", rounds, beside),
        _figure(f"Offered while typing, {size.series} series: p50", "complete", rounds, beside),
        Figure(
            f"Offered while typing, {size.series} series: p99",
            ms(offered),
            f"{OFFERED_GOAL:.0f} s by Discord",
            offered / OFFERED_GOAL,
            "< 1",
            offered < OFFERED_GOAL,
        ),
        Figure(f"Feed of {size.series} series, {rounds[0]['bytes'] // 1024} KB", ms(feed), f"{ms(raw)} icalendar", feed / raw),
    ]


def _rounds(lists: Child, size: Size) -> list[Any]:
    return [lists.ask("measure", times=TIMES) for _ in range(size.rounds + 1)][1:]


def _figure(name: str, what: str, many: list[Any], few: list[Any]) -> Figure:
    ours, peer = (median(share(one[what], 0.5) for one in side) for side in (many, few))
    return Figure(name, ms(ours), f"{ms(peer)} with {FEW}", ours / peer)
