"""What `openchair doctor` asks of Telegram: token, address, privacy mode, and who fetches the updates."""

from collections.abc import Iterator

from telegram import Bot, User, WebhookInfo
from telegram.error import TelegramError

from bot.core.platform import Finding
from bot.core.texts import Say
from bot.platforms.telegram.request import Refused

TOPIC = "telegram"


async def findings(bot: Bot, say: Say, webhook_url: str) -> list[Finding]:
    """Return what was found, changing nothing. `webhook_url` is the configured one, "" when we poll."""
    try:
        me = await bot.get_me()
        hook = await bot.get_webhook_info()
    except TelegramError as error:
        return [_unreachable(error, say)]
    return [
        Finding(TOPIC, True, say.label("telegram.check_token_good", name=me.username or "")),
        *_settings(me, hook, say, webhook_url),
    ]


def _unreachable(error: TelegramError, say: Say) -> Finding:
    if isinstance(error, Refused) and error.code in (401, 404):
        return Finding(TOPIC, False, say.label("telegram.check_token_bad"), say.label("telegram.check_token_mend"))
    why = f"{error.code}" if isinstance(error, Refused) else type(error).__name__
    return Finding(TOPIC, False, say.label("telegram.check_address_bad", why=why), say.label("telegram.check_address_mend"))


def _settings(me: User, hook: WebhookInfo, say: Say, webhook_url: str) -> Iterator[Finding]:
    if me.can_read_all_group_messages:
        yield Finding(TOPIC, False, say.label("telegram.check_privacy_bad"), say.label("telegram.check_privacy_mend"))
    else:
        yield Finding(TOPIC, True, say.label("telegram.check_privacy_good"))
    if not me.can_join_groups:
        yield Finding(TOPIC, False, say.label("telegram.check_groups_bad"), say.label("telegram.check_groups_mend"))
    if hook.url and hook.url != webhook_url:
        yield Finding(TOPIC, False, say.label("telegram.check_webhook_other"), say.label("telegram.check_webhook_mend"))
    if webhook_url and hook.last_error_message:
        yield Finding(TOPIC, False, say.label("telegram.check_webhook_failing"), say.label("telegram.check_webhook_failing_mend"))
