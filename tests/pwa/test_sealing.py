"""What a phone seals, the server opens: two implementations of RFC 9180 that know nothing of each other."""

from __future__ import annotations

import json
import secrets
import subprocess
import uuid
from dataclasses import asdict

import pytest
from flask import Flask

from tests.harness.tools import node
from webapp.pwa.version import STATIC
from webapp.sealing import CannotOpen, Header, open_op, public_sealing_key, to_base64url

SCRIPT = """
import { sealOp } from "%s";
const [header, body, keys] = JSON.parse(process.argv[1]);
console.log(await sealOp(header, body, keys));
"""


def sealed_by_a_phone(header: Header, body: dict[str, object], secret: bytes) -> str:
    keys = {"public_key": to_base64url(public_sealing_key()[1]), "writer_secret": to_base64url(secret)}
    given = json.dumps([asdict(header), body, keys])
    script = SCRIPT % (STATIC / "js" / "lib" / "seal.js")
    command = [node(), "--input-type=module", "--eval", script, given]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture
def header(app: Flask) -> Header:
    return Header(str(uuid.uuid4()), public_sealing_key()[0], str(uuid.uuid4()), secrets.token_urlsafe(16), 12)


def test_the_server_opens_what_a_phone_sealed(header: Header) -> None:
    body = {"schema": 1, "fields": {"words": "Una noche larga 🌙 ‖ and \u0000 odd ones"}}
    secret = secrets.token_bytes(32)
    opened_secret, opened_body = open_op(header, sealed_by_a_phone(header, body, secret))
    assert opened_secret == secret
    assert json.loads(opened_body) == body


def test_a_long_entry_is_sealed_too(header: Header) -> None:
    body = {"text": "ñ" * 20_000}
    _secret, opened = open_op(header, sealed_by_a_phone(header, body, bytes(32)))
    assert json.loads(opened) == body


def test_the_same_words_never_look_the_same(header: Header) -> None:
    assert sealed_by_a_phone(header, {}, bytes(32)) != sealed_by_a_phone(header, {}, bytes(32))


def test_a_changed_header_breaks_the_seal(header: Header) -> None:
    sealed = sealed_by_a_phone(header, {}, bytes(32))
    with pytest.raises(CannotOpen):
        open_op(Header(**{**asdict(header), "seq": 13}), sealed)
