"""The checklist, and words for moments in a meeting. Neither counts or ranks anybody."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.ids import CommunityId
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Paragraph, Text
from bot.core.screens import in_rows
from bot.core.texts import Say, say_h, say_p
from handlers.roster.records import ITEMS, Ticks
from handlers.roster.views import corner_button


def training(say: Say, community: CommunityId, ticks: Ticks) -> Reply:
    lines = tuple(
        say("roster.ticked" if n in ticks.items else "roster.unticked", n=n, item=say.label(f"training.item_{n}"))
        for n in range(1, ITEMS + 1)
    )
    buttons = [
        Button(
            say.label("roster.ticked_button" if n in ticks.items else "roster.tick_button", n=n),
            Press("roster", "tick", community, str(n)),
            Style.MAIN if n in ticks.items else Style.PLAIN,
        )
        for n in range(1, ITEMS + 1)
    ]
    blocks: tuple[Block, ...] = (say_h(say, "training.title"), say_p(say, "training.intro"), Bullets(lines))
    return Reply(blocks, To.ONLY_YOU, (*in_rows(buttons, 4), (corner_button(say, community),), help_row(say)))


def phrases(say: Say, subject: str, name: str, names: Sequence[str], *, from_panel: bool) -> Reply:
    """The moments to choose from; with `name`, what one could say in that one."""
    panel = Press("meetings", "panel", subject) if from_panel else Press("roster", "corner", subject)
    back = Button(say.label("roster.panel_button" if from_panel else "common.back"), panel)
    if name:
        wordings = [line for line in say.label(f"phrases.{name}").splitlines() if line.strip()]
        blocks: tuple[Block, ...] = (say_h(say, f"phrases.{name}_title"), *(Paragraph((Text(line),)) for line in wordings))
        more = Button(say.label("roster.say_more_button"), Press("roster", "say", subject))
        return Reply(blocks, To.ONLY_YOU, ((more, back), help_row(say)))
    buttons = [Button(say.label(f"phrases.{one}_title"), Press("roster", "say", subject, one)) for one in names]
    intro = (say_h(say, "phrases.title"), say_p(say, "phrases.intro"))
    return Reply(intro, To.ONLY_YOU, (*in_rows(buttons, 4), (back,), help_row(say)))
