"""`python -m bench [name ...] [--full | --tiny]`: measure, and print one table."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping

from bench import answers, due_rows, durable, evening, evenings, fan_out, lists, prompts, start, waiting, weeks
from bench.figures import DEFAULT, FULL, TINY, Figure, Size, table

Benchmark = Callable[[Size], list[Figure]]
ALL: Mapping[str, Benchmark] = {
    "telegram": answers.telegram,
    "discord": answers.discord,
    "durable": durable.answers,
    "commits": durable.commits,
    "slow_platform": waiting.slow_platform,
    "own_time": waiting.own_time,
    "fan_out": fan_out.fan_out,
    "due_rows": due_rows.same_second,
    "evenings": evenings.next_of_an_old_series,
    "same_start": evening.same_start,
    "everybody_comes": evening.everybody_comes,
    "prompt_opened": prompts.opened_by_all,
    "prompt_handed_out": prompts.handed_out,
    "lists": lists.of_many_series,
    "week_closed": weeks.closed,
    "start": start.start,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help=", ".join(ALL))
    parser.add_argument("--full", action="store_true", help="more rounds, and 1,000,000 due rows")
    parser.add_argument("--tiny", action="store_true", help="only shows that everything runs")
    given = parser.parse_args()
    size = FULL if given.full else TINY if given.tiny else DEFAULT
    if unknown := [name for name in given.names if name not in ALL]:
        parser.error(f"no benchmark named {', '.join(unknown)}")
    figures: list[Figure] = []
    for name in given.names or ALL:
        began = time.monotonic()
        figures += ALL[name](size)
        print(f"{name}: measured in {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(table(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
