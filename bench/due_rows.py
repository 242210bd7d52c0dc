"""Many promised moments, a thousand of them in the same second."""

import tempfile

from bench.figures import Figure, Size, median, ms, share
from bench.processes import Child

TWICE = 2.0


def same_second(size: Size) -> list[Figure]:
    with (
        tempfile.TemporaryDirectory(prefix="openchair-bench-") as folder,
        Child("bench.inside.moments", folder, str(size.rows)) as inside,
    ):
        rounds = [inside.ask("measure", count=size.due) for _ in range(size.rounds + 1)][1:]
        memory = inside.memory()
    claim = median(share(one["claims"], 0.99) for one in rounds)
    bare = median(share(one["selects"], 0.99) for one in rounds)
    bare_claim = median(share(one["bare_claims"], 0.99) for one in rounds)
    ratio = median(share(one["claims"], 0.99) / share(one["selects"], 0.99) for one in rounds)
    to_claim = median(share(one["claims"], 0.99) / share(one["bare_claims"], 0.99) for one in rounds)
    seconds = median(one["seconds"] for one in rounds)
    raw = median(one["raw_seconds"] for one in rounds)
    whole = all(one["kept"] == size.due for one in rounds)
    name = f"{size.due:,} due at once of {size.rows:,}"
    return [
        Figure(f"{name}: all in the outbox", f"{seconds:.2f} s", f"{raw:.3f} s sqlite3", seconds / raw, "all", whole),
        Figure(f"{name}: p99 of a claim", ms(claim), f"{ms(bare)} indexed select", ratio, f"<= {TWICE}", ratio <= TWICE),
        Figure(f"{name}: the same", ms(claim), f"{ms(bare_claim)} sqlite3 claim", to_claim),
        Figure(f"{name}: memory", f"{memory:.0f} MB", "150 MB", memory / 150, "<= 1", memory <= 150),
    ]
