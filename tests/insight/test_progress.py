"""Objectives, counted from what people did: across zones and month ends, for a coordinator of all sites or of one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.client import Browser
from tests.conftest import MovedClock
from tests.pairings.writing_down import talk, written
from tests.people import Cast
from tests.programmes.building import site_with_unit, takes_part
from webapp.checkins import Checkin
from webapp.database import db, uuid7, writing
from webapp.insight.progress import Progress, progress_of
from webapp.insight.rules import Share
from webapp.pairings import Pairing, TalkFields, end_pair, make_pair, record_talk
from webapp.people import Person
from webapp.programmes import Enrolment, Objective, Programme, ProgrammeCoordinator, let_coordinate
from webapp.programmes.actions.objectives import Aim, add_objective


def wants(cast: Cast, measure: str, target: int = 80, due_on: date = date(2026, 12, 31)) -> None:
    with writing():
        by, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
        add_objective(by, programme, Aim("belonging", measure, target, due_on, baseline=40))


def the_progress(cast: Cast, coordinator: UUID | None = None) -> Progress:
    db.session.rollback()
    programme = db.session.get_one(Programme, cast.programme)
    return progress_of(programme, db.session.get_one(Person, coordinator or cast.carol))[0]


def pair_up(cast: Cast, mentee: UUID, mentor: UUID) -> UUID:
    with writing():
        people = [db.session.get_one(Person, each) for each in (cast.carol, mentee, mentor)]
        return make_pair(people[0], db.session.get_one(Programme, cast.programme), *people[1:], "They fit.").id


def live_in(zone: str, *people: UUID) -> None:
    with writing():
        for each in people:
            db.session.get_one(Person, each).zone = zone


def test_without_objectives_the_page_says_what_to_do(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/objectives").text
    assert "No objectives yet" in page
    assert "Add an objective" in page


def test_an_objective_that_nothing_can_be_counted_for_says_so(cast: Cast, browser: Browser) -> None:
    wants(cast, "talked")
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/objectives").text
    assert "No pair was there from the first day of a month yet." in page
    assert 'class="figure"' not in page


def test_talked_is_that_of_the_last_whole_month(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    wants(cast, "talked")
    clock.at = datetime(2026, 3, 31, 22, tzinfo=UTC)  # in London it is 23:00
    charlies = pair_up(cast, cast.charlie, cast.ana)
    clock.at = datetime(2026, 5, 10, 9, tzinfo=UTC)
    talk(cast.mary, cast.pairing, date(2026, 4, 30), 5)
    talk(cast.charlie, charlies, date(2026, 5, 1), 5)
    talk(cast.mary, cast.pairing, date(2026, 4, 3), 1)
    found = the_progress(cast)
    assert (found.share, found.of_month, found.so_far) == (Share(1, 2), date(2026, 4, 1), False)
    assert [(point.month.month, point.share, point.so_far) for point in found.points] == [
        (3, Share(0, 0), False),
        (4, Share(1, 2), False),
        (5, Share(1, 2), True),
    ]
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/objectives").text
    for words in (
        "50 %",
        "1 of 2 pairs",
        "April 2026",
        "The goal is 80 %",
        "Before, it was 40 %.",
        "What it cannot say:",
    ):
        assert words in page


def test_a_message_is_no_talk(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "talked")
    clock.at = datetime(2026, 5, 10, 9, tzinfo=UTC)
    said = TalkFields(pairing=cast.pairing, contact="message", on=date(2026, 4, 3), minutes=10)
    with writing():
        record_talk(db.session.get_one(Person, cast.mary), written(), said)
    assert the_progress(cast).share == Share(0, 1)


@pytest.mark.parametrize(("zone", "of"), [("Europe/London", 1), ("Pacific/Kiritimati", 0)])
def test_a_pair_begins_on_the_day_of_its_mentees_zone(cast: Cast, clock: MovedClock, zone: str, of: int) -> None:
    """At noon in London on 1 April it is 2 April on Kiritimati: there the pair did not stand the whole month."""
    with writing():
        pairing = db.session.get_one(Pairing, cast.pairing)
        for each in (pairing.mentor, pairing.mentee):
            each.joined_at = datetime(2026, 4, 1, 11, tzinfo=UTC)
        pairing.made_at = datetime(2026, 4, 1, 11, tzinfo=UTC)
    live_in(zone, cast.mary)
    wants(cast, "talked")
    clock.at = datetime(2026, 5, 10, 9, tzinfo=UTC)
    assert [point.share.of for point in the_progress(cast).points if point.month == date(2026, 4, 1)] == [of]


def test_after_its_day_an_objective_stands_still(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "talked", target=100, due_on=date(2026, 4, 30))
    clock.at = datetime(2026, 6, 10, 9, tzinfo=UTC)
    talk(cast.mary, cast.pairing, date(2026, 5, 2), 5)
    found = the_progress(cast)
    assert (found.share, found.is_reached) == (Share(0, 1), False)
    assert max(point.month for point in found.points) == date(2026, 4, 1)
    talk(cast.mary, cast.pairing, date(2026, 4, 2), 5)
    assert the_progress(cast).is_reached


def test_a_first_talk_that_was_due_later_counts_for_no_earlier_objective(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "first_talk", due_on=date(2026, 3, 23))  # the pair has until 24 March
    clock.at = datetime(2026, 6, 10, 9, tzinfo=UTC)
    found = the_progress(cast)
    assert (found.share, [point.so_far for point in found.points]) == (Share(0, 0), [True])


def test_matched_counts_who_is_enrolled(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "matched")
    alone = takes_part(cast, cast.programme, "Una Alone")
    takes_part(cast, cast.programme, "Mo Mentor", role="mentor")
    assert the_progress(cast).share == Share(0, 1)
    pair = pair_up(cast, alone, cast.ana)
    assert the_progress(cast).share == Share(1, 1)
    clock.move(days=3)
    with writing():
        end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, pair))
    assert the_progress(cast).share == Share(0, 1)
    with writing():
        for each in db.session.query(Enrolment).filter_by(person_id=alone):
            each.left_at = clock.at
    assert the_progress(cast).share == Share(0, 0)


def test_first_talk_waits_until_the_time_is_over(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "first_talk")
    talk(cast.ana, cast.pairing, date(2026, 3, 10), 5)
    clock.at = datetime(2026, 3, 24, 12, tzinfo=UTC)
    assert the_progress(cast).share == Share(0, 0)
    clock.at = datetime(2026, 3, 25, 12, tzinfo=UTC)
    assert the_progress(cast).share == Share(1, 1)


def test_a_kept_checkin_keeps_the_rhythm_and_another_persons_does_not(cast: Cast, clock: MovedClock) -> None:
    wants(cast, "rhythm")
    with writing():
        checkin(cast.mary, cast.pairing, datetime(2026, 3, 16, 23, 30, tzinfo=UTC), "self")
        checkin(cast.ana, cast.pairing, datetime(2026, 3, 18, 12, tzinfo=UTC), "self")
    clock.at = datetime(2026, 3, 24, 12, tzinfo=UTC)
    assert the_progress(cast).share == Share(1, 2)


def checkin(author: UUID, pairing: UUID, at: datetime, audience: str) -> None:
    row = Checkin(id=uuid7(), author_id=author, pairing_id=pairing, audience=audience, written_at=at, head=uuid7())
    row.shift_date = at.date()
    db.session.add(row)


def test_a_coordinator_of_one_site_counts_that_site(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    wants(cast, "matched")
    site, unit = site_with_unit("Southside")
    south = takes_part(cast, cast.programme, "Susan South", unit=unit)
    takes_part(cast, cast.programme, "Nobody's Site")
    pair_up(cast, south, cast.ana)
    with writing():
        by, programme = db.session.get_one(Person, cast.carol), db.session.get_one(Programme, cast.programme)
        let_coordinate(by, programme, {cast.carol: frozenset({site})})
        db.session.flush()
        assert db.session.query(ProgrammeCoordinator).count() == 1
    assert the_progress(cast).share == Share(1, 1)
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/objectives").text
    assert "You see the figures of your sites only." in page
    assert "Change the objectives" not in page


def test_an_objective_is_added_changed_and_removed(cast: Cast, browser: Browser) -> None:
    base = f"/programme/{cast.programme}/objectives"
    browser.sign_in(cast.carol)
    form = {"measure": "talked", "kind": "staying", "target": "75", "due_on": "2026-12-31"}
    assert browser.fill_in(f"{base}/new", form, action=f"{base}/new").status_code == 303
    made = the_objective()
    assert (made.measure, made.kind, made.baseline, made.target) == ("talked", "staying", None, 75)
    path = f"{base}/{made.id}"
    assert browser.fill_in(path, {"target": "0"}, action=path).status_code == 422
    assert "Write a number from 1 to 100." in browser.fill_in(path, {"target": "101"}, action=path).text
    browser.fill_in(path, {"target": "60", "baseline": "54"}, action=path)
    changed = the_objective()
    assert (changed.baseline, changed.target) == (54, 60)
    assert "60 % by" in browser.get(f"{base}/all").text
    browser.fill_in(path, {}, action=f"{path}/remove")
    db.session.rollback()
    assert db.session.query(Objective).count() == 0


def the_objective() -> Objective:
    db.session.rollback()
    return db.session.query(Objective).one()
