"""What POST /sync and its neighbours answer to what is no delivery at all: one problem shape, never 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.people import Cast
from tests.phone import Phone
from webapp.sync.wire import MOST_BYTES

OURS = {"Origin": "http://localhost", "Content-Type": "application/json"}


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.mary)


def post(browser: Browser, body: object, headers: dict[str, str] = OURS) -> TestResponse:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return browser.client.post("/sync", data=content, headers=headers)


def assert_problem(response: TestResponse, status: int, type_: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    problem: dict[str, Any] = response.get_json()
    assert set(problem) == {"type", "title", "detail", "errors"}
    assert problem["type"] == type_
    return problem


def delivery(**more: object) -> dict[str, object]:
    return {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": [], **more}


def test_an_empty_delivery_is_fine(mary: Browser) -> None:
    response = post(mary, delivery())
    assert response.status_code == 200
    assert response.get_json()["results"] == []


def test_nobody_signed_in_is_401_and_never_a_redirect(app: Flask, cast: Cast) -> None:
    nobody = Browser(app)
    assert_problem(post(nobody, delivery()), 401, "signed_out")
    assert_problem(nobody.client.get("/sync/session"), 401, "signed_out")
    assert_problem(nobody.client.get("/sync/feed"), 401, "signed_out")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "application/json", "Origin": "https://evil.example"},
        {**OURS, "Sec-Fetch-Site": "cross-site"},
        {**OURS, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_origin_is_403(mary: Browser, headers: dict[str, str]) -> None:
    assert_problem(post(mary, delivery(), headers), 403, "foreign_origin")


def test_what_is_not_json_is_415(mary: Browser) -> None:
    assert_problem(post(mary, delivery(), {**OURS, "Content-Type": "text/plain"}), 415, "not_json")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"null",
        b"[]",
        b"[" * 10_000,
        {},
        {"proto": 1},
        delivery(ops={}),
        delivery(ops=[1]),
        delivery(ops=[{}]),
        delivery(sent_at="yesterday"),
        delivery(sent_at="2026-03-10T10:00:00"),
        delivery(ops=[{"op_id": "x", "key_id": "", "device_id": "", "owner_tag": "", "seq": -1, "sealed": ""}]),
    ],
)
def test_what_has_another_shape_is_400(mary: Browser, body: object) -> None:
    assert assert_problem(post(mary, body), 400, "not_this_shape")["errors"]


def test_another_protocol_is_426(mary: Browser) -> None:
    assert_problem(post(mary, delivery(proto=0)), 426, "other_protocol")
    assert_problem(post(mary, delivery(proto=2)), 426, "other_protocol")


def test_too_much_at_once_is_413(app: Flask, cast: Cast, mary: Browser) -> None:
    phone = Phone.of(app, cast.mary)
    fifty_one = [phone.entry(f"{number}").wire for number in range(51)]
    assert_problem(post(mary, delivery(ops=fifty_one)), 413, "too_many_ops")
    assert_problem(post(mary, b" " * (MOST_BYTES + 1)), 413, "too_big")
    assert post(mary, delivery(ops=fifty_one[:50])).status_code == 200


def test_a_get_of_the_outbox_address_is_405(mary: Browser) -> None:
    assert mary.client.get("/sync").status_code == 405


@pytest.mark.parametrize("since", ["-1", "x", "1.5", "", "99999999999999999999", "²"])
def test_a_revision_that_is_none_is_400(mary: Browser, since: str) -> None:
    assert_problem(mary.client.get("/sync/feed", query_string={"since": since}), 400, "not_this_shape")


def test_a_session_says_what_a_phone_needs_to_seal(app: Flask, cast: Cast) -> None:
    own, shared = Phone.of(app, cast.mary), Phone.of(app, cast.mary, "shared")
    assert (own.session["kind"], shared.session["kind"]) == ("own", "shared")
    assert own.session["name"] == "Mary Okafor"
    assert own.session["writer_secret"] != shared.session["writer_secret"]
    assert own.session["owner_tag"] != shared.session["owner_tag"]
    assert len(own.session["owner_tag"]) == 22
    assert own.session["server_time"] == "2026-03-10T10:00:00.000Z"
