"""Which answers of a summary stand together: what was asked about each line of a list, and the list itself.

A choice about each line stands behind the line in its list, unless two choices could be taken for one another. A list is left out
when each of its lines comes again: with a text or a number of its own, or in an order.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.core.flow import Each, Flow, Order, PickLine, Write, prefix
from bot.core.flow_lines import lines_in
from bot.core.ports import Entry


class Bundle(NamedTuple):
    """`beside`: by a list's whole name, what is said behind its lines. `left_out`: whole names of what is not shown by itself."""

    beside: Mapping[str, Sequence[tuple[Each, Mapping[str, str]]]]
    left_out: frozenset[str]


def bundled(flow: Flow, answers: Mapping[str, Entry], found: Sequence[tuple[str, str]]) -> Bundle:
    """Return how the answers stand together. `found`: place and name of those that are shown."""
    lists: dict[str, tuple[str, ...]] = {}
    eaches: dict[str, tuple[Each, Mapping[str, str]]] = {}
    orders: list[frozenset[str]] = []
    for place, name in found:
        step, whole = flow.places[place], prefix(place) + name
        match step, answers[whole]:
            case Write() | PickLine(), list(lines):
                lists[whole] = tuple(lines)
            case Each(of=of), dict(pairs) if of:
                eaches[whole] = (step, pairs)
            case Order(), list(lines):
                orders.append(frozenset(lines))
    about = {whole: tuple(_lists_of(whole, eaches, lists)) for whole in eaches}
    behind = {whole for whole, (step, pairs) in eaches.items() if step.ask == "choice" and _is_of(pairs, about[whole], lists, step)}
    behind = {whole for whole in behind if not any(_alike(eaches, about, whole, other) for other in behind - {whole})}
    beside: dict[str, list[tuple[Each, Mapping[str, str]]]] = {}
    for whole in eaches:
        for one in about[whole] if whole in behind else ():
            beside.setdefault(one, []).append(eaches[whole])
    again = {
        about[whole][0]
        for whole, (step, pairs) in eaches.items()
        if whole not in behind and len(about[whole]) == 1 and set(lists[about[whole][0]]) <= set(pairs)
    }
    ordered = {whole for whole, lines in lists.items() if frozenset(lines) in orders}
    return Bundle(beside, frozenset(behind | ((again | ordered) - beside.keys())))


def _lists_of(
    whole: str, eaches: Mapping[str, tuple[Each, Mapping[str, str]]], lists: Mapping[str, Sequence[str]], depth: int = 0
) -> Iterator[str]:
    """Yield the lists that an each is about, also where it is about the lines of another each."""
    step, _ = eaches[whole]
    before = whole.removesuffix(step.save)
    for name in step.of:
        if before + name in lists:
            yield before + name
        elif before + name in eaches and depth < len(eaches):
            yield from _lists_of(before + name, eaches, lists, depth + 1)


def _is_of(pairs: Mapping[str, str], about: Sequence[str], lists: Mapping[str, Sequence[str]], step: Each) -> bool:
    return bool(about) and not step.only[0] and set(pairs) <= {line for one in about for line in lines_in(list(lists[one]))}


def _alike(eaches: Mapping[str, tuple[Each, Mapping[str, str]]], about: Mapping[str, Sequence[str]], one: str, other: str) -> bool:
    """Whether two choices about the same lines have an option in common."""
    return bool(set(about[one]) & set(about[other]) and set(eaches[one][0].options) & set(eaches[other][0].options))
