"""Coordinators and administrators keep the numbers right; nobody else may touch them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.people import Cast
from tests.safety.test_help_now import contact
from webapp.audit import AuditRow
from webapp.database import db
from webapp.safety import HelpContact

FILLED = {"kind": "crisis", "label": "Staff crisis line", "phone": "0800 123 456", "note": "Day and night"}
NEW = "/help-now/contacts/new"


def stored() -> list[HelpContact]:
    db.session.rollback()
    return list(db.session.scalars(select(HelpContact)))


@pytest.mark.one_database
@pytest.mark.parametrize("keeper", ["carol", "admin"])
def test_a_keeper_adds_a_number_that_everybody_sees(cast: Cast, browser: Browser, keeper: str) -> None:
    answer = browser.sign_in(getattr(cast, keeper)).fill_in(NEW, dict(FILLED), action=NEW)
    assert answer.status_code == 303
    assert "Staff crisis line" in Browser(browser.app).get("/help-now").text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"label": ""}, "Write who will answer."),
        ({"phone": "ring me"}, "Write a telephone number"),
        ({"phone": "7"}, "Write a telephone number"),
        ({"note": "x" * 121}, "Use at most 120 letters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    cast: Cast, browser: Browser, said: dict[str, object], complaint: str
) -> None:
    answer = browser.sign_in(cast.carol).fill_in(NEW, {**FILLED, **said}, action=NEW)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert "Error:" in answer.text
    assert "Day and night" in answer.text or "xxx" in answer.text
    assert stored() == []


def test_a_keeper_changes_a_number(cast: Cast, browser: Browser) -> None:
    path = f"/help-now/contacts/{contact(cast, 'Old name')}"
    answer = browser.sign_in(cast.carol).fill_in(path, {"label": "New name"}, action=path)
    assert answer.status_code == 303
    assert [each.label for each in stored()] == ["New name"]


def test_after_a_year_a_number_wants_confirming(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    confirm = f"/help-now/contacts/{contact(cast, 'Line')}/confirm"
    browser.sign_in(cast.carol)
    assert "It is still right" not in browser.get("/help-now/contacts").text
    clock.move(days=170)
    browser.get("/help-now/contacts")
    clock.move(days=196)
    browser = Browser(browser.app).sign_in(cast.carol)
    assert browser.fill_in("/help-now/contacts", {}, action=confirm).status_code == 303
    assert stored()[0].confirmed_on == clock().date()
    assert "It is still right" not in browser.get("/help-now/contacts").text


def test_taking_a_number_off_asks_first(cast: Cast, browser: Browser) -> None:
    path = f"/help-now/contacts/{contact(cast, 'Line')}/remove"
    browser.sign_in(cast.admin)
    assert "Remove this number?" in browser.get(path).text
    assert len(stored()) == 1
    assert browser.fill_in(path, {}, action=path).status_code == 303
    assert stored() == []
    events = [row.event for row in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert events[-1] == "safety.removed_contact"


@pytest.mark.one_database
@pytest.mark.parametrize("outsider", ["mary", "ana", "charlie"])
def test_nobody_else_opens_or_changes_the_contacts(cast: Cast, browser: Browser, outsider: str) -> None:
    made = contact(cast, "Line")
    browser.sign_in(getattr(cast, outsider))
    for path in ("", "/new", f"/{made}", f"/{made}/remove"):
        assert browser.get(f"/help-now/contacts{path}").status_code == 404
    for path in ("/new", f"/{made}", f"/{made}/remove", f"/{made}/confirm"):
        assert browser.post(f"/help-now/contacts{path}", dict(FILLED)).status_code == 404
    assert [each.label for each in stored()] == ["Line"]


@pytest.mark.one_database
def test_a_post_without_a_token_changes_nothing(cast: Cast, browser: Browser) -> None:
    made = contact(cast, "Line")
    browser.sign_in(cast.carol)
    assert browser.post(f"/help-now/contacts/{made}/remove").status_code == 400
    assert browser.post(NEW, dict(FILLED)).status_code == 422
    assert len(stored()) == 1
