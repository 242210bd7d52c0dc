"""A message to each of many persons, on a platform that refuses what is faster than its limit."""

from bench.answers import ours_on
from bench.figures import Figure, Size
from bench.processes import Child
from bot.runtime.limits import TELEGRAM

PLATFORM = TELEGRAM.overall.count  # messages in any second; what is faster is refused
PERMITTED = PLATFORM * (1 - TELEGRAM.held_back)  # the rest is held back for answers, which never wait
GOAL = 0.98


def fan_out(size: Size) -> list[Figure]:
    with Child("bench.services.telegram") as service:
        service.ask("be", limit=PLATFORM)
        with ours_on("telegram", service, posts=size.posts):
            counts = service.ask("until_sent", count=size.posts)
    sent, refused = counts["sent"], counts["refused"]
    steady = [at for at in sent if at > sent[0] + 1]  # a burst at the beginning would be no rate
    rate = (len(steady) - 1) / (steady[-1] - steady[0])
    said = f"{rate:.2f}/s, {refused} refused"
    met = rate / PERMITTED >= GOAL and not refused
    return [
        Figure("Fan-out: share of the permitted rate", said, f"{PERMITTED:.0f}/s", rate / PERMITTED, f">= {GOAL}, 0 refused", met),
        Figure("Fan-out: share of all that Telegram takes", said, f"{PLATFORM}/s", rate / PLATFORM),
    ]
