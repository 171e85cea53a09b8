"""The threat model of docs/decisions/0007, attacked: who has the tablet after her, and her mentor, try their best."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.phone import Kept, Phone
from tests.sync.test_dropped_work import PAGE, bring, checkin, rows_in_form, say
from webapp.checkins import Checkin
from webapp.database import db
from webapp.journal import Entry
from webapp.sync.models import DroppedEnvelope, DroppedOp, HeldOp


@pytest.fixture
def tablet(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.mary, "shared")


@pytest.fixture
def thief(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.charlie, "shared")


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.mary)


def turned_away() -> list[str]:
    return sorted(str(reason) for reason in db.session.scalars(select(DroppedEnvelope.reason)))


def assert_nothing_is_hers(mary: Browser) -> None:
    assert "Nothing waits for you" in mary.get(PAGE).text
    for table in (DroppedOp, HeldOp, Entry, Checkin):
        assert db.session.scalar(select(func.count(table.id))) == 0


def test_words_sealed_with_his_own_secret_are_not_hers(mary: Browser, tablet: Phone, thief: Phone) -> None:
    op = tablet.entry("I hate it here")
    op.sealed = thief.seal(op.header, op.body)
    guess = thief.entry("I hate it here too", person=tablet.session["person"])
    ids = {name: tablet.session[name] for name in ("person", "device", "sign_in")}
    no_secret = thief.entry("So do I", **ids)
    bring(thief, op, guess, no_secret)
    assert turned_away() == ["forged"] * 3
    assert_nothing_is_hers(mary)


def test_a_planted_op_does_not_take_the_place_of_the_true_one(mary: Browser, tablet: Phone, thief: Phone) -> None:
    op = tablet.entry("The true words")
    planted = dataclasses.replace(op, sealed=thief.seal(op.header, {**op.body, "fields": {}}))
    bring(thief, planted)
    bring(thief, op)
    say(mary, "yes")
    assert db.session.scalars(select(Entry)).one().text == "The true words"


@pytest.mark.parametrize(
    "swapped",
    [{"seq": 77}, {"op_id": "0198f000-0000-7000-8000-000000000000"}, {"owner_tag": "another"}, {"device_id": "other"}],
)
def test_a_swapped_header_opens_nothing(mary: Browser, tablet: Phone, thief: Phone, swapped: dict[str, Any]) -> None:
    op = tablet.entry("Under its own header")
    if "device_id" in swapped:
        swapped = {"device_id": thief.session["device"]}
    bring(thief, Kept(dataclasses.replace(op.header, **swapped), op.sealed, op.body))
    assert turned_away() == ["unreadable"]
    assert_nothing_is_hers(mary)


def test_her_ciphertext_behind_his_header_opens_nothing(mary: Browser, tablet: Phone, thief: Phone) -> None:
    hers, his = tablet.entry("Hers"), thief.entry("His")
    bring(thief, Kept(his.header, hers.sealed, hers.body), Kept(hers.header, his.sealed, his.body))
    assert turned_away() == ["unreadable"] * 2
    assert_nothing_is_hers(mary)


def test_a_wrong_device_inside_is_forged_and_outside_is_held(mary: Browser, tablet: Phone, thief: Phone) -> None:
    inside = tablet.entry("With another device's secret", device=thief.session["device"])
    bring(thief, inside)
    assert turned_away() == ["forged"]
    assert_nothing_is_hers(mary)
    header = dataclasses.replace(tablet.entry("x").header, device_id=thief.session["device"])
    odd = tablet.save("entry", "write", {"body": {"scheme": "plain", "text": "Contradicts itself"}})
    body = {**odd.body, "op_id": header.op_id, "seq": header.seq}
    bring(thief, Kept(header, tablet.seal(header, body), body))
    assert "Contradicts itself" in mary.get(PAGE).text
    say(mary, "yes")
    assert db.session.scalars(select(HeldOp)).one().reason == "invalid"
    assert db.session.scalar(select(func.count(Entry.id))) == 0


def test_a_replay_by_anybody_at_any_time_asks_nothing_and_does_nothing(
    app: Flask, cast: Cast, mary: Browser, tablet: Phone, thief: Phone
) -> None:
    done, refused, waiting = (tablet.entry(words) for words in ("Done", "Refused", "Waiting"))
    bring(thief, done)
    say(mary, "yes")
    bring(thief, refused)
    say(mary, "no")
    bring(thief, waiting)
    for replayer in (thief, Phone.of(app, cast.ana), Phone.of(app, cast.admin), Phone.of(app, cast.mary)):
        bring(replayer, done, refused, waiting, waiting)
    assert [entry.text for entry in db.session.scalars(select(Entry))] == ["Done"]
    assert db.session.scalar(select(func.count(DroppedOp.id)).where(DroppedOp.refused_at.is_(None))) == 1
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 2


def test_a_refusal_holds_after_its_words_are_gone(
    app: Flask, cast: Cast, clock: MovedClock, tablet: Phone, thief: Phone
) -> None:
    from webapp import sync
    from webapp.database import writing

    op = tablet.entry("Never mine")
    bring(thief, op)
    say(Browser(app).sign_in(cast.mary), "no")
    clock.move(days=31)
    with writing():
        sync.forget_old()
    bring(Phone.of(app, cast.charlie), op)
    assert_nothing_is_hers(Browser(app).sign_in(cast.mary))


def test_her_mentor_brings_it_in_and_learns_nothing(app: Flask, cast: Cast, mary: Browser, tablet: Phone) -> None:
    ana = Phone.of(app, cast.ana)
    ana.pull()
    before = ana.feed
    bring(ana, tablet.save("checkin", "record", checkin(cast, "I was about to take this back")))
    ana.pull()
    assert (ana.feed, ana.rows("checkin")) == (before, {})
    assert ana.transport.get("/sync/feed?since=0")[1]["items"] is not None
    assert "about to take this back" not in str(ana.transport.get("/sync/feed?since=0"))
    assert say(mary, "no")
    assert "about to take this back" not in str(ana.transport.get("/sync/feed?since=0"))


def test_nobody_else_can_answer_for_her(app: Flask, cast: Cast, mary: Browser, tablet: Phone, thief: Phone) -> None:
    bring(thief, tablet.entry("Hers to decide"))
    [row] = rows_in_form(mary.get(PAGE).text)
    for person in (cast.charlie, cast.ana, cast.carol, cast.admin):
        other = Browser(app).sign_in(person)
        token = other.client.get("/settings").text.split('name="csrf_token" value="')[1].split('"')[0]
        for answer in ("yes", "no"):
            form = {"csrf_token": token, "op": row, "answer": answer}
            assert other.post("/to-decide/dropped", form).status_code == 404  # type: ignore[arg-type]
    assert "Hers to decide" in mary.get(PAGE).text
    assert db.session.scalar(select(func.count(Entry.id))) == 0


def test_an_answer_from_elsewhere_or_without_its_token_is_not_taken(
    cast: Cast, mary: Browser, tablet: Phone, thief: Phone
) -> None:
    bring(thief, tablet.entry("Hers to decide"))
    [row] = rows_in_form(mary.get(PAGE).text)
    form = {"op": row, "answer": "yes"}
    assert mary.client.post("/to-decide/dropped", data=form).status_code == 400
    foreign = mary.client.post("/to-decide/dropped", data=form, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert db.session.scalar(select(func.count(Entry.id))) == 0


@pytest.mark.parametrize("nonsense", [{"op": "x"}, {"op": ""}, {}, {"answer": "maybe"}])
def test_nonsense_is_no_answer(mary: Browser, tablet: Phone, thief: Phone, nonsense: dict[str, str]) -> None:
    bring(thief, tablet.entry("Still waiting"))
    token = mary.get(PAGE).text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {"csrf_token": token, "answer": "yes", **nonsense}
    assert mary.client.post("/to-decide/dropped", data=form, headers={"Origin": "http://localhost"}).status_code in (
        400,
        404,
    )
    assert "Still waiting" in mary.get(PAGE).text


def test_whoever_brings_it_in_cannot_move_its_day(
    app: Flask, cast: Cast, clock: MovedClock, tablet: Phone, thief: Phone
) -> None:
    written = clock()
    fields = {**checkin(cast, "On the tenth"), "shift_date": "2026-03-10"}
    op = tablet.save("checkin", "record", fields)
    clock.move(days=20)
    liar = Phone.of(app, cast.charlie, "shared")
    liar.off = timedelta(days=-400)
    bring(liar, op)
    say(Browser(app).sign_in(cast.mary), "yes")
    row = db.session.scalars(select(Checkin)).one()
    assert (row.written_at, str(row.shift_date), row.day_uncertain) == (written, "2026-03-10", True)


def test_a_body_of_an_unknown_shape_is_asked_about_and_then_held_whole(
    mary: Browser, tablet: Phone, thief: Phone
) -> None:
    op = tablet.entry("From a far future")
    op.sealed = tablet.seal(op.header, {**op.body, "schema": 9, "entity": ["not", "an", "id"]})
    bring(thief, op)
    assert "From a far future" in mary.get(PAGE).text
    say(mary, "yes")
    assert "From a far future" in str(db.session.scalars(select(HeldOp)).one().fields)


def test_inert_and_odd_words_are_shown_as_they_are(mary: Browser, tablet: Phone, thief: Phone) -> None:
    odd = tablet.entry("<script>alert(1)</script> \x00 ‮ 🙂")
    wild = tablet.save("checkin", "record", {"face": "no", "minutes": [1], "contact": {}, "words": 7, "need": True})
    bring(thief, odd, wild)
    page = mary.get(PAGE).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page
