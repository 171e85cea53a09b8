"""The first start: nothing opens before it, one code from the terminal does it, and then it is over."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select

from tests.client import Browser
from tests.people import Cast
from webapp import setup
from webapp.config import Settings
from webapp.database import db, writing
from webapp.mail import MemoryPost, OutgoingMail
from webapp.people import Organisation, Person, Unit, passwords
from webapp.programmes import Programme
from webapp.setup.actions import AlreadyDone, FirstStart

GIVEN = {
    "organisation": "St Mary's Hospital",
    "sender_name": "St Mary's",
    "lang": "en",
    "zone": "Europe/London",
    "site": "North site",
    "unit": "Ward 4",
    "name": "Ada Smith",
    "email": "ada@example.org",
    "password": "correct horse battery staple",
    "kind": "own",
    "programme": "New nurses 2026",
    "coordinates": "y",
    "coordinator_name": "",
    "coordinator_email": "",
}


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def code(app: Flask) -> str:
    code = setup.fresh_code()
    assert code is not None
    return code


def set_up(browser: Browser, **other: str):
    return browser.fill_in("/set-up", GIVEN | other)


def people() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Person)) or 0


@pytest.mark.parametrize("path", ["/", "/sign-in", "/join", "/settings?x=1", "/nothing-here"])
def test_every_page_leads_to_the_set_up(browser: Browser, path: str) -> None:
    response = browser.client.get(path, follow_redirects=True)
    assert response.request.path == "/set-up"


def test_machines_are_answered_as_always(browser: Browser) -> None:
    assert browser.get("/healthz").mimetype == "application/json"
    assert browser.get("/sync/session").status_code == 401


def test_one_form_makes_the_hospital(browser: Browser, code: str) -> None:
    response = set_up(browser, code=code)
    assert response.status_code == 200
    organisation = db.session.get_one(Organisation, 1)
    assert (organisation.name, organisation.sender_name) == ("St Mary's Hospital", "St Mary's")
    ada = db.session.scalars(select(Person)).one()
    assert ada.roles == {"administrator", "coordinator"}
    assert ada.has_joined()
    assert ada.unit is db.session.scalars(select(Unit)).one()
    programme = db.session.scalars(select(Programme)).one()
    assert [each.person_id for each in programme.coordinators] == [ada.id]
    assert "Ada Smith" in browser.get("/settings").text, "signed in already"


def test_the_code_may_be_typed_as_people_type(browser: Browser, code: str) -> None:
    assert set_up(browser, code=f" {code.lower().replace('-', ' ')} ").status_code == 200
    assert people() == 1


@pytest.mark.one_database
def test_a_wrong_code_opens_nothing_and_the_text_stays(browser: Browser, code: str) -> None:
    response = set_up(browser, code="AAAA-AAAA-AAAA")
    assert response.status_code == 422
    assert "This is not the start code" in response.text
    assert 'value="St Mary&#39;s Hospital"' in response.text
    assert people() == 0


def test_every_start_prints_a_new_code(browser: Browser, code: str) -> None:
    setup.fresh_code()
    assert set_up(browser, code=code).status_code == 422


def test_the_code_itself_is_kept_nowhere(settings: Settings, code: str) -> None:
    kept = settings.data_dir / "set-up.code"
    assert kept.stat().st_mode & 0o077 == 0
    for path in Path(settings.data_dir).rglob("*"):
        if path.is_file():
            assert code.encode() not in path.read_bytes()


def test_guessing_the_code_is_slowed_down(browser: Browser, code: str) -> None:
    for _ in range(10):
        set_up(browser, code="AAAA-AAAA-AAAA")
    response = set_up(browser, code=code)
    assert response.status_code == 429
    assert people() == 0


def test_afterwards_there_is_no_set_up(browser: Browser, code: str, settings: Settings) -> None:
    set_up(browser, code=code)
    assert Browser(browser.app).get("/set-up").status_code == 404
    assert Browser(browser.app).post("/set-up", GIVEN | {"code": code}).status_code == 303
    assert people() == 1
    assert setup.fresh_code() is None
    assert not (settings.data_dir / "set-up.code").exists()


def test_two_who_are_quick_make_one_hospital(app: Flask, code: str) -> None:
    from webapp.setup.actions import set_up

    given = {key: value for key, value in GIVEN.items() if key not in ("password", "kind", "coordinates")}
    first = FirstStart(**given, password_hash="x", coordinates=True)
    with writing():
        set_up(first)
    with pytest.raises(AlreadyDone), writing():
        set_up(first)
    assert people() == 1


def test_somebody_else_coordinates_and_gets_a_card(browser: Browser, code: str) -> None:
    given = GIVEN | {"coordinator_name": "Carol Jones", "coordinator_email": "Carol@example.org", "code": code}
    del given["coordinates"]
    page = browser.get("/set-up")
    response = browser.fill_in("/set-up", given)
    assert page.status_code == response.status_code == 200
    assert "For Carol Jones" in response.text
    assert "http://localhost/join/" in response.text
    carol = Person.by_identifier("carol@example.org")
    assert carol is not None
    assert (carol.roles, carol.has_joined()) == ({"coordinator"}, False)
    ada = Person.by_identifier("ada@example.org")
    assert ada is not None
    assert ada.roles == {"administrator"}
    programme = db.session.scalars(select(Programme)).one()
    assert [each.person_id for each in programme.coordinators] == [carol.id]


def test_with_a_mail_server_the_other_coordinator_gets_a_letter(app: Flask, browser: Browser, code: str) -> None:
    app.extensions["post"] = MemoryPost()
    response = set_up(browser, code=code, coordinator_name="Carol Jones", coordinator_email="carol@example.org")
    assert "carol@example.org" in response.text
    assert "/join/" not in response.text
    letter = db.session.scalars(select(OutgoingMail)).one()
    assert (letter.address, letter.sender_name) == ("carol@example.org", "St Mary's")


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"organisation": ""}, "Write the name of the hospital."),
        ({"email": "ada"}, "Write the whole e-mail"),
        ({"password": "short"}, "Use 12 letters or more."),
        ({"password": "AdaSmith2026"}, "more than your own name"),
        ({"password": "St Marys Hospital 2026"}, "more than your own name"),
        ({"coordinator_name": "Carol"}, "Write their e-mail."),
        ({"coordinator_email": "carol@example.org"}, "Write their name."),
        ({"coordinator_name": "A", "coordinator_email": "ADA@example.org"}, "This is your own e-mail."),
        ({"zone": "Mars/Olympus"}, "Choose one from the list."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_made(
    browser: Browser, code: str, other: dict[str, str], said: str
) -> None:
    response = set_up(browser, **({"code": code} | other))
    assert response.status_code == 422
    assert said in response.text
    assert people() == 0


def test_a_programme_needs_a_coordinator(browser: Browser, code: str) -> None:
    given = {key: value for key, value in GIVEN.items() if key != "coordinates"}
    response = browser.fill_in("/set-up", given | {"code": code})
    assert response.status_code == 422
    assert "A programme needs a coordinator" in response.text


def test_where_people_exist_nothing_leads_to_the_set_up(browser: Browser, cast: Cast) -> None:
    assert browser.get("/sign-in").status_code == 200
