"""What every answer carries, over all addresses: nothing runs but our own files, personal pages are kept nowhere."""

from __future__ import annotations

import re

import pytest

from tests.access.hospital import PEOPLE, Hospital
from tests.access.table import Row, rows_under
from tests.access.test_pages import SAFE, look, match

KEPT_BY_BROWSERS = {
    "pwa.static": "files for everybody, under a version",
    "pwa.shell": "rendered for nobody",
    "pwa.service_worker": "asked for anew each time (no-cache), the same for everybody",
    "pwa.manifest": "the app's name and icons",
    "safety.help_now_json": "the same for everybody, and needed without signal",
}
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
EVERYWHERE = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy")
PARTS_OF_PAGES = {"pwa.static": "a script or a style sheet runs under its page's policy"}
INLINE_OR_ELSEWHERE = re.compile(r"unsafe|https?:|\*|blob:|strict-dynamic|nonce")

Answers = list[tuple[Row, str, dict[str, str]]]


@pytest.fixture(scope="module")
def answers(hospital: Hospital) -> Answers:
    """The headers of every page that is opened, for each person."""
    opened: Answers = []
    for row in (row for row in rows_under("Pages") if row.method in SAFE):
        for name in PEOPLE:
            opened.append((row, name, dict(look(hospital, row, hospital.people[name]).headers)))
    return opened


def test_what_is_for_one_person_is_kept_nowhere(hospital: Hospital, answers: Answers) -> None:
    kept = []
    for row, name, headers in answers:
        if "no-store" not in headers["Cache-Control"] and match(hospital.app, row)[0].endpoint not in KEPT_BY_BROWSERS:
            kept.append(f"{name}: {row}")
    assert not kept, "these may be kept by a browser:\n" + "\n".join(kept)


def test_nothing_runs_and_nothing_frames_but_our_own(hospital: Hospital, answers: Answers) -> None:
    for row, name, headers in answers:
        if match(hospital.app, row)[0].endpoint in PARTS_OF_PAGES:
            assert {key: headers[key] for key in EVERYWHERE} == {key: EXPECTED[key] for key in EVERYWHERE}
            continue
        policy = headers["Content-Security-Policy"]
        assert not INLINE_OR_ELSEWHERE.search(policy), f"{name}: {row}: {policy}"
        assert "require-trusted-types-for 'script'" in policy
        assert {key: headers.get(key) for key in EXPECTED} == EXPECTED, f"{name}: {row}"
        assert "camera=()" in headers["Permissions-Policy"]


def test_what_everybody_may_keep_carries_nobodys_cookie(hospital: Hospital, answers: Answers) -> None:
    """A cache between would hand it on."""
    for row, name, headers in answers:
        if match(hospital.app, row)[0].endpoint in KEPT_BY_BROWSERS:
            assert "Set-Cookie" not in headers, f"{name}: {row}"
