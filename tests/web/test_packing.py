"""Pages and feeds travel packed to whom that helps, and say the same as unpacked."""

from __future__ import annotations

import gzip
import re

import brotli
import pytest
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.people import Cast

UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}
CHANGES = re.compile(rb"[0-9A-Za-z_.-]{40,}|[0-9a-f-]{36}")  # tokens and fresh ids


def ask(browser: Browser, path: str, accepted: str) -> TestResponse:
    return browser.client.get(path, headers={"Accept-Encoding": accepted})


@pytest.mark.parametrize(("accepted", "used"), [("br", "br"), ("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")])
def test_a_page_is_packed_as_its_reader_knows(browser: Browser, cast: Cast, accepted: str, used: str) -> None:
    browser.sign_in(cast.mary)
    plain, packed = browser.get("/check-in"), ask(browser, "/check-in", accepted)
    assert packed.headers["Content-Encoding"] == used
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 3
    assert CHANGES.sub(b"", UNPACKED[used](packed.data)) == CHANGES.sub(b"", plain.data)


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0"])
def test_who_knows_no_packing_gets_it_plain(browser: Browser, cast: Cast, accepted: str) -> None:
    answer = ask(browser.sign_in(cast.mary), "/check-in", accepted)
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_a_short_answer_is_not_packed(browser: Browser, cast: Cast) -> None:
    answer = ask(browser.sign_in(cast.mary), "/healthz", "br")
    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
