"""`openchair lines`: the help lines of a country, and the host's word that they were checked and are right."""

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.terminal import ConfigFile, err, leave, load_or_leave, out, say
from bot.core.clock import SystemClock
from bot.core.help_lines import HelpLine, shown

lines = typer.Typer(help="Help lines by country: see them, and confirm the ones that were not verified yet.", no_args_is_help=True)
Country = Annotated[str, typer.Argument(metavar="CC", help="A country's two letters, like DE; ZZ is any other.")]


@lines.command("list")
def list_lines(country: Country, config: ConfigFile = None) -> None:
    """Show a country's lines as the data has them, and which of them members see."""
    from rich.table import Table

    from bot.config.confirmed import read_confirmed

    data = load_or_leave(config, secrets=False).config.data
    code, found = _of(country)
    confirmed = read_confirmed(data, found)
    seen = shown(found, code, frozenset(confirmed))
    table = Table("shown", "kind", "name", "number", "text to", "languages", "verified in")
    for line in found:
        verified = line.source if line.verified else "not verified"
        table.add_row(
            "yes" if line in seen else "no", line.kind, line.name, line.phone, line.text, " ".join(line.languages), verified
        )
    out.print(table)
    if code in confirmed:
        say(f"Confirmed by the host on {confirmed[code]}.")
    elif len(seen) < len(found):
        say(f"{len(found) - len(seen)} are hidden. Check each on its own page or by calling, then: openchair lines confirm {code}")


@lines.command("confirm")
def confirm_lines(
    country: Country,
    config: ConfigFile = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="I have checked every number; do not ask.")] = False,
) -> None:
    """Say that you checked every line of a country (a wrong digit can kill): members see all of them from the next start on."""
    from bot.config.confirmed import write_confirmed

    data = load_or_leave(config, secrets=False).config.data
    code, found = _of(country)
    unverified = [line for line in found if not line.verified]
    if not unverified:
        say(f"Every line of {code} is verified already; there is nothing to confirm.")
        return
    for line in unverified:
        say(": ".join(part for part in (line.kind, line.name, line.phone, line.text and f"text {line.text}") if part))
    if not yes:
        if not err.is_terminal:
            leave("Nobody is here to answer. With every number checked: --yes")
        typer.confirm("Did you check each of these on the line's own page, or by calling it?", abort=True)
    write_confirmed(data, code, found, SystemClock().now().date())
    say(f"Confirmed: {code}. A running bot shows them after its next start.")


def _of(country: str) -> tuple[str, Sequence[HelpLine]]:
    from content.help_lines import load_help_lines

    code, known = country.upper(), load_help_lines().lines
    found = [line for line in known if line.country == code]
    if not found:
        leave(f"No lines are known for {code}. Known: {', '.join(sorted({line.country for line in known}))}")
    return code, found
