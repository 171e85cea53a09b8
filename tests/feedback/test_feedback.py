"""Feedback on a pair: group answers that nobody sees one by one, and wishes that reach the coordinator by name."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.feedback import (
    Feedback,
    FeedbackFields,
    NoFields,
    amend_feedback,
    as_seen_by,
    give_feedback,
    take_feedback_back,
    to_act_on,
)
from webapp.ledger import Gone, Refused, Written
from webapp.people import Person
from webapp.programmes import Programme, ProgrammeCoordinator

WORDS = "I would like to meet before the late shift."


def person(of: UUID) -> Person:
    return db.session.get_one(Person, of)


def how(entity: UUID | None = None) -> Written:
    return Written(entity=entity or uuid7(), op=uuid7(), at=now(), zone="Europe/London")


def give(author: UUID, pairing: UUID | None, entity: UUID | None = None, **said: object) -> UUID:
    written = how(entity)
    with writing():
        fields = FeedbackFields.model_validate({"pairing": pairing, "words": WORDS, **said})
        give_feedback(person(author), written, fields)
    return written.entity


def stored() -> list[Feedback]:
    db.session.rollback()
    return list(db.session.scalars(select(Feedback)))


def test_its_author_reads_it_and_nobody_else(cast: Cast) -> None:
    feedback = give(cast.mary, cast.pairing, helps=2)
    head, data = as_seen_by(person(cast.mary), [feedback])[feedback]
    assert head is not None
    assert (data["words"], data["helps"], data["act"]) == (WORDS, 2, False)
    for other in (cast.ana, cast.carol, cast.charlie, cast.admin):
        assert as_seen_by(person(other), [feedback]) == {}


def test_only_a_wish_to_act_reaches_the_coordinator_by_name(cast: Cast) -> None:
    give(cast.mary, cast.pairing)
    wish = give(cast.ana, cast.pairing, act=True)
    assert [each.id for each in to_act_on(person(cast.carol))] == [wish]
    assert to_act_on(person(cast.charlie)) == []


def test_a_coordinator_of_another_programme_sees_no_wish(cast: Cast) -> None:
    give(cast.mary, cast.pairing, act=True)
    with writing():
        other = Programme(name="Students", created_at=now(), started_at=now())
        db.session.add(other)
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=other.id, person_id=cast.charlie))
    assert to_act_on(person(cast.charlie)) == []


def test_what_is_marked_as_done_leaves_the_list_until_it_is_said_anew(cast: Cast, browser: Browser) -> None:
    wish = give(cast.mary, cast.pairing, act=True)
    carol = browser.sign_in(cast.carol)
    done = f"/programme/feedback/{wish}/done"
    assert carol.fill_in("/programme/feedback", {}, action=done).status_code == 303
    assert to_act_on(person(cast.carol)) == []
    said = Browser(browser.app).sign_in(cast.mary).get(f"/feedback?pairing={cast.pairing}").text
    assert "Your coordinator marked this as done on Tue 10 March." in said
    with writing():
        knowing = replace(how(wish), parent=db.session.get_one(Feedback, wish).head)
        amend_feedback(person(cast.mary), knowing, FeedbackFields(pairing=cast.pairing, words="Still.", act=True))
    assert [each.id for each in to_act_on(person(cast.carol))] == [wish]


def test_a_wish_that_is_unticked_is_seen_no_more(cast: Cast) -> None:
    feedback = give(cast.mary, cast.pairing, act=True)
    with writing():
        knowing = replace(how(feedback), parent=db.session.get_one(Feedback, feedback).head)
        amend_feedback(person(cast.mary), knowing, FeedbackFields(pairing=cast.pairing, words="It is fine."))
    assert to_act_on(person(cast.carol)) == []
    assert [each.words for each in stored()] == ["It is fine."]


def test_what_is_taken_back_is_wiped_and_a_late_change_does_not_bring_it_back(cast: Cast) -> None:
    feedback = give(cast.mary, cast.pairing, act=True)
    with writing():
        take_feedback_back(person(cast.mary), how(feedback), NoFields())
    assert to_act_on(person(cast.carol)) == []
    assert [(each.words, each.helps) for each in stored()] == [("", None)]
    with pytest.raises(Gone), writing():
        amend_feedback(person(cast.mary), how(feedback), FeedbackFields(words="again"))


def test_a_late_change_is_recovered_for_its_author_alone(cast: Cast, browser: Browser) -> None:
    feedback = give(cast.mary, cast.pairing, act=True)
    with writing():
        take_feedback_back(person(cast.mary), how(feedback), NoFields())
        with pytest.raises(Gone):
            amend_feedback(person(cast.mary), how(feedback), FeedbackFields(words="From my other phone.", act=True))
    assert to_act_on(person(cast.carol)) == []
    assert as_seen_by(person(cast.mary), [feedback]) == {}
    assert "From my other phone." in browser.sign_in(cast.mary).get("/feedback").text
    for other in (cast.ana, cast.carol, cast.charlie):
        assert "From my other phone." not in Browser(browser.app).sign_in(other).get("/feedback").text
    browser.fill_in("/feedback", {}, action=f"/feedback/{feedback}/take-back")
    assert "From my other phone." not in browser.get("/feedback").text
    assert [each.words for each in stored()] == [""]


def test_a_phone_that_knows_no_pair_means_the_only_one(cast: Cast) -> None:
    give(cast.mary, None)
    assert [each.pairing_id for each in stored()] == [cast.pairing]


@pytest.mark.parametrize("author", ["charlie", "carol"])
def test_a_stranger_cannot_judge_a_pair(cast: Cast, author: str) -> None:
    with pytest.raises(Refused, match="not_your_pairing"):
        give(getattr(cast, author), cast.pairing)
    assert stored() == []


def test_nobody_changes_or_takes_back_what_another_said(cast: Cast) -> None:
    feedback = give(cast.mary, cast.pairing)
    for action, fields in ((amend_feedback, FeedbackFields(words="x")), (take_feedback_back, NoFields())):
        with pytest.raises(Refused, match="not_found"), writing():
            action(person(cast.ana), how(feedback), fields)  # type: ignore[operator]
    assert [each.words for each in stored()] == [WORDS]


def test_nothing_said_is_no_feedback() -> None:
    with pytest.raises(ValueError, match="one answer"):
        FeedbackFields.model_validate({"words": "  ", "act": True})


def test_the_words_are_not_in_the_database_in_clear(app: Flask, cast: Cast) -> None:
    give(cast.mary, cast.pairing)
    sealed = stored()[0].words_sealed
    assert sealed is not None
    assert WORDS.encode() not in sealed


def test_a_form_sent_twice_is_one_feedback(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.mary)
    once = {"op_id": str(uuid7()), "entity": str(uuid7()), "words": WORDS, "helps": "4"}
    for _ in range(2):
        assert browser.fill_in("/feedback", once, action="/feedback").status_code == 303
    assert [(each.words, each.helps) for each in stored()] == [(WORDS, 4)]
    assert WORDS in browser.get("/feedback").text


def test_an_empty_form_says_what_to_do(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.mary).fill_in("/feedback", {}, action="/feedback")
    assert answer.status_code == 422
    assert "Choose one answer" in answer.text
    assert "Error:" in answer.text


def test_what_was_said_is_changed_and_taken_back_without_scripts(cast: Cast, browser: Browser) -> None:
    feedback = give(cast.mary, cast.pairing)
    browser.sign_in(cast.mary)
    address = f"/feedback/{feedback}"
    assert browser.fill_in(address, {"words": "Better now.", "act": "y"}, action=address).status_code == 303
    assert [each.words for each in stored()] == ["Better now."]
    assert browser.fill_in("/feedback", {}, action=f"{address}/take-back").status_code == 303
    assert "Better now." not in browser.get("/feedback").text


def test_the_pages_show_nothing_to_partner_and_stranger(cast: Cast, browser: Browser) -> None:
    feedback = give(cast.mary, cast.pairing, act=True)
    for other in (cast.ana, cast.charlie, cast.admin):
        visitor = Browser(browser.app).sign_in(other)
        assert visitor.get(f"/feedback/{feedback}").status_code == 404
        assert WORDS not in visitor.get("/feedback").text
        assert visitor.get("/programme/feedback").status_code == 404
    assert WORDS in Browser(browser.app).sign_in(cast.carol).get("/programme/feedback").text


def test_a_stranger_finds_no_form_for_somebody_elses_pair(cast: Cast, browser: Browser) -> None:
    assert browser.sign_in(cast.charlie).get(f"/feedback?pairing={cast.pairing}").status_code == 404


def test_today_leads_to_it(cast: Cast, browser: Browser) -> None:
    for somebody in (cast.mary, cast.ana):
        assert 'href="/feedback"' in Browser(browser.app).sign_in(somebody).get("/").text
    assert 'href="/programme/feedback"' in Browser(browser.app).sign_in(cast.carol).get("/").text
    assert "feedback" not in Browser(browser.app).sign_in(cast.admin).get("/").text
