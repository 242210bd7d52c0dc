"""One question of a form: how it looks, and how a typed answer is read. Pure."""

from bot.core.errors import BadInput
from bot.core.help import help_now
from bot.core.replies import Button, Choice, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Emphasis, Heading, Nodes, Paragraph, Strong, Text, Words
from bot.core.texts import Say, Value, say_p

LABEL = 40
_ASKS = {FieldKind.CHOICE: "form.choose", FieldKind.FILE: "form.send_file"}
SHORT_LABELS, MIDDLE_LABELS = 10, 18  # so long that three, or two, fit in a row on a phone


class Needed(BadInput):
    text_key = "form.needed"


class TooLongHere(BadInput):
    text_key = "form.too_long"


class NoChoice(BadInput):
    text_key = "form.pick_one"


def read(field: Field, words: str) -> str:
    """Return a typed answer as the field keeps it. Raises Needed, TooLongHere or NoChoice; none repeats the words."""
    typed = words.strip()
    if field.kind is FieldKind.CHOICE:
        return _chosen(field, typed).value
    if field.kind is FieldKind.SHORT:
        typed = " ".join(typed.split())
    if not typed and field.required:
        raise Needed
    if len(typed) > field.limit:
        raise TooLongHere(length=len(typed), limit=field.limit)
    return typed


def _chosen(field: Field, typed: str) -> Choice:
    """Find by label, by value, or by number from 1; a number that is itself a label or value is taken as that."""
    wanted = typed.casefold()
    for choice in field.choices:
        if wanted in (choice.label.casefold(), choice.value.casefold()):
            return choice
    if typed.isascii() and typed.isdecimal() and len(typed) < 3 and 1 <= int(typed) <= len(field.choices):
        return field.choices[int(typed) - 1]
    raise NoChoice(length=len(typed))


def screen(say: Say, form: Form, index: int, above: tuple[Block, ...] = ()) -> Reply:
    """Return the question of field `index`: where it stands, what it asks, what it holds now, and its buttons."""
    field = form.fields[index]
    title: Nodes = (Text(form.title),)
    if len(form.fields) > 1:
        title = (*title, Text(" · "), *say("form.step", n=index + 1, of=len(form.fields)))
    blocks: list[Block] = [*above, Heading(title), Paragraph((Strong((Text(field.label),)),))]
    if field.hint:
        blocks.append(Paragraph((Emphasis((Text(field.hint),)),)))
    if field.value and field.kind is not FieldKind.FILE:
        blocks.append(say_p(say, "form.present", value=Words(_shown(field))))
    blocks.append(say_p(say, _ASKS.get(field.kind, "form.write")))
    return Reply(tuple(blocks), To.PRIVATE, (*_choices(field, index), *_ways(say, field, index)))


def _shown(field: Field) -> str:
    return next((choice.label for choice in field.choices if choice.value == field.value), field.value)


def _choices(field: Field, index: int) -> tuple[Row, ...]:
    longest = max((len(choice.label) for choice in field.choices), default=0)
    in_row = 3 if longest <= SHORT_LABELS else 2 if longest <= MIDDLE_LABELS else 1
    buttons = [
        Button(
            choice.label[:LABEL],
            Press("form", "choose", str(index), str(n)),
            Style.MAIN if choice.value == field.value else Style.PLAIN,
        )
        for n, choice in enumerate(field.choices)
    ]
    return tuple(tuple(buttons[n : n + in_row]) for n in range(0, len(buttons), in_row))


def _ways(say: Say, field: Field, index: int) -> tuple[Row, ...]:
    first: list[Button] = []
    if index > 0:
        first.append(Button(say.label("form.back"), Press("form", "back", str(index))))
    if field.value or not field.required:
        key = "form.keep" if field.value else "form.skip"
        first.append(Button(say.label(key), Press("form", "skip", str(index))))
    cancel = Button(say.label("form.cancel"), Press("form", "cancel", str(index)))
    return (tuple(first), (cancel, help_now(say))) if first else ((cancel, help_now(say)),)


def closed(say: Say, key: str) -> Reply:
    return Reply((say_p(say, key),), To.ONLY_YOU, ((help_now(say),),))


def why(say: Say, key: str, **values: Value) -> tuple[Block, ...]:
    return (say_p(say, key, **values),)


def numbers(error: BadInput) -> dict[str, Value]:
    """Return what of an error's detail a text may show."""
    return {name: value for name, value in error.detail.items() if isinstance(value, int | float | str)}
