"""Codes that a person reads and types: Crockford's base 32, in groups of four."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none looks like another
SYMBOLS, GROUP = 28, 4  # 140 random bits
_READ_AS = str.maketrans("OIL", "011")


def grouped(code: str) -> str:
    """Return a code as it is read out and typed: seven groups of four."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return the code meant by what was typed, in any case and grouping; "" for what can be none."""
    code = re.sub(r"[\s.\-–—_]+", "", typed[:200]).upper().translate(_READ_AS)
    return code if len(code) == SYMBOLS and all(symbol in ALPHABET for symbol in code) else ""
