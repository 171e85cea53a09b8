"""Encryption and signing, against independent implementations."""

import base64
import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import http_ece
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tests.doubles.push_service import Browser, PushService
from webapp.push.encryption import (
    LARGEST_PAYLOAD,
    BrowserKeys,
    BrowserKeysInvalid,
    PayloadTooLarge,
    Signatures,
    VapidKey,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CONTACT = "mailto:it@hospital.example"


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


@pytest.fixture(scope="module")
def key() -> VapidKey:
    return VapidKey("k1", ec.generate_private_key(ec.SECP256R1()))


def keys_of(browser: Browser) -> BrowserKeys:
    return BrowserKeys.checked(browser.p256dh, browser.auth)


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def point(private_key: ec.EllipticCurvePrivateKey) -> bytes:
    return private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_the_browser_reads_what_was_encrypted_for_it(service: PushService, key: VapidKey) -> None:
    browser = service.browser()
    message = {"notification": {"title": "Friendtor", "body": "Una nota para ti ✉"}}
    assert browser.read(key.encrypt(json.dumps(message).encode(), keys_of(browser))) == message


def test_another_browser_cannot_read_it(service: PushService, key: VapidKey) -> None:
    body = key.encrypt(b"{}", keys_of(service.browser()))
    with pytest.raises(http_ece.ECEException):
        service.browser().read(body)


def test_two_kinds_of_message_look_the_same_size(service: PushService, key: VapidKey) -> None:
    browser = keys_of(service.browser())
    assert len(key.encrypt(b"{}", browser)) == len(key.encrypt(b'{"title": "A note for you"}', browser))


def test_a_payload_that_a_push_service_could_refuse_is_refused_here(service: PushService, key: VapidKey) -> None:
    browser = keys_of(service.browser())
    assert len(key.encrypt(b"x" * LARGEST_PAYLOAD, browser)) < 4096
    with pytest.raises(PayloadTooLarge):
        key.encrypt(b"x" * (LARGEST_PAYLOAD + 1), browser)


def test_padded_keys_are_kept_without_their_padding() -> None:
    public, secret = point(ec.generate_private_key(ec.SECP256R1())), os.urandom(16)
    padded = base64.urlsafe_b64encode(public).decode(), base64.urlsafe_b64encode(secret).decode()
    assert BrowserKeys.checked(*padded) == BrowserKeys(base64url(public), base64url(secret))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda public, secret: (b"", secret),
        lambda public, secret: (public[:64], secret),
        lambda public, secret: (b"\x02" + public[1:33], secret),
        lambda public, secret: (b"\x04" + bytes(64), secret),
        lambda public, secret: (public[:-1] + bytes([public[-1] ^ 1]), secret),
        lambda public, secret: (public, secret[:15]),
        lambda public, secret: (public, secret + b"x"),
        lambda public, secret: (public, b""),
    ],
)
def test_keys_of_a_wrong_length_or_off_the_curve_are_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    public, secret = spoil(point(ec.generate_private_key(ec.SECP256R1())), os.urandom(16))
    with pytest.raises(BrowserKeysInvalid):
        BrowserKeys.checked(base64url(public), base64url(secret))


@given(st.text(max_size=120), st.text(max_size=40))
def test_any_text_as_keys_is_refused_without_another_error(p256dh: str, auth: str) -> None:
    with pytest.raises(BrowserKeysInvalid):
        BrowserKeys.checked(p256dh, auth)


def test_the_signature_names_the_origin_with_its_port_and_ends_within_twelve_hours(key: VapidKey) -> None:
    header = Signatures(CONTACT).header("https://push.example.org:8443", key, datetime.now(UTC))
    token, public = header.removeprefix("vapid t=").split(", k=")
    assert public == key.public
    verifier = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.urlsafe_b64decode(public + "="))
    claims = jwt.decode(token, verifier, algorithms=["ES256"], audience="https://push.example.org:8443")
    assert claims["sub"] == CONTACT
    assert claims["exp"] <= (datetime.now(UTC) + timedelta(hours=12)).timestamp()


def test_a_signature_is_made_once_for_an_origin_and_again_before_it_ends(key: VapidKey) -> None:
    signatures = Signatures(CONTACT)
    first = signatures.header("https://a.example", key, NOW)
    assert signatures.header("https://a.example", key, NOW + timedelta(hours=10)) == first
    assert signatures.header("https://a.example", key, NOW + timedelta(hours=11, minutes=1)) != first
    assert signatures.header("https://b.example", key, NOW) != first


def test_a_clock_set_back_does_not_keep_a_signature_that_ends_too_late(key: VapidKey) -> None:
    signatures = Signatures(CONTACT)
    ahead = signatures.header("https://a.example", key, NOW + timedelta(days=3))
    assert signatures.header("https://a.example", key, NOW) != ahead


def test_each_key_signs_for_itself(key: VapidKey) -> None:
    other = VapidKey("k2", ec.generate_private_key(ec.SECP256R1()))
    signatures = Signatures(CONTACT)
    assert signatures.header("https://a.example", key, NOW).endswith(key.public)
    assert signatures.header("https://a.example", other, NOW).endswith(other.public)


def test_threads_that_share_the_signatures_never_mix_origins(key: VapidKey) -> None:
    signatures = Signatures(CONTACT)
    origins = [f"https://{number}.example" for number in range(8)]
    wrong: list[str] = []

    def ask(origin: str) -> None:
        for _ in range(40):
            token = signatures.header(origin, key, NOW).removeprefix("vapid t=").split(",")[0]
            if jwt.decode(token, options={"verify_signature": False})["aud"] != origin:
                wrong.append(origin)

    threads = [threading.Thread(target=ask, args=(origin,)) for origin in origins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
