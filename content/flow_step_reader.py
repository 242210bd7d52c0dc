"""One step of a flow's file -> its record. The kinds are described in `bot/core/flow.py`."""

from collections.abc import Callable, Mapping
from typing import TypedDict

from bot.core.flow import (
    END,
    AnyStep,
    Branch,
    Choice,
    Date,
    Each,
    Fields,
    Flow,
    Many,
    Option,
    Order,
    PickLine,
    Run,
    Scale,
    Show,
    Time,
    Timer,
    Write,
)
from content.flow_part import NAME, OPTION, SAVED, Part
from content.yaml_file import Value

MOST_NUMBERS, MOST_FIELDS = 15, 5
_MARKED = ("show", "timer", "branch", "run", "pick", "order", "each")  # kinds by a key of their own; the others say `ask`
_ON = frozenset({"next", "end"})
_SEEN = _ON | {"skip", "echo", "flags"}
_ASKED = _SEEN | {"save"}
_KNOWN: Mapping[str, frozenset[str]] = {
    "show": _SEEN | {"show", "press", "lines", "recall"},
    "scale": _ASKED | {"ask", "range"},
    "choice": _ASKED | {"ask", "options", "hide"},
    "many": _ASKED | {"ask", "options", "least"},
    "words": _ASKED | {"ask", "longest", "lines", "chips", "offer"},
    "fields": _SEEN | {"ask", "fields"},
    "date": _ASKED | {"ask", "past"},
    "time": _ASKED | {"ask"},
    "pick": _ASKED | {"pick", "most", "least"},
    "order": _ASKED | {"order"},
    "each": _ASKED | {"each", "ask", "items", "only"},
    "timer": _ASKED | {"timer", "every", "prompts", "rate", "range", "recall", "write", "lines", "longest"},
    "branch": frozenset({"branch", "test", "options", "else"}),
    "run": _ON | {"run", "give", "take"},
}
_EACH: Mapping[str, frozenset[str]] = {
    "choice": frozenset({"options"}),
    "scale": frozenset({"range"}),
    "words": frozenset({"longest"}),
    "own": frozenset(),
}


class _Common(TypedDict):
    name: str
    next: str
    save: str
    skip: bool
    echo: tuple[str, ...]
    flags: str
    flagged: str


def read_step(part: Part, flow_of: Callable[[str], Flow]) -> AnyStep:
    """Return the step. `flow_of` reads a flow that it runs. Raises BadContent."""
    name, kind = part.path[-1], _kind(part)
    if kind == "branch":
        target = _target(part, "else")
        return Branch(name=name, next=target, on=part.text("branch"), test=part.text("test"), options=_options(part, target))
    follows = _next(part, free=kind == "choice")
    if kind == "run":
        return Run(name=name, next=follows, flow=flow_of(part.text("run")), give=part.pairs("give"), take=part.pairs("take"))
    flags, flagged = part.pair("flags")
    common = _Common(
        name=name,
        next=follows,
        save="" if kind == "fields" else part.text("save", "" if kind == "show" else name),
        skip=part.flag("skip", default=True),
        echo=part.names("echo", pattern=SAVED),
        flags=flags,
        flagged=flagged,
    )
    low, high = _range(part)
    match kind:
        case "show":
            if part.body["show"] != "text":
                raise part.wrong("show: text is the only kind; its words are in the texts", "show")
            return Show(**common, press=part.text("press"), lines=part.text("lines"), recall=part.text("recall"))
        case "scale":
            return Scale(**common, low=low, high=high)
        case "choice":
            return Choice(**common, options=_options(part, follows))
        case "many":
            return Many(**common, options=_values(part), least=part.number("least"))
        case "words":
            return Write(
                **common,
                longest=part.number("longest", 500),
                lines=part.number("lines"),
                chips=part.names("chips", pattern=OPTION),
                offer=_offer(part),
            )
        case "fields":
            return Fields(**common, fields=_fields(part))
        case "date":
            return Date(**common, past=part.flag("past"))
        case "time":
            return Time(**common)
        case "pick":
            return PickLine(**common, of=part.names("pick", pattern=SAVED), most=part.number("most", 1), least=part.number("least"))
        case "order":
            return Order(**common, of=part.names("order", pattern=SAVED))
        case "each":
            items = part.names("items")
            of = part.names("each", pattern=SAVED)
            if items and of != ("items",):
                raise part.wrong("with items: each: items", "each")
            ask = part.text("ask")
            if ask == "own" and (items or len(of) != 1 or "only" in part.body):
                raise part.wrong("with ask: own: each: <a fact>, which has the questions", "each")
            return Each(
                **common,
                of=() if items or ask == "own" else of,
                items=items,
                ask=ask,
                options=_values(part) if ask == "choice" else (),
                low=low,
                high=high,
                longest=part.number("longest", 300),
                only=part.pair("only"),
                fact=of[0] if ask == "own" else "",
            )
    minutes = part.body["timer"]
    for key, wanted in (("range", "rate"), ("lines", "write"), ("longest", "write")):
        if key in part.body and wanted not in part.body:
            raise part.wrong(f"{key} wants {wanted}", key)
    return Timer(
        **common,
        minutes=minutes if isinstance(minutes, int) else part.text("timer"),
        every=part.number("every"),
        prompts=part.number("prompts"),
        rate=part.text("rate"),
        low=low,
        high=high,
        recall=part.text("recall"),
        write=part.text("write"),
        lines=part.number("lines", 15),
        longest=part.number("longest", 200),
    )


def _kind(part: Part) -> str:
    """Return the kind, after every key was found to be one of its own."""
    name = part.path[-1]
    kind = next((key for key in _MARKED if key in part.body), str(part.body.get("ask")))
    known = _KNOWN.get(kind, frozenset())
    if kind == "each":
        ask = part.body.get("ask")
        if not isinstance(ask, str) or ask not in _EACH:
            raise part.wrong(f"step {name}: each: ask: choice, scale, words or own", "ask")
        known |= _EACH[ask]
    if kind == "show" and "lines" in part.body:
        known |= {"save"}
    if not known:
        raise part.wrong(f"step {name}: no such kind: {kind}")
    part.only(known)
    return kind


def _next(part: Part, *, free: bool) -> str:
    if part.body.get("end") is True and "next" not in part.body:
        return END
    if "next" in part.body and "end" not in part.body:
        return _target(part, "next")
    if free and "end" not in part.body:
        return ""
    raise part.wrong(f"step {part.path[-1]}: either next: <step> or end: true")


def _target(part: Part, key: str) -> str:
    if target := part.text(key, None):
        return target
    raise part.wrong(f"{key}: which step?", key)


def _options(part: Part, follows: str) -> tuple[Option, ...]:
    """Return the options of a mapping with their steps, or of a list, all going on to `follows`."""
    raw, hide = part.body.get("options"), dict(part.pairs("hide"))
    pairs: list[tuple[Value, Value]] = list(raw.items()) if isinstance(raw, dict) else [(v, follows) for v in _list(raw)]
    values = [str(value) for value, _ in pairs]
    if not pairs or not hide.keys() <= set(values) or len(set(values)) != len(values):
        raise part.wrong("no options, or one stands twice, or hide names one that is not there", "options")
    made: list[Option] = []
    for value, target in pairs:
        if not OPTION.fullmatch(str(value)) or isinstance(value, bool):
            raise part.wrong(f"option {value}: a-z, 0-9 and _, at most 14; quote yes and no", "options")
        if not isinstance(target, str) or not target:
            raise part.wrong(f"option {value}: which step?", "options", str(value))
        made.append(Option(str(value), target, hide.get(str(value), "")))
    return tuple(made)


def _values(part: Part) -> tuple[str, ...]:
    if not isinstance(part.body.get("options", []), list):
        raise part.wrong("options: a list, since all go on to the same step", "options")
    return tuple(option.value for option in _options(part, END))


def _list(raw: Value) -> list[Value]:
    return raw if isinstance(raw, list) else []


def _range(part: Part) -> tuple[int, int]:
    match part.body.get("range"):
        case None:
            return (0, 10)
        case [int(low), int(high)] if 0 <= low < high < low + MOST_NUMBERS:
            return (low, high)
    raise part.wrong(f"range: [lowest, highest], at most {MOST_NUMBERS} numbers, from 0 up", "range")


def _fields(part: Part) -> tuple[tuple[str, int], ...]:
    inner = part.part("fields")
    if not 1 <= len(inner.body) <= MOST_FIELDS or not all(NAME.fullmatch(name) for name in inner.body):
        raise part.wrong(f"fields: 1 to {MOST_FIELDS} names, each with its longest", "fields")
    return tuple((name, inner.number(name)) for name in inner.body)


def _offer(part: Part) -> tuple[str, ...]:
    raw = part.body.get("offer", [])
    found = [name for name in _list(raw) if isinstance(name, str) and all(NAME.fullmatch(n) for n in name.split(".", 1))]
    if not isinstance(raw, list) or len(found) != len(raw) or not all("." in name for name in found):
        raise part.wrong("offer: a list of <flow>.<save>", "offer")
    return tuple(found)
