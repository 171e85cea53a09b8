"""A staff list from a text to what became of it, by the pages that people use and the worker's own table of jobs."""

from __future__ import annotations

import io
import threading
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.client import Browser
from tests.page_linter import forms_of
from tests.people import Cast
from webapp.database import db
from webapp.jobs import work_once
from webapp.people import Person
from webapp.staff import StaffRecord
from webapp.staff.models import StaffImport
from webapp.worker import KINDS

HEADINGS = "Staff number,Name,E-mail,Site,Unit,Role,Line manager"


class Desk:
    """Ada at the staff list."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.import_id = ""

    def bring(self, content: str | bytes, everybody: bool = False, name: str = "list.csv") -> TestResponse:
        """Bring a file; the answer to the form."""
        data = content.encode() if isinstance(content, str) else content
        said = {"file": (io.BytesIO(data), name), "everybody": "everybody" if everybody else "some"}
        page = self.browser.get("/staff/import")
        values = next(form.values for form in forms_of(page.text) if form.action == "/staff/import")
        answer = self.browser.post("/staff/import", {**values, **said})
        self.import_id = answer.headers.get("Location", "").removesuffix("/columns").rpartition("/")[2]
        return answer

    def look(self) -> str:
        return self.browser.get(f"/staff/imports/{self.import_id}").text

    def press(self, what: str = "apply", **more: object) -> TestResponse:
        """Press the button of the page that leads there, and let the worker work."""
        home = f"/staff/imports/{self.import_id}"
        answer = self.browser.fill_in(home, more, action=f"{home}/{what}")
        work()
        return answer

    def apply(self, content: str | bytes, everybody: bool = False) -> None:
        """Bring a file and carry it out."""
        assert self.bring(content, everybody).status_code == 303
        assert "/jobs/" in self.press().headers["Location"]
        assert brought(self.import_id).applied_at is not None


def work() -> None:
    while work_once(KINDS, "one", threading.Event()):
        pass
    db.session.rollback()


def brought(import_id: str) -> StaffImport:
    db.session.rollback()
    return db.session.get_one(StaffImport, UUID(import_id), populate_existing=True)


def person(number: str) -> Person:
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(Person).where(Person.staff_number == number)).one()


def record(number: str) -> StaffRecord:
    return db.session.get_one(StaffRecord, person(number).id)


def how_many() -> int:
    db.session.rollback()
    return len(db.session.scalars(select(Person.id)).all())


@pytest.fixture
def desk(browser: Browser, cast: Cast) -> Desk:
    return Desk(browser.sign_in(cast.admin))
