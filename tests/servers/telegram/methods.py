"""The Bot API's methods, as far as the bot calls them. Each checks what the real one checks and answers in its words."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from tests.servers.telegram import rooms
from tests.servers.telegram.rooms import chat_of
from tests.servers.telegram.spec import Upload
from tests.servers.telegram.texts import problems_of_entities, units, with_found
from tests.servers.telegram.world import ApiError, Chat, Json, Message, World

Method = Callable[[World, Mapping[str, Any]], Any]
LONGEST_TEXT, LONGEST_CAPTION, LONGEST_TOAST, LONGEST_DATA = 4096, 1024, 200, 64


def get_me(world: World, given: Mapping[str, Any]) -> Json:
    return world.me


def send_message(world: World, given: Mapping[str, Any]) -> Json:
    chat = _writable(world, given["chat_id"], given.get("message_thread_id"))
    text, entities = _text(given["text"], given.get("entities", []), LONGEST_TEXT, "message is too long")
    return _post(world, chat, given, Message(0, chat, text, True, entities=entities))


def send_photo(world: World, given: Mapping[str, Any]) -> Json:
    return _send_media(world, given, "photo")


def send_document(world: World, given: Mapping[str, Any]) -> Json:
    return _send_media(world, given, "document")


def edit_message_text(world: World, given: Mapping[str, Any]) -> Json:
    chat = _writable(world, given["chat_id"], None)
    message = chat.find(given["message_id"])
    if message is None:
        raise ApiError(400, "Bad Request: message to edit not found")
    if not message.by_bot:
        raise ApiError(400, "Bad Request: message can't be edited")
    if message.media:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    text, entities = _text(given["text"], given.get("entities", []), LONGEST_TEXT, "MESSAGE_TOO_LONG")
    markup = _markup(given.get("reply_markup"))
    if (text, entities, markup) == (message.text, message.entities, message.markup):
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    message.text, message.entities, message.markup = text, entities, markup
    message.edits += 1
    return world.message_json(message)


def delete_message(world: World, given: Mapping[str, Any]) -> bool:
    message = _writable(world, given["chat_id"], None).find(given["message_id"])
    if message is None:
        raise ApiError(400, "Bad Request: message to delete not found")
    message.gone = True
    return True


def answer_callback_query(world: World, given: Mapping[str, Any]) -> bool:
    query = world.queries.get(given["callback_query_id"])
    if query is None or query.too_old:
        raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    if units(given.get("text", "")) > LONGEST_TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    url = given.get("url")
    if url and not re.fullmatch(rf"https://t\.me/{world.me['username']}\?start=[A-Za-z0-9_-]{{1,64}}", url):
        raise ApiError(400, "Bad Request: URL_INVALID")
    query.answers.append(dict(given))
    return True


def set_my_commands(world: World, given: Mapping[str, Any]) -> bool:
    for command in given["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    if len(given["commands"]) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    world.commands[_scope(given)] = given["commands"]
    return True


def get_my_commands(world: World, given: Mapping[str, Any]) -> list[Json]:
    return world.commands.get(_scope(given), [])


def delete_my_commands(world: World, given: Mapping[str, Any]) -> bool:
    world.commands.pop(_scope(given), None)
    return True


def set_webhook(world: World, given: Mapping[str, Any]) -> bool:
    world.webhook = dict(given) if given["url"] else {}
    world.allowed = given.get("allowed_updates", world.allowed)
    return True


def delete_webhook(world: World, given: Mapping[str, Any]) -> bool:
    world.webhook = {}
    if given.get("drop_pending_updates"):
        world.waiting.clear()
    return True


def get_webhook_info(world: World, given: Mapping[str, Any]) -> Json:
    return {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.waiting),
        **({"last_error_message": world.webhook["failing"]} if "failing" in world.webhook else {}),
    }


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    **rooms.METHODS,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}


def _scope(given: Mapping[str, Any]) -> tuple[str, str]:
    return (given.get("scope") or {"type": "default"})["type"], given.get("language_code", "")


def _writable(world: World, identity: Any, thread: int | None) -> Chat:
    chat = chat_of(world, identity)
    if chat.kind == "private":
        user = world.users[chat.id]
        if user.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not user.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    elif not chat.bot_is_in:
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.kind} chat")
    if thread is not None and thread not in chat.topics:
        raise ApiError(400, "Bad Request: message thread not found")
    if thread in chat.closed and "can_manage_topics" not in chat.bot_may:
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")
    return chat


def _text(text: str, entities: list[Json], longest: int, too_long: str) -> tuple[str, list[Json]]:
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if units(text.strip()) > longest:
        raise ApiError(400, f"Bad Request: {too_long}")
    found = problems_of_entities(text, entities)
    if found:
        raise ApiError(400, f"Bad Request: ENTITY_BOUNDS_INVALID ({'; '.join(found)})")
    return with_found(text, entities)


def _markup(markup: Json | None) -> Json | None:
    if markup is None:
        return None
    rows = markup["inline_keyboard"]
    buttons = [button for row in rows for button in row]
    if any(not row or len(row) > 8 for row in rows) or len(buttons) > 100:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if not button["text"].strip():
            raise ApiError(400, "Bad Request: BUTTON_TEXT_EMPTY")
        if len(set(button) & {"callback_data", "url"}) != 1:
            raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "x").encode()) <= LONGEST_DATA:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
        if not re.match(r"(https?://|tg://|mailto:|tel:)?[^\s/]+", button.get("url", "x")):
            raise ApiError(400, "Bad Request: inline keyboard button URL is invalid")
    return markup if buttons else None


def _send_media(world: World, given: Mapping[str, Any], kind: str) -> Json:
    chat = _writable(world, given["chat_id"], given.get("message_thread_id"))
    upload = given[kind]
    if not isinstance(upload, Upload) or not upload.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    text: str = ""
    entities: list[Json] = []
    if given.get("caption"):
        text, entities = _text(given["caption"], given.get("caption_entities", []), LONGEST_CAPTION, "message caption is too long")
    return _post(world, chat, given, Message(0, chat, text, True, entities=entities, media=kind, file=upload.content))


def _post(world: World, chat: Chat, given: Mapping[str, Any], message: Message) -> Json:
    message.id = next(chat.numbers)
    message.markup = _markup(given.get("reply_markup"))
    message.thread = given.get("message_thread_id")
    message.quiet = given.get("disable_notification", False)
    message.protected = given.get("protect_content", False)
    message.answers = given.get("reply_parameters", {}).get("message_id")
    chat.messages.append(message)
    return world.message_json(message)
