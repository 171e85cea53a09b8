"""Anything typed into any form and any address: an answer that says what is wrong, never an error of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import FEWER, MANY
from tests.fuzz.words import TYPES, Attacker, assert_no_error_of_ours
from tests.machine.hospital import Hospital

pytestmark = pytest.mark.soaks

somebody = st.none() | st.integers(0, 4)
headers = st.sampled_from(["Accept-Language", "User-Agent", "Origin", "Sec-Fetch-Site"])
NOT_PAGES = ("/healthz",)  # 503 is its word for a worker that is silent


@given(data=st.data(), who=somebody)
@MANY
def test_any_address(attacker: Attacker, data: st.DataObject, who: int | None) -> None:
    rule = data.draw(st.sampled_from([rule for rule in attacker.rules("GET") if rule.rule not in NOT_PAGES]))
    address = data.draw(attacker.address(rule))
    assert_no_error_of_ours(attacker.client(who).get(address), address)


@given(data=st.data())
@MANY
def test_any_form(attacker: Attacker, data: st.DataObject) -> None:
    post = data.draw(attacker.post())
    sent = {name: value.encode(errors="surrogatepass") for name, value in post.values.items()}
    response = attacker.client(post.who).post(post.action, data=sent, headers={"Origin": "http://localhost"})
    assert_no_error_of_ours(response, post.values)


@given(data=st.data(), who=somebody, body=st.binary(max_size=300), kind=st.sampled_from(TYPES))
@FEWER
def test_any_bytes(attacker: Attacker, data: st.DataObject, who: int | None, body: bytes, kind: str) -> None:
    rule = data.draw(st.sampled_from([*attacker.rules("POST"), *attacker.rules("DELETE")]))
    address = data.draw(attacker.address(rule))
    method = "POST" if "POST" in (rule.methods or ()) else "DELETE"
    headers = {"Origin": "http://localhost"}
    response = attacker.client(who).open(address, method=method, data=body, content_type=kind, headers=headers)
    assert_no_error_of_ours(response, body)


@given(cookie=st.text(max_size=60), header=headers)
@FEWER
def test_any_cookie_and_header(hospital: Hospital, attacker: Attacker, cookie: str, header: str) -> None:
    client = attacker.client(None)
    said = cookie.encode("latin-1", "replace").decode("latin-1").replace("\r", "").replace("\n", "")
    for name in ("session", "here", "browser"):
        client.set_cookie(name, cookie.encode("ascii", "replace").decode())
    assert_no_error_of_ours(client.get("/", headers={header: said}), cookie)
