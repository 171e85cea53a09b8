"""The phones' envelopes: HPKE (RFC 9180) to the server's key, the writer's secret in front (docs/sync-protocol.md)."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from webapp.sealing.keys import current_keys, find_pair, find_secret

SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SECRET_BYTES = 32


class CannotOpen(Exception):
    """The envelope is broken, or its key is gone."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in clear on an envelope; changing any of it breaks the seal."""

    op_id: str
    key_id: str
    device_id: str
    owner_tag: str
    seq: int

    @property
    def info(self) -> bytes:
        return f"friendtor op 1|{self.op_id}|{self.key_id}|{self.device_id}|{self.owner_tag}|{self.seq}".encode()


def open_op(header: Header, sealed: str) -> tuple[bytes, bytes]:
    """The writer's secret (32 bytes) and the body's JSON bytes. Raises `CannotOpen`."""
    pair = find_pair("sealing", header.key_id)
    if pair is None:
        raise CannotOpen
    try:
        opened = SUITE.decrypt(from_base64url(sealed), pair, info=header.info)
    except (InvalidTag, ValueError):
        raise CannotOpen from None
    return opened[:SECRET_BYTES], opened[SECRET_BYTES:]


def seal_op(header: Header, secret: bytes, body: bytes, public_key: ec.EllipticCurvePublicKey) -> str:
    """What a phone does, for the tests' and the bench's phones."""
    return to_base64url(SUITE.encrypt(secret + body, public_key, info=header.info))


def public_sealing_key() -> tuple[str, bytes]:
    """The key id and the raw point (65 bytes) that phones seal to now."""
    key_id, pair = current_keys().newest_pair("sealing")
    return key_id, pair.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def writer_secret(sync_key_id: str, person: UUID, device: UUID, sign_in: UUID) -> bytes | None:
    """The secret that proves who wrote, or None when that sync key is unknown. It needs no session row."""
    key = find_secret("sync", sync_key_id)
    return _derive(key, f"friendtor writer 1|{person}|{device}|{sign_in}".encode()) if key else None


def same_secret(one: bytes, other: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(one, other)


def to_base64url(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """Raises `ValueError` for anything that is not base64url."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@lru_cache(maxsize=4096)
def _derive(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=SECRET_BYTES, salt=None, info=info).derive(key)
