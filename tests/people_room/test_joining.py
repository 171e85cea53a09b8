"""Being invited and joining: a link, a picture or a typed code, good until there is a password."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.people_room.conftest import is_signed_in, letters, load, sign_in
from webapp.audit import AuditRow
from webapp.clock import now
from webapp.database import db, writing
from webapp.mail import MemoryPost
from webapp.pairings import Pairing
from webapp.people import Person
from webapp.people.models import Invitation

NEW = {"name": "Nadia Khan", "email": "Nadia@example.org", "staff_number": "rn-77", "roles": "mentee", "lang": "en"}
CHOSEN = {"password": "seven quiet night shifts", "kind": "own", "lang": "es", "zone": "Europe/Madrid"}


def invite(browser: Browser, **other: object):
    return browser.fill_in("/people/invite", NEW | other, action="/people/invite")


def link_in(text: str) -> str:
    found = re.search(r"http://localhost(/join/[\w-]+)", text)
    assert found, "no link on the page"
    return found[1]


def code_in(text: str) -> str:
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert found, "no code on the page"
    return found[0]


def nadia() -> Person:
    db.session.rollback()
    db.session.expire_all()
    person = Person.by_identifier("nadia@example.org")
    assert person is not None
    return person


@pytest.fixture
def card(browser: Browser, cast: Cast) -> str:
    """The page that the administrator sees after inviting Nadia."""
    response = invite(browser.sign_in(cast.admin))
    assert response.status_code == 200
    return response.text


def test_without_a_mail_server_link_picture_and_code_are_shown_once(card: str) -> None:
    assert "For Nadia Khan" in card
    assert 'src="data:image/svg+xml;base64,' in card
    assert link_in(card)
    assert code_in(card)


def test_nothing_but_hashes_is_kept(card: str) -> None:
    row = db.session.scalars(select(Invitation)).one()
    kept = f"{row.token_hash} {row.code_hash}"
    assert link_in(card).rpartition("/")[2] not in kept
    assert code_in(card).replace("-", "") not in kept


def test_by_the_link_she_chooses_a_password_and_has_joined(card: str, other: Browser) -> None:
    assert other.get(link_in(card)).location == "/join/password"
    response = other.fill_in("/join/password", CHOSEN)
    assert (response.status_code, response.location) == (303, "/")
    assert is_signed_in(other)
    person = nadia()
    assert person.has_joined()
    assert (person.lang, person.zone) == ("es", "Europe/Madrid")
    assert db.session.scalars(select(AuditRow).where(AuditRow.event == "people.joined")).one().actor_id == person.id
    assert sign_in(Browser(other.app), "RN-77", str(CHOSEN["password"])).status_code == 303


def test_the_token_stands_in_no_address_afterwards(card: str, other: Browser) -> None:
    token = link_in(card).rpartition("/")[2]
    other.get(link_in(card))
    page = other.get("/join/password")
    assert token not in page.text


def test_looking_at_the_link_uses_nothing_up(card: str, other: Browser) -> None:
    for _ in range(3):
        assert other.get(link_in(card)).status_code == 303
    assert not nadia().has_joined()


@pytest.mark.parametrize("identifier", ["nadia@example.org", "NADIA@EXAMPLE.ORG ", "rn-77"])
def test_by_the_typed_code_with_any_spelling(card: str, other: Browser, identifier: str) -> None:
    code = code_in(card).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    response = other.fill_in("/join", {"identifier": identifier, "code": code})
    assert response.location == "/join/password"
    assert other.fill_in("/join/password", CHOSEN).status_code == 303


@pytest.mark.parametrize("identifier", ["mary@example.org", "nobody@example.org"])
def test_the_code_opens_only_with_her_own_name(card: str, other: Browser, identifier: str) -> None:
    response = other.fill_in("/join", {"identifier": identifier, "code": code_in(card)})
    assert response.status_code == 422
    assert "This code is wrong or too old" in response.text
    assert other.get("/join/password").status_code == 410


def test_guessing_codes_is_slowed_down(card: str, other: Browser) -> None:
    said = {"identifier": "nadia@example.org", "code": "AAAA-AAAA-AAAA"}
    for _ in range(10):
        assert other.fill_in("/join", said).status_code == 422
    assert other.fill_in("/join", said | {"code": code_in(card)}).status_code == 429


def test_after_two_weeks_it_is_too_old_and_can_be_made_new(
    card: str, browser: Browser, other: Browser, clock: MovedClock
) -> None:
    clock.move(days=14)
    assert other.get(link_in(card)).status_code == 410
    assert other.fill_in("/join", {"identifier": "rn-77", "code": code_in(card)}).status_code == 422
    person = f"/people/{nadia().id}"
    again = browser.fill_in(person, {}, action=f"{person}/invitation")
    assert other.get(link_in(again.text)).status_code == 303


def test_a_new_invitation_ends_the_old_one(card: str, browser: Browser, other: Browser) -> None:
    other.get(link_in(card))
    person = f"/people/{nadia().id}"
    again = browser.fill_in(person, {}, action=f"{person}/invitation")
    assert Browser(other.app).get(link_in(card)).status_code == 410
    assert other.fill_in("/join", {"identifier": "rn-77", "code": code_in(card)}).status_code == 422
    assert link_in(again.text) != link_in(card)
    assert other.get("/join/password").status_code == 410, "also for whoever had opened it before"


def test_an_invitation_works_once(card: str, other: Browser) -> None:
    other.get(link_in(card))
    other.fill_in("/join/password", CHOSEN)
    late = Browser(other.app)
    assert late.get(link_in(card)).status_code == 410
    assert late.fill_in("/join", {"identifier": "rn-77", "code": code_in(card)}).status_code == 422
    assert other.get("/join/password").status_code == 410


def test_a_closed_account_cannot_be_joined(card: str, browser: Browser, other: Browser) -> None:
    person = f"/people/{nadia().id}"
    browser.fill_in(person, {}, action=f"{person}/close")
    assert other.get(link_in(card)).status_code == 410


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "Use 12 letters or more."),
        ("", "Choose a password."),
        ("password2026", "Others guess that first."),
        ("1234567890123", "Others guess that first."),
        ("nadiakhan1234", "Use more than your own name."),
        ("x" * 501 + "yzabc", "500 letters at most"),
    ],
)
def test_a_weak_password_is_refused_in_words(card: str, other: Browser, password: str, said: str) -> None:
    other.get(link_in(card))
    response = other.fill_in("/join/password", CHOSEN | {"password": password})
    assert response.status_code == 422
    assert said in response.text
    assert not nadia().has_joined()


def test_spaces_accents_and_emoji_are_welcome_in_a_password(card: str, other: Browser) -> None:
    password = "ñandú 🌙 duerme poco"
    other.get(link_in(card))
    assert other.fill_in("/join/password", CHOSEN | {"password": password}).status_code == 303
    assert sign_in(Browser(other.app), "rn-77", password).status_code == 303


def test_a_pair_made_before_becomes_active_by_itself(card: str, other: Browser, cast: Cast) -> None:
    who = nadia().id
    with writing():
        pairing = Pairing(
            programme_id=cast.programme,
            mentor_id=cast.ana,
            mentee_id=who,
            made_by_id=cast.carol,
            made_at=now(),
        )
        db.session.add(pairing)
        db.session.flush()
        pairing_id: UUID = pairing.id
    assert not db.session.get_one(Pairing, pairing_id).is_active()
    other.get(link_in(card))
    other.fill_in("/join/password", CHOSEN)
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get_one(Pairing, pairing_id).is_active()


def test_with_a_mail_server_the_invitation_is_mailed_in_her_language(
    browser: Browser, cast: Cast, post: MemoryPost, other: Browser
) -> None:
    page = invite(browser.sign_in(cast.admin))
    assert "An e-mail is on its way to nadia@example.org" in page.text
    [letter] = letters()
    assert (letter.address, letter.sender_name) == ("nadia@example.org", "St Mary's")
    assert letter.subject == "You are invited"
    assert other.get(link_in(letter.text)).status_code == 303
    assert code_in(letter.text)


@pytest.mark.one_database
@pytest.mark.parametrize("word", ["health", "nurse", "mentor", "mentee", "hospital", "ward"])
def test_a_letter_names_nothing_of_health(browser: Browser, cast: Cast, post: MemoryPost, word: str) -> None:
    invite(browser.sign_in(cast.admin))
    [letter] = letters()
    assert word not in f"{letter.subject} {letter.text}".lower()


def test_without_an_e_mail_the_card_is_handed_over(browser: Browser, cast: Cast, post: MemoryPost) -> None:
    page = invite(browser.sign_in(cast.admin), email="")
    assert link_in(page.text)
    assert letters() == []


def test_the_form_sent_twice_invites_one_person(browser: Browser, cast: Cast) -> None:
    from tests.page_linter import forms_of

    browser.sign_in(cast.admin)
    [form] = [form for form in forms_of(browser.get("/people/invite").text) if form.action == "/people/invite"]
    first = browser.post("/people/invite", form.values | NEW)
    second = browser.post("/people/invite", form.values | NEW)
    assert (first.status_code, second.status_code) == (200, 200)
    assert link_in(first.text) != link_in(second.text)
    assert len(db.session.scalars(select(Person).where(Person.name == "Nadia Khan")).all()) == 1


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"name": ""}, "Write the name."),
        ({"email": "", "staff_number": ""}, "Write an e-mail or a staff number."),
        ({"email": "nadia"}, "Write the whole e-mail"),
        ({"email": "MARY@example.org"}, "Somebody here has this already."),
        ({"staff_number": "a@b"}, "A staff number has no @."),
        ({"roles": []}, "Choose a role."),
        ({"lang": "xx"}, "Choose one from the list."),
        ({"unit": "00000000-0000-0000-0000-000000000000"}, "Choose one from the list."),
    ],
)
def test_what_is_missing_is_said_and_the_text_stays(
    browser: Browser, cast: Cast, other: dict[str, object], said: str
) -> None:
    response = invite(browser.sign_in(cast.admin), **other)
    assert response.status_code == 422
    assert said in response.text
    assert "Error: Invite somebody" in response.text
    assert Person.by_identifier("nadia@example.org") is None


def test_a_coordinator_invites_mentees_and_mentors_only(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.carol)
    page = browser.get("/people/invite").text
    assert 'value="mentor"' in page
    assert 'value="administrator"' not in page
    assert invite(browser, roles="administrator").status_code == 422
    assert invite(browser, roles=["mentor", "mentee"]).status_code == 200
    assert nadia().roles == {"mentor", "mentee"}


@pytest.mark.parametrize("who", ["mary", "ana", "charlie"])
def test_nobody_else_invites(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who))
    assert browser.get("/people/invite").status_code == 404
    assert browser.post("/people/invite", NEW).status_code == 404
    assert Person.by_identifier("nadia@example.org") is None


def test_a_coordinator_cannot_renew_the_invitation_of_an_administrator(browser: Browser, cast: Cast) -> None:
    with writing():
        db.session.get_one(Person, cast.admin).password_hash = None
    browser.sign_in(cast.carol)
    assert browser.post(f"/people/{cast.admin}/invitation").status_code == 404


def test_an_invitation_repeated_for_somebody_elses_id_shows_nothing(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.carol)
    response = browser.fill_in("/people/invite", NEW | {"entity": str(cast.admin)}, action="/people/invite")
    assert response.status_code == 404
    response = browser.fill_in("/people/invite", NEW | {"entity": str(cast.mary)}, action="/people/invite")
    assert response.location == f"/people/{cast.mary}", "she has joined: nothing to renew"
    assert load(cast.mary).password_hash


def test_joining_ends_the_sign_in_of_whoever_was_at_the_device(card: str, browser: Browser) -> None:
    browser.get(link_in(card))
    page = browser.get("/join/password")
    assert "Ada Smith is signed in here. If you go on, they are signed out." in page.text
    browser.fill_in("/join/password", CHOSEN)
    assert "Nadia Khan" in browser.get("/settings").text
