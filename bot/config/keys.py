"""The master key as text, where it comes from the environment or a credential."""

import base64
import binascii

KEY_BYTES = 32


def decoded_key(text: str) -> bytes:
    """Return the 32 bytes of 64 hex digits, or of base64 (either alphabet). Raises ValueError, which never repeats the text."""
    packed = "".join(text.split())
    for decode in (bytes.fromhex, _base64):
        try:
            key = decode(packed)
        except (ValueError, binascii.Error):
            continue
        if len(key) == KEY_BYTES:
            return key
    raise ValueError(f"is not {KEY_BYTES} bytes as hex or base64")


def _base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
