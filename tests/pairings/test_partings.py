"""A pause, a change that is nobody's fault, and the end, after which two who both want to stay in touch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.pairings.writing_down import note, somebody, talk, the_pairing
from tests.people import Cast
from tests.people_room.test_quick_fingers import at_once, tap_on
from webapp.clock import now
from webapp.database import db, writing
from webapp.insight.reads import records_of
from webapp.pairings import due_asks, facts_of_programmes, has_mentor, make_pair, settle_endings
from webapp.pairings.partings.models import StayAnswer, SwapRequest
from webapp.programmes import Programme, enrol, let_leave
from webapp.push.models import PushMessage
from webapp.staff import StaffRecord


@pytest.fixture
def carol(cast: Cast, browser: Browser) -> Browser:
    return Browser(browser.app).sign_in(cast.carol)


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}"


def stage(cast: Cast) -> list[str]:
    db.session.rollback()
    programme = db.session.get_one(Programme, cast.programme)
    return [each.stage for each in facts_of_programmes([programme], somebody(cast.carol))]


def press(browser: Browser, page: str, action: str, **said: object) -> None:
    assert browser.fill_in(page, said, action=action).status_code == 303


def ask_both(cast: Cast, carol: Browser) -> None:
    end = f"/programme/pairs/{cast.pairing}/end"
    press(carol, end, end, how="ask")


def answer(browser: Browser, page: str, stays: str) -> None:
    press(browser, f"{page}/stay", f"{page}/stay", stays=stays)


def told(person_id: object) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(PushMessage.kind).where(PushMessage.person_id == person_id)))


def test_a_pause_stops_the_clock_and_the_reminders(
    cast: Cast, mary: Browser, ana: Browser, page: str, clock: MovedClock
) -> None:
    note(cast.ana, cast.pairing)
    talk(cast.mary, cast.pairing, now().date())
    clock.move(days=10)
    press(mary, f"{page}/change", f"{page}/pause", weeks="4")
    assert "pause until Fri 17 April" in ana.get(page).text
    assert "pause until Fri 17 April" in ana.get("/").text
    assert stage(cast) == ["paused"]
    clock.move(days=20)
    assert (stage(cast), due_asks(now())) == (["paused"], [])
    clock.move(days=9)
    assert stage(cast) == ["in_touch"]
    assert due_asks(now())
    clock.move(days=46)
    assert stage(cast) == ["not_in_touch"]


def test_two_may_go_on_before_a_pause_is_over_and_a_past_day_is_refused(
    cast: Cast, mary: Browser, ana: Browser, page: str
) -> None:
    wrong = mary.fill_in(f"{page}/change", {"until": "2026-03-01"}, action=f"{page}/pause")
    assert wrong.status_code == 422
    assert "Choose a day after today" in wrong.text
    assert mary.fill_in(f"{page}/change", {}, action=f"{page}/pause").status_code == 422
    press(mary, f"{page}/change", f"{page}/pause", until="2026-05-01")
    press(ana, f"{page}/change", f"{page}/resume")
    assert stage(cast) == ["new"]
    assert "pause until" not in mary.get(page).text


def test_leave_that_is_over_starts_the_days_anew(cast: Cast, clock: MovedClock) -> None:
    note(cast.ana, cast.pairing)
    talk(cast.mary, cast.pairing, now().date())
    with writing():
        db.session.add(StaffRecord(person_id=cast.mary, languages=[], leave_until=now().date() + timedelta(days=40)))
    clock.move(days=30)
    assert stage(cast) == ["away"]
    clock.move(days=11)
    assert stage(cast) == ["in_touch"]
    with writing():
        db.session.get_one(StaffRecord, cast.mary).leave_until = None
    assert stage(cast) == ["not_in_touch"]


def test_a_wish_for_somebody_else_goes_to_the_coordinator_and_to_nobody_else(
    cast: Cast, mary: Browser, ana: Browser, carol: Browser, page: str
) -> None:
    for _ in range(2):
        form = next(f for f in forms_of(mary.get(f"{page}/change").text) if f.action.startswith(f"{page}/swap"))
        mary.post(f"{page}/swap", form.values)
    assert db.session.scalar(select(func.count()).select_from(SwapRequest)) == 1
    assert "You asked your coordinator" in mary.get(f"{page}/change").text
    assert "Would like somebody else" in carol.get("/programme/feedback").text
    assert "Mary Okafor would like somebody else" in carol.get(f"/programme/{cast.programme}/week").text
    assert told(cast.carol) == ["to_decide"]
    seen_by_ana = "".join(ana.get(path).text for path in ("/", page, f"{page}/change", "/pair"))
    assert "asked your coordinator" not in seen_by_ana
    assert told(cast.ana) == []
    end = f"/programme/pairs/{cast.pairing}/end"
    press(carol, end, end, how="change")
    kind = "Your coordinator looks for somebody else for you. That happens often, and it is nobody's fault."
    for browser in (mary, ana):
        assert kind in browser.get("/").text
        assert kind in browser.get(page).text
    assert "Would like somebody else" not in carol.get("/programme/feedback").text


def test_who_changed_is_told_so_until_there_is_somebody_else(
    cast: Cast, mary: Browser, ana: Browser, carol: Browser
) -> None:
    end = f"/programme/pairs/{cast.pairing}/end"
    answer = carol.fill_in(end, {"how": "change"}, action=end)
    assert answer.headers["Location"] == f"/programme/pairs/new?mentee={cast.mary}"
    assert "Now find somebody else for both." in carol.get(answer.headers["Location"]).text
    with writing():
        make_pair(somebody(cast.carol), db.session.get_one(Programme, cast.programme), somebody(cast.mary),
                  somebody(cast.charlie), "Both like nights.")  # fmt: skip
    assert "looks for somebody else for you" not in mary.get("/").text
    assert "looks for somebody else for you" in ana.get("/").text, "she has nobody yet"


def test_a_wish_is_taken_back_or_marked_as_done_and_is_never_shown_to_a_line_manager(
    cast: Cast, mary: Browser, carol: Browser, page: str
) -> None:
    press(mary, f"{page}/change", f"{page}/swap")
    press(mary, f"{page}/change", f"{page}/swap/take-back")
    assert "Would like somebody else" not in carol.get("/programme/feedback").text
    press(mary, f"{page}/change", f"{page}/swap")
    request = db.session.scalars(select(SwapRequest).where(SwapRequest.over_at.is_(None))).one()
    done = f"/programme/swaps/{request.id}/done"
    with writing():
        db.session.add(StaffRecord(person_id=cast.mary, languages=[], manager_id=cast.carol))
    assert "Would like somebody else" not in carol.get("/programme/feedback").text
    with writing():
        db.session.get_one(StaffRecord, cast.mary).manager_id = None
    press(carol, "/programme/feedback", done)
    assert "Ask for somebody else" in mary.get(f"{page}/change").text


def test_two_yeses_keep_the_two_and_end_all_reporting(
    cast: Cast, mary: Browser, ana: Browser, carol: Browser, page: str, clock: MovedClock
) -> None:
    talk(cast.mary, cast.pairing, now().date())
    clock.move(days=3)
    ask_both(cast, carol)
    assert stage(cast) == ["ending"]
    assert told(cast.ana) == ["to_decide"]
    assert "Would you like to stay in touch with Ana?" in mary.get("/").text
    answer(mary, page, "yes")
    assert "Would you like to stay in touch" not in mary.get("/").text
    assert "said yes" not in ana.get(f"{page}/stay").text
    answer(ana, page, "yes")
    shown = mary.get(page).text
    assert "You stay in touch" in shown
    assert "you stay in touch" in ana.get("/").text
    press(mary, f"{page}/reach", f"{page}/reach", reach="07700 900 456", hours="Sundays")
    press(ana, f"{page}/reach", f"{page}/reach", reach="ward phone 42")
    assert "Sundays" in ana.get(page).text
    clock.move(days=40)
    talk(cast.mary, cast.pairing, now().date(), 20)
    note(cast.ana, cast.pairing, "Still here.")
    programme = db.session.get_one(Programme, cast.programme)
    (counted,) = records_of(programme, somebody(cast.carol)).pairs
    assert counted.ended_on is not None
    assert stage(cast) == []
    assert carol.get(f"/programme/pairs/{cast.pairing}").status_code == 404
    assert due_asks(now()) == []
    assert not has_mentor(programme, somebody(cast.mary))
    assert "Your check-in is ready" not in mary.get("/").text
    press(ana, f"{page}/change", f"{page}/finish")
    assert "Your time as a pair with Ana is over. Thank you" in mary.get(page).text
    assert "Still here." in mary.get(f"/notes?pairing={cast.pairing}").text
    assert the_pairing(cast.pairing).is_active() is False


def test_two_yeses_at_the_same_moment_are_two(
    app: Flask, cast: Cast, mary: Browser, ana: Browser, carol: Browser, page: str
) -> None:
    ask_both(cast, carol)
    stay = f"{page}/stay"
    answers = at_once(app, *(tap_on(each, stay, stay, stays="yes") for each in (mary, ana)))
    assert [each.status_code for each in answers] == [303, 303]
    assert "You stay in touch" in mary.get(page).text


@pytest.mark.parametrize(("marys", "anas"), [("no", "yes"), ("yes", "no"), ("no", "no")])
def test_without_two_yeses_it_ends_with_thanks_and_nobody_sees_a_no(
    cast: Cast, mary: Browser, ana: Browser, carol: Browser, page: str, marys: str, anas: str
) -> None:
    ask_both(cast, carol)
    before = ana.get(f"{page}/stay").text.partition("<main")[2]
    answer(mary, page, marys)
    after = ana.get(f"{page}/stay").text.partition("<main")[2]
    assert _without_ids(before) == _without_ids(after)
    answer(ana, page, anas)
    thanks = [browser.get(page).text for browser in (mary, ana)]
    assert all("is over. Thank you for what you gave each other." in each for each in thanks)
    assert not any("said no" in each or "stay in touch" in each.partition("<main")[2] for each in thanks)
    assert db.session.scalar(select(func.count()).select_from(StayAnswer)) == 0
    assert "has ended" in mary.get(f"{page}/remember").text


def test_two_weeks_without_both_answers_end_it_and_an_ended_programme_asks(
    cast: Cast, mary: Browser, page: str, clock: MovedClock
) -> None:
    with writing():
        db.session.get_one(Programme, cast.programme).ended_at = now()
        settle_endings(now())
    assert "Would you like to stay in touch" in mary.get(page).text
    answer(mary, page, "yes")
    clock.move(days=13)
    with writing():
        settle_endings(now())
    assert the_pairing(cast.pairing).is_active()
    clock.move(days=1)
    with writing():
        settle_endings(now())
    pairing = the_pairing(cast.pairing)
    assert (pairing.ended_at, pairing.friends_since) == (now(), None)


def test_one_who_left_the_hospital_may_stay_in_touch(
    cast: Cast, mary: Browser, ana: Browser, carol: Browser, page: str
) -> None:
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        let_leave(somebody(cast.carol), enrol(somebody(cast.carol), programme, somebody(cast.mary), "mentee"))
        db.session.add(StaffRecord(person_id=cast.mary, languages=[], left_on=now().date()))
    press(ana, f"{page}/change", f"{page}/finish")
    answer(ana, page, "yes")
    answer(mary, page, "yes")
    assert the_pairing(cast.pairing).is_friends
    note(cast.mary, cast.pairing, "From my new ward.")
    assert "From my new ward." in ana.get(f"/notes?pairing={cast.pairing}").text


def _without_ids(html: str) -> str:
    return "\n".join(line for line in html.splitlines() if 'type="hidden"' not in line)
