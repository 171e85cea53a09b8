"""Mary and her mentor Ana, and Omar, who mentors in the same programme and is open to being introduced."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.pairings.introducing import ABOUT
from tests.pairings.writing_down import somebody
from tests.people import Cast, person
from webapp.database import db, writing
from webapp.people import Unit
from webapp.programmes import Programme, enrol


@pytest.fixture
def mary(cast: Cast, browser: Browser) -> Browser:
    return browser.sign_in(cast.mary)


@pytest.fixture
def ana(cast: Cast, browser: Browser) -> Browser:
    """Her mentor, at another browser."""
    return Browser(browser.app).sign_in(cast.ana)


@pytest.fixture
def omar(cast: Cast) -> UUID:
    """Another mentor of the programme."""
    with writing():
        row = person("Omar Aziz", {"mentor"}, db.session.scalars(select(Unit)).one())
        db.session.flush()
        enrol(somebody(cast.carol), db.session.get_one(Programme, cast.programme), row, "mentor")
    return row.id


@pytest.fixture
def his(omar: UUID, browser: Browser) -> Browser:
    """Omar's browser, in which he said that he is open to it."""
    opened = Browser(browser.app).sign_in(omar)
    assert opened.fill_in("/introductions", {"about": ABOUT, "minutes": "10"}, "/introductions").status_code == 303
    return opened
