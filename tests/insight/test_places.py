"""Places against mentees, counted by hand."""

from __future__ import annotations

from tests.client import Browser
from tests.people import Cast
from tests.programmes.building import site_with_unit, takes_part
from webapp.database import db, writing
from webapp.insight.places import Places, places_of
from webapp.matching import Settings
from webapp.matching.gathering import gather
from webapp.matching.offers import OfferWanted, make_offers
from webapp.matching.runs.before import before
from webapp.pairings import Pairing, end_pair, make_pair
from webapp.people import Person
from webapp.programmes import Programme


def counted(cast: Cast) -> Places:
    db.session.rollback()
    return places_of(db.session.get_one(Programme, cast.programme), db.session.get_one(Person, cast.carol))


def test_nobody_takes_part(cast: Cast, browser: Browser) -> None:
    assert "Nobody takes part yet" in browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/places").text


def test_each_unit_is_counted_and_the_sum_says_how_many_are_missing(cast: Cast, browser: Browser) -> None:
    _site, east = site_with_unit("Eastside")
    _site, west = site_with_unit("Westside")
    mentees = [takes_part(cast, cast.programme, f"Mentee{number} East", unit=east) for number in range(4)]
    takes_part(cast, cast.programme, "Mentee5 West", unit=west)
    mentor = takes_part(cast, cast.programme, "Mentor1 West", "mentor", unit=west, capacity=3)
    takes_part(cast, cast.programme, "Mentor2 West", "mentor", unit=west, capacity=0)
    takes_part(cast, cast.programme, "Mentor3 Nowhere", "mentor")
    with writing():
        people = [db.session.get_one(Person, each) for each in (cast.carol, mentees[0], mentor)]
        pair = make_pair(people[0], db.session.get_one(Programme, cast.programme), *people[1:], "They fit.").id
    found = counted(cast)
    assert [(each.unit and each.unit.name, each.waiting, each.mentors, each.free) for each in found.units] == [
        ("Ward of Eastside", 3, 0, 0),
        ("Ward of Westside", 1, 2, 2),
        (None, 0, 1, 1),
    ]
    assert (found.waiting, found.mentors, found.free, found.missing) == (4, 3, 3, 1)
    page = browser.sign_in(cast.carol).get(f"/programme/{cast.programme}/places").text
    assert "4 mentees to match, 3 free places. Ask for 1 more." in page
    with writing():
        end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, pair))
    assert (counted(cast).waiting, counted(cast).free) == (5, 4)


def test_who_is_asked_is_counted_alike_before_a_run_and_holds_a_place(cast: Cast, browser: Browser) -> None:
    mentees = [takes_part(cast, cast.programme, f"Mentee{number} Here") for number in range(3)]
    mentors = [takes_part(cast, cast.programme, f"Mentor{number} Here", "mentor") for number in range(2)]
    with writing():
        programme, carol = db.session.get_one(Programme, cast.programme), db.session.get_one(Person, cast.carol)
        assert make_offers(programme, [OfferWanted(mentees[0], mentors[0])], carol).made
    found, first = counted(cast), before(gather(db.session.get_one(Programme, cast.programme)), Settings())
    assert (found.waiting, found.asked, found.to_match, found.free, found.missing) == (3, 1, 2, 1, 1)
    assert (first.waiting, first.asked, first.to_match, first.places, first.missing) == (3, 1, 2, 1, 1)
    browser.sign_in(cast.carol)
    for page in ("places", "matching"):
        said = browser.get(f"/programme/{cast.programme}/{page}").text
        assert "Places are missing: 2 mentees to match, 1 free places. Ask for 1 more." in said
        assert "Mentees without a mentor who are asked already: 1." in said


def test_more_mentees_than_there_is_time_for_leave_no_place(cast: Cast) -> None:
    mentor = takes_part(cast, cast.programme, "Busy Mentor", "mentor", capacity=0)
    mentee = takes_part(cast, cast.programme, "One Mentee")
    with writing():
        people = [db.session.get_one(Person, each) for each in (cast.carol, mentee, mentor)]
        make_pair(people[0], db.session.get_one(Programme, cast.programme), *people[1:], "They fit.")
    assert (counted(cast).waiting, counted(cast).free, counted(cast).missing) == (0, 0, 0)
