"""An offer from a run that came to nothing is followed by the next mentor who may be, or by a coordinator's look."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from tests.offers.asking import REASONS, may_have, offer, say, the_offer
from tests.offers.test_offers import new_mentee, new_mentor, told
from tests.pairings.writing_down import somebody
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.matching.offers import Offer, look_after_offers
from webapp.matching.offers.reads.offers import open_offers_with
from webapp.people import Person
from webapp.programmes import Programme, enrol
from webapp.staff import StaffRecord


def asked_now(mentee: UUID) -> list[UUID]:
    """Which mentors are asked for her."""
    db.session.rollback()
    return [each.mentor_id for each in open_offers_with(db.session.get_one(Person, mentee))]


def from_a_run(cast: Cast, mentee: UUID, mentor: UUID) -> Offer:
    return offer(cast, mentee, mentor, run_id=uuid7(), reasons=REASONS).made[0]


def taking_part(cast: Cast, *mentors: UUID) -> None:
    for each in mentors:
        may_have(cast, each, 1)


def test_the_next_mentor_is_asked_whom_the_rules_allow_and_who_has_a_place(
    app: Flask, cast: Cast, clock: MovedClock
) -> None:
    omar, boss, busy, zoe = (new_mentor(name) for name in ("Omar Aziz", "Bea Boss", "Ben Busy", "Zoe Hall"))
    nia = new_mentee("Nia Evans")
    taking_part(cast, omar, boss, busy, zoe)
    with writing():
        db.session.add(StaffRecord(person_id=nia, manager_id=boss, languages=[]))
    offer(cast, new_mentee("Tom Reed"), busy)
    first = from_a_run(cast, nia, omar).id
    say(app, omar, first, "decline")
    clock.move(minutes=11)
    look_after_offers()
    assert the_offer(first).closed_how == "declined"
    assert asked_now(nia) == [zoe], "neither her manager, nor who has no place, nor who said no"
    assert told(nia)[-1] == "offer" and "offer_news" not in told(nia), "one question, not news of a no as well"
    page = Browser(app).sign_in(nia).get("/").text
    assert "A mentor for you: Zoe Hall" in page and "does not work out" not in page
    say(app, zoe, open_offers_with(somebody(nia))[0].id, "decline")
    clock.move(minutes=11)
    look_after_offers()
    assert asked_now(nia) == []
    listed = Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/offers").text
    assert "Needs a new proposal" in listed
    assert told(nia)[-1] == "offer_news"


def test_after_three_in_a_row_a_person_looks(app: Flask, cast: Cast, clock: MovedClock) -> None:
    mentors = [new_mentor(f"{name} Lee") for name in ("Ari", "Bo", "Cy", "Di", "Ed")]
    nia = new_mentee("Nia Evans")
    taking_part(cast, *mentors)
    from_a_run(cast, nia, mentors[0])
    for _ in range(3):
        current = open_offers_with(somebody(nia))[0]
        say(app, current.mentor_id, current.id, "decline")
        clock.move(minutes=11)
        look_after_offers()
    assert asked_now(nia) == []


def test_what_a_coordinator_chose_by_hand_is_hers_to_think_over(app: Flask, cast: Cast, clock: MovedClock) -> None:
    omar, zoe = new_mentor(), new_mentor("Zoe Hall")
    taking_part(cast, omar, zoe)
    by_hand = offer(cast, cast.charlie, omar, why="They fit.").made[0].id
    say(app, omar, by_hand, "decline")
    clock.move(minutes=11)
    look_after_offers()
    assert asked_now(cast.charlie) == []


def test_a_mentee_who_let_it_pass_is_not_asked_again_by_itself(app: Flask, cast: Cast, clock: MovedClock) -> None:
    omar, zoe, nia, tom = new_mentor(), new_mentor("Zoe Hall"), new_mentee("Nia Evans"), new_mentee("Tom Reed")
    taking_part(cast, omar, zoe, new_mentor("Yan Wu"), new_mentor("Xia Li"))
    silent, said_yes = from_a_run(cast, nia, omar).id, from_a_run(cast, tom, zoe).id
    say(app, omar, silent, "accept")
    say(app, tom, said_yes, "accept")
    clock.move(days=7, minutes=1)
    look_after_offers()
    assert asked_now(nia) == [] and len(asked_now(tom)) == 1


def test_the_rules_hold_for_whoever_left_the_programme(app: Flask, cast: Cast, clock: MovedClock) -> None:
    omar, zoe, nia = new_mentor(), new_mentor("Zoe Hall"), new_mentee("Nia Evans")
    taking_part(cast, omar, zoe)
    with writing():
        part = enrol(somebody(cast.carol), db.session.get_one(Programme, cast.programme), somebody(zoe), "mentor")
        part.left_at = clock()
    first = from_a_run(cast, nia, omar).id
    say(app, omar, first, "decline")
    clock.move(minutes=11)
    look_after_offers()
    assert asked_now(nia) == []
