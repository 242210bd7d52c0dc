"""Screens of a plan: the week, and what may be done with it. A note that comes by itself names nothing: a locked phone shows it."""

from bot.core.features import Ending
from bot.core.help import help_now, help_row
from bot.core.replies import Button, File, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Text, Words
from bot.core.screens import done, told
from bot.core.texts import Say, say_h, say_p
from handlers.plans.calendar import MEDIA_TYPE, NAME, has_entries
from handlers.plans.records import Plan, PlanBody, Review
from handlers.plans.week import twin, week

OWN, NEUTRAL = "own", "neutral"


def look(say: Say, plan: Plan) -> Reply:
    """The plan whole, with its week as a picture."""
    body = plan.body
    blocks: list[Block] = [say_h(say, "plans.title"), *twin(say, body)]
    if body.gaps:
        blocks.append(say_p(say, "plans.gaps"))
        blocks.append(Bullets(tuple(_gap(gap, then) for gap, then in body.gaps)))
    if body.helper:
        blocks.append(say_p(say, "plans.helper", who=Words(body.helper)))
    if body.sure is not None:
        blocks.append(say_p(say, "plans.sure", sure=body.sure))
    if body.review is not None:
        blocks.extend(_review(say, body.review))
    if body.reminds or body.asks:
        blocks.append(say_p(say, "plans.writes"))
    return Reply(tuple(blocks), To.ONLY_YOU, _rows(say, plan), picture=week(say, body), replace=False)


def _gap(gap: str, then: str) -> tuple[Words | Text, ...]:
    return (Words(gap), Text(" → "), Words(then)) if then else (Words(gap),)


def _review(say: Say, review: Review) -> tuple[Block, ...]:
    lines = tuple((Words(what), Text(": "), *say(f"plans.went_{went}")) for what, went in review.went.items())
    return (say_p(say, "plans.went"), Bullets(lines)) if lines else ()


def _rows(say: Say, plan: Plan) -> tuple[Row, ...]:
    def button(name: str, style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"plans.{name}_button"), Press("plans", name, plan.id), style)

    first: Row = (button("review", Style.MAIN),) if plan.body.review is None else ()
    first += (Button(say.label("plans.new_button"), Press("plans", "start")),)
    second: Row = (button("calendar"),) if has_entries(plan) else ()
    if plan.body.reminds or plan.body.asks:
        second += (button("quiet"),)
    return tuple(row for row in (first, second, (button("delete"),), (help_now(say),)) if row)


def calendar_choice(say: Say, plan: Plan) -> Reply:
    """Which words stand in the calendar: it is seen on more screens than this chat."""
    buttons = tuple(
        (Button(say.label(f"plans.{which}_words"), Press("plans", "file", plan.id, which), style),)
        for which, style in ((NEUTRAL, Style.MAIN), (OWN, Style.PLAIN))
    )
    return Reply((say_p(say, "plans.calendar_ask"),), buttons=(*buttons, _back(say, plan)), replace=False)


def calendar_file(say: Say, content: bytes) -> Reply:
    return Reply(
        (say_p(say, "plans.calendar_here"),),
        To.PRIVATE,
        (help_row(say),),
        file=File(NAME, content, MEDIA_TYPE),
        replace=False,
    )


def ask_delete(say: Say, plan: Plan) -> Reply:
    yes = Button(say.label("plans.delete_yes"), Press("plans", "drop", plan.id), Style.STOP)
    return Reply((say_p(say, "plans.delete_ask"),), buttons=((yes,), _back(say, plan)), replace=False)


def deleted(say: Say) -> Reply:
    return done(say, "plans.deleted")


def quieted(say: Say) -> Reply:
    return told(say, "plans.quieted")


def gone(say: Say) -> Reply:
    """What a button of a plan that is not there gets, and one of somebody else's: the same."""
    new = Button(say.label("plans.new_button"), Press("plans", "start"))
    return Reply((say_p(say, "plans.gone"),), buttons=((new, help_now(say)),), replace=False)


def _back(say: Say, plan: Plan) -> Row:
    return (Button(say.label("common.back"), Press("plans", "look", plan.id)), help_now(say))


# Last screens of flows ----------------------------------------------------------------------------------------------


def kept(say: Say, body: PlanBody) -> tuple[Block, ...]:
    """What is said once a plan is kept."""
    dated = any(action.days for action in body.actions)
    return (say_p(say, "plans.kept_week" if dated else "plans.kept"),)


def reviewed(say: Say, *, left_open: bool = False) -> Ending:
    """`left_open`: something got in the way, and there is no line in the kit yet of what to do then."""
    said = say_p(say, "plans.reviewed")
    if not left_open:
        return Ending((said,))
    button = Button(say.label("plans.if_then_button"), Press("ifthen", "start"))
    return Ending((said, say_p(say, "plans.if_then")), ((button,),))


# What comes by itself -----------------------------------------------------------------------------------------------


def note(say: Say, plan: Plan) -> Reply:
    return _unasked(say, plan, "plans.note", "look")


def question(say: Say, plan: Plan) -> Reply:
    return _unasked(say, plan, "plans.question", "review")


def _unasked(say: Say, plan: Plan, key: str, action: str) -> Reply:
    go = Button(say.label(f"{key}_go"), Press("plans", action, plan.id), Style.MAIN)
    stop = Button(say.label("plans.quiet_button"), Press("plans", "quiet", plan.id))
    return Reply((say_p(say, key),), To.PRIVATE, ((go, stop), help_row(say)), replace=False)
