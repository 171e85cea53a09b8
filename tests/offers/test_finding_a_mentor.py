"""A mentee looks for a mentor herself, inside the same rules; one line goes to one mentor; nobody drowns."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.offers.asking import may_have, offer, partners_of
from tests.offers.test_offers import new_mentee, new_mentor, told
from tests.pairings.writing_down import somebody
from tests.people import Cast
from webapp.database import db, uuid7, writing
from webapp.matching.offers import MentorRequest, look_after_offers, open_directory
from webapp.matching.offers.actions.asking import CannotAsk, ask_mentor
from webapp.matching.offers.actions.requests import accept_request
from webapp.people import Person, close_account
from webapp.profiles.actions import say
from webapp.profiles.fields import Choices, Goals, Interests
from webapp.programmes import Enrolment, Programme, enrol
from webapp.staff import StaffRecord

LINE = "I start on nights and would like to learn from you."


def part_of(person_id: UUID) -> Enrolment:
    db.session.rollback()
    return db.session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()


def seeking(cast: Cast, name: str = "Nia Evans", goals: str = "wound care") -> UUID:
    """A mentee of the programme with a profile."""
    person_id = new_mentee(name)
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        enrol(somebody(cast.carol), programme, somebody(person_id), "mentee")
    if goals:
        with writing():
            part = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()
            say(somebody(person_id), Goals.model_validate({"goals": [{"word": goals, "priority": 2}]}), part)
    return person_id


def offering(cast: Cast, name: str, goals: str = "wound care", capacity: int = 1) -> UUID:
    """A mentor of the programme with room and a profile."""
    person_id = new_mentor(name)
    may_have(cast, person_id, capacity)
    with writing():
        part = db.session.scalars(select(Enrolment).where(Enrolment.person_id == person_id)).one()
        say(somebody(person_id), Goals.model_validate({"goals": [{"word": goals, "priority": 2}]}), part)
    return person_id


def opened(cast: Cast, unconfirmed: bool = False) -> None:
    with writing():
        open_directory(somebody(cast.carol), db.session.get_one(Programme, cast.programme), unconfirmed)


def ask(cast: Cast, mentee: UUID, mentor: UUID, words: str = LINE) -> MentorRequest:
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        return ask_mentor(somebody(mentee), programme, somebody(mentor), words, uuid7())


def why_not(cast: Cast, mentee: UUID, mentor: UUID) -> str:
    with pytest.raises(CannotAsk) as cannot:
        ask(cast, mentee, mentor)
    return cannot.value.reason


def press(app: Flask, person_id: UUID, page: str, action: str) -> None:
    answered = Browser(app).sign_in(person_id).fill_in(page, {}, action=action)
    assert answered.status_code == 303, answered.text


def test_she_finds_one_asks_and_a_coordinator_confirms(app: Flask, cast: Cast) -> None:
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    browser = Browser(app).sign_in(nia)
    assert "Find a mentor" not in browser.get("/").text, "only where the programme says so"
    settings = f"/programme/{cast.programme}/directory"
    assert (
        Browser(app).sign_in(cast.carol).fill_in(settings, {"opened": "confirmed"}, action=settings).status_code == 303
    )
    assert "Find a mentor" in browser.get("/").text
    page = browser.get("/mentors").text
    assert "Omar Aziz" in page and "You want to learn this, and your mentor knows it: wound care." in page
    one = f"/mentors/{part_of(omar).id}"
    assert browser.fill_in(one, {"words": ""}, action=one).status_code == 422
    form = browser.fill_in(one, {"words": LINE}, action=one)
    assert form.status_code == 303
    request = db.session.scalars(select(MentorRequest)).one()
    assert LINE.encode() not in request.words_sealed
    assert LINE in Browser(app).sign_in(omar).get("/").text and told(omar) == ["offer"]
    assert LINE not in Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/offers").text
    press(app, omar, "/", f"/requests/{request.id}/accept")
    assert partners_of(nia) == set()
    listed = f"/programme/{cast.programme}/offers"
    assert LINE not in Browser(app).sign_in(cast.carol).get(listed).text
    press(app, cast.carol, listed, f"/programme/{cast.programme}/requests/{request.id}/confirm")
    assert partners_of(nia) == {omar}
    assert told(nia) == ["offer_news"] and "Find a mentor" not in browser.get("/").text


def test_a_yes_is_enough_where_the_programme_says_so(app: Flask, cast: Cast) -> None:
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    opened(cast, unconfirmed=True)
    request = ask(cast, nia, omar).id
    press(app, omar, f"/requests/{request}", f"/requests/{request}/accept")
    assert partners_of(nia) == {omar}


def test_who_may_not_be_her_mentor_is_simply_not_there(app: Flask, cast: Cast) -> None:
    nia, other = seeking(cast), seeking(cast, "Tom Reed")
    names = ("Bea Boss", "Ann Assessor", "Vic Veto", "Noa Never", "Ben Busy", "Oki Open")
    boss, assessor, veto, never, busy, fine = (offering(cast, name) for name in names)
    opened(cast)
    with writing():
        db.session.add(StaffRecord(person_id=nia, manager_id=boss, assessor_id=assessor, languages=[]))
        say(somebody(veto), Choices(wishes=(), vetoes=(nia,)), db.session.get_one(Enrolment, part_of_in(veto)))
        say(somebody(nia), Choices(wishes=(), vetoes=(never,)), db.session.get_one(Enrolment, part_of_in(nia)))
    offer(cast, other, busy)
    browser = Browser(app).sign_in(nia)
    page = browser.get("/mentors").text
    assert [name for name in names if name in page] == ["Oki Open"]
    for hidden in (boss, assessor, veto, never, busy):
        assert browser.get(f"/mentors/{part_of(hidden).id}").status_code == 404
        assert why_not(cast, nia, hidden) == "not_there", "the same, whatever the reason is"
    assert browser.get(f"/mentors/{part_of(fine).id}").status_code == 200


def part_of_in(person_id: UUID) -> UUID:
    return db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == person_id)).one()


def test_words_find_mentors_and_no_words_show_all(app: Flask, cast: Cast) -> None:
    nia = seeking(cast)
    offering(cast, "Omar Aziz")
    zoe = offering(cast, "Zoe Hall", goals="dementia care")
    with writing():
        for each in (nia, zoe):
            say(somebody(each), Interests(words=("baking",)))
    opened(cast)
    browser = Browser(app).sign_in(nia)
    assert {name for name in ("Omar", "Zoe") if name in browser.get("/mentors?q=dementia").text} == {"Zoe"}
    assert {name for name in ("Omar", "Zoe") if name in browser.get("/mentors").text} == {"Omar", "Zoe"}
    assert "Somebody else may help you with" not in browser.get("/mentors").text, "a list says what speaks for them"
    assert "Somebody else may help you with" in browser.get(f"/mentors/{part_of(zoe).id}").text
    assert "Nobody with these words" in browser.get("/mentors?q=knitting").text


def test_without_a_profile_she_is_helped_to_fill_it_in_first(app: Flask, cast: Cast) -> None:
    nia = seeking(cast, goals="")
    omar = offering(cast, "Omar Aziz")
    opened(cast)
    browser = Browser(app).sign_in(nia)
    page = browser.get("/mentors").text
    assert "First say a little about you" in page and 'href="/profile"' in page and "Omar" not in page
    assert browser.get(f"/mentors/{part_of(omar).id}").status_code == 404
    with writing():
        say(somebody(nia), Interests(words=("baking",)))
    assert "Omar" in browser.get("/mentors").text


def test_nobody_drowns_in_questions(cast: Cast) -> None:
    mentees = [seeking(cast, f"{name} Hill") for name in ("Ina", "Joe", "Kim", "Lou")]
    omar, zoe, yan = (offering(cast, name, capacity=5) for name in ("Omar Aziz", "Zoe Hall", "Yan Wu"))
    opened(cast)
    for mentee in mentees[:3]:
        ask(cast, mentee, omar)
    assert why_not(cast, mentees[3], omar) == "not_there"
    assert why_not(cast, mentees[0], omar) == "asked"
    ask(cast, mentees[0], zoe)
    assert why_not(cast, mentees[0], yan) == "too_many"


def test_a_second_tap_asks_once(app: Flask, cast: Cast) -> None:
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    opened(cast)
    one = f"/mentors/{part_of(omar).id}"
    browser = Browser(app).sign_in(nia)
    from tests.page_linter import forms_of

    form = next(each for each in forms_of(browser.get(one).text) if each.action == one)
    for _ in range(2):
        assert browser.post(one, {**form.values, "words": LINE}).status_code == 303
    assert len(db.session.scalars(select(MentorRequest)).all()) == 1
    assert told(omar) == ["offer"]


def test_seven_days_without_an_answer_end_it_kindly(app: Flask, cast: Cast, clock: MovedClock) -> None:
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    opened(cast)
    request = ask(cast, nia, omar).id
    clock.move(days=6, hours=23)
    assert look_after_offers() == 0
    clock.move(hours=2)
    assert look_after_offers() == 1
    assert told(nia) == ["offer_news"]
    assert "did not find the time to answer" in Browser(app).sign_in(nia).get("/").text
    page = Browser(app).sign_in(nia).get(f"/requests/{request}").text
    assert "did not find the time to answer" in page and "It is not about you" in page
    assert "Omar Aziz" in Browser(app).sign_in(nia).get("/mentors").text, "and may be asked anew"


@pytest.mark.parametrize("how", ["not_now", "left", "taken_back", "refused"])
def test_other_ways_in_which_it_ends(app: Flask, cast: Cast, how: str) -> None:
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    opened(cast)
    request = ask(cast, nia, omar).id
    page = f"/requests/{request}"
    if how == "not_now":
        press(app, omar, page, f"{page}/not-now")
    elif how == "taken_back":
        press(app, nia, page, f"{page}/take-back")
        assert Browser(app).sign_in(omar).get(page).status_code == 404
    elif how == "left":
        with writing():
            close_account(somebody(cast.admin), somebody(omar))
    else:
        press(app, omar, page, f"{page}/accept")
        listed = f"/programme/{cast.programme}/offers"
        press(app, cast.carol, listed, f"/programme/{cast.programme}/requests/{request}/refuse")
        assert told(omar)[-1] == "offer_news"
    db.session.rollback()
    closed = {"not_now": "declined", "taken_back": "taken_back", "left": "left", "refused": "refused"}
    assert db.session.get_one(MentorRequest, request).closed_how == closed[how]
    assert ("offer_news" in told(nia)) is (how != "taken_back")
    assert partners_of(nia) == set()
    Browser(app).sign_in(nia).get(page)


def test_two_mentors_who_say_yes_at_once_give_her_one_mentor(app: Flask, cast: Cast) -> None:
    nia, omar, zoe = seeking(cast), offering(cast, "Omar Aziz"), offering(cast, "Zoe Hall")
    opened(cast, unconfirmed=True)
    requests = {omar: ask(cast, nia, omar).id, zoe: ask(cast, nia, zoe).id}
    db.session.remove()
    together, failed = threading.Barrier(2), []

    def yes(mentor: UUID) -> None:
        with app.app_context():
            try:
                together.wait(10)
                with writing():
                    accept_request(
                        db.session.get_one(Person, mentor), db.session.get_one(MentorRequest, requests[mentor])
                    )
            except Exception as trouble:
                failed.append(trouble)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=yes, args=(each,)) for each in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert len(partners_of(nia)) == 1
    ends = set(db.session.scalars(select(MentorRequest.closed_how)))
    assert ends == {"paired", "overtaken"}
