"""`openchair doctor`: tries everything the bot stands on, and says how to mend what fails."""

from collections.abc import Sequence

import typer

from bot.cli.running import run_async
from bot.cli.terminal import WRONG, ConfigFile, complain, out
from bot.config import ConfigProblems, Loaded, Problem, load_config
from bot.core.platform import Finding


def doctor(config: ConfigFile = None) -> None:
    """Test configuration, tokens, permissions, clock, disk and database; each failing line says how to mend it."""
    from bot.cli.examination import examine
    from bot.runtime.logs import set_up_logs

    set_up_logs("error")  # what is wrong stands in the table
    problems: tuple[Problem, ...] = ()
    loaded: Loaded | None = None
    try:
        loaded = load_config(config)
        complain(loaded.warnings, "yellow")
    except ConfigProblems as error:
        problems = error.problems
        try:
            loaded = load_config(config, secrets=False)  # a missing token file need not hide the rest
        except ConfigProblems:
            loaded = None
    findings = [Finding("configuration", False, str(problem), "openchair check tells more") for problem in problems]
    if loaded is not None:
        findings += run_async(examine(loaded))
    _print(findings)
    if not all(finding.ok for finding in findings):
        raise typer.Exit(WRONG)


def _print(findings: Sequence[Finding]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table("", "what", "found", "to mend it", show_lines=False)
    for finding in findings:
        mark = Text("ok", "green") if finding.ok else Text("wrong", "bold red")
        table.add_row(mark, Text(finding.topic), Text(finding.said), Text(finding.mend))
    out.print(table, soft_wrap=False)
