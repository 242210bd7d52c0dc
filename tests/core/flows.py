"""Small flows for tests of the engine."""

from bot.core.flow import END, Branch, Choice, Flow, Many, Option, Run, Scale, Show, Timer, Write

RIDE = Flow(
    "ride",
    "long",
    {
        "long": Choice("long", "before", "long", False, (Option("3", "before"), Option("5", "before"))),
        "before": Scale("before", "go", "before"),
        "go": Timer("go", "after", "ridden", True, "long", 45, 4, "ratings"),
        "after": Scale("after", END, "after"),
    },
    "r1",
)

SMALL = Flow(
    "small",
    "rate",
    {
        "rate": Scale("rate", "kind", "rate"),
        "kind": Choice(
            "kind", "words", "kind", True, (Option("ride", "ride"), Option("list", "list"), Option("mine", "mine", "has_no_lines"))
        ),
        "ride": Run("ride", "words", flow=RIDE, give=(("before", "rate"),), take=(("rate_now", "after"),)),
        "list": Write("list", "chips", "list", True, 20, 3),
        "mine": Show("mine", "words", lines="lines"),
        "chips": Many("chips", "which", "chips", True, ("a", "b", "c"), 1),
        "which": Branch("which", "words", on="chips", options=(Option("b", "wait"),)),
        "wait": Timer("wait", "words", "waited", True, 10),
        "words": Write("words", END, "words", True, 20),
    },
    "s1",
)
