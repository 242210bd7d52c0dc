"""Small flows for tests of the engine: SMALL has the kinds of an urge, LINES those about the person's own lines."""

from bot.core.flow import (
    END,
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

RIDE = Flow(
    "ride",
    "long",
    {
        "long": Choice(name="long", next="before", save="long", skip=False, options=(Option("3", "before"), Option("5", "before"))),
        "before": Scale(name="before", next="go", save="before"),
        "go": Timer(name="go", next="after", save="ridden", minutes="long", every=45, prompts=4, rate="ratings"),
        "after": Scale(name="after", next=END, save="after"),
    },
    "r1",
)

KINDS = (Option("ride", "ride"), Option("list", "list"), Option("mine", "mine", "has_no_lines"))

SMALL = Flow(
    "small",
    "rate",
    {
        "rate": Scale(name="rate", next="kind", save="rate"),
        "kind": Choice(name="kind", next="words", save="kind", options=KINDS),
        "ride": Run(name="ride", next="words", flow=RIDE, give=(("before", "rate"),), take=(("rate_now", "after"),)),
        "list": Write(name="list", next="chips", save="list", longest=20, lines=3),
        "mine": Show(name="mine", next="words", lines="lines"),
        "chips": Many(name="chips", next="which", save="chips", options=("a", "b", "c"), least=1),
        "which": Branch(name="which", next="words", on="chips", options=(Option("b", "wait"),)),
        "wait": Timer(name="wait", next="words", save="waited", minutes=10),
        "words": Write(name="words", next=END, save="words", longest=20),
    },
    "s1",
)

LINES = Flow(
    "lines",
    "list",
    {
        "list": Write(name="list", next="each", save="list", longest=20, lines=6, chips=("home",), offer=("small.list",)),
        "each": Each(name="each", next="best", save="each", of=("list",), ask="choice", options=("short", "long")),
        "best": PickLine(name="best", next="some", save="best", of=("list",)),
        "some": PickLine(name="some", next="rank", save="some", of=("list",), most=3, least=1),
        "rank": Order(name="rank", next="rate", save="rank", of=("some",)),
        "rate": Each(name="rate", next="high", save="rate", of=("list",), only=("each", "long"), ask="scale"),
        "high": Branch(name="high", next="who", on="list", test="above_2", options=(Option("yes", "note"),)),
        "note": Write(name="note", next="who", save="note", longest=50, echo=("best", "each")),
        "who": Fields(name="who", next="day", fields=(("name", 20), ("how", 40))),
        "day": Date(name="day", next="hour", save="day"),
        "hour": Time(name="hour", next="think", save="hour"),
        "think": Timer(name="think", next="last", save="thought", minutes=3, every=60, prompts=2, write="ideas", lines=4),
        "last": Each(name="last", next=END, save="last", of=("ideas",), ask="words", longest=30),
    },
    "l1",
)
