"""A week of many answers is made into its picture, in one turn of the writer: who acts meanwhile waits for that."""

import tempfile

from bench.figures import Figure, Size, median, ms, share
from bench.processes import Child

ACTS = 100
LONGEST = 0.05  # seconds that an answer may take


def closed(size: Size) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder, Child("bench.inside.weeks", folder) as inside:
        inside.ask("fill", persons=size.asked)
        inside.ask("idle", acts=ACTS)
        inside.ask("close", cold=False)  # warms
        rounds = [
            (inside.ask("close", cold=False), inside.ask("close", cold=True), inside.ask("raw"), inside.ask("idle", acts=ACTS))
            for _ in range(size.rounds)
        ]
    warm, cold, raw = (median(one[n]["seconds"] for one in rounds) for n in range(3))
    longest, first = (median(max(one[n]["waits"]) for one in rounds) for n in (0, 1))
    idle = median(share(one[3]["waits"], 0.99) for one in rounds)
    name = f"Closing a week of {size.asked:,} answers"
    limit = f"{ms(LONGEST)} an answer may take; {ms(idle)} idle"
    return [
        Figure(f"{name}: done", ms(warm), f"{ms(raw)} sqlite3, values opened", warm / raw),
        Figure(f"{name}: done, no key in memory", ms(cold), f"{ms(raw)} sqlite3, values opened", cold / raw),
        Figure(f"{name}: longest wait meanwhile", ms(longest), limit, longest / LONGEST, "<= 1", longest <= LONGEST),
        Figure(f"{name}: the same, no key in memory", ms(first), limit, first / LONGEST, "<= 1", first <= LONGEST),
    ]
