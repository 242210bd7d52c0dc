"""The host's tool: `openchair <command>`. One small file a command; what a command needs is imported when it runs."""

import typer

from bot.cli.check import check
from bot.cli.demo import demo
from bot.cli.doctor import doctor
from bot.cli.flows import flows
from bot.cli.init import init
from bot.cli.lines import lines
from bot.cli.run import run

app = typer.Typer(
    name="openchair",
    help="Free, secular, science-based mutual-help meetings on Discord and Telegram.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its frames would show what is in them
    rich_markup_mode=None,
)
app.command()(init)
app.command()(check)
app.command()(doctor)
app.command()(run)
app.command()(demo)
app.add_typer(lines, name="lines")
app.add_typer(flows, name="flows")

__all__ = ["app"]
