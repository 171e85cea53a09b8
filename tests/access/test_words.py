"""Who can read whose words: all that a person can open, and all that their phone is given, is searched for them."""

from __future__ import annotations

import json

from tests.access.hospital import PEOPLE, Hospital, Member
from tests.access.table import Row, rows_under
from tests.access.test_pages import look

HEADING = "Words"


def test_words_are_read_by_whom_the_table_says_and_by_nobody_else(hospital: Hospital) -> None:
    everything = {name: all_that_is_shown_to(hospital, hospital.people[name]) for name in PEOPLE}
    for row in rows_under(HEADING):
        readers = {name for name in PEOPLE if row.where in everything[name]}
        meant = {name for name in PEOPLE if row.answers[name] == "yes"}
        assert readers == meant, f"{row.what}: read by {sorted(readers)}, meant for {sorted(meant)}"


def all_that_is_shown_to(hospital: Hospital, member: Member) -> str:
    """Every page that the table of pages names, whatever it answers, and the whole feed of the person's phone."""
    shown = []
    for row in opened():
        shown.append(look(hospital, row, member).text)
    if member.phone is not None:
        status, feed = member.phone.transport.get("/sync/feed?since=0&epoch=")
        shown.append(json.dumps(feed) if status in (200, 410) else "")
        assert status != 410 and not (feed or {}).get("more"), "the whole feed in one answer"
    return "\n".join(shown)


def opened() -> list[Row]:
    return [row for row in rows_under("Pages") if row.method == "GET"]
