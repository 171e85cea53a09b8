"""An authenticator app in ten lines of its own, and turning the second step on with it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from dataclasses import dataclass

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import parse
from tests.people import PASSWORD

HOME = "/settings/second-step"


@dataclass
class Authenticator:
    """Shows the code of the moment, as RFC 6238 says, without a line of ours."""

    secret: str
    clock: MovedClock

    @property
    def code(self) -> str:
        key = base64.b32decode(self.secret)
        digest = hmac.new(key, struct.pack(">Q", int(self.clock().timestamp()) // 30), hashlib.sha1).digest()
        number = struct.unpack(">I", digest[digest[19] & 15 :][:4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"

    def next_code(self) -> str:
        """Half a minute later: a code that was not used."""
        self.clock.move(seconds=30)
        return self.code


def begin(browser: Browser, clock: MovedClock) -> Authenticator:
    """The app has scanned the picture; nothing is confirmed yet."""
    page = browser.fill_in(HOME, {"password": PASSWORD}, action=HOME)
    assert page.status_code == 200, page.status_code
    return Authenticator(values_on(page.text)[0].replace(" ", ""), clock)


def turn_on(browser: Browser, clock: MovedClock) -> tuple[Authenticator, list[str]]:
    """The app and the ten recovery codes of whoever is signed in."""
    app = begin(browser, clock)
    token = browser.get(HOME)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', token.text)
    assert found
    page = browser.post(f"{HOME}/confirm", {"csrf_token": found[1], "code": app.code})
    assert page.status_code == 200, page.text
    return app, values_on(page.text)


def values_on(page: str) -> list[str]:
    """What stands in big letters."""
    return ["".join(each.itertext()) for each in parse(page).iter("code") if each.get("class") == "code__value"]
