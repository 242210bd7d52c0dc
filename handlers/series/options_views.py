"""The panel of a series' options: what they are, buttons that switch one, and a form for values."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.meetings import Audience, Options, Series
from bot.core.outlines import format_name
from bot.core.replies import Button, Choice, Field, FieldKind, Form, Press, Reply, To
from bot.core.richtext import Block, Bullets, Heading, Nodes, Text, Words
from bot.core.screens import cut
from bot.core.texts import Say, say_p
from handlers.series import choices
from handlers.series.views import FEATURE, button


def panel(
    say: Say, series: Series, subject: str, formats: Sequence[str], above: Sequence[Block] = (), *, is_draft: bool = False
) -> Reply:
    """`subject`: the series, or the draft whose options are shown."""
    options = series.options
    head: tuple[Block, ...] = tuple(above) or (Heading((Words(series.title),)),)
    lines = Bullets(tuple(_lines(say, options)))
    switches = [_switch(say, subject, options, name) for name in choices.SWITCHES]
    other = Audience.PARTICIPANTS if options.audience is Audience.FAMILY else Audience.FAMILY
    ways = [
        _set(say, subject, f"to_{other.value}", f"for_{other.value}"),
        _set(say, subject, f"admit_{choices.after(options.admission).value}", f"in_{choices.after(options.admission).value}"),
    ]
    back = button(say, "back_to_draft", "look", subject) if is_draft else button(say, "look_button", "show", subject)
    last = (button(say, "values_button", "values", subject), back)
    rows = (tuple(switches[:2]), tuple(switches[2:]), tuple(ways), last, help_row(say))
    return Reply((*head, say_p(say, "series.options_now"), lines), To.ONLY_YOU, rows)


def _switch(say: Say, subject: str, options: Options, name: str) -> Button:
    is_on = bool(getattr(options, name))
    label = say.label("series.turn_off" if is_on else "series.turn_on", what=say.label(f"series.option_{name}"))
    return Button(cut(label), Press(FEATURE, "set", subject, f"{name}_{0 if is_on else 1}"))


def _set(say: Say, subject: str, key: str, value: str) -> Button:
    return button(say, key, "set", subject, value)


def _lines(say: Say, options: Options) -> list[Nodes]:
    lines = [say(f"series.for_{options.audience.value}"), say(f"series.is_{options.admission.value}")]
    lines += [say(f"series.has_{name}") for name in choices.SWITCHES if getattr(options, name) and name != "self_run"]
    lines.append(say("series.has_self_run" if options.self_run else "series.has_no_self_run"))
    if options.format:
        lines.append(say("series.has_format", format=format_name(say, options.format)))
    if options.language:
        lines.append(say("series.has_language", language=language_name(say, options.language)))
    if options.capacity:
        lines.append(say("series.has_capacity", count=options.capacity))
    if options.minutes_each:
        lines.append(say("series.has_minutes_each", count=options.minutes_each))
    if options.link:
        lines.append((*say("series.has_link"), Text(" "), Words(options.link)))
    return lines


def language_name(say: Say, tag: str) -> str:
    key = f"series.language_{tag}"
    return say.label(key) if say.has(key) else tag


def values_form(say: Say, subject: str, options: Options, formats: Sequence[str], languages: Sequence[str]) -> Form:
    """The options that are no switches."""
    named = [Choice("auto", say.label("series.format_auto")), *(Choice(name, format_name(say, name)[:40]) for name in formats[:24])]
    spoken = [Choice("home", say.label("series.language_home")), *(Choice(tag, language_name(say, tag)) for tag in languages[:24])]
    return Form(
        Press(FEATURE, "values", subject),
        say.label("series.values_title"),
        (
            Field(
                "format", say.label("series.field_format"), FieldKind.CHOICE, value=options.format or "auto", choices=tuple(named)
            ),
            Field(
                "language",
                say.label("series.field_language"),
                FieldKind.CHOICE,
                value=options.language or "home",
                choices=tuple(spoken),
            ),
            Field(
                "capacity",
                say.label("series.field_capacity"),
                hint=say.label("series.hint_capacity"),
                value=str(options.capacity),
                required=False,
                longest=6,
            ),
            Field(
                "link",
                say.label("series.field_link"),
                hint=say.label("series.hint_link"),
                value=options.link,
                required=False,
                longest=choices.LONGEST_LINK,
            ),
            Field(
                "each",
                say.label("series.field_each"),
                hint=say.label("series.hint_each"),
                value=str(options.minutes_each),
                required=False,
                longest=4,
            ),
        ),
    )
