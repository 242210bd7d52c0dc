"""A conversation as data. `flow_advance.py` runs it; `content/flows/<name>.yaml` holds it; texts are keys `<flow>.<step>`.

    flow: urge                       # the file's name; texts are in content/texts/<language>/urge.yaml
    commands: [urge, craving]        # optional: /urge and its other names begin it; described by the text `urge.command_urge`
    start: strength                  # the first step
    fresh_after: 30                  # optional, minutes: begun again later than this, it starts anew (the old stays in /continue)
    picture: {kind: wave, before: before, ratings: ratings, after: after}   # optional, for the summary; names under `save`
    steps:
      strength: {ask: scale, range: [0, 10], save: before, next: safe}
      safe:     {ask: choice, options: {"yes": choose, "no": help}, next: choose}
      again:    {ask: scale, range: [0, 10], save: after, end: true}

Every step but a branch and a choice says `next: <step>` or `end: true`. Back, Skip, Save and stop, Discard, Help now and the
summary (Keep, Delete now, Send me a file) are the engine's and are not written. Step kinds, with their texts:

    {show: text}                     text `<flow>.<step>` (a blank line makes a paragraph), button Next
        press: safety:now            a main button with this press; its label is the text `<flow>.<step>_press`
        lines: pinned_reasons        lists what a fact provider returns (the person's own lines)
        recall: pick                 lists the texts `<flow>.<pick's step>_<option>_now` of what was picked under this `save`
    {ask: scale, range: [0, 10]}     one whole number, by button or typed; at most 15 numbers
    {ask: choice, options: {a: step, b: end}}   or `options: [a, b]` with `next`; button texts `<flow>.<step>_<option>`
        hide: {a: has_no_reasons}    leaves an option out by a rule
        next: <step>                 with a mapping of options: where Skip goes (without it there is no Skip)
    {ask: many, options: [a, b]}     none, one or more, then Done; `least: 1` asks for one at least; texts as for choice
    {ask: words}                     the person's own words; `longest: 500` characters
        lines: 5                     a list of up to so many lines, then Done
    {timer: minutes}                 so many minutes as were chosen under this `save`, or a number; ends by itself, or by Done
        every: 45, prompts: 8        the message is edited every so many seconds: texts `<flow>.<step>_1` to `_8`, then from 1 again
        rate: ratings                with `range: [0, 10]`: numbers to tap meanwhile, saved as lines "<seconds> <number>"
        recall: pick                 as above
                                     without `every` a quiet new message says that it is over: texts `<flow>.<step>_over` and
                                     `<flow>.<step>_over_late` (with $minutes). `save` keeps how many seconds it ran
    {branch: <save>, options: {a: step}, else: step}    goes on by an earlier answer (for a list: the first option that is in it)
    {branch: <rule>, options: {"yes": step}, else: step}
    {run: surf, next: again}         another flow; its answers are `<step>.<save>`
        give: {before: before}       its `before` is our `before`, if answered: the step that asks it is passed over
        take: {after: after}         when it ends, our `after` is its `after`

Where a step is named as a target, `end` ends the flow. `save` is a name of the answer, default: the step's (a show saves nothing).
A rule is `has_<fact>` or `has_no_<fact>`; a fact is a name under which compose gives a provider. `skip: false` leaves Skip out.
Texts of the whole flow: `<flow>.title` (its name in lists); with a picture `<flow>.picture_title`, `_twin` and `_point` (with $at
and $rating). Scale, many and words have a text `<flow>.<step>_label`: the name of the answer in the summary and of a form's field.
Optional texts: the `_label` of a choice or timer (without it the summary leaves the answer out), `<flow>.summary` (heading),
`<flow>.keep` (label of Keep), `<flow>.kept` (what is said then). Names: `a-z0-9_`; options at most 14 characters.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

END = "end"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    next: str
    hide: str = ""  # a rule


@dataclass(frozen=True, slots=True)
class Step:
    """What every step has. `next` is a step's name, END, or "" when only the options say where to go."""

    name: str
    next: str
    save: str = ""
    skip: bool = True


@dataclass(frozen=True, slots=True)
class Show(Step):
    press: str = ""
    lines: str = ""
    recall: str = ""


@dataclass(frozen=True, slots=True)
class Scale(Step):
    low: int = 0
    high: int = 10


@dataclass(frozen=True, slots=True)
class Choice(Step):
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Many(Step):
    options: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Write(Step):
    """Words of the person's own; `lines` is 0 for one text, else how many lines at most."""

    longest: int = 500
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Timer(Step):
    """`minutes` is a number, or the `save` of the answer that holds it; `every` 0 is a timer that is not watched."""

    minutes: str | int = 1
    every: int = 0
    prompts: int = 0
    rate: str = ""
    low: int = 0
    high: int = 10
    recall: str = ""


@dataclass(frozen=True, slots=True)
class Branch(Step):
    """Nobody sees it. `on` is the `save` of an earlier answer, or a rule (then the value is "yes" or "no")."""

    on: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Step):
    flow: "Flow"
    give: tuple[tuple[str, str], ...] = ()  # (theirs, ours)
    take: tuple[tuple[str, str], ...] = ()  # (ours, theirs)


AnyStep = Show | Scale | Choice | Many | Write | Timer | Branch | Run


@dataclass(frozen=True, slots=True)
class Picture:
    """Ratings over time for the summary, by names under `save`."""

    kind: str
    before: str
    ratings: str
    after: str


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """`version` changes when anything of the flow (or of one that it runs) does. Equal only to itself: it is loaded once."""

    name: str
    start: str
    steps: Mapping[str, AnyStep]
    version: str
    fresh_after: int = 0
    picture: Picture | None = None
    commands: tuple[str, ...] = ()
    places: Mapping[str, AnyStep] = field(init=False)
    marks: Mapping[str, str] = field(init=False)
    facts: frozenset[str] = field(init=False)  # those that its rules and lists ask for

    def __post_init__(self) -> None:
        places = dict(_places(self, ""))
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "marks", {mark(place): place for place in places})
        object.__setattr__(self, "facts", frozenset(fact for step in places.values() for fact in _facts(step)))


def _places(flow: Flow, before: str) -> Iterator[tuple[str, AnyStep]]:
    for name, step in flow.steps.items():
        yield before + name, step
        if isinstance(step, Run):
            yield from _places(step.flow, f"{before}{name}/")


def mark(place: str) -> str:
    """Return the four characters that name a place (`surf/ride`) in a button; the same in every version of the flow."""
    return hashlib.blake2s(place.encode(), digest_size=2).hexdigest()


def fact_of(rule: str) -> str:
    """Return the fact that a rule asks for, or "" when the name is no rule."""
    return rule.removeprefix("has_no_" if rule.startswith("has_no_") else "has_") if rule.startswith("has_") else ""


def holds(rule: str, facts: Mapping[str, tuple[str, ...]]) -> bool:
    """Is the rule true? A fact that nobody provides has no lines."""
    return bool(facts.get(fact_of(rule))) != rule.startswith("has_no_")


def _facts(step: AnyStep) -> Iterator[str]:
    match step:
        case Choice(options=options):
            yield from (fact_of(option.hide) for option in options if option.hide)
        case Branch(on=on) if fact_of(on):
            yield fact_of(on)
        case Show(lines=lines) if lines:
            yield lines


def owner(flow: Flow, place: str) -> Flow:
    """Return the flow that a place's step stands in (the innermost one)."""
    inner = flow
    for _, run in runs(flow, place):
        inner = run.flow
    return inner


def head(place: str) -> str:
    """Return what a place begins with: `surf/` for `surf/ride`, "" for `safe`."""
    return place[: place.rfind("/") + 1]


def runs(flow: Flow, place: str) -> Iterator[tuple[str, Run]]:
    """Yield the run steps that a place stands in, the outermost first, with their places."""
    parts = place.split("/")
    for depth in range(1, len(parts)):
        step = flow.places["/".join(parts[:depth])]
        assert isinstance(step, Run)
        yield "/".join(parts[:depth]), step


def prefix(place: str) -> str:
    """Return what stands before the names of the answers given at a place: `surf.` for `surf/ride`."""
    return head(place).replace("/", ".")
