"""Codes that change every 30 seconds (RFC 6238 over RFC 4226): HMAC-SHA1, six digits, as every authenticator app reads.

Ours, because it is one HMAC, and because whoever checks must know which step fitted, so that it fits only once.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime, timedelta
from urllib.parse import quote

STEP = timedelta(seconds=30)
DIGITS = 6
EARLIER_AND_LATER = (0, -1, 1)  # a phone's clock may be half a minute off


def fresh_secret() -> str:
    """160 random bits in base32, as they are typed."""
    return b32encode(secrets.token_bytes(20)).decode()


def step_at(at: datetime) -> int:
    return int(at.timestamp() // STEP.total_seconds())


def code_of(secret: str, step: int) -> str:
    """The six digits of a step."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 0x0F
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def fitting_step(secret: str, typed: str, at: datetime) -> int | None:
    """The step whose code was typed, now or one step off; None when none fits."""
    digits = "".join(typed.split())
    fitting = [
        step
        for off in EARLIER_AND_LATER
        if hmac.compare_digest(code_of(secret, step := step_at(at) + off).encode(), digits.encode())
    ]
    return fitting[0] if fitting else None


def app_link(secret: str, issuer: str, account: str) -> str:
    """What an authenticator app reads from a picture."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"
