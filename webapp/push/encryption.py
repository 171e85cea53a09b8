"""Encrypts a payload for one browser and signs for its push service; the only module that touches `webpush`.

Only the package's RFC 8291 encryption is used. Its signing loses the port, caches nothing and shares state
between threads, so the VAPID header (RFC 8292) is made here.
"""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from webpush import WebPush, WebPushSubscription
from webpush.types import WebPushKeys

from webapp.sealing import from_base64url, to_base64url

LARGEST_PAYLOAD = 2048  # every push service takes 3,993 bytes; ours stay well below
PADDING_STEP = 512
SIGNATURE_LIFETIME = timedelta(hours=12)
SIGNATURE_RENEWED_BEFORE = timedelta(hours=1)
CACHED_SIGNATURES = 256

BASE64URL = re.compile(r"[A-Za-z0-9_-]+={0,2}")


class BrowserKeysInvalid(ValueError):
    """The keys a browser gave cannot be encrypted to."""


class PayloadTooLarge(ValueError):
    """The payload would not be accepted by every push service."""


@dataclass(frozen=True)
class BrowserKeys:
    """What a browser gives with its subscription: a P-256 point and a shared secret, both base64url."""

    p256dh: str = field(repr=False)
    auth: str = field(repr=False)

    @classmethod
    def checked(cls, p256dh: str, auth: str) -> Self:
        """These keys once they are known to be a 65-byte point on the curve and 16 bytes."""
        point, secret = _decoded(p256dh), _decoded(auth)
        if len(point) != 65 or point[0] != 4:
            raise BrowserKeysInvalid("p256dh is not an uncompressed P-256 point.")
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        except ValueError as error:
            raise BrowserKeysInvalid("p256dh is not on the curve.") from error
        if len(secret) != 16:
            raise BrowserKeysInvalid("auth is not 16 bytes.")
        return cls(to_base64url(point), to_base64url(secret))


class VapidKey:
    """One pair of the organisation's push keys, known by its id."""

    def __init__(self, key_id: str, private_key: ec.EllipticCurvePrivateKey) -> None:
        self.key_id = key_id
        self._private_key = private_key
        private_pem = private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = private_key.public_key()
        public_pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self.public = to_base64url(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
        self._webpush = WebPush(private_key=private_pem, public_key=public_pem)

    def encrypt(self, payload: bytes, keys: BrowserKeys) -> bytes:
        """The `aes128gcm` body that only this browser can read; PayloadTooLarge above LARGEST_PAYLOAD.

        JSON may end in spaces, so every payload is filled up to a step: its length tells nothing.
        """
        padded = payload.ljust(-(-len(payload) // PADDING_STEP) * PADDING_STEP)
        if len(padded) > LARGEST_PAYLOAD:
            raise PayloadTooLarge(f"{len(payload)} bytes are more than {LARGEST_PAYLOAD}.")
        browser = WebPushSubscription.model_construct(
            keys=WebPushKeys.model_construct(p256dh=keys.p256dh, auth=keys.auth)
        )
        body: bytes = self._webpush._encrypt(padded, browser)
        return body

    def sign(self, *, audience: str, contact: str, expires: datetime) -> str:
        """A VAPID `Authorization` header for one push service's origin, port included."""
        claims = {"aud": audience, "exp": int(expires.timestamp()), "sub": contact}
        token = jwt.encode(claims, self._private_key, algorithm="ES256")
        return f"vapid t={token}, k={self.public}"


class Signatures:
    """VAPID headers, each signed once per (origin, key) and kept while it is fresh; shared by threads.

    Signing is 40 % of the work of a push, and a worker speaks to three or four origins.
    """

    def __init__(self, contact: str) -> None:
        self._contact = contact
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[datetime, str]] = OrderedDict()

    def header(self, origin: str, key: VapidKey, now: datetime) -> str:
        """The `Authorization` header for this origin, good for at least an hour and at most twelve."""
        with self._lock:
            expires, header = self._kept.get((origin, key.key_id), (now, ""))
            if not now + SIGNATURE_RENEWED_BEFORE < expires <= now + SIGNATURE_LIFETIME:
                expires = now + SIGNATURE_LIFETIME
                header = key.sign(audience=origin, contact=self._contact, expires=expires)
                self._kept[origin, key.key_id] = expires, header
            self._kept.move_to_end((origin, key.key_id))
            if len(self._kept) > CACHED_SIGNATURES:
                self._kept.popitem(last=False)
            return header


def _decoded(text: str) -> bytes:
    if BASE64URL.fullmatch(text) is None:
        raise BrowserKeysInvalid("A key is not base64url.")
    try:
        return from_base64url(text.rstrip("="))
    except ValueError as error:
        raise BrowserKeysInvalid("A key is not base64url.") from error
