"""Telegram: python-telegram-bot's types and methods, on our own intake (one lane a person) and our own request layer."""

from bot.platforms.telegram.adapter import TelegramPlatform
from bot.platforms.telegram.webhook import Webhook

__all__ = ["TelegramPlatform", "Webhook"]
