"""python-telegram-bot as its manual begins: an `Application` with its defaults that answers the same texts and keeps nothing."""

import json
import sys
from typing import Any

from telegram import InlineKeyboardMarkup, MessageEntity, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from bench.obedience import end_with_parent, say

Shown = dict[str, Any]


def shown(answer: dict[str, Any], bot: Any) -> Shown:
    """Return an answer of ours as the arguments that make the library send the same."""
    markup = answer.get("reply_markup")
    return {
        "text": answer["text"],
        "entities": MessageEntity.de_list(answer.get("entities", []), bot) or None,
        "reply_markup": InlineKeyboardMarkup.de_json(markup, bot) if markup else None,
    }


def main(url: str, token: str, answers: dict[str, Any]) -> None:
    labels = {
        button["callback_data"]: f"={button['text']}"
        for answer in answers.values()
        for row in answer.get("reply_markup", {}).get("inline_keyboard", [])
        for button in row
        if "callback_data" in button
    }

    async def typed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        assert update.message.text is not None
        await update.message.reply_text(**shown(answers[update.message.text], context.bot))

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        await query.answer()
        await query.edit_message_text(**shown(answers[labels[query.data or ""]], context.bot))

    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.COMMAND, typed))
    application.add_handler(CallbackQueryHandler(pressed))
    end_with_parent()
    say({"ready": True})
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
