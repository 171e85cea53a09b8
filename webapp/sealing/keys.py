"""The key files: made on first start, mode 0600, one file a key, old ones kept beside the new."""

from __future__ import annotations

import os
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from flask import current_app

from webapp.config import BadSettings, Settings, current_settings

SECRET_KINDS = ("session", "sync", "rest")
PAIR_KINDS = ("sealing", "vapid")
LOOK_EVERY = 1.0  # seconds between two looks at whether there are new key files


@dataclass(frozen=True)
class KeyRing:
    """All keys by kind and id; the newest of a kind is the one that seals and signs now. `files` names them."""

    secrets: dict[str, dict[str, bytes]]
    pairs: dict[str, dict[str, ec.EllipticCurvePrivateKey]]
    files: tuple[str, ...] = ()

    def newest_secret(self, kind: str) -> tuple[str, bytes]:
        key_id = max(self.secrets[kind])
        return key_id, self.secrets[kind][key_id]

    def newest_pair(self, kind: str) -> tuple[str, ec.EllipticCurvePrivateKey]:
        key_id = max(self.pairs[kind])
        return key_id, self.pairs[kind][key_id]


def current_keys() -> KeyRing:
    """The keys of the running app; new key files are noticed within a second, by every process."""
    if time.monotonic() >= current_app.extensions.get("next_look_at_keys", 0.0):
        return look_again()
    keys: KeyRing = current_app.extensions["keys"]
    return keys


def look_again() -> KeyRing:
    """Read the keys anew if there are others than a moment ago; what cannot be read leaves them as they are."""
    known: KeyRing = current_app.extensions["keys"]
    current_app.extensions["next_look_at_keys"] = time.monotonic() + LOOK_EVERY
    if _files(_folder(current_settings())) != known.files:
        try:
            known = current_app.extensions["keys"] = load_keys(current_settings())
        except (BadSettings, OSError, ValueError):
            current_app.logger.exception("The key files changed and cannot be read; the keys from before go on.")
    return known


def find_secret(kind: str, key_id: str) -> bytes | None:
    """A secret by its id, also one that another process has only just made; None when there is none."""
    return current_keys().secrets[kind].get(key_id) or look_again().secrets[kind].get(key_id)


def find_pair(kind: str, key_id: str) -> ec.EllipticCurvePrivateKey | None:
    """A pair by its id, also one that another process has only just made; None when there is none."""
    return current_keys().pairs[kind].get(key_id) or look_again().pairs[kind].get(key_id)


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
    unfinished = path.with_suffix(".new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)  # whole or not there: other processes look for new files all the time
    return key_id


def made_at(key_id: str) -> datetime:
    """When a key was made, by the machine's clock: its id says so."""
    return datetime.fromtimestamp(int(key_id[:16], 16) / 1e9, UTC)


def drop_retired(settings: Settings, kind: str, longer_than: timedelta, at: datetime) -> list[str]:
    """Delete the keys of a kind that another took over from longer ago than that; returns their ids."""
    ids = sorted(path.stem.partition("-")[2] for path in _folder(settings).glob(f"{kind}-*.key"))
    retired = [old for old, newer in pairwise(ids) if at - made_at(newer) > longer_than]
    for key_id in retired:
        (_folder(settings) / f"{kind}-{key_id}.key").unlink()
    return retired


def load_keys(settings: Settings) -> KeyRing:
    """Read every key. Raises `BadSettings` when one is missing or open to others."""
    found_secrets: dict[str, dict[str, bytes]] = {kind: {} for kind in SECRET_KINDS}
    found_pairs: dict[str, dict[str, ec.EllipticCurvePrivateKey]] = {kind: {} for kind in PAIR_KINDS}
    folder = _folder(settings)
    files = _files(folder)
    for path in (folder / name for name in files):
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
    return KeyRing(found_secrets, found_pairs, files)


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "keys"


def _files(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.name for path in folder.glob("*.key")))


def _new_pair() -> bytes:
    pair = ec.generate_private_key(ec.SECP256R1())
    return pair.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _read_guarded(path: Path) -> bytes:
    if path.stat().st_mode & 0o077:
        raise BadSettings(f"Run `chmod 600 {path}`: others on this machine can read that key.")
    return path.read_bytes()
