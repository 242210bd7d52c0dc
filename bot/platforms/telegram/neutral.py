"""Members' words must not become links, mentions, tags or commands.

Telegram's servers look for those in every text, also in one sent with explicit entities, so there is no switch: the pattern
itself has to be broken. A word joiner (U+2060) is invisible, does not break lines, is neither letter nor digit nor a
character of an address, and is kept by the servers; `bot.core.richtext.clean` has taken out any that a member typed.
"""

import re

WORD_JOINER = "\u2060"
_TRIGGERS = re.compile(
    r"[@#$](?=\S)"  # mention, hashtag, cashtag
    r"|(?<!\w)/(?=\w)"  # command
    r"|:(?=/)"  # http:// and tg://
    r"|\.(?=[^\s\d.,;!?)\]}\"'])"  # the last dot of a domain always stands before a letter
    r"|(?<=\d)\.(?=\d{1,3}\.\d{1,3}\.\d)"  # the first dot of an IPv4 address; 3.5 stays as it is
)
_TRIGGER_AT_END = re.compile(r"[@#$/:.]$")


def neutral(words: str, before: str = "") -> str:
    """Return words in which nothing is active, with joiners added. `before` is the character they are put behind."""
    broken = _TRIGGERS.sub(lambda found: found.group() + WORD_JOINER, words)
    if _TRIGGER_AT_END.search(broken):
        broken += WORD_JOINER  # what follows may be somebody's words too
    if before and _TRIGGER_AT_END.search(before):
        broken = WORD_JOINER + broken
    return broken
