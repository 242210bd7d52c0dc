"""Sealed values: AES-256-GCM under an owner's key, bound to one table, column, row and owner.

A value is `version(1) | key generation(2) | nonce(12) | ciphertext | tag(16)`; a value moved elsewhere does not open.
"""

import hmac
import os
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

T = TypeVar("T")

KEY_BYTES = 32
STEP = 64  # plaintexts are padded to whole steps: a length is content too
VERSION = 1
SCHEMA = b"\x01"  # of what stands inside; part of the authenticated data
_NONCE = 12
_HEAD = 3


class Unopenable(Exception):
    """A sealed value was changed, moved to another row, column or owner, is under another key, or has another version's shape."""


def derive(master: bytes, label: str) -> bytes:
    """Return the master key's child for one use (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=None, info=f"openchair {label}".encode()).derive(master)


def place(*parts: str) -> bytes:
    """Return the authenticated data of a place: each part with its length first, so that no two places read alike."""
    return b"".join(len(part).to_bytes(4) + part for part in (*(part.encode() for part in parts), SCHEMA))


def seal_bytes(key: AESGCM, generation: int, at: bytes, plain: bytes) -> bytes:
    head = bytes((VERSION,)) + generation.to_bytes(2)
    nonce = os.urandom(_NONCE)
    return head + nonce + key.encrypt(nonce, plain, head + at)


def open_bytes(key: AESGCM, at: bytes, sealed: bytes) -> bytes:
    """Return what was sealed at this place. Raises Unopenable."""
    if len(sealed) < _HEAD + _NONCE + 16 or sealed[0] != VERSION:
        raise Unopenable
    try:
        return key.decrypt(sealed[_HEAD : _HEAD + _NONCE], sealed[_HEAD + _NONCE :], sealed[:_HEAD] + at)
    except InvalidTag:
        raise Unopenable from None


def generation_of(sealed: bytes) -> int:
    """Return which generation of its owner's key a value is under."""
    return int.from_bytes(sealed[1:_HEAD])


def seal(key: AESGCM, generation: int, at: bytes, value: object) -> bytes:
    plain = msgspec.json.encode(value)
    return seal_bytes(key, generation, at, plain.ljust(-(-len(plain) // STEP) * STEP))


def unseal(key: AESGCM, at: bytes, sealed: bytes, type_: type[T]) -> T:
    """Return the value sealed at this place. Raises Unopenable."""
    try:
        return msgspec.json.decode(open_bytes(key, at, sealed), type=type_)
    except msgspec.DecodeError:
        raise Unopenable from None


def mark(key: bytes, *parts: str) -> str:
    """Return the HMAC-SHA256 of the parts, in hex: finds a row without showing what it is about."""
    return hmac.digest(key, place(*parts), "sha256").hex()
