"""Letters wait sealed in the database, leave after the commit, and are tried again until they expire."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import MovedClock
from webapp.database import db, writing
from webapp.mail import Letter, MemoryPost, OutgoingMail, Unposted, can_post, deliver_due, post_later

LETTER = Letter("mary@example.org", "A new password", "https://localhost/reset/the-secret-token", "St Mary's")


@pytest.fixture
def post(app: Flask) -> MemoryPost:
    app.extensions["post"] = MemoryPost()
    return app.extensions["post"]


def leave(letter: Letter = LETTER) -> None:
    with writing():
        post_later(letter)


def the_row() -> OutgoingMail:
    db.session.expire_all()
    return db.session.scalars(select(OutgoingMail)).one()


def test_a_letter_leaves_once(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    assert deliver_due(clock()) == 1
    assert deliver_due(clock()) == 0
    assert [(each.address, each.sender_name, each.subject) for each in post.letters] == [
        ("mary@example.org", "St Mary's", "A new password")
    ]


def test_a_letter_waits_sealed_and_is_emptied_once_it_is_gone(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    assert b"secret-token" not in the_row().text_sealed
    assert the_row().text == LETTER.text
    deliver_due(clock())
    assert (the_row().text_sealed, the_row().address, the_row().outcome) == (b"", "", "sent")


def test_nothing_is_kept_where_no_mail_server_is_set(app: Flask) -> None:
    assert not can_post()
    leave()
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_a_letter_of_a_transaction_that_failed_never_leaves(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        post_later(LETTER)
        raise ZeroDivisionError
    assert deliver_due(clock()) == 0
    assert post.letters == []


def test_trouble_makes_it_wait_and_then_try_again(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    post.trouble = Unposted("busy")
    assert deliver_due(clock()) == 1
    assert deliver_due(clock()) == 0, "not at once"
    post.trouble = None
    assert deliver_due(clock.move(minutes=16)) == 1
    assert len(post.letters) == 1


def test_a_letter_refused_for_good_is_not_tried_again(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    post.trouble = Unposted("no such mailbox", for_good=True)
    deliver_due(clock())
    assert (the_row().outcome, the_row().text_sealed) == ("failed", b"")
    assert deliver_due(clock.move(hours=1)) == 0


def test_a_letter_that_is_too_late_is_dropped(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    with writing():
        post_later(LETTER, expires_at=clock() + timedelta(hours=1))
    deliver_due(clock.move(hours=2))
    assert post.letters == []
    assert the_row().outcome == "expired"


def test_a_worker_that_died_leaves_its_letters_to_the_next(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    with writing():
        the_row().locked_by = "a worker that died"
        the_row().locked_until = clock() + timedelta(minutes=5)
    assert deliver_due(clock()) == 0
    assert deliver_due(clock.move(minutes=6)) == 1


def test_letters_are_forgotten_after_a_month(app: Flask, post: MemoryPost, clock: MovedClock) -> None:
    leave()
    deliver_due(clock())
    clock.move(days=31)
    leave()
    deliver_due(clock())
    assert the_row().made_at == clock()
