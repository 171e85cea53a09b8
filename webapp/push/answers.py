"""What a push service's answer means; pure, so that each case can be read and tested by itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

WAIT_WHEN_UNSAID = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
FIRST_RETRY = timedelta(seconds=5)
LONGEST_RETRY = timedelta(minutes=15) - FIRST_RETRY
SAID_OF_AN_OLD_KEY = ("vapidpkhashmismatch", "do not correspond", "public key mismatch")
SAID_OF_OUR_SIGNATURE = ("badjwttoken", "expiredjwttoken", "badauthorizationheader", "invalid jwt")


@dataclass(frozen=True)
class Answer:
    """What came back: an HTTP answer, or no status and the trouble that there was instead."""

    status: int | None
    body: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # names in lower case
    trouble: str = ""


class Meaning(StrEnum):
    """What to do next. Only `gone` ends a subscription: nothing is deleted over a doubt."""

    accepted = "accepted"  # by the push service; whether it was shown nobody can know
    gone = "gone"  # the browser has ended this subscription
    needs_resubscribe = "needs_resubscribe"  # made under another key: the browser must subscribe again
    refused_signature = "refused_signature"  # our own key or contact: stop here, tell the administrator
    too_large = "too_large"
    wait_endpoint = "wait_endpoint"
    wait_origin = "wait_origin"
    retry = "retry"
    undeliverable = "undeliverable"  # this message will never be taken; the next one may


@dataclass(frozen=True)
class Verdict:
    """A meaning, and for the two kinds of wait how long the push service asks for."""

    meaning: Meaning
    wait: timedelta = timedelta()


def what_it_means(answer: Answer, now: datetime) -> Verdict:
    """The verdict on one answer."""
    match answer.status:
        case 200 | 201 | 202 | 204:
            return Verdict(Meaning.accepted)
        case 404 | 410:
            return Verdict(Meaning.gone)
        case 400 | 401 | 403:
            return Verdict(_doubt(answer))
        case 413:
            return Verdict(Meaning.too_large)
        case 406 | 429:  # Windows' service says 406 when it is asked too often
            return Verdict(Meaning.wait_endpoint, _asked_wait(answer, now))
        case 503:
            return Verdict(Meaning.wait_origin, _asked_wait(answer, now))
        case None | 407 | 408 | 425:
            return Verdict(Meaning.retry)
        case status if status < 400 or status >= 500:  # a redirect is a portal's or a proxy's: never followed
            return Verdict(Meaning.retry)
        case _:
            return Verdict(Meaning.undeliverable)


def retry_wait(attempts: int, draw: float) -> timedelta:
    """How long to wait after so many attempts: full jitter (`draw` in 0..1) below a doubling, capped ceiling."""
    ceiling = min(LONGEST_RETRY.total_seconds(), FIRST_RETRY.total_seconds() * 2 ** min(attempts, 20))
    return FIRST_RETRY + timedelta(seconds=draw * ceiling)


def _doubt(answer: Answer) -> Meaning:
    said = _said(answer.body)
    if any(words in said for words in SAID_OF_AN_OLD_KEY):
        return Meaning.needs_resubscribe
    if any(words in said for words in SAID_OF_OUR_SIGNATURE):
        return Meaning.refused_signature
    if answer.status == 401 and "errno 109" in said:  # Mozilla's number for a signature that does not fit
        return Meaning.needs_resubscribe
    return Meaning.retry


def _said(body: str) -> str:
    """The words of an error body in lower case, with Mozilla's number as `errno 109`."""
    try:
        fields = json.loads(body)
    except ValueError:
        return body.lower()
    number = fields.get("errno") if isinstance(fields, dict) else None
    return f"{body} errno {number}".lower()


def _asked_wait(answer: Answer, now: datetime) -> timedelta:
    asked = answer.headers.get("retry-after", "").strip()
    if asked.isascii() and asked.isdigit():
        wait = timedelta(seconds=min(int(asked), 10**6))
    else:
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return WAIT_WHEN_UNSAID
        wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
