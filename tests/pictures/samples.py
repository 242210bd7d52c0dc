"""What a person of the documentation entered: one picture of each kind."""

from bot.core.replies import Picture

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_EVENINGS = {18: (0, 1, 4, 4), 19: (4, 4, 5), 20: (3, 4, 4, 4, 4, 5, 5), 21: (4, 4, 5, 5, 5), 22: (5, 5), 13: (6,), 7: (0, 0)}

SAMPLES: tuple[Picture, ...] = (
    Picture(
        "table",
        "Both sides",
        tuple((float(box), 0.0) for box in (0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3)),
        (
            *("What it gives me", "What it costs me", "What I would gain", "What I would miss"),
            *("It calms me down", "The evening feels short", "Company", "Bad sleep", "Money", "Trust at home"),
            *("Clear mornings", "Money for the bike", "My sister calls again", "The treat on Friday", "Being part of it"),
        ),
        rows=(
            ("Short term", "Long term"),
            *(("Short term", "4/5"), ("Short term",), ("Short term", "2/5"), ("Short term",), ("Long term", "4/5")),
            *(("Long term", "5/5"), ("Short term",), ("Long term",), ("Long term", "5/5"), ("Short term",), ("Short term",)),
        ),
    ),
    Picture(
        "radar",
        "My wheel",
        ((7, 5), (4, 4), (8, 8), (3, 6), (5, 2), (6, 5), (9, 7)),
        ("Health", "Friends", "Family", "Work", "Free time", "Money", "Learning new things"),
        rows=(("Today", "October 24"),),
    ),
    Picture(
        "trend",
        "How much it matters, how sure I am",
        tuple((float(n), float(y)) for line in ((6, 7, 7, 9, 8), (2, 3, 5, 4, 6)) for n, y in enumerate(line)),
        ("Jul 4", "Aug 1", "Sep 5", "Oct 3", "Nov 7"),
        rows=(("How much it matters", "How sure I am"),),
    ),
    Picture(
        "days",
        "My last four weeks",
        ((0.8, 4), (3.8, 6), (7.8, 5), (8.4, 5), (14.9, 7), (17.8, 3), (21.8, 6), (24.8, 6), (27.8, 8)),
        ("Nov 3", "Nov 10", "Nov 17", "Nov 24"),
    ),
    Picture(
        "rows",
        "My goal",
        rows=(
            ("The goal", "Walk home through the park after work, three times a week"),
            ("How I see it", "A tick in the calendar on the fridge"),
            ("By", "December 19, 2026"),
            ("Steps", "Put shoes in the office", "Ask Kim to come along on Fridays", "Leave at half past five"),
            ("First step", "Put shoes in the office"),
        ),
    ),
    Picture(
        "pairs",
        "What it says, what I answer",
        labels=("It says", "I answer"),
        rows=(
            ("Just this one.", "It was never one. Last time it was Sunday before I stopped."),
            ("You deserve it.", "I deserve a good evening, and I know how the night ends."),
            ("Nobody will know.", "I will."),
        ),
    ),
    Picture(
        "compare",
        "Expected and found, 0 to 10",
        ((4, 7), (8, 6), (3, 3)),
        ("Swimming with Rosa", "Cooking something new", "The choir, first evening"),
        rows=(("Expected", "Found"),),
    ),
    Picture(
        "ladder",
        "How hard each one is",
        ((0, 0), (0, 1), (1, 2), (1, 3), (2, 4)),
        ("Hard", "Sometimes hard", "Rarely hard"),
        rows=(
            ("Payday", "Send the rent first, then go straight to the pool"),
            ("Alone on Friday evening", "Call Kim before six"),
            ("An argument", ""),
            ("Being tired", ""),
            ("The bar at the corner", ""),
        ),
    ),
    Picture(
        "grid",
        "Ways, effort, benefit",
        ((2, 3), (3, 3), (1, 3), (2, 3), (3, 3), (2, 3)),
        ("Ways", "Effort", "Benefit", "I try first"),
        rows=(
            ("Ask for another shift", "Medium", "High", "yes"),
            ("Take the other way home", "Low", "Medium", ""),
            ("Change the job altogether", "High", "Medium", ""),
        ),
    ),
    Picture(
        "week",
        "My seven days",
        ((0, 0), (2, 1), (2, 2), (5, 3)),
        ("Tue Nov 24", "Wed Nov 25", "Thu Nov 26", "Fri Nov 27", "Sat Nov 28", "Sun Nov 29", "Mon Nov 30"),
        rows=(
            ("18:30", "Walk with Ana"),
            ("07:15", "Swim before work"),
            ("", "Call the advice centre"),
            ("10:00", "Market, and cook"),
        ),
    ),
    Picture(
        "heat",
        "When urges came",
        tuple((float(hour), float(day)) for hour, days in _EVENINGS.items() for day in days),
        _DAYS,
        rows=(tuple(f"{hour:02}:00" for hour in range(24)),),
    ),
    Picture(
        "counts",
        "What set it off most often",
        tuple((float(n), float(count)) for n, count in enumerate((14, 9, 6, 4, 1))),
        ("A feeling", "Being tired", "A place", "Money", "Something to celebrate"),
    ),
    Picture(
        "bars",
        "Meetings held, by how many came",
        tuple((float(n), float(y)) for part in ((1, 2, 0, 1), (3, 2, 4, 4), (1, 2, 2, 3)) for n, y in enumerate(part)),
        ("Aug", "Sep", "Oct", "Nov", "0 to 4", "5 to 9", "10 to 19"),
    ),
    Picture(
        "reach",
        "How the weeks were, 0 to 10",
        (
            *((0.0, 1.0), (1.0, 0.0), (0.0, 2.0), (1.0, 0.0), (-1.0, -1.0), (-1.0, -1.0), (1.0, 1.0), (1.0, 0.0)),
            *((1.0, 2.0), (1.0, 0.0), (1.0, 2.0), (2.0, 0.0), (-1.0, -1.0), (-1.0, -1.0), (1.0, 2.0), (2.0, 0.0)),
        ),
        ("0 to 3", "4 to 6", "7 to 10", "People", "Answers near it", "The answer in the middle"),
        rows=(
            *(("Sep 28 – Oct 4", "5 to 9"), ("Oct 5 – 11", "10 to 19"), ("Oct 12 – 18", ""), ("Oct 19 – 25", "5 to 9")),
            *(("Oct 26 – Nov 1", "5 to 9"), ("Nov 2 – 8", "10 to 19"), ("Nov 9 – 15", ""), ("Nov 16 – 22", "20 to 49")),
        ),
    ),
    Picture("wave", "How strong it was, 0 to 10", ((0.0, 8.0), (0.75, 9.0), (1.5, 7.0), (2.25, 4.0), (3.0, 3.0))),
)
