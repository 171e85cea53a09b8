"""Text at rest: AES-256-GCM, bound to the very table, column and row, so that ciphertexts cannot be swapped.

A sealed text is: one byte for the format, one for the length of the key id, the key id, 12 bytes of nonce, the rest.
"""

from __future__ import annotations

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from webapp.sealing.keys import current_keys, find_secret

FORMAT = 1


def seal_text(text: str, place: str, row: UUID) -> bytes:
    """Seal `text` for `place` ("table.column") and the row's id."""
    key_id, key = current_keys().newest_secret("rest")
    nonce = os.urandom(12)
    return head_of(key_id) + nonce + AESGCM(key).encrypt(nonce, text.encode(), _bound_to(place, row, key_id))


def open_text(sealed: bytes, place: str, row: UUID) -> str:
    """The text again. Raises `ValueError` when it was sealed for another place or row, or its key is gone."""
    if sealed[0] != FORMAT:
        raise ValueError("a sealed text of an unknown format")
    end = 2 + sealed[1]
    key_id = sealed[2:end].decode()
    key = find_secret("rest", key_id)
    if key is None:
        raise ValueError("the key of a sealed text is gone")
    try:
        opened = AESGCM(key).decrypt(sealed[end : end + 12], sealed[end + 12 :], _bound_to(place, row, key_id))
    except InvalidTag:
        raise ValueError("a sealed text was changed or moved") from None
    return opened.decode()


def head_of(key_id: str) -> bytes:
    """What every text that this key sealed begins with."""
    return bytes([FORMAT, len(key_id)]) + key_id.encode()


def _bound_to(place: str, row: UUID, key_id: str) -> bytes:
    return f"{place}|{row}|{key_id}".encode()
