"""A coordinator enters a talk for two people without a phone: the day and how, never what was said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.pairings.test_coordinator_pages import another_coordinator
from tests.pairings.writing_down import somebody, stored_talk, talk, the_pairing
from tests.people import Cast
from webapp.audit import AuditRow
from webapp.database import db, writing
from webapp.pairings import Contact, end_pair, last_talk_on, minutes_talked, talks_as_seen_by

MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


def path(cast: Cast) -> str:
    return f"/programme/pairs/{cast.pairing}/talks/new"


def enter(cast: Cast, browser: Browser, by: UUID | None = None, **said: object) -> int:
    fields = {"contact": "in_person", "minutes": "15", "day": "yesterday", **said}
    return browser.sign_in(by or cast.carol).fill_in(path(cast), fields, action=path(cast)).status_code


def the_talk() -> Contact:
    db.session.rollback()
    return db.session.scalars(select(Contact)).one()


def test_it_counts_as_talked_and_says_who_entered_it(cast: Cast, browser: Browser) -> None:
    assert enter(cast, browser) == 303
    assert last_talk_on(the_pairing(cast.pairing)) == MONDAY
    assert minutes_talked(the_pairing(cast.pairing), MONDAY, TUESDAY) == 15
    assert "Mon 9 March" in browser.get(f"/programme/pairs/{cast.pairing}").text
    for one in (cast.mary, cast.ana):
        page = browser.sign_in(one).get(f"/talks?pairing={cast.pairing}").text
        assert "15 minutes" in page
        assert "Entered by the coordinator." in page
        seen = talks_as_seen_by(somebody(one), [the_talk().id])
        [(_head, data)] = seen.values()
        assert (data["mine"], data["by_coordinator"]) == (False, True)


def test_it_stands_in_the_audit_under_the_coordinators_name(cast: Cast, browser: Browser) -> None:
    enter(cast, browser)
    row = db.session.scalars(select(AuditRow).where(AuditRow.event == "pairings.recorded_contact")).one()
    assert row.actor_id == cast.carol


def test_a_talk_that_the_pair_recorded_too_counts_once(cast: Cast, browser: Browser) -> None:
    talk(cast.ana, cast.pairing, MONDAY, 10)
    enter(cast, browser)
    assert minutes_talked(the_pairing(cast.pairing), MONDAY, TUESDAY) == 15


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"contact": ""}, "Choose how they talked."),
        ({"contact": "message"}, "Not a valid choice"),
        ({"minutes": ""}, "Choose how many minutes they talked."),
        ({"minutes": "many"}, "Choose how many minutes they talked."),
        ({"minutes": "", "more": "601"}, "Write minutes between 1 and 600."),
        ({"other_day": "2026-03-12"}, "This day is in the future."),
    ],
)
def test_what_cannot_be_is_said(cast: Cast, browser: Browser, said: dict[str, object], complaint: str) -> None:
    fields = {"contact": "call", "minutes": "5", **said}
    answer = browser.sign_in(cast.carol).fill_in(path(cast), fields, action=path(cast))
    assert answer.status_code == 422
    assert complaint in answer.text
    assert db.session.scalar(select(Contact)) is None


def test_the_coordinator_takes_back_what_was_wrong(cast: Cast, browser: Browser) -> None:
    enter(cast, browser)
    at, mine = f"/programme/pairs/{cast.pairing}", the_talk().id
    answer = browser.fill_in(at, {}, action=f"{at}/talks/{mine}/take-back")
    assert answer.status_code == 303
    assert last_talk_on(the_pairing(cast.pairing)) is None
    gone = stored_talk(mine)
    assert gone is not None and gone.taken_back_at is not None


def test_nobody_else_enters_or_takes_back(cast: Cast, browser: Browser) -> None:
    stranger = another_coordinator()
    for one in (cast.mary, cast.ana, cast.charlie, stranger):
        assert browser.sign_in(one).get(path(cast)).status_code in (403, 404)
    enter(cast, browser)
    mine = the_talk().id
    own = talk(cast.ana, cast.pairing, TUESDAY, 5)
    for one, entity in ((cast.ana, mine), (stranger, mine), (cast.carol, own)):
        address = f"/programme/pairs/{cast.pairing}/talks/{entity}/take-back"
        assert browser.sign_in(one).post(address, {"entity": str(entity)}).status_code in (403, 404)
        kept = stored_talk(entity)
        assert kept is not None and kept.taken_back_at is None


def test_a_pair_that_has_ended_gets_no_more_talks(cast: Cast, browser: Browser) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    assert browser.sign_in(cast.carol).get(path(cast)).status_code == 404
