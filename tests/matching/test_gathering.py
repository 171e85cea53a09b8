"""A programme as matching sees it: all that counts, from a number of questions that does not grow."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from flask import Flask

from tests.database.counting import statements
from tests.matching.ward import joins, listed, programme_of
from tests.people import Cast
from tests.profiles.saying import says
from tests.programmes.building import site_with_unit
from webapp.clock import now
from webapp.database import db, writing
from webapp.matching import Goal, Mentee, Mentor, Standing, UsualShift
from webapp.matching.gathering import gather
from webapp.matching.offers import OfferWanted, make_offers
from webapp.matching.offers.actions.closing import close
from webapp.matching.offers.rules import DECLINED
from webapp.pairings import Pairing, end_pair, make_pair
from webapp.people import Person
from webapp.programmes import Cohort as Intake
from webapp.programmes import enrol


def pair(cast: Cast, mentee: UUID, mentor: UUID) -> UUID:
    with writing():
        people = [db.session.get_one(Person, each) for each in (cast.carol, mentee, mentor)]
        return make_pair(people[0], programme_of(cast), people[1], people[2], "").id


def test_everything_that_counts_is_there(app: Flask, cast: Cast) -> None:
    site, unit = site_with_unit("South")
    priya = joins(cast, "Priya Nair", "mentee", ("wound care",), shifts="nights", unit=unit)
    omar = joins(cast, "Omar Haddad", "mentor", ("Wounds",), capacity=2)
    listed(priya, manager_id=omar, assessor_id=cast.ana, starts_on=date(2026, 1, 2), employer="Lantern")
    listed(omar, manager_id=cast.ana, trained_on=date(2026, 1, 1), languages=["English"])
    says(priya, "background", chosen=["abroad"], leaning="like")
    cohort = gather(programme_of(cast))
    assert cohort.mentees == (
        Mentee(
            id=str(priya),
            goals=(Goal("wound care"),),
            shifts=(UsualShift(0, 1170, 750), UsualShift(3, 1170, 750)),
            background=frozenset({"abroad"}),
            leaning=cohort.mentees[0].leaning.LIKE,
            assessors=frozenset({str(cast.ana)}),
            units=frozenset({str(unit)}),
            site=str(site),
            employer="Lantern",
            months=2,
        ),
    )
    (mentor,) = cohort.mentors
    assert mentor == Mentor(
        id=str(omar), expertise=frozenset({"Wounds"}), capacity=2, trained=True, languages=frozenset({"en"})
    )
    assert cohort.line_above(str(priya)) == (str(omar), str(cast.ana))


def test_pairs_that_are_there_stay_and_those_that_were_are_remembered(app: Flask, cast: Cast) -> None:
    one, two = joins(cast, "Uma Rao", "mentee"), joins(cast, "Ivy Chen", "mentee")
    omar = joins(cast, "Omar Haddad", "mentor")
    pair(cast, one, omar)
    over = pair(cast, two, omar)
    with writing():
        end_pair(db.session.get_one(Person, cast.carol), db.session.get_one(Pairing, over))
    cohort = gather(programme_of(cast), locks={one: cast.ana})
    assert cohort.standing == (Standing(str(one), str(omar), accepted=True),)
    assert cohort.earlier == {(str(two), str(omar))}


def test_whoever_has_a_mentor_who_left_the_programme_is_not_matched_anew(app: Flask, cast: Cast) -> None:
    with writing():
        carol, mary = (db.session.get_one(Person, each) for each in (cast.carol, cast.mary))
        enrol(carol, programme_of(cast), mary, "mentee")
    assert gather(programme_of(cast)).mentees == ()


def test_whoever_is_asked_stays_and_whoever_said_no_is_not_proposed_again(app: Flask, cast: Cast) -> None:
    uma, ivy = joins(cast, "Uma Rao", "mentee"), joins(cast, "Ivy Chen", "mentee")
    omar = joins(cast, "Omar Haddad", "mentor", capacity=2)
    with writing():
        carol = db.session.get_one(Person, cast.carol)
        wanted = [OfferWanted(uma, omar), OfferWanted(ivy, omar)]
        declined = make_offers(programme_of(cast), wanted, carol).made[1]
        close(declined, DECLINED, None)
    cohort = gather(programme_of(cast), locks={uma: cast.ana})
    assert cohort.standing == (Standing(str(uma), str(omar)),)
    assert cohort.mentors[0].blocks == {str(ivy)}


def test_a_mentee_elsewhere_takes_a_place(app: Flask, cast: Cast) -> None:
    with writing():
        carol, ana = (db.session.get_one(Person, each) for each in (cast.carol, cast.ana))
        enrol(carol, programme_of(cast), ana, "mentor")
    assert [(each.capacity, each.active) for each in gather(programme_of(cast)).mentors] == [(1, 1)]


def test_who_is_away_or_gone_by_the_staff_list_pauses(app: Flask, cast: Cast) -> None:
    today = now().date()
    away, gone, over, there = (joins(cast, f"{name} Doe", "mentee") for name in ("Al", "Bo", "Cy", "Di"))
    listed(away, leave_until=today)
    listed(gone, left_on=today)
    listed(over, ends_on=today - timedelta(days=1))
    listed(there, leave_until=today - timedelta(days=1), ends_on=today)
    paused = {UUID(each.id): each.paused for each in gather(programme_of(cast)).mentees}
    assert paused == {away: True, gone: True, over: True, there: False}


def test_only_one_intake_and_nobody_who_waits(app: Flask, cast: Cast) -> None:
    now_in, later, waits = (joins(cast, f"{name} Doe", "mentee") for name in ("Al", "Bo", "Cy"))
    with writing():
        intake = Intake(programme_id=cast.programme, name="March", starts_on=now().date())
        db.session.add(intake)
        carol = db.session.get_one(Person, cast.carol)
        for each in (now_in, waits):
            enrol(carol, programme_of(cast), db.session.get_one(Person, each), "mentee", intake)
        db.session.flush()
        intake_id = intake.id
    ids = [each.id for each in gather(programme_of(cast), intake_id, left_out=[waits]).mentees]
    assert ids == [str(now_in)]
    assert len(gather(programme_of(cast)).mentees) == 3
    assert str(later) in {each.id for each in gather(programme_of(cast)).mentees}


def test_as_many_questions_for_many_as_for_few(app: Flask, cast: Cast) -> None:
    def asked() -> int:
        db.session.expunge_all()
        programme = programme_of(cast)
        with statements() as said:
            gather(programme)
        return len(said)

    joins(cast, "Uma Rao", "mentee", ("sleep",))
    joins(cast, "Omar Haddad", "mentor", ("sleep",))
    few = asked()
    for number in range(12):
        joins(cast, f"M{number} Doe", "mentee", ("sleep",), shifts="days")
        joins(cast, f"T{number} Doe", "mentor", ("sleep",), shifts="days")
    assert asked() == few <= 14
