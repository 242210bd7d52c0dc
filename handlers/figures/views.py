"""A month's figures, the last six months as a picture with the same in words, and the meetings one by one."""

from collections.abc import Mapping, Sequence
from datetime import date

from babel.dates import format_skeleton

from bot.core.help import help_row
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.replies import Button, File, Picture, Press, Reply, Row, To
from bot.core.richtext import Block, Bullets, Nodes, Words
from bot.core.texts import Say, say_h, say_p
from handlers.figures.rules import BANDS, LEAST_OF_SERIES, Month, Tally


def month_name(month: Month, language: str, skeleton: str = "yMMMM") -> str:
    return str(format_skeleton(skeleton, date(*month, 1), locale=language.replace("-", "_")))


def screen(
    say: Say,
    community: CommunityId,
    audience: Audience,
    audiences: Sequence[Audience],
    months: Mapping[Month, Tally],
    chosen: Month,
    *,
    replace: bool,
) -> Reply:
    blocks: list[Block] = [say_h(say, "figures.heading", month=month_name(chosen, say.language))]
    if len(audiences) > 1:
        blocks.append(say_p(say, f"figures.of_{audience}"))
    blocks += [Bullets(_lines(say, months[chosen])), say_p(say, "figures.how")]
    picture = _picture(say, months) if any(tally.held for tally in months.values()) else None
    return Reply(
        tuple(blocks), To.ONLY_YOU, _ways(say, community, audience, audiences, months, chosen), picture=picture, replace=replace
    )


def _lines(say: Say, tally: Tally) -> tuple[Nodes, ...]:
    lines = [
        say("figures.held", count=tally.held),
        say("figures.cancelled", count=tally.cancelled),
        say("figures.no_host", count=tally.no_host, self_run=tally.self_run),
    ]
    lines += [say("figures.band", people=band(say, n), count=count) for n, count in enumerate(tally.bands) if count]
    return tuple(lines)


def band(say: Say, number: int) -> str:
    low, high = BANDS[number]
    return say.label("figures.people", low=low, high=high) if high else say.label("figures.people_more", low=low)


def _picture(say: Say, months: Mapping[Month, Tally]) -> Picture:
    """Bars of the evenings held, each in its bands, the fewest people at the foot."""
    points = tuple(
        (float(column), float(tally.bands[n])) for n in range(len(BANDS)) for column, tally in enumerate(months.values())
    )
    names = tuple(month_name(month, say.language, "MMM") for month in months)
    twin = tuple(
        say("figures.twin", month=month_name(month, say.language), bands=_in_words(say, of)) for month, of in months.items()
    )
    labels = (*names, *(band(say, n) for n in range(len(BANDS))))
    title = say.label("figures.picture_title")
    return Picture("bars", title, points, labels, (say_p(say, "figures.picture_twin"), Bullets(twin)))


def _in_words(say: Say, tally: Tally) -> str:
    parts = [say.label("figures.twin_band", count=count, people=band(say, n)) for n, count in enumerate(tally.bands) if count]
    return ", ".join(parts) or say.label("figures.twin_none")


def _ways(
    say: Say,
    community: CommunityId,
    audience: Audience,
    audiences: Sequence[Audience],
    months: Mapping[Month, Tally],
    chosen: Month,
) -> tuple[Row, ...]:
    around: list[Button] = []
    for step, month in (("earlier", chosen.before), ("later", chosen.after)):
        if month in months:
            press = Press("figures", "of", community, f"{audience}_{month.code}")
            around.append(Button(say.label(f"figures.{step}_button", month=month_name(month, say.language, "MMM")), press))
    others = tuple(
        Button(say.label(f"figures.{other}_button"), Press("figures", "of", community, other.value))
        for other in audiences
        if other is not audience
    )
    more = (
        Button(say.label("figures.series_button"), Press("figures", "series", community, audience.value)),
        Button(say.label("figures.file_button"), Press("figures", "file", community, audience.value)),
    )
    return tuple(row for row in (tuple(around), others, more, help_row(say)) if row)


def series(say: Say, community: CommunityId, audience: Audience, found: Sequence[tuple[str, Tally]]) -> Reply:
    back = Button(say.label("common.back"), Press("figures", "of", community, audience.value))
    if not found:
        none = say_p(say, "figures.series_none", least=LEAST_OF_SERIES)
        return Reply((none,), To.ONLY_YOU, ((back,), help_row(say)))
    blocks: list[Block] = [say_h(say, "figures.series_heading")]
    for title, tally in found:
        blocks += [say_p(say, "figures.series_title", title=Words(title)), Bullets(_lines(say, tally))]
    blocks.append(say_p(say, "figures.series_how", least=LEAST_OF_SERIES))
    return Reply(tuple(blocks), To.ONLY_YOU, ((back,), help_row(say)))


def file(say: Say, content: bytes) -> Reply:
    made = File("figures.csv", content, "text/csv")
    return Reply((say_p(say, "figures.file"),), To.ONLY_YOU, (help_row(say),), file=made, replace=False)
