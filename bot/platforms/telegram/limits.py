"""Numbers of the Bot API. Lengths of text are counted in UTF-16 units, the strictest reading of "characters"."""

TEXT = 4096
CAPTION = 1024
TOAST = 200  # answerCallbackQuery's text
LABEL = 64  # a button's text; longer ones are cut off by the apps
BUTTONS_A_ROW = 8
BUTTONS = 100
COMMANDS = 100
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 256
LONG_POLL_SECONDS = 50
FEWEST_WEBHOOK_CONNECTIONS, MOST_WEBHOOK_CONNECTIONS = 1, 100

UPDATE_BYTES = 1024 * 1024
"""The largest webhook body read. A 4,096-unit text escaped as JSON is 24 KB, a message holds the one it answers and up to 100
entities each: 64 KB would refuse real updates. Only a sender who knows the secret gets as far as the body."""

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "chat_member")
