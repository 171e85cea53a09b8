"""Inviting many at once, and what became of each invitation."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast, person
from webapp.database import db, writing
from webapp.jobs import Job, work_once
from webapp.mail import MemoryPost, OutgoingMail
from webapp.people import Person, inviting, renew_invitation
from webapp.people.models import Invitation
from webapp.people.standings import standings_for
from webapp.worker import KINDS

PAGE = "/people/invitations"


@pytest.fixture
def newcomers(cast: Cast) -> dict[str, UUID]:
    """Three with an e-mail, one with a staff number alone, one who works at the desk."""
    with writing():
        people = [person(name, {"mentee"}, joined=False) for name in ("Ivy One", "Jon Two", "Kai Three", "Lou Four")]
        people.append(person("Max Desk", {"coordinator"}, joined=False))
        people[3].email, people[3].staff_number = None, "4711"
        db.session.flush()
        return {each.first_name: each.id for each in people}


@pytest.fixture
def post(app: Flask, monkeypatch: pytest.MonkeyPatch) -> MemoryPost:
    there = MemoryPost()
    monkeypatch.setitem(app.extensions, "post", there)
    return there


def do(browser: Browser, deed: str, *who: UUID, state: str = "not_invited") -> str:
    """Tick these, press the button; the page that follows, jobs done."""
    said = {"person": [str(each) for each in who], "do": deed}
    path = f"{PAGE}?state={state}"
    answer = browser.fill_in(path, said, action=f"{path}&page=1")
    while work_once(KINDS, "one", threading.Event()):
        pass
    db.session.rollback()
    return answer.text if answer.status_code != 303 else browser.get(answer.headers["Location"]).text


def states(cast: Cast, who: UUID) -> dict[str, str]:
    db.session.rollback()
    db.session.expire_all()
    return {each.name: each.state for each in standings_for(db.session.get_one(Person, who))}


def test_those_who_were_ticked_are_invited_once_by_a_job(
    cast: Cast, browser: Browser, newcomers: dict[str, UUID], post: MemoryPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "PORTION", 1)
    page = do(browser.sign_in(cast.carol), "send", *newcomers.values())
    assert "It is done." in page
    letters = set(db.session.scalars(select(OutgoingMail.address)))
    assert letters == {"ivy@example.org", "jon@example.org", "kai@example.org"}
    assert states(cast, cast.carol) | {"Mary Okafor": "joined"} == {
        **dict.fromkeys(("Ivy One", "Jon Two", "Kai Three"), "invited"),
        **dict.fromkeys(("Mary Okafor", "Ana Ruiz", "Charlie Doe"), "joined"),
        "Lou Four": "not_invited",
    }
    with writing():
        job = db.session.scalars(select(Job)).one()
        job.finished_at = job.outcome = job.locked_by = job.locked_until = None  # a worker died before it could say so
    do(browser, "withdraw", newcomers["Lou"])
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 3


def test_an_invitation_is_opened_undelivered_over_and_withdrawn(
    cast: Cast, browser: Browser, newcomers: dict[str, UUID], post: MemoryPost, clock: MovedClock
) -> None:
    with writing():
        ada = db.session.get_one(Person, cast.admin)
        links = {name: renew_invitation(ada, db.session.get_one(Person, newcomers[name])).link for name in newcomers}
    with writing():
        jons = db.session.scalars(select(Invitation).where(Invitation.person_id == newcomers["Jon"])).one()
        db.session.get_one(OutgoingMail, jons.mail_id).outcome = "failed"
    Browser(browser.app).get(links["Ivy"].removeprefix("http://localhost"))
    assert states(cast, cast.admin)["Ivy One"] == "opened"
    assert states(cast, cast.admin)["Jon Two"] == "undelivered"
    assert states(cast, cast.admin)["Max Desk"] == "invited"
    assert "1 invitation was withdrawn." in do(
        browser.sign_in(cast.carol), "withdraw", newcomers["Kai"], state="invited"
    )
    assert Browser(browser.app).get(links["Kai"].removeprefix("http://localhost")).status_code == 410
    do(browser, "withdraw", newcomers["Max"], state="invited")
    assert states(cast, cast.admin)["Max Desk"] == "invited"
    clock.move(days=15)
    assert {states(cast, cast.admin)[name] for name in ("Ivy One", "Jon Two")} == {"expired"}


def test_a_card_on_paper_lets_its_person_in_and_mails_nobody(
    cast: Cast, browser: Browser, newcomers: dict[str, UUID], post: MemoryPost
) -> None:
    page = do(browser.sign_in(cast.carol), "cards", newcomers["Lou"], newcomers["Ivy"], newcomers["Max"])
    assert page.count('class="hand-out"') == 2
    assert db.session.scalars(select(OutgoingMail)).all() == []
    code = page.split('<code translate="no">')[2].split("<")[0]
    answer = Browser(browser.app).fill_in("/join", {"identifier": "4711", "code": code}, action="/join")
    assert answer.headers["Location"] == "/join/password"
    assert states(cast, cast.carol)["Lou Four"] == "opened"


@pytest.mark.one_database
@pytest.mark.usefixtures("post")
@pytest.mark.parametrize(
    ("deed", "who", "complaint"),
    [
        ("send", [], "Tick somebody first."),
        ("send", ["Lou"], "Nobody whom you ticked can be reached by e-mail."),
        ("cards", ["Max"], "Tick 1 to 80 people for cards."),
        ("withdraw", ["Lou"], "Nobody whom you ticked has an invitation."),
    ],
)
def test_what_cannot_be_is_said(
    cast: Cast,
    browser: Browser,
    newcomers: dict[str, UUID],
    post: MemoryPost,
    deed: str,
    who: list[str],
    complaint: str,
) -> None:
    browser.sign_in(cast.carol)
    said = {"person": [str(newcomers[each]) for each in who], "do": deed}
    path = f"{PAGE}?state=not_invited"
    answer = browser.fill_in(path, said, action=f"{path}&page=1")
    assert answer.status_code == 422
    assert complaint in answer.text
