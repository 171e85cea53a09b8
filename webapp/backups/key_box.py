"""The keys in a backup: all key files in one sealed box that a passphrase opens (scrypt, then AES-256-GCM)."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from webapp.config import BadSettings

SHORTEST = 12
COST = {"n": 2**17, "r": 8, "p": 1}  # 128 MB and about half a second for each guess
BOUND = b"friendtor keys 1"


def fill_key_box(keys: dict[str, bytes], passphrase: str) -> bytes:
    """Seal key files (name to content). Raises `BadSettings` for a passphrase of fewer than 12 characters."""
    if len(passphrase) < SHORTEST:
        raise BadSettings(f"Choose a passphrase of {SHORTEST} or more characters: whoever guesses it can read it all.")
    salt, nonce = os.urandom(16), os.urandom(12)
    inside = json.dumps({name: b64encode(content).decode() for name, content in keys.items()})
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, inside.encode(), BOUND)
    box = {"format": 1, "kdf": "scrypt", **COST, "salt": salt, "nonce": nonce, "sealed": sealed}
    return json.dumps({name: b64encode(v).decode() if isinstance(v, bytes) else v for name, v in box.items()}).encode()


def open_key_box(box: bytes, passphrase: str) -> dict[str, bytes]:
    """The key files again. Raises `BadSettings` when the passphrase is another."""
    said = json.loads(box)
    salt, nonce, sealed = (b64decode(said[name]) for name in ("salt", "nonce", "sealed"))
    try:
        inside = AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, BOUND)
    except InvalidTag:
        raise BadSettings("Give the passphrase that this backup was made with: this one does not open it.") from None
    return {name: b64decode(content) for name, content in json.loads(inside).items()}


def key_files(folder: Path) -> dict[str, bytes]:
    """Every key file of the data folder, by name."""
    return {path.name: path.read_bytes() for path in sorted((folder / "keys").glob("*.key"))}


def put_keys_in(folder: Path, keys: dict[str, bytes]) -> None:
    """Write the key files that are not there yet; what is there stays. Raises `BadSettings` for an odd name."""
    where = folder / "keys"
    where.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, content in keys.items():
        if Path(name).name != name or not name.endswith(".key"):
            raise BadSettings(f"Give another backup: {name!r} is no name of a key file.")
        if not (where / name).exists():
            with os.fdopen(os.open(where / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())


def _key(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, **COST).derive(passphrase.encode())
