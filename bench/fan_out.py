"""A message to each of many persons, on a platform that refuses what is faster than its limit."""

from bench.answers import ours_on
from bench.figures import Figure, Size
from bench.processes import Child
from bot.runtime.limits import TELEGRAM

PERMITTED = TELEGRAM.overall.count  # in any second
OURS = PERMITTED * (1 - TELEGRAM.held_back)  # what the courier leaves itself
GOAL = 0.98


def fan_out(size: Size) -> list[Figure]:
    with Child("bench.services.telegram") as service:
        service.ask("be", limit=PERMITTED)
        with ours_on("telegram", service, posts=size.posts):
            counts = service.ask("until_sent", count=size.posts)
    sent = counts["sent"]
    # The first second's burst is permitted once and is no rate: count from the end of it.
    steady = [at for at in sent if at > sent[0] + 1]
    rate = (len(steady) - 1) / (steady[-1] - steady[0])
    refused = counts["refused"]
    return [
        Figure(
            "Fan-out: share of Telegram's rate",
            f"{rate:.2f}/s, {refused} refused",
            f"{PERMITTED}/s permitted",
            rate / PERMITTED,
            f">= {GOAL}, 0 refused",
            rate / PERMITTED >= GOAL and not refused,
        ),
        Figure("Fan-out: share of the courier's own rate", f"{rate:.2f}/s", f"{OURS:.0f}/s", rate / OURS),
    ]
