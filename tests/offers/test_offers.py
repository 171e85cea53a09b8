"""Both are asked before they are a pair; nobody learns who said no; a mentor's places hold."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.offers.asking import REASONS, may_have, offer, offer_all, partners_of, say, the_offer
from tests.pairings.writing_down import somebody
from tests.people import Cast, person
from webapp.audit import AuditRow
from webapp.clock import now
from webapp.database import db, writing
from webapp.matching.offers import Offer, OfferWanted, forget_old, look_after_offers
from webapp.matching.offers.actions.answering import accept
from webapp.pairings import Pairing, end_pair, make_pair
from webapp.people import close_account
from webapp.people.presence import presence_changed
from webapp.programmes import Programme, enrolments_of, let_leave
from webapp.push.models import PushMessage
from webapp.staff import StaffRecord

BECAUSE = "We share a kitchen and it did not go well."


def new_mentor(name: str = "Omar Aziz", joined: bool = True) -> UUID:
    with writing():
        row = person(name, {"mentor"}, joined=joined)
        db.session.flush()
        return row.id


def new_mentee(name: str) -> UUID:
    with writing():
        row = person(name, {"mentee"})
        db.session.flush()
        return row.id


def told(person_id: UUID) -> list[str]:
    """The kinds of message that this person gets, in their order."""
    db.session.rollback()
    rows = select(PushMessage.kind).where(PushMessage.person_id == person_id)
    return list(db.session.scalars(rows.order_by(PushMessage.created_at, PushMessage.id)))


def test_two_yeses_make_the_pair_and_each_was_told_why(app: Flask, cast: Cast) -> None:
    omar = new_mentor()
    offer_id = offer(cast, cast.charlie, omar, reasons=REASONS).made[0].id
    assert (told(cast.charlie), told(omar)) == (["offer"], ["offer"])
    page = Browser(app).sign_in(cast.charlie).get("/").text
    assert "A mentor for you: Omar Aziz" in page
    assert "You want to learn this, and your mentor knows it: wound care." in page
    say(app, cast.charlie, offer_id, "accept")
    assert partners_of(cast.charlie) == set(), "one yes is not enough"
    assert "The other person is asked too." in Browser(app).sign_in(cast.charlie).get("/").text
    say(app, omar, offer_id, "accept")
    assert partners_of(cast.charlie) == {omar}
    assert the_offer(offer_id).closed_how == "paired"
    assert "Why this mentor?" in Browser(app).sign_in(cast.charlie).get("/").text, "and the reasons stay"
    assert told(cast.charlie)[-1] == "offer_news", "she is told; he pressed the button"
    assert Browser(app).sign_in(omar).post(f"/offers/{offer_id}/accept").status_code == 400
    assert len(partners_of(omar)) == 1


def test_the_other_never_learns_who_said_no_or_why(app: Flask, cast: Cast, clock: MovedClock) -> None:
    omar = new_mentor()
    offer_id = offer(cast, cast.charlie, omar, why="You both like theatre work.").made[0].id
    say(app, cast.charlie, offer_id, "accept")
    say(app, omar, offer_id, "decline")
    say(app, omar, offer_id, "why", because=BECAUSE)
    assert BECAUSE.encode() not in (the_offer(offer_id).answers[1].because_sealed or b"")
    clock.move(minutes=9)
    assert look_after_offers() == 0
    assert "The other person is asked too." in Browser(app).sign_in(cast.charlie).get("/").text
    clock.move(minutes=2)
    assert look_after_offers() == 1
    assert the_offer(offer_id).closed_how == "declined"
    for address in ("/", f"/offers/{offer_id}"):
        page = Browser(app).sign_in(cast.charlie).get(address).text
        assert "It is not about you." in page
        assert "kitchen" not in page and "said" not in page and "Omar" not in page
    assert (told(cast.charlie), told(omar)) == (["offer_news"], []), "whoever said no knows"
    assert told(cast.carol) == ["programme_news"]
    listed = Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/offers").text
    assert "Needs a new proposal" in listed and BECAUSE in listed
    facts = db.session.scalars(select(AuditRow.facts).where(AuditRow.event.startswith("offers."))).all()
    assert "kitchen" not in str(facts)


def test_not_this_time_can_be_taken_back_for_ten_minutes(app: Flask, cast: Cast, clock: MovedClock) -> None:
    omar = new_mentor()
    offer_id = offer(cast, cast.charlie, omar).made[0].id
    say(app, cast.charlie, offer_id, "decline")
    clock.move(minutes=9)
    say(app, cast.charlie, offer_id, "think-again")
    clock.move(minutes=5)
    look_after_offers()
    say(app, cast.charlie, offer_id, "accept")
    say(app, omar, offer_id, "accept")
    assert partners_of(omar) == {cast.charlie}


def test_they_are_asked_again_after_three_days_and_no_more_after_seven(
    app: Flask, cast: Cast, clock: MovedClock
) -> None:
    omar = new_mentor()
    offer_id = offer(cast, cast.charlie, omar).made[0].id
    say(app, cast.charlie, offer_id, "accept")
    clock.move(days=2, hours=23)
    assert look_after_offers() == 0
    clock.move(hours=2)
    look_after_offers()
    look_after_offers()
    assert (told(omar), told(cast.charlie)) == (["offer", "offer"], ["offer"]), "only who has not answered, once"
    clock.move(days=4)
    look_after_offers()
    assert the_offer(offer_id).closed_how == "expired"
    assert (told(omar)[-1], told(cast.charlie)[-1], told(cast.carol)) == (
        "offer_news",
        "offer_news",
        ["programme_news"],
    )
    assert look_after_offers() == 0
    assert offer(cast, cast.charlie, omar).made, "and may be asked anew"


def test_a_mentor_is_never_asked_above_their_places(cast: Cast) -> None:
    others = [new_mentee("Nia Evans"), new_mentee("Tom Reed")]
    may_have(cast, cast.ana, 2)  # Mary has one of these
    offered = offer_all(cast, *(OfferWanted(each, cast.ana) for each in others))
    assert [each.mentee_id for each in offered.made] == others[:1]
    assert [(each.wanted.mentee_id, each.reason) for each in offered.left_out] == [(others[1], "no_room")]


@pytest.mark.one_database
def test_what_cannot_be_offered_is_left_out_with_its_reason(cast: Cast, clock: MovedClock) -> None:
    omar, gone, report = new_mentor(), new_mentor("Gus Gone"), new_mentee("Rae Report")
    with writing():
        somebody(gone).closed_at = clock()
        db.session.add(StaffRecord(person_id=report, manager_id=omar, languages=[]))
    reasons = {
        each.reason
        for pair in [(cast.mary, omar), (cast.charlie, gone), (cast.charlie, cast.charlie), (report, omar)]
        for each in offer(cast, *pair).left_out
    }
    assert reasons == {"has_mentor", "left", "same_person", "in_line"}
    assert offer(cast, cast.charlie, omar).made
    assert offer(cast, cast.charlie, omar).left_out[0].reason == "has_offer"


def test_nobody_is_asked_before_both_have_joined(app: Flask, cast: Cast, clock: MovedClock) -> None:
    nia = new_mentor("Nia Evans", joined=False)
    offer_id = offer(cast, cast.charlie, nia).made[0].id
    clock.move(days=30)
    assert look_after_offers() == 0 and told(cast.charlie) == []
    assert "Nia" not in Browser(app).sign_in(cast.charlie).get("/").text
    assert Browser(app).sign_in(cast.charlie).get(f"/offers/{offer_id}").status_code == 404
    with writing():
        somebody(nia).joined_at = clock()
        db.session.flush()
        presence_changed(somebody(nia))
    assert told(cast.charlie) == ["offer"]
    say(app, cast.charlie, offer_id, "accept")
    say(app, nia, offer_id, "accept")
    assert partners_of(nia) == {cast.charlie}


@pytest.mark.parametrize("meanwhile", ["account", "programme", "paired", "full"])
def test_what_happened_meanwhile_ends_it_kindly(app: Flask, cast: Cast, meanwhile: str) -> None:
    omar, zoe = new_mentor(), new_mentor("Zoe Hall")
    nia = new_mentee("Nia Evans")
    offer_id = offer(cast, cast.charlie, omar).made[0].id
    say(app, omar, offer_id, "accept")
    with writing():
        carol, programme = somebody(cast.carol), db.session.get_one(Programme, cast.programme)
        if meanwhile == "account":
            close_account(somebody(cast.admin), somebody(omar))
        elif meanwhile == "programme":
            let_leave(carol, enrolments_of(somebody(omar))[0])
        elif meanwhile == "paired":
            make_pair(carol, programme, somebody(cast.charlie), somebody(zoe), "")
        else:
            make_pair(carol, programme, somebody(nia), somebody(omar), "")
    if meanwhile != "account":
        say(app, cast.charlie, offer_id, "accept")
    ends = {"account": "left", "programme": "left", "paired": "overtaken", "full": "full"}
    assert the_offer(offer_id).closed_how == ends[meanwhile]
    assert omar not in partners_of(cast.charlie)
    if meanwhile != "paired":
        assert "It is not about you." in Browser(app).sign_in(cast.charlie).get("/").text


def test_two_phones_that_say_yes_at_once_make_one_pair(app: Flask, cast: Cast) -> None:
    omar = new_mentor()
    offer_id = offer(cast, cast.charlie, omar).made[0].id
    db.session.remove()
    together, failed = threading.Barrier(4), []

    def yes(person_id: UUID) -> None:
        with app.app_context():
            try:
                together.wait(10)
                with writing():
                    accept(somebody(person_id), db.session.get_one(Offer, offer_id))
            except Exception as trouble:
                failed.append(trouble)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=yes, args=(each,)) for each in (cast.charlie, omar, cast.charlie, omar)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert partners_of(cast.charlie) == {omar}
    assert len(the_offer(offer_id).answers) == 2


def test_two_coordinators_cannot_both_give_away_the_last_place(app: Flask, cast: Cast) -> None:
    omar, mentees = new_mentor(), [new_mentee(f"{name} Hill") for name in ("Ina", "Joe", "Kim")]
    may_have(cast, omar, 1)
    db.session.remove()
    together, made = threading.Barrier(3), []

    def give(mentee: UUID) -> None:
        with app.app_context():
            together.wait(10)
            made.extend(each.id for each in offer(cast, mentee, omar).made)
            db.session.remove()

    threads = [threading.Thread(target=give, args=(each,)) for each in mentees]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_what_ended_a_year_ago_is_forgotten_and_what_made_a_pair_stays(
    app: Flask, cast: Cast, clock: MovedClock
) -> None:
    omar, zoe, nia = new_mentor(), new_mentor("Zoe Hall"), new_mentee("Nia Evans")
    declined, paired = offer(cast, cast.charlie, omar).made[0].id, offer(cast, nia, zoe).made[0].id
    say(app, omar, declined, "decline")
    for person_id in (nia, zoe):
        say(app, person_id, paired, "accept")
    clock.move(minutes=11)
    look_after_offers()
    clock.move(days=364)
    forget()
    assert len(db.session.scalars(select(Offer)).all()) == 2
    clock.move(days=2)
    forget()
    assert [each.id for each in db.session.scalars(select(Offer))] == [paired]
    pairing_id = the_offer(paired).pairing_id
    with writing():
        end_pair(somebody(cast.carol), db.session.get_one(Pairing, pairing_id))
    clock.move(days=366)
    forget()
    assert db.session.scalars(select(Offer)).all() == []


def forget() -> None:
    with writing():
        forget_old(now())
