"""A host may write the Bot API's address with or without a trailing slash or `/bot`: all mean the same."""

DEFAULT_API = "https://api.telegram.org"


def bot_address(api_base: str) -> str:
    """Return what the token is appended to: `http://host`, `http://host/` and `http://host/bot` give `http://host/bot`."""
    return f"{_bare(api_base or DEFAULT_API)}/bot"


def file_address(file_base: str, api_base: str) -> str:
    """Return the same for files: `http://host/file/bot`, taken from the API's address where none is given."""
    return f"{_bare(file_base or api_base or DEFAULT_API).removesuffix('/file')}/file/bot"


def _bare(address: str) -> str:
    return address.strip().rstrip("/").removesuffix("/bot").rstrip("/")
