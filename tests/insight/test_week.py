"""What a coordinator may do this week: each line leads somewhere, and doing it takes it away."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.client import Browser
from tests.conftest import MovedClock
from tests.pairings.writing_down import note, talk
from tests.people import Cast, person
from tests.programmes.building import site_with_unit, takes_part, whom_to_ring
from webapp.database import db, uuid7, writing
from webapp.feedback import Feedback
from webapp.insight.week import BY_NAME, tasks_of
from webapp.pairings import make_pair
from webapp.people import Person, renew_invitation
from webapp.programmes import Programme, enrol, let_coordinate
from webapp.programmes.launch import tick


def tasks(cast: Cast) -> list[tuple[str, str]]:
    db.session.rollback()
    found = tasks_of(db.session.get_one(Programme, cast.programme), db.session.get_one(Person, cast.carol))
    return [(each.kind, each.code or each.name) for each in found]


def the_programme(cast: Cast) -> Programme:
    return db.session.get_one(Programme, cast.programme)


def carol(cast: Cast) -> Person:
    return db.session.get_one(Person, cast.carol)


def test_a_missing_number_stands_first(cast: Cast) -> None:
    assert tasks(cast) == [("contact_missing", kind) for kind in ("crisis", "safeguarding", "privacy")]
    whom_to_ring(cast, "privacy")
    whom_to_ring(cast, "crisis")
    assert tasks(cast) == [("contact_missing", "safeguarding")]


def test_each_number_is_rung_once_a_year(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    whom_to_ring(cast)
    note(cast.ana, cast.pairing)
    talk(cast.ana, cast.pairing, date(2026, 3, 10))
    clock.move(days=365)
    assert not [each for each in tasks(cast) if each[0] == "contact_old"]
    clock.move(days=1)
    old = [each for each in tasks(cast) if each[0] == "contact_old"]
    assert old == [("contact_old", f"{kind} line") for kind in ("crisis", "safeguarding", "privacy")]
    page = browser.sign_in(cast.carol).get("/help-now/contacts")
    action = page.text.split('/confirm"')[0].rpartition('action="')[2] + "/confirm"
    browser.fill_in("/help-now/contacts", {}, action=action)
    assert len([each for each in tasks(cast) if each[0] == "contact_old"]) == 2


def test_a_pair_without_a_hello_shows_on_day_four_and_goes_with_one(cast: Cast, clock: MovedClock) -> None:
    whom_to_ring(cast)
    clock.move(days=3)
    assert tasks(cast) == []
    clock.move(days=1)
    assert tasks(cast) == [("pair", "no_hello")]
    note(cast.ana, cast.pairing)
    assert tasks(cast) == []


def test_a_pair_without_a_talk_shows_on_day_fifteen_and_goes_with_one(cast: Cast, clock: MovedClock) -> None:
    whom_to_ring(cast)
    note(cast.ana, cast.pairing)
    clock.move(days=14)
    assert tasks(cast) == []
    clock.move(days=1)
    assert tasks(cast) == [("pair", "no_first_talk")]
    talk(cast.mary, cast.pairing, date(2026, 3, 20))
    assert tasks(cast) == []


def test_a_mentee_waits_until_she_has_a_mentor(cast: Cast) -> None:
    whom_to_ring(cast)
    una = takes_part(cast, cast.programme, "Una Byrne")
    assert tasks(cast) == [("no_mentor", "Una Byrne")]
    with writing():
        people = [db.session.get_one(Person, each) for each in (una, cast.ana)]
        make_pair(carol(cast), the_programme(cast), *people, "They fit.")
    assert tasks(cast) == []


def test_many_who_wait_are_one_line_that_leads_to_all_of_them(cast: Cast, browser: Browser) -> None:
    whom_to_ring(cast)
    names = [f"Mentee{number} Waits" for number in range(BY_NAME)]
    for name in names:
        takes_part(cast, cast.programme, name)
    assert tasks(cast) == [("no_mentor", name) for name in names]
    takes_part(cast, cast.programme, "One more")
    with writing():
        for number in range(BY_NAME + 1):
            newcomer = person(f"Newcomer{number} Waits", {"mentor"}, joined=False)
            db.session.flush()
            enrol(carol(cast), the_programme(cast), newcomer, "mentor")
    assert tasks(cast) == [("many_no_mentor", "6"), ("many_not_invited", "6")]
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert "6 mentees have no mentor yet" in page
    assert f"/programme/{cast.programme}/matching" in page
    assert "6 people need a new invitation" in page


def test_somebody_without_a_good_invitation_needs_one(cast: Cast, clock: MovedClock) -> None:
    whom_to_ring(cast)
    with writing():
        ines = person("Ines Paz", {"mentor"}, joined=False)
        db.session.flush()
        enrol(carol(cast), the_programme(cast), ines, "mentor")
        ines_id = ines.id
    assert tasks(cast) == [("not_invited", "Ines Paz")]
    with writing():
        renew_invitation(carol(cast), db.session.get_one(Person, ines_id))
    assert tasks(cast) == []
    clock.move(days=60)
    assert ("not_invited", "Ines Paz") in tasks(cast)


def test_whoever_asked_stands_there_by_name(cast: Cast) -> None:
    whom_to_ring(cast)
    with writing():
        wish = Feedback(id=uuid7(), author_id=cast.mary, pairing_id=cast.pairing, head=uuid7())
        wish.given_at = wish.act_since = the_programme(cast).created_at
        db.session.add(wish)
    assert tasks(cast) == [("ask", "Mary Okafor")]
    with writing():
        db.session.query(Feedback).one().act_since = None
    assert tasks(cast) == []


def test_steps_of_the_plan_come_a_week_before_they_are_due(cast: Cast, clock: MovedClock) -> None:
    whom_to_ring(cast)
    today = clock.at.date()
    with writing():
        the_programme(cast).starts_on = today + timedelta(weeks=6, days=1)  # week 1 is over in seven days
    assert tasks(cast) == [("plan", "objectives"), ("plan", "managers")]
    with writing():
        tick(carol(cast), the_programme(cast), "managers", is_done=True)
    assert tasks(cast) == [("plan", "objectives")]
    clock.move(days=35)
    assert ("plan", "objectives") in tasks(cast)
    clock.move(days=1)
    assert ("plan", "objectives") not in tasks(cast)
    clock.move(days=-36)
    with writing():
        the_programme(cast).starts_on = today + timedelta(weeks=6, days=2)
    assert tasks(cast) == []


def test_the_page_leads_to_where_each_thing_is_done(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    una = takes_part(cast, cast.programme, "Una Byrne")
    clock.move(days=5)
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    for href in ("/help-now/contacts/new?kind=crisis", f"/programme/pairs/{cast.pairing}", f"mentee={una}"):
        assert f'{href}"' in page
    assert "No hello yet" in page


@pytest.mark.one_database
def test_nothing_to_do_is_said(cast: Cast, browser: Browser) -> None:
    whom_to_ring(cast)
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert "Nothing to do" in page


def test_a_coordinator_of_one_site_finds_its_people_alone(cast: Cast) -> None:
    whom_to_ring(cast)
    site, unit = site_with_unit("Southside")
    takes_part(cast, cast.programme, "Susan South", unit=unit)
    takes_part(cast, cast.programme, "Nobody's Site")
    with writing():
        sites: dict[UUID, frozenset[UUID]] = {cast.carol: frozenset({site})}
        let_coordinate(carol(cast), the_programme(cast), sites)
    assert tasks(cast) == [("no_mentor", "Susan South")]


def test_an_ended_programme_asks_for_nothing(cast: Cast, clock: MovedClock) -> None:
    with writing():
        the_programme(cast).ended_at = clock.at
    assert tasks(cast) == []
