"""Work that somebody else brought in: its author's alone until they say yes, then done as any op is."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.people import Cast
from tests.phone import Kept, Phone
from webapp import sync
from webapp.audit import AuditRow
from webapp.checkins import Checkin
from webapp.database import db, uuid7, writing
from webapp.feed import FeedRow
from webapp.journal import Entry
from webapp.pairings import Note
from webapp.people import Person, end_sign_ins
from webapp.people import SignIn as SignInRow
from webapp.push.models import PushMessage
from webapp.sync import dropped
from webapp.sync.models import Draft, DroppedEnvelope, DroppedOp, HeldOp

PAGE = "/to-decide"


@pytest.fixture
def tablet(app: Flask, cast: Cast) -> Phone:
    """Mary on a ward tablet."""
    return Phone.of(app, cast.mary, "shared")


@pytest.fixture
def next_one(app: Flask, cast: Cast) -> Phone:
    """Charlie, who signs in there after her."""
    return Phone.of(app, cast.charlie, "shared")


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Browser:
    """Mary at home, with a plain browser."""
    return Browser(app).sign_in(cast.mary)


def bring(by: Phone, *ops: Kept) -> None:
    assert by.drop(ops)[0] == 200
    while sync.look_through():
        pass


def say(browser: Browser, answer: str, form: int = 0) -> str:
    """Answer the first question on the page; the page that comes then."""
    chosen = [found for found in forms_of(browser.get(PAGE).text) if found.action == "/to-decide/dropped"][form]
    page = browser.post(chosen.action, {**chosen.values, "answer": answer}, follow_redirects=True)
    assert page.status_code == 200
    return page.text


def rows_in_form(page: str) -> list[str]:
    return re.findall(r'name="op" value="([^"]+)"', page)


def checkin(cast: Cast, words: str) -> dict[str, Any]:
    return {"pairing": str(cast.pairing), "audience": "mentor", "about": "shift", "face": 2, "words": words}


def everything_of_others(app: Flask, cast: Cast) -> str:
    """All that everybody but Mary can open or pull."""
    seen = []
    for person in (cast.ana, cast.carol, cast.charlie, cast.admin):
        phone = Phone.of(app, person)
        phone.pull()
        seen.append(str(phone.mirror))
        browser = Browser(app).sign_in(person)
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments:
                seen.append(browser.client.get(rule.rule, follow_redirects=True).text)
    return "\n".join(seen)


def test_nothing_is_done_and_nobody_else_sees_anything_before_she_says_so(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone
) -> None:
    before = {person: Phone.of(app, person).feed for person in (cast.ana, cast.carol)}
    op = tablet.save("checkin", "record", checkin(cast, "Only after my yes"))
    bring(next_one, op)
    assert db.session.scalar(select(func.count(Checkin.id))) == 0
    assert db.session.scalar(select(func.count(PushMessage.id))) == 0
    assert set(db.session.scalars(select(FeedRow.person_id))) == {cast.mary}
    assert before == {person: Phone.of(app, person).feed for person in (cast.ana, cast.carol)}
    assert "Only after my yes" not in everything_of_others(app, cast)
    assert not [row for row in db.session.scalars(select(AuditRow)) if "checkin" in str(row.facts)]


def test_she_is_asked_with_device_day_and_words_and_a_yes_does_it(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    op = tablet.save("checkin", "record", checkin(cast, "Two arrests in one night."))
    bring(next_one, op)
    page = mary.get(PAGE).text
    for words in ("Is this yours?", "Test browser", "10 Mar", "Two arrests in one night.", "Hard"):
        assert words in page
    assert "in its place" in say(mary, "yes")
    assert "Nothing waits for you" in mary.get(PAGE).text
    ana = Phone.of(app, cast.ana)
    ana.pull()
    assert ana.rows("checkin")[op.body["entity"]]["words"] == "Two arrests in one night."


def test_today_and_the_outbox_say_that_something_waits(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    assert PAGE not in mary.get("/").text + mary.get("/outbox").text
    bring(next_one, tablet.entry("Mine"))
    assert PAGE in mary.get("/").text
    assert PAGE in mary.get("/outbox").text
    say(mary, "yes")
    assert PAGE not in mary.get("/").text + mary.get("/outbox").text


def test_her_own_phone_hears_of_it_by_its_feed_until_it_is_settled(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    op = tablet.entry("From the ward tablet")
    bring(next_one, op)
    phone = Phone.of(app, cast.mary)
    phone.pull()
    [row] = phone.rows("dropped").values()
    assert row["fields"]["body"]["text"] == "From the ward tablet"
    assert (row["op"], row["kind"], row["device"]) == (op.header.op_id, "entry", "Test browser")
    say(mary, "yes")
    phone.pull()
    assert phone.rows("dropped") == {}
    assert phone.rows("entry")[op.body["entity"]]["body"]["text"] == "From the ward tablet"


def test_brought_in_first_and_sent_by_its_own_phone_later_it_is_one(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    op = tablet.entry("Only once")
    bring(next_one, op)
    say(mary, "yes")
    assert [r["status"] for r in tablet.flush()] == ["duplicate"]
    assert db.session.scalar(select(func.count(Entry.id))) == 1


def test_its_own_phone_comes_first_and_the_question_goes(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    op = tablet.entry("I was back sooner")
    bring(next_one, op)
    [form] = [found for found in forms_of(mary.get(PAGE).text) if found.action == "/to-decide/dropped"]
    assert [r["status"] for r in tablet.flush()] == ["applied"]
    assert "Nothing waits for you" in mary.get(PAGE).text
    bring(next_one, op)
    assert "Nothing waits for you" in mary.get(PAGE).text
    assert mary.post(form.action, {**form.values, "answer": "yes"}).status_code == 303
    assert db.session.scalar(select(func.count(Entry.id))) == 1


def test_a_chain_is_one_question_and_is_done_in_order(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    first = tablet.entry("One")
    second = tablet.entry("One, two", first.body["entity"])
    bring(next_one, second, first)
    assert mary.get(PAGE).text.count("Yes, it is mine") == 1
    say(mary, "yes")
    assert db.session.scalars(select(Entry)).one().text == "One, two"
    assert db.session.scalar(select(func.count(HeldOp.id))) == 0


def test_all_at_once_and_one_by_one(cast: Cast, tablet: Phone, next_one: Phone, mary: Browser) -> None:
    bring(next_one, *(tablet.entry(f"Entry {number}") for number in range(3)))
    assert mary.get(PAGE).text.count("Yes, it is mine") == 3
    say(mary, "no", form=1)
    assert [entry.text for entry in db.session.scalars(select(Entry))] == []
    forms = [form for form in forms_of(mary.get(PAGE).text) if form.action == "/to-decide/dropped"]
    all_of_it = next(form for form in forms if isinstance(form.values.get("op"), list))
    mary.post(all_of_it.action, {**all_of_it.values, "answer": "yes"})
    assert {entry.text for entry in db.session.scalars(select(Entry))} == {"Entry 0", "Entry 2"}


def test_only_what_stood_on_the_page_is_answered_for(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    first = tablet.entry("Seen")
    bring(next_one, first)
    [form] = [found for found in forms_of(mary.get(PAGE).text) if found.action == "/to-decide/dropped"]
    bring(next_one, tablet.entry("Not seen yet", first.body["entity"]))
    mary.post(form.action, {**form.values, "answer": "yes"})
    assert db.session.scalars(select(Entry)).one().text == "Seen"
    assert "Not seen yet" in mary.get(PAGE).text


def test_a_no_keeps_the_words_for_thirty_days_for_her_alone(
    app: Flask, cast: Cast, clock: MovedClock, tablet: Phone, next_one: Phone
) -> None:
    bring(next_one, tablet.entry("Was that me?"))
    mary = Browser(app).sign_in(cast.mary)
    assert "Was that me?" in say(mary, "no")
    assert "Was that me?" not in everything_of_others(app, cast)
    clock.move(days=29)
    with writing():
        sync.forget_old()
    assert "Was that me?" in Browser(app).sign_in(cast.mary).get(PAGE).text
    clock.move(days=2)
    assert "Was that me?" not in Browser(app).sign_in(cast.mary).get(PAGE).text
    with writing():
        sync.forget_old()
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 0
    assert db.session.scalar(select(func.count(Entry.id))) == 0


def test_what_she_refused_comes_back_by_her_own_tap_only(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    op = tablet.entry("Refused, then not")
    bring(next_one, op)
    say(mary, "no")
    bring(next_one, op)
    assert "Is this yours?" not in mary.get(PAGE).text
    assert [r["status"] for r in tablet.flush()] == ["deleted"]
    assert db.session.scalar(select(func.count(Entry.id))) == 0
    assert "in its place" in say(mary, "yes")
    assert db.session.scalars(select(Entry)).one().text == "Refused, then not"
    bring(next_one, op)
    assert "Nothing waits for you" in mary.get(PAGE).text


def test_ten_taps_do_it_once(cast: Cast, tablet: Phone, next_one: Phone, mary: Browser) -> None:
    bring(next_one, tablet.save("note", "write", {"pairing": str(cast.pairing), "words": "Hello", "reply_to": None}))
    [form] = [found for found in forms_of(mary.get(PAGE).text) if found.action == "/to-decide/dropped"]
    answers = [mary.post(form.action, {**form.values, "answer": "yes"}) for _ in range(10)]
    assert [answer.status_code for answer in answers] == [303] * 10
    assert db.session.scalar(select(func.count(Note.id))) == 1


def test_what_cannot_be_done_any_more_is_held_as_any_op_is(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    bring(next_one, tablet.save("entry", "restore", {}))
    assert "Your words are safe" in say(mary, "yes")
    assert db.session.scalars(select(HeldOp)).one().reason == "not_found"
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 0


def test_a_child_whose_parent_has_not_come_goes_on_waiting(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    first = tablet.entry("One")
    bring(next_one, tablet.entry("One, two", first.body["entity"]))
    assert "try again tomorrow" in say(mary, "yes")
    bring(next_one, first)
    say(mary, "yes")
    assert db.session.scalars(select(Entry)).one().text == "One, two"


def test_a_draft_is_asked_about_and_its_farewell_is_not(
    cast: Cast, tablet: Phone, next_one: Phone, mary: Browser
) -> None:
    kept, left = str(uuid7()), str(uuid7())
    bring(next_one, tablet.save("draft", "drop", {}, left))
    assert "Nothing waits for you" in mary.get(PAGE).text
    bring(next_one, tablet.save("draft", "save", {"form": "entry", "fields": {"text": "Half a thought"}}, kept))
    assert "Half a thought" in mary.get(PAGE).text
    say(mary, "yes")
    assert {draft.id for draft in db.session.scalars(select(Draft))} == {UUID(kept), UUID(left)}
    assert db.session.scalar(select(func.count(DroppedOp.id))) == 0


def test_her_old_tag_after_lost_cookies_is_asked_about_too(app: Flask, cast: Cast, tablet: Phone) -> None:
    op = tablet.entry("Before the cookies went")
    again = Phone.of(app, cast.mary)
    assert again.session["owner_tag"] != tablet.session["owner_tag"]
    bring(again, op)
    assert "Before the cookies went" in Browser(app).sign_in(cast.mary).get(PAGE).text


def test_it_is_hers_after_her_sign_in_ended(app: Flask, cast: Cast, tablet: Phone, next_one: Phone) -> None:
    op = tablet.entry("Written before it expired")
    with writing():
        end_sign_ins(SignInRow.person_id == cast.mary, why="test")
    bring(next_one, op)
    mary = Browser(app).sign_in(cast.mary)
    say(mary, "yes")
    assert db.session.scalars(select(Entry)).one().text == "Written before it expired"


def test_of_a_closed_account_nothing_is_done_until_it_is_open_again(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone
) -> None:
    op = tablet.save("checkin", "record", checkin(cast, "Before I left"))
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = db.session.get_one(Person, cast.mary).invited_at
    bring(next_one, op)
    assert db.session.scalar(select(func.count(Checkin.id))) == 0
    assert "Before I left" not in everything_of_others(app, cast)
    with writing():
        db.session.get_one(Person, cast.mary).closed_at = None
    say(Browser(app).sign_in(cast.mary), "yes")
    assert db.session.scalar(select(func.count(Checkin.id))) == 1


def test_the_bringer_going_away_takes_nothing_along(cast: Cast, tablet: Phone, next_one: Phone) -> None:
    next_one.drop([tablet.entry("Not lost with Charlie")])
    with writing():
        db.session.delete(db.session.get_one(Person, cast.charlie))
    assert sync.look_through() == 1
    assert db.session.scalars(select(DroppedOp.person_id)).all() == [cast.mary]
    assert db.session.scalar(select(func.count(DroppedEnvelope.id))) == 0


def test_an_id_that_was_used_twice_stays_with_what_came_first(
    app: Flask, cast: Cast, tablet: Phone, next_one: Phone
) -> None:
    """A phone that forgot to make a new id: the first is done; the other is refused, then said to be hers after all."""
    first = tablet.entry("The first.")
    tablet.flush()
    body = {**first.body, "fields": {"prompt": None, "body": {"scheme": "plain", "text": "Another."}}}
    again = Kept(first.header, tablet.seal(first.header, body), body)
    bring(next_one, again)
    author, [row] = db.session.get_one(Person, cast.mary), db.session.scalars(select(DroppedOp)).all()
    with writing():
        dropped.refuse(author, [row.id])
    with writing():
        [result] = dropped.confirm(author, [row.id])
    assert result.status == "op_reuse"
    first.state = "waiting"
    assert [result["status"] for result in tablet.flush()] == ["duplicate"]
