"""What a push service's answer means: nothing is ended over a doubt."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.push.answers import LONGEST_WAIT, Answer, Meaning, what_it_means

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def meaning(status: int | None, body: str = "", **headers: str) -> Meaning:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return what_it_means(Answer(status, body, named), NOW).meaning


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_accepted(status: int) -> None:
    assert meaning(status) is Meaning.accepted


@pytest.mark.parametrize("status", [404, 410])
def test_gone(status: int) -> None:
    assert meaning(status) is Meaning.gone


@given(st.none() | st.integers(100, 599), st.text(max_size=200))
def test_only_404_and_410_end_a_subscription(status: int | None, body: str) -> None:
    assert (meaning(status, body) is Meaning.gone) == (status in (404, 410))


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, json.dumps({"reason": "VapidPkHashMismatch"})),
        (
            403,
            "the VAPID credentials in the authorization header do not correspond to the credentials used to "
            "create the subscriptions.",
        ),
        (401, json.dumps({"code": 401, "errno": 109, "error": "Unauthorized", "message": "Key mismatch"})),
        (401, json.dumps({"code": 401, "errno": 109, "message": "VAPID public key mismatch"})),
    ],
)
def test_a_rotated_key_asks_the_browser_to_subscribe_again(status: int, body: str) -> None:
    assert meaning(status, body) is Meaning.needs_resubscribe


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, json.dumps({"reason": "BadJwtToken"})),
        (403, "invalid JWT provided"),
        (403, '{"reason":"ExpiredJwtToken"}'),
    ],
)
def test_a_signature_that_is_refused_stops_the_origin(status: int, body: str) -> None:
    assert meaning(status, body) is Meaning.refused_signature


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize("body", ["", "<html>proxy</html>", "[1]", '{"errno": 110}'])
def test_a_refusal_without_a_known_reason_is_tried_again(status: int, body: str) -> None:
    assert meaning(status, body) is Meaning.retry


@pytest.mark.parametrize("status", [None, 301, 302, 307, 407, 408, 425, 500, 502, 504, 599])
def test_trouble_on_the_way_is_tried_again(status: int | None) -> None:
    assert meaning(status) is Meaning.retry


def test_too_large() -> None:
    assert meaning(413) is Meaning.too_large


@pytest.mark.parametrize("status", [402, 405, 411, 422])
def test_what_will_never_be_taken_ends_the_message_only(status: int) -> None:
    assert meaning(status) is Meaning.undeliverable


@pytest.mark.parametrize(("status", "who"), [(429, Meaning.wait_endpoint), (503, Meaning.wait_origin)])
@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(seconds=1)),
        ("Tue, 24 Nov 2026 12:10:00 GMT", timedelta(minutes=10)),
        ("Tue, 24 Nov 2026 11:10:00 GMT", timedelta(seconds=1)),
        ("", timedelta(minutes=1)),
        ("soon", timedelta(minutes=1)),
        ("999999999999999999999", LONGEST_WAIT),
    ],
)
def test_retry_after_is_honoured(status: int, who: Meaning, asked: str, wait: timedelta) -> None:
    verdict = what_it_means(Answer(status, headers={"retry-after": asked}), NOW)
    assert (verdict.meaning, verdict.wait) == (who, wait)


@given(st.text(max_size=60))
def test_no_retry_after_breaks_anything(asked: str) -> None:
    wait = what_it_means(Answer(503, headers={"retry-after": asked}), NOW).wait
    assert timedelta(seconds=1) <= wait <= LONGEST_WAIT
