"""`python -m tests.tools_page`: make docs/tools.md from the tools and their texts. A test holds the page equal to what is made."""

import re
from collections.abc import Iterator, Mapping

from bot.core.flow import AnyStep, Branch, Each, Fields, Flow, Run, Show, Timer
from bot.core.texts import Say
from content.loader import load_flows, load_texts
from tests.cli.program import ROOT

PAGE = ROOT / "docs" / "tools.md"
CALM = ("breathe", "ground", "relax")
PARTS = (
    ("Point 1: motivation", "1"),
    ("Point 2: urges", "2"),
    ("Point 3: thoughts, feelings, behaviours", "3"),
    ("Point 4: a balanced life", "4"),
    ("Calm tools", "calm"),
    ("Family and friends", "family"),
)
GATES = {
    "ask": "Before it, the question of safety at home is asked.",
    "strict": "It opens only after a clear “no” to the question of safety at home, for 30 days.",
}
OUT = {
    "wave": "a wave of the ratings",
    "table": "a two-by-two table",
    "radar": "a radar, over the last one",
    "trend": "a trend over all that were kept",
    "rows": "a card",
    "pairs": "two columns side by side",
    "bars": "bars, before and after",
    "ladder": "a ladder from hard to easy",
    "grid": "a table of effort and benefit",
    "week": "a week, also as a calendar file",
}
KIT = "lines for “My kit”, one tap away in an urge"
INTRO = """# The tools

Every tool is a conversation in private: buttons first, words only where your own matter. On each screen there are Back, Save and
stop, Discard and Help now; what you began waits 30 days in `/continue`. At the end you see it whole, and choose: keep it, get it
as a file, or delete it. Nothing is scored. In a chat, `/tools` lists them, and `/family` those for relatives and friends.

The words on this page are the bot's own, in English; it also speaks German, Spanish, French and Portuguese, where the same tools
answer to the names of those languages. The page is made from them by `.venv/bin/python -m tests.tools_page`, and the pictures by
`make pictures`.
"""


def part_of(flow: Flow) -> str:
    return "calm" if flow.name in CALM else flow.beside.point


def page() -> str:
    """Return the whole page."""
    flows, texts = load_flows(), load_texts()
    shown = [flow for flow in flows.values() if flow.commands]
    say = texts.of("en")
    pieces = [INTRO]
    pieces.append("\n".join(f"- [{title}](#{anchor(title)}): {_listed(shown, part, say)}" for title, part in PARTS) + "\n")
    for title, part in PARTS:
        pieces.append(f"## {title}\n")
        for flow in shown:
            if part_of(flow) == part:
                others = {tag: texts.of(tag).label(f"{flow.name}.names") for tag in texts.languages if _named(texts.of(tag), flow)}
                pieces.append(_tool(flow, say, others, flows))
    return "\n".join(pieces)


def _listed(flows: list[Flow], part: str, say: Say) -> str:
    return ", ".join(f"[{_title(flow, say)}](#{anchor(_title(flow, say))})" for flow in flows if part_of(flow) == part)


def _named(say: Say, flow: Flow) -> bool:
    return say.language != "en" and say.has(f"{flow.name}.names")


def _tool(flow: Flow, say: Say, others: dict[str, str], flows: Mapping[str, Flow]) -> str:
    title = _title(flow, say)
    lines = [f"### {title}", "", f"{say.label(f'{flow.name}.command_{flow.commands[0]}')}.", ""]
    lines.append(f"Type {', '.join(f'`/{name}`' for name in flow.commands)}.{_also(flow)}")
    lines.append(f"In other languages: {'; '.join(f'{tag}: {names}' for tag, names in others.items())}." if others else "")
    lines += ["", f"![{title}, as it looks on a phone](pictures/tools/{flow.name}.png)", "", "What it asks:", ""]
    lines += [f"{number}. {text}" for number, text in enumerate(_asked(flow, say, flows), 1)]
    lines += ["", *(f"- {line}" for line in _after(flow, say, flows)), ""]
    return "\n".join(line for line in lines if line is not None)


def _also(flow: Flow) -> str:
    said = [" Relatives have it in `/family` too."] if flow.beside.family else []
    return "".join([*said, f" {GATES[flow.beside.gate]}" if flow.beside.gate else ""])


def _asked(flow: Flow, say: Say, flows: Mapping[str, Flow]) -> Iterator[str]:
    for step in flow.steps.values():
        if isinstance(step, Branch):
            continue
        if isinstance(step, Run):
            yield f"Here [{_title(step.flow, say)}](#{anchor(_title(step.flow, say))}) is used."
            continue
        yield _short(say.label(_key(flow, step, say))) + _kind(step)


def _key(flow: Flow, step: AnyStep, say: Say) -> str:
    key = f"{flow.name}.{step.name}"
    return key if say.has(key) else f"{key}_1"


def _kind(step: AnyStep) -> str:
    match step:
        case Fields(fields=fields):
            return f" _({len(fields)} short fields)_"
        case Each():
            return " _(for each)_"
        case Timer():
            return " _(a timer runs)_"
        case Show():
            return " _(to read)_"
    return ""


def _short(text: str) -> str:
    """Return the first sentence that asks, else the first one."""
    sentences = re.split(r"(?<=[.?:…])\s+", " ".join(text.split()))
    asks = [sentence for sentence in sentences if sentence.endswith("?")]
    said = re.sub(r"([*_<>\[\]])", r"\\\1", (asks or sentences)[0])
    return said[:1].upper() + said[1:]


def _after(flow: Flow, say: Say, flows: Mapping[str, Flow]) -> Iterator[str]:
    if not flow.beside.stores:
        yield "What comes out: nothing is kept."
    else:
        picture = f", {OUT[flow.picture.kind]}" if flow.picture is not None else ""
        yield f"What comes out: your answers on one page{picture}; as a file if you ask for it."
    if flow.beside.again == "add":
        yield "Opened again, it grows: what you kept is there, and you add to it."
    elif flow.beside.again == "review":
        yield "Done again, the new one stands beside the old."
    if flow.beside.then:
        yield "What it offers next: " + "; ".join(_offer(flow, other, say, flows) for other, _ in flow.beside.then) + "."
    wanted = ["a message later, on a day or after a time that you choose"] if flow.beside.follow else []
    wanted += [KIT] if flow.beside.kit else []
    wanted += ["an entry for your calendar"] if flow.beside.calendar is not None else []
    if wanted:
        yield f"Only if you say so: {'; '.join(wanted)}."


def _offer(flow: Flow, other: str, say: Say, flows: Mapping[str, Flow]) -> str:
    label, target = say.label(f"{flow.name}.then_{other}"), flows[other]
    return f"[{label}](#{anchor(_title(target, say))})" if target.commands else label


def _title(flow: Flow, say: Say) -> str:
    return say.label(f"{flow.name}.title")


def anchor(title: str) -> str:
    """Return a heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
