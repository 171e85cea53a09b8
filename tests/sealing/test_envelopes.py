"""What phones seal, only the server opens; who wrote is proven by a secret that needs no session row."""

from __future__ import annotations

import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from webapp.config import current_settings
from webapp.database import uuid7
from webapp.sealing import (
    CannotOpen,
    Header,
    add_key,
    current_keys,
    from_base64url,
    load_keys,
    open_op,
    public_sealing_key,
    same_secret,
    seal_op,
    to_base64url,
    writer_secret,
)

SECRET = bytes(range(32))


def header() -> Header:
    return Header(str(uuid7()), public_sealing_key()[0], str(uuid7()), "tag", 7)


def public_key() -> ec.EllipticCurvePublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public_sealing_key()[1])


def test_what_was_sealed_opens(app: Flask) -> None:
    outside = header()
    assert open_op(outside, seal_op(outside, SECRET, b"{}", public_key())) == (SECRET, b"{}")


@pytest.mark.parametrize(
    "change", [{"op_id": str(uuid7())}, {"seq": 8}, {"owner_tag": "other"}, {"device_id": str(uuid7())}]
)
def test_every_word_outside_is_bound_to_what_is_inside(app: Flask, change: dict[str, object]) -> None:
    outside = header()
    sealed = seal_op(outside, SECRET, b"{}", public_key())
    with pytest.raises(CannotOpen):
        open_op(dataclasses.replace(outside, **change), sealed)  # type: ignore[arg-type]


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(junk=st.text(max_size=300))
def test_junk_never_breaks_the_server(app: Flask, junk: str) -> None:
    with pytest.raises(CannotOpen):
        open_op(header(), junk)


def test_an_old_sealing_key_still_opens_after_a_new_one_took_over(app: Flask) -> None:
    outside = header()
    sealed = seal_op(outside, SECRET, b"{}", public_key())
    add_key(current_settings(), "sealing")
    current_keys().pairs["sealing"].update(load_keys(current_settings()).pairs["sealing"])
    assert public_sealing_key()[0] != outside.key_id
    assert open_op(outside, sealed) == (SECRET, b"{}")


def test_a_writers_secret_is_one_persons_on_one_device_in_one_sign_in(app: Flask) -> None:
    key_id, _ = current_keys().newest_secret("sync")
    person, device, sign_in = uuid7(), uuid7(), uuid7()
    secret = writer_secret(key_id, person, device, sign_in)
    assert secret is not None and len(secret) == 32
    assert secret == writer_secret(key_id, person, device, sign_in)
    for other in [(uuid7(), device, sign_in), (person, uuid7(), sign_in), (person, device, uuid7())]:
        different = writer_secret(key_id, *other)
        assert different is not None and not same_secret(secret, different)
    assert writer_secret("no such key", person, device, sign_in) is None


@given(content=st.binary(max_size=100))
def test_base64url_goes_there_and_back(content: bytes) -> None:
    assert from_base64url(to_base64url(content)) == content
