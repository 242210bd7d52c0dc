"""The help cards, built from memory. Asking for help is not stored, counted or told to anyone."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.help_lines import HelpLine, HelpLines, shown
from bot.core.ports import Unit
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Node, Nodes, Paragraph, Phone, Strong, Text
from bot.core.texts import Say, Texts
from handlers.safety.rules import doors, lines_of, month

# card: the kinds of lines it shows
CARDS = {
    "overdose": ("emergency", "poison"),
    "stopping": ("emergency", "substance"),
    "suicide": ("emergency", "suicide_crisis"),
    "unsafe": ("emergency", "domestic_violence"),
    "poison": ("emergency", "poison"),
    "after": ("emergency", "substance"),
    "other": ("substance", "gambling"),
}
STEPS = {"overdose": 6, "stopping": 4, "suicide": 4, "unsafe": 4, "poison": 3, "after": 4, "other": 1}
CALL_FIRST = ("suicide", "unsafe")  # a voice comes before advice
BACK = "back"  # from a card: the first screen takes its place; from anywhere else it is a message of its own
ON_FIRST_SCREEN = (("overdose", "stopping"), ("suicide", "unsafe"), ("poison", "other"))


class HelpCards:
    """Every card of a country and a language is made once and kept. `confirmed`: countries whose lines the host has confirmed."""

    def __init__(self, texts: Texts, lines: HelpLines, confirmed: frozenset[str] = frozenset()) -> None:
        self._texts = texts
        self._lines = lines
        self._confirmed = confirmed
        self._made: dict[tuple[str, str, str], Reply] = {}

    async def command(self, call: Call, unit: Unit) -> Reply:
        return self.reply(call)

    def reply(self, call: Call) -> Reply:
        """Return the card asked for. It touches nothing but memory, so it may be called with no database and no person."""
        press = call.incoming.press
        name = press.action if press is not None and press.action in CARDS else "now"
        card = self.card(name, call.country, call.language)
        return replace(card, replace=True) if press is not None and press.value == BACK else card

    def card(self, name: str, country: str, language: str) -> Reply:
        key = (name, country, language)
        if key not in self._made:
            say = self._texts.of(language)
            self._made[key] = self._first(say, country) if name == "now" else self._card(say, name, country)
        return self._made[key]

    def emergency(self, country: str, say: Say) -> Nodes:
        """Return the country's emergency number, or the words "your local emergency number"."""
        numbers = [line.phone for line in self._shown(country) if line.kind == "emergency" and line.phone]
        return (Phone(numbers[0]),) if numbers else say("safety.local_emergency")

    def _shown(self, country: str) -> Sequence[HelpLine]:
        return shown(self._lines.lines, country, self._confirmed)

    def _first(self, say: Say, country: str) -> Reply:
        two = doors(self._shown(country), say.language)
        blocks: list[Block] = [
            Paragraph((Strong(say("safety.danger")), Text(" "), *self.emergency(country, say))),
            Paragraph((Strong(say("safety.talk")),)),
            Bullets((*(_line(line, say) for line in two), *([] if len(two) > 1 else [say("safety.find_a_helpline")]))),
            Paragraph(say("safety.nobody_answers")),
            Paragraph(say("safety.a_program")),
            Paragraph(say("safety.checked", month=month(self._lines.checked, say.language))),
        ]
        rows = tuple(
            tuple(Button(say.label(f"safety.{card}_button"), Press("safety", card), Style.PLAIN) for card in row)
            for row in ON_FIRST_SCREEN
        )
        if not two:  # nobody's country is guessed: they may say it
            rows = (*rows, (Button(say.label("safety.country_button"), Press("settings", "country")),))
        return Reply(tuple(blocks), To.ONLY_YOU, rows, replace=False)

    def _card(self, say: Say, name: str, country: str) -> Reply:
        steps = tuple(say(f"safety.{name}_{n}") for n in range(1, STEPS[name] + 1))
        lines = lines_of(self._shown(country), CARDS[name], say.language)
        bullets = tuple(_line(line, say) for line in lines if line.kind != "emergency")
        blocks: list[Block] = [Paragraph((Strong(say(f"safety.{name}_title")),))]
        if name != "other":
            blocks.append(Paragraph((Strong(say("safety.danger")), Text(" "), *self.emergency(country, say))))
        what_to_do: Block = Bullets(steps) if len(steps) > 1 else Paragraph(steps[0])
        whom_to_call: list[Block] = []
        if bullets:
            whom_to_call = [Bullets(bullets)]
        elif name in CALL_FIRST:
            whom_to_call = [Paragraph(say("safety.find_a_helpline"))]
        elif name == "other":
            whom_to_call = [Paragraph(say("safety.no_line"))]
        blocks += [*whom_to_call, what_to_do] if name in CALL_FIRST else [what_to_do, *whom_to_call]
        back = Button(say.label("safety.back_button"), Press("safety", "now", "", BACK))
        after = [Button(say.label("safety.after_button"), Press("safety", "after"))] if name in ("overdose", "stopping") else []
        return Reply(tuple(blocks), To.ONLY_YOU, ((*after, back),))


def _line(line: HelpLine, say: Say) -> Nodes:
    """Return "name: number (or text: …)", numbers as they stand in the data, hours where they are not always."""
    nodes: list[Node] = [Text(f"{line.name}: ")]
    if line.phone:
        nodes.append(Phone(line.phone))
    if line.text and line.text != line.phone:
        nodes += [*([Text(", ")] if line.phone else []), *say("safety.text_to"), Text(" "), Phone(line.text)]
    if line.hours not in ("", "24/7"):
        nodes.append(Text(f" ({line.hours})"))
    return tuple(nodes)
