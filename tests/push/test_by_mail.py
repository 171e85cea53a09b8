"""Whom no device can be told is written to: neutrally, seldom, at a decent hour, and never beside a notification."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.doubles.push_service import PushService, Told
from tests.people import Cast
from tests.push.conftest import Phone, tell
from webapp import push
from webapp.checkins import CheckinFields, record_checkin
from webapp.database import db, uuid7, writing
from webapp.ledger import Written
from webapp.mail import MemoryPost, OutgoingMail, deliver_due
from webapp.people import Person, SignIn, end_sign_ins
from webapp.push.kinds import KINDS
from webapp.push.models import Delivery, PushMessage, QuietHours

PhoneOf = Callable[..., Phone]
TALK, NOTE = "Someone would like to talk", "A note for you"
LETTERS = {
    "talk_wanted": TALK,
    "note": NOTE,
    "nudge": "A word would be welcome",
    "offer": "There is a question for you",
    "pair_news": "There is news for you",
    "to_decide": "There is something for you to decide",
}


@pytest.fixture(autouse=True)
def post(app: Flask) -> MemoryPost:
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


def worked(post: MemoryPost, clock: MovedClock) -> list[str]:
    """The subjects of everything mailed so far, once the worker has done what is due."""
    push.deliver_now()
    while deliver_due(clock()):
        pass
    return [letter.subject for letter in post.letters]


def told_at(person_id: UUID, written_at: datetime) -> datetime | None:
    db.session.rollback()
    db.session.expire_all()
    return push.told_at(db.session.get_one(Person, person_id), written_at)


def settled() -> list[str | None]:
    db.session.rollback()
    return list(db.session.scalars(select(PushMessage.settled_how).order_by(PushMessage.id)))


def change(person_id: UUID, **values: object) -> None:
    with writing():
        for name, value in values.items():
            setattr(db.session.get_one(Person, person_id), name, value)


@pytest.mark.parametrize(("kind", "subject"), LETTERS.items())
def test_who_never_turned_notifications_on_gets_a_letter(
    cast: Cast, post: MemoryPost, clock: MovedClock, kind: str, subject: str
) -> None:
    tell(cast.ana, kind)
    assert worked(post, clock) == [subject]
    assert (post.letters[0].address, post.letters[0].sender_name) == ("ana@example.org", "St Mary's")
    assert settled() == ["mailed"]
    assert worked(post, clock.move(hours=1) and clock) == [subject], "once"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(LETTERS)))
def test_nothing_else_is_worth_a_letter(cast: Cast, post: MemoryPost, clock: MovedClock, kind: str) -> None:
    tell(cast.ana, kind)
    clock.move(minutes=31)
    assert worked(post, clock) == []


def test_a_letter_names_nobody_and_says_how_to_turn_it_off(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    tell(cast.ana, "talk_wanted", navigate=f"/notes?pairing={cast.pairing}")
    worked(post, clock)
    said = post.letters[0].subject + post.letters[0].text
    for name in ("Mary", "Okafor", "Ruiz", "Ward", "mentor", "mentee", "shift", str(cast.pairing)):
        assert name not in said
    assert "http://localhost/settings" in said
    assert "http://localhost/notes" not in said


def test_it_speaks_the_readers_language(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    change(cast.ana, lang="es")
    tell(cast.ana, "note")
    assert worked(post, clock) == ["Una nota para ti"]


def test_a_phone_that_takes_notifications_leaves_no_letter(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    assert worked(post, clock) == []
    assert len(service.to(phone.push)) == 1


@pytest.mark.parametrize("answer", [Told(410), Told(400, '{"reason": "VapidPkHashMismatch"}')])
def test_what_the_last_phone_refuses_goes_by_mail_at_once(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService, answer: Told
) -> None:
    phone_of(cast.ana)
    service.tell(answer)
    tell(cast.ana, "note")
    worked(post, clock)
    assert worked(post, clock) == [NOTE]
    assert settled() == ["mailed"]


def test_one_of_two_phones_is_enough(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService
) -> None:
    old, new = phone_of(cast.ana), phone_of(cast.ana)
    service.end(old.push.token)
    tell(cast.ana, "note")
    assert worked(post, clock) == []
    assert worked(post, clock) == []
    assert len(service.to(new.push)) == 1
    assert settled() == ["released"]


def test_a_phone_that_waits_is_given_its_time(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService
) -> None:
    old, new = phone_of(cast.ana), phone_of(cast.ana)
    service.end(old.push.token)
    service.tell(Told(500), token=new.push.token)
    tell(cast.ana, "note")
    assert worked(post, clock) == []
    assert worked(post, clock.move(minutes=16) and clock) == []
    assert len(service.to(new.push)) == 1


def test_a_phone_that_was_signed_out_meanwhile(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService
) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    with writing():
        end_sign_ins(SignIn.id == phone.sign_in.id, why="signed out")
    worked(post, clock)
    assert worked(post, clock) == [NOTE]
    assert service.asked == 0


def test_a_browser_that_came_back_is_not_asked_twice_for_the_same(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf
) -> None:
    phone = phone_of(cast.ana)
    tell(cast.ana, "note")
    push.release_due()
    with writing():
        db.session.get_one(SignIn, phone.sign_in.id).expires_at = clock()
    push.deliver_now()
    phone.browser.sign_in(cast.ana)
    assert phone.turn_on().status_code == 201
    push.deliver_now()
    db.session.rollback()
    assert len(db.session.scalars(select(Delivery)).all()) == 1
    assert settled() == ["mailed"]


def test_quiet_hours_and_time_away_are_kept(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    tell(cast.ana, "note")
    assert worked(post, clock) == []
    clock.at = datetime(2026, 3, 11, 8, 59, tzinfo=UTC)
    assert worked(post, clock) == []
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == [NOTE]
    with writing():
        db.session.merge(QuietHours(person_id=cast.mary, away_until=clock().date() + timedelta(days=2)))
    tell(cast.mary, "talk_wanted")
    assert worked(post, clock) == [NOTE]
    clock.move(days=2)
    assert worked(post, clock) == [NOTE, TALK]


def test_notes_are_one_letter_a_day(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    for number in range(3):
        tell(cast.ana, "note", str(number))
    assert worked(post, clock) == [NOTE]
    clock.move(hours=5)
    tell(cast.ana, "note", "later")
    assert worked(post, clock) == [NOTE]
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == [NOTE, NOTE], "what came after the first letter is told the next morning, together"
    clock.at = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == [NOTE, NOTE, NOTE]
    clock.move(days=3)
    assert worked(post, clock) == [NOTE, NOTE, NOTE]


def test_a_wish_to_talk_does_not_wait_for_tomorrow(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    tell(cast.ana, "note")
    assert worked(post, clock) == [NOTE]
    tell(cast.ana, "talk_wanted", "1"), tell(cast.ana, "talk_wanted", "2")
    assert worked(post, clock) == [NOTE, TALK]


def test_who_would_like_to_talk_learns_when_the_letter_goes(cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    first = clock.at
    assert told_at(cast.ana, first) == datetime(2026, 3, 11, 9, 0, tzinfo=UTC), "not in the night"
    tell(cast.ana, "talk_wanted", "1")
    clock.at = datetime(2026, 3, 11, 10, 30, tzinfo=UTC)
    assert worked(post, clock) == [TALK]
    assert told_at(cast.ana, first) == clock(), "the worker was late, and so was the letter"
    clock.move(hours=1)
    second = clock()
    tell(cast.ana, "talk_wanted", "2")
    tomorrow = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == [TALK] and told_at(cast.ana, second) == tomorrow, "one such letter a day"
    clock.at = tomorrow
    assert worked(post, clock) == [TALK, TALK] and told_at(cast.ana, second) == tomorrow
    change(cast.ana, email=None)
    assert told_at(cast.ana, second) is None


def test_the_mentee_reads_that_her_mentor_is_told_though_no_device_is(
    app: Flask, cast: Cast, post: MemoryPost, clock: MovedClock
) -> None:
    with writing():
        mary = db.session.get_one(Person, cast.mary)
        fields = CheckinFields(audience="mentor", pairing=cast.pairing, need="talk")
        record_checkin(mary, Written(uuid7(), uuid7(), clock(), "Europe/London"), fields)
    page = Browser(app).sign_in(cast.mary).get("/").text
    assert "Ana was told on Tue 10 March" in page and "gets no notifications" not in page
    change(cast.ana, email=None)
    assert "Ana gets no notifications." in Browser(app).sign_in(cast.mary).get("/").text


def test_who_has_looked_since_is_not_written_to(app: Flask, cast: Cast, post: MemoryPost, clock: MovedClock) -> None:
    browser = Browser(app).sign_in(cast.ana)
    clock.at = datetime(2026, 3, 10, 22, 0, tzinfo=UTC)
    tell(cast.ana, "note")
    clock.move(minutes=30)
    browser.get("/")
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == []
    assert settled() == ["seen"]


def test_what_waited_for_the_next_day_goes_to_a_phone_that_came_meanwhile(
    cast: Cast, post: MemoryPost, clock: MovedClock, phone_of: PhoneOf, service: PushService
) -> None:
    tell(cast.ana, "note", "1"), tell(cast.ana, "note", "2")
    assert worked(post, clock) == [NOTE]
    phone = phone_of(cast.ana)
    clock.at = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    assert worked(post, clock) == [NOTE]
    assert len(service.to(phone.push)) == 1


@pytest.mark.parametrize(
    "values", [{"email": None}, {"joined_at": None}, {"closed_at": datetime(2026, 3, 1, tzinfo=UTC)}]
)
def test_who_cannot_be_written_to_keeps_the_badge(
    cast: Cast, post: MemoryPost, clock: MovedClock, values: dict[str, object]
) -> None:
    change(cast.ana, **values)
    tell(cast.ana, "note")
    assert worked(post, clock) == []
    assert settled() == ["no_device"]


def test_a_person_turns_it_off_and_on_in_the_settings(
    app: Flask, cast: Cast, post: MemoryPost, clock: MovedClock
) -> None:
    ana = Browser(app).sign_in(cast.ana)
    assert "we send you a short e-mail instead" in ana.get("/devices").text
    assert ana.fill_in("/settings", {"mail": "no"}, action="/settings/mail").status_code == 303
    assert "Send me e-mails again" in ana.get("/settings").text
    assert "You see what is new when you open Friendtor" in ana.get("/devices").text
    clock.move(minutes=1)
    tell(cast.ana, "note", "1")
    assert worked(post, clock) == []
    ana.fill_in("/settings", {"mail": "yes"}, action="/settings/mail")
    clock.move(minutes=1)
    tell(cast.ana, "note", "2")
    assert worked(post, clock) == [NOTE]


def test_the_devices_page_says_nothing_of_mail_where_notifications_work(cast: Cast, phone_of: PhoneOf) -> None:
    assert "No device of yours gets notifications" not in phone_of(cast.ana).browser.get("/devices").text


def test_settings_that_could_not_be_saved_still_offer_it(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    answer = ana.fill_in("/settings", {"zone": "Nowhere/Atall"}, action="/settings")
    assert (answer.status_code, "Do not send me these e-mails" in answer.text) == (422, True)


def test_without_a_mail_server_nothing_is_promised(app: Flask, cast: Cast) -> None:
    del app.extensions["post"]
    ana = Browser(app).sign_in(cast.ana)
    assert "/settings/mail" not in ana.get("/settings").text
    assert "short e-mail" not in ana.get("/devices").text


def test_two_workers_write_one_letter(app: Flask, cast: Cast) -> None:
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, starts=time(), ends=time()))
    for number in range(6):
        tell(cast.ana, "note", str(number))
    db.session.rollback()
    ready, troubles = threading.Barrier(3), list[BaseException]()

    def work() -> None:
        with app.app_context():
            ready.wait()
            try:
                while push.release_due(limit=1):
                    pass
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)
    assert troubles == []
    db.session.rollback()
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 1
