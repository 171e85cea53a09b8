"""What two have together stays as long as they are a pair or stay in touch, and a year after; then it is let go of."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tests.client import Browser
from tests.offers.test_offers import new_mentee
from tests.pairings.writing_down import note, somebody, talk
from tests.people import Cast
from webapp import pairings
from webapp.clock import now
from webapp.database import Model, db, uuid7, writing
from webapp.pairings import Contact, Note, Pairing, make_pair
from webapp.pairings.agreeing.models import Signature
from webapp.pairings.desk.models import LastNudge
from webapp.pairings.goals.models import Goal, GoalStep, Practice
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.pairings.models import InLine
from webapp.pairings.page.models import ContactCard, NextContact, SharedNote
from webapp.pairings.partings.models import StayAnswer, SwapRequest
from webapp.pairings.retention import OF_A_PAIR
from webapp.programmes import Programme

# Tables that name a pair and are let go of by another rule, or not at all (docs/data.md).
ELSEWHERE = {"checkin", "checkin_day", "contact", "feedback", "mentor_request", "note", "offer"}
YEAR, DAY = timedelta(days=365), timedelta(days=1)


def together(cast: Cast, pairing_id: UUID) -> None:
    """One row of each kind in which two keep something, in a transaction of its own."""
    at, head = now(), uuid7()
    with writing():
        goal = Goal(id=uuid7(), pairing_id=pairing_id, set_at=at, head=head)
        goal.say("goal", "Wounds", 2)
        step = GoalStep(id=uuid7(), goal_id=goal.id, added_at=at)
        step.write("Watch one.")
        shared = SharedNote(id=uuid7(), pairing_id=pairing_id, author_id=cast.ana, written_at=at, head=head)
        shared.write("The keys hang in the office.")
        following = NextContact(pairing_id=pairing_id, set_by_id=cast.ana, set_at=at, head=head)
        following.agree_on(at.date(), None, "canteen")
        reach = ContactCard(id=uuid7(), pairing_id=pairing_id, person_id=cast.ana, shared_at=at)
        reach.say("0700", "")
        met = Introduction(id=uuid7(), pairing_id=pairing_id, person_id=cast.charlie, proposed_at=at, minutes=10)
        met.write("Knows burns.")
        db.session.add_all([goal, shared, following, reach, met])
        db.session.flush()
        db.session.add_all(
            [
                step,
                Practice(goal_id=goal.id, on=at.date()),
                Signature(pairing_id=pairing_id, person_id=cast.ana, signed_at=at, signed_as="Ana Ruiz", version=1),
                StayAnswer(pairing_id=pairing_id, person_id=cast.ana, stays=True, answered_at=at),
                SwapRequest(id=uuid7(), pairing_id=pairing_id, asked_by_id=cast.ana, asked_at=at),
                LastNudge(pairing_id=pairing_id, nudged_at=at),
                InLine(pairing_id=pairing_id, since=at, settled_at=at),
            ]
        )


def pair_with(cast: Cast, name: str) -> UUID:
    mentee = new_mentee(name)
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        return make_pair(somebody(cast.carol), programme, somebody(mentee), somebody(cast.ana), "They fit.").id


def over(pairing_id: UUID, **moments: datetime) -> None:
    with writing():
        for name, moment in moments.items():
            setattr(db.session.get_one(Pairing, pairing_id), name, moment)


def forget() -> None:
    with writing():
        pairings.forget_old(now())


def kept(model: type[Model]) -> set[UUID]:
    """The pairs of which a row is there."""
    db.session.rollback()
    return set(db.session.scalars(select(model.__table__.c.pairing_id)))


def test_a_year_after_the_end_what_two_had_together_is_gone_and_nothing_younger(cast: Cast, browser: Browser) -> None:
    at = now()
    stands, old, young = cast.pairing, pair_with(cast, "Old One"), pair_with(cast, "Young One")
    friends, parted = pair_with(cast, "Still Friends"), pair_with(cast, "Were Friends")
    for each in (stands, old, young, friends, parted):
        together(cast, each)
    note(cast.ana, stands)
    talk(cast.ana, stands, at.date())
    over(old, ended_at=at - YEAR)
    over(young, ended_at=at - YEAR + DAY)
    over(friends, ended_at=at - 3 * YEAR, friends_since=at - 3 * YEAR)
    over(parted, ended_at=at - 3 * YEAR, friends_since=at - 3 * YEAR, friends_until=at - YEAR)
    forget()
    for model in OF_A_PAIR:
        assert kept(model) == {stands, young, friends}, model.__name__
    assert len(db.session.scalars(select(GoalStep)).all()) == len(db.session.scalars(select(Practice)).all()) == 3
    assert kept(Note) == kept(Contact) == {stands}
    assert len(db.session.scalars(select(Pairing)).all()) == 5, "figures are counted from them"
    for each in (old, young):
        assert browser.sign_in(cast.ana).get(f"/pair/{each}").status_code == 200, "empty or not, both may look"
    over(stands, ended_at=at - YEAR)
    forget()
    assert kept(Goal) == {young, friends} and kept(Note) == kept(Contact) == {stands}


def test_a_settled_wish_for_somebody_else_goes_a_year_later(cast: Cast) -> None:
    at = now()
    with writing():
        for settled in (at - YEAR, at - YEAR + DAY, None):
            row = SwapRequest(id=uuid7(), pairing_id=cast.pairing, asked_by_id=cast.mary, asked_at=at, over_at=settled)
            db.session.add(row)
    forget()
    assert set(db.session.scalars(select(SwapRequest.over_at))) == {at - YEAR + DAY, None}


def test_whoever_closed_an_account_is_open_to_introductions_60_days_more(cast: Cast) -> None:
    at = now()
    with writing():
        for person_id, closed_at in ((cast.ana, None), (cast.mary, at - 59 * DAY), (cast.charlie, at - 60 * DAY)):
            somebody(person_id).closed_at = closed_at
            row = OpenToIntroduction(person_id=person_id, since=at)
            row.say("Burns", 10)
            db.session.add(row)
    forget()
    assert set(db.session.scalars(select(OpenToIntroduction.person_id))) == {cast.ana, cast.mary}


def test_every_table_that_names_a_pair_is_let_go_of_or_said_to_be_elsewhere() -> None:
    named = {name for name, table in Model.metadata.tables.items() if "pairing_id" in table.c}
    assert named == {model.__tablename__ for model in OF_A_PAIR} | ELSEWHERE
