"""Discord's rules for messages that its description does not state, and ours for the bot."""

from typing import Any


class Refused(Exception):
    """An answer with an error of Discord's."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message}


def unknown(code: int, what: str) -> Refused:
    return Refused(404, code, f"Unknown {what}")


def check_message(payload: dict[str, Any], has_files: bool, *, is_new: bool) -> None:
    """Raise Refused for a message that Discord would not take."""
    content, rows = payload.get("content"), payload.get("components") or []
    if is_new and not (content or "").strip() and not has_files:
        raise Refused(400, 50006, "Cannot send an empty message")
    if len((content or "").encode("utf-16-le")) // 2 > 2000:
        raise _invalid("content is over 2000")
    buttons = [button for row in rows for button in row["components"]]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        raise _invalid("at most 5 rows of 1 to 5 buttons")
    names = [button["custom_id"] for button in buttons if button.get("custom_id")]
    if len(names) != len(set(names)):
        raise _invalid("a custom id is there twice")
    for button in buttons:
        if not button.get("label") or bool(button.get("url")) == bool(button.get("custom_id")):
            raise _invalid("a button has a label, and either an address or a custom id")


def check_modal(modal: dict[str, Any]) -> None:
    if len(modal["components"]) > 5:
        raise _invalid("at most 5 parts")
    names = [part["component"]["custom_id"] for part in modal["components"] if "component" in part]
    if len(names) != len(set(names)) or not names:
        raise _invalid("each field has a custom id of its own")


def check_offered(choices: list[dict[str, str]]) -> None:
    if len(choices) > 25 or any(not 1 <= len(one["name"]) <= 100 or not 1 <= len(one["value"]) <= 100 for one in choices):
        raise _invalid("at most 25 choices with names and values of 1 to 100")


def _invalid(why: str) -> Refused:
    return Refused(400, 50035, f"Invalid Form Body: {why}")


def unsafe(payload: dict[str, Any], *, is_new: bool) -> str:
    """Return how a message breaks our own rules (nobody is pinged, no link is previewed), or ""."""
    mentions = payload.get("allowed_mentions") or {}
    if "content" in payload and (mentions.get("parse") != [] or mentions.get("users")):
        return "allowed_mentions does not forbid every mention"
    if is_new and not int(payload.get("flags") or 0) & 4:
        return "link previews are not switched off"
    return ""
