"""`openchair run`: every platform that has a token, until it is told to end."""

from bot.cli.terminal import BAD_CONFIG, ConfigFile, leave, load_or_leave


def run(config: ConfigFile = None) -> None:
    """Start whichever platforms have a token, and go on until SIGTERM or Ctrl-C."""
    from bot.cli.running import run_house

    loaded = load_or_leave(config)
    if not loaded.config.chosen_platforms:
        leave(
            "There is no platform to start: neither Discord nor Telegram has a token, and the web page is off. "
            f"Name a token file in {loaded.file} (openchair init helps), "
            "or set OPENCHAIR_DISCORD_TOKEN or OPENCHAIR_TELEGRAM_TOKEN. To only look at it: openchair demo",
            BAD_CONFIG,
        )
    run_house(loaded.config, "Openchair is ready: {where}")
