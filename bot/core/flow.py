"""A conversation as data. `flow_advance.py` runs it; `content/flows/<name>.yaml` holds it; texts are keys `<flow>.<step>`.

    flow: urge                       # the file's name; texts are in content/texts/<language>/urge.yaml
    commands: [urge, craving]        # optional: /urge and its other names begin it; described by the text `urge.command_urge`
    point: 2                         # optional, where lists put it: 1 to 4 (the method's points), or family
    start: strength                  # the first step
    fresh_after: 30                  # optional, minutes: begun again later than this, it starts anew (the old stays in /continue)
    steps:
      strength: {ask: scale, range: [0, 10], save: before, next: safe}
      safe:     {ask: choice, options: {"yes": choose, "no": help}, next: choose}
      again:    {ask: scale, range: [0, 10], save: after, end: true}

Every step but a branch and a choice says `next: <step>` or `end: true`. Back, Skip, Save and stop, Discard, Help now and the
summary (Keep, Delete now, Change an answer, Send me a file) are the engine's and are not written. Step kinds, with their texts:

    {show: text}                     text `<flow>.<step>` (a blank line makes a paragraph), button Next
        press: safety:now            a main button with this press; its label is the text `<flow>.<step>_press`
        lines: pinned_reasons        lists what a fact provider returns (the person's own lines)
        save: mine                   with `lines`: from Next on they are an answer, that an each or a pick may be about
        recall: pick                 lists the texts `<flow>.<pick's step>_<option>_now` of what was picked under this `save`
    {ask: scale, range: [0, 10]}     one whole number, by button or typed; at most 15 numbers
    {ask: choice, options: {a: step, b: end}}   or `options: [a, b]` with `next`; button texts `<flow>.<step>_<option>`
        hide: {a: has_no_reasons}    leaves an option out by a rule
        next: <step>                 with a mapping of options: where Skip goes (without it there is no Skip)
    {ask: many, options: [a, b]}     none, one or more, then Done; `least: 1` asks for one at least; texts as for choice
    {ask: words}                     the person's own words; `longest: 500` characters
        lines: 5                     a list of up to so many lines, then Done; each line once; a line can be taken out again
        chips: [family, health]      with `lines`: up to 30 suggestions to tap, in pages, texts `<flow>.<step>_<chip>`; tapped, the
                                     text is a line
        offer: [cba.gives]           answers of tools kept before (`<flow>.<save>`) that may be brought in here, after asking
    {ask: fields, fields: {who: 80, how: 300}}   up to 5 texts asked together (one form), each saved under its own name, with its
                                     longest; labels are the texts `<flow>.<step>_<field>`; one at least is filled in
    {ask: date}                      a day from today on (`past: true`: up to today), saved as `2026-12-01`
    {ask: time}                      a time of day, saved as `18:30`; both by button or typed
    {pick: lines}                    one of the lines saved under this name (or these: `pick: [gives, costs]`); saved as a text
        most: 5                      up to so many, saved as a list; `least: 1` asks for one at least
    {order: lines}                   ranks the lines by taps, two at a time; saved as a list, the first matters most
    {each: lines, ask: choice, options: [short, long]}   one question about each line of a list (or of these: `each: [a, b]`),
                                     saved as a mapping from the line to the answer. Asks only about lines without one; options at
                                     most 11 characters. `ask: scale` with `range` and `ask: words` with `longest` do as well
        items: [health, work]        in place of `each: <name>`: always these, texts `<flow>.<step>_<item>` (`each: items`)
        only: {rank: high}           only those whose answer under `rank` (of an earlier each) is `high`
    {each: own_questions, ask: own}  questions in somebody's own words: `each` names a fact here, whose lines say how each is asked
                                     (`flow_own.py`: a number from 0 to 10, one of its answers, words). They are held as they were
                                     when the step was met first: a change meanwhile changes nothing of what is under way. Saved as
                                     a mapping from the question to the answer; the text `<flow>.<step>` stands above each
    {timer: minutes}                 so many minutes as were chosen under this `save`, or a number; ends by itself, or by Done
        every: 45, prompts: 8        the message is edited every so many seconds: texts `<flow>.<step>_1` to `_8`, then from 1 again
        rate: ratings                with `range: [0, 10]`: numbers to tap meanwhile, saved as lines "<seconds> <number>"
        write: ideas                 with `lines: 15` and `longest: 200`: lines to write meanwhile, saved under this name
        recall: pick                 as above
                                     without `every` a quiet new message says that it is over: texts `<flow>.<step>_over` and
                                     `<flow>.<step>_over_late` (with $minutes). `save` keeps how many seconds it ran
    {branch: <save>, options: {a: step}, else: step}    goes on by an earlier answer (for a list or mapping: the first option in it)
        test: below_7                the answer's own text is not compared, but tested: "yes" or "no". Tests: answered, below_<n>,
                                     above_<n> (a number, or how many lines), has_number (a figure in the words)
    {branch: <rule>, options: {"yes": step}, else: step}
    {run: surf, next: again}         another flow; its answers are `<step>.<save>`
        give: {before: before}       its `before` is our `before`, if answered: the step that asks it is passed over
        take: {after: after}         when it ends, our `after` is its `after`

Any step with something to see may say `echo: [a, b]`: earlier answers are quoted above the question; and `flags: {pius: sentence}`:
the table of rules `pius` (`content/flags`) looks at the answer `sentence`, and what it found is said by the texts
`<flow>.flag_<name>`, or `<flow>.flag_none` where that is there.

Where a step is named as a target, `end` ends the flow. `save` is a name of the answer, default: the step's (a show has none unless
it says so).
A rule is `has_<fact>` or `has_no_<fact>`; a fact is a name under which compose gives a provider. `skip: false` leaves Skip out.
Texts of the whole flow: `<flow>.title` (its name in lists). Every step that saves has a text `<flow>.<step>_label`: the name of the
answer in the summary and of a form's field (optional for a choice or timer: without it the summary leaves the answer out).
Optional texts: `<flow>.summary` (heading), `<flow>.keep` (label of Keep), `<flow>.kept` (what is said then). A text with `_family`
at its end is said in its place to a relative (`family: true`). Names: `a-z0-9_`; options at most 14 characters.

What may stand beside the steps:

    stores: false                    at the end nothing is kept and nobody is asked: the last screen only closes. Where a feature
                                     does something of its own with the end, the last answer is the end
    again: add                       kept ones grow: begun again, the person chooses one to go on with (answers are there, with
                                     "Leave as it is"; lists get longer) or a new one. It is kept in the place of the old
    again: review                    the same, but it is kept as a new one beside the old, to compare them
    title: behaviour                 the answer by which the person knows it in that list (else its date)
    family: true                     also a tool for relatives: /family begins it, and texts with `_family` are used then
    gate: ask                        a family tool: "could this make things unsafe at home?" is asked before (the flow `gate`)
    gate: strict                     the same, and it does not open unless the answer is a clear no
    picture: {kind: wave, before: before, ratings: ratings, after: after}   for the summary; kinds and what they want:
        wave: before, ratings, after     ratings over a timer's minutes; texts `_title`, `_twin`, `_point` ($at, $rating)
        table: boxes (four lists)        two by two; marks (a mapping of each's, optional) is said behind each line
        radar: of (a mapping of numbers) also against the last one that was kept
        trend: of (one to three scales)  over all that were kept, the present one last
        rows: of (answers)               a card: each answer with its label
        pairs: left (a list), right (a mapping over it), or two answers: two columns; texts `<flow>.picture_left`, `_right`
        bars: before, after              two numbers, or two mappings over the same lines
        ladder: of (a mapping to low, medium, high), more (a mapping of words, optional)
        grid: of (a list), columns (mappings over it), chosen (an answer, optional)
        week: of (answers)               seven days from the day it is kept; `handlers/plans` draws it
                                     every kind has the text `<flow>.picture_title`; its twin is the summary
    then: {goal: {aim: different}}   tools offered once it is kept, with answers handed over if the person taps: our `different` is
                                     their `aim`. Label: the text `<flow>.then_goal`
    follow: {later: {if: {ask: "yes"}, minutes: 25, begin: urgelater}}   private messages afterwards, only where the answer says so.
                                     In place of `minutes`: `days: [1, 3, 7]` (each one at the hour of keeping), or
                                     `on: review` (a date's save) with `at: hour` (a time's save, or "09:00"). Text
                                     `<flow>.follow_later` (may be read on a locked screen: it names nothing), its button
                                     `<flow>.follow_later_go` begins the flow, and the entry's id is its subject
    kit: {reasons: {of: matters, if: {pin: "yes"}}}   lines for "My kit" (`reasons, values, dents, ifthens, people, voice`)
    calendar: {of: thing, day: day, time: hour}   an entry for a calendar file: the words, a date's and perhaps a time's save
    passing: true                    once it is kept, "Delete it in 24 hours" is offered (it can be taken back), and it is said that
                                     the chat itself stays
    look: plans:look                 a button on the last screen: this press; its label is the text `<flow>.look`
    compare: true                    once it is kept, "Beside the last time" is offered: each answer beside those kept before
    reviews: {of: goal, whole: steps, done: done, far: far}   kept about an entry of `goal`, it is noted in the log of that one: the
                                     day, how many of the lines `whole` are `done`, the number `far`. The log and a bar are shown
                                     at its first screen, at its end, and where the `goal` is gone on with. New lines of `whole` are
                                     added to the `goal`'s own, if it saves that name
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.flow_beside import (
    ADD,
    ASK,
    NOTHING_BESIDE,
    REVIEW,
    STRICT,
    Beside,
    CalendarEntry,
    Follow,
    Only,
    Picture,
    Pin,
    Reviews,
)
from bot.core.flow_steps import (
    END,
    AnyStep,
    Branch,
    Choice,
    Date,
    Each,
    Fields,
    Many,
    Option,
    Order,
    PickLine,
    Run,
    Scale,
    Show,
    Step,
    Time,
    Timer,
    Write,
)


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
    beside: Beside = NOTHING_BESIDE
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


def line_mark(line: str) -> str:
    """Return the six characters that name a line of the person's in a button."""
    return hashlib.blake2s(line.encode(), digest_size=3).hexdigest()


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
        case Each(fact=fact) if fact:
            yield fact
        case Write(offer=offer):
            yield from offer


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


__all__ = [
    "ADD", "ASK", "END", "REVIEW", "STRICT", "AnyStep", "Beside", "Branch", "CalendarEntry", "Choice", "Date", "Each", "Fields",
    "Flow", "Follow", "Many", "Only", "Option", "Order", "PickLine", "Picture", "Pin", "Reviews", "Run", "Scale", "Show", "Step",
    "Time", "Timer", "Write", "fact_of", "head", "holds", "line_mark", "mark", "owner", "prefix", "runs",
]  # fmt: skip
