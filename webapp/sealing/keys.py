"""The key files: made on first start, mode 0600, one file a key, old ones kept beside the new."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from flask import current_app

from webapp.config import BadSettings, Settings

SECRET_KINDS = ("session", "sync", "rest")
PAIR_KINDS = ("sealing", "vapid")


@dataclass(frozen=True)
class KeyRing:
    """All keys by kind and id; the newest of a kind is the one that seals and signs now."""

    secrets: dict[str, dict[str, bytes]]
    pairs: dict[str, dict[str, ec.EllipticCurvePrivateKey]]

    def newest_secret(self, kind: str) -> tuple[str, bytes]:
        key_id = max(self.secrets[kind])
        return key_id, self.secrets[kind][key_id]

    def newest_pair(self, kind: str) -> tuple[str, ec.EllipticCurvePrivateKey]:
        key_id = max(self.pairs[kind])
        return key_id, self.pairs[kind][key_id]


def current_keys() -> KeyRing:
    """The keys of the running app."""
    keys: KeyRing = current_app.extensions["keys"]
    return keys


def make_missing_keys(settings: Settings) -> None:
    """Make the first key of every kind that has none. Idempotent; never touches a key that exists."""
    folder = _folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for kind in SECRET_KINDS + PAIR_KINDS:
        if not any(folder.glob(f"{kind}-*")):
            add_key(settings, kind)


def add_key(settings: Settings, kind: str) -> str:
    """Make a further key of a kind, which takes over; returns its id."""
    key_id = f"{time.time_ns():016x}{secrets.token_hex(2)}"  # sorts by age: the newest takes over
    content = _new_pair() if kind in PAIR_KINDS else secrets.token_bytes(32).hex().encode()
    path = _folder(settings) / f"{kind}-{key_id}.key"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return key_id


def load_keys(settings: Settings) -> KeyRing:
    """Read every key. Raises `BadSettings` when one is missing or open to others."""
    found_secrets: dict[str, dict[str, bytes]] = {kind: {} for kind in SECRET_KINDS}
    found_pairs: dict[str, dict[str, ec.EllipticCurvePrivateKey]] = {kind: {} for kind in PAIR_KINDS}
    for path in sorted(_folder(settings).glob("*.key")):
        kind, _, key_id = path.stem.partition("-")
        content = _read_guarded(path)
        if kind in found_secrets:
            found_secrets[kind][key_id] = bytes.fromhex(content.decode())
        elif kind in found_pairs:
            pair = load_pem_private_key(content, password=None)
            if not isinstance(pair, ec.EllipticCurvePrivateKey):
                raise BadSettings(f"Put back the right key file {path.name}: this one is of another kind.")
            found_pairs[kind][key_id] = pair
    for kind, keys in [*found_secrets.items(), *found_pairs.items()]:
        if not keys:
            raise BadSettings(f"Run `flask prepare` first: the data folder holds no {kind} key.")
    return KeyRing(found_secrets, found_pairs)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "keys"


def _new_pair() -> bytes:
    pair = ec.generate_private_key(ec.SECP256R1())
    return pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read_guarded(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise BadSettings(f"Run `chmod 600 {path}`: others on this machine can read that key.")
    return path.read_bytes()
