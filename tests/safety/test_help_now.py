"""Help now: open to anybody, the nearest numbers first, in the reader's language, kept by the worker."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast
from webapp.database import db, writing
from webapp.people import Person, Site
from webapp.safety import HelpContact, contacts_for, missing_kinds
from webapp.safety.actions import keep_contact


def contact(cast: Cast, label: str, kind: str = "crisis", lang: str = "en", site: str | None = None) -> UUID:
    with writing():
        where = db.session.scalar(select(Site).where(Site.name == site)) if site else None
        by = db.session.get(Person, cast.admin)
        assert by is not None
        made = keep_contact(
            by,
            None,
            kind=kind,
            label=label,
            phone="0800 123 456",
            note="",
            lang=lang,
            site_id=where.id if where else None,
        )
        return made.id


def other_site() -> None:
    with writing():
        db.session.add(Site(name="South site"))


def test_anybody_finds_help_without_signing_in(cast: Cast, browser: Browser) -> None:
    contact(cast, "Staff crisis line")
    page = browser.get("/help-now").text
    assert "Ring your emergency number" in page
    assert 'href="tel:0800123456"' in page
    assert "Staff crisis line" in page


def test_the_page_helps_before_anybody_has_entered_a_number(cast: Cast, browser: Browser) -> None:
    page = browser.get("/help-now").text
    assert "Ring your emergency number" in page
    assert "tel:" not in page
    assert "Ask the person in charge" in page


def test_ones_own_site_comes_first_and_other_sites_last(cast: Cast, browser: Browser) -> None:
    other_site()
    contact(cast, "For all")
    contact(cast, "For North", site="North site")
    contact(cast, "For South", site="South site")
    page = browser.sign_in(cast.mary).get("/help-now").text
    folded = page.index("Numbers of other sites")
    assert page.index("For North") < page.index("For all") < folded < page.index("For South")
    of_anybody = Browser(browser.app).get("/help-now").text
    assert of_anybody.index("For all") < of_anybody.index("Numbers of other sites") < of_anybody.index("For North")


def test_everybody_reads_numbers_in_their_language_or_in_any(cast: Cast) -> None:
    contact(cast, "English line")
    assert [each.label for each in contacts_for("es")] == ["English line"]
    contact(cast, "Línea en español", lang="es")
    assert [each.label for each in contacts_for("es")] == ["Línea en español"]
    assert [each.label for each in contacts_for("en")] == ["English line"]


def test_the_worker_keeps_every_site_and_language(cast: Cast, browser: Browser) -> None:
    contact(cast, "For all")
    contact(cast, "For North", site="North site")
    answer = browser.get("/help-now.json")
    said = answer.get_json()["contacts"]
    assert [(each["lang"], each["site"], each["label"]) for each in said] == [
        ("en", "", "For all"),
        ("en", "North site", "For North"),
        ("es", "", "For all"),
        ("es", "North site", "For North"),
    ]
    assert "Set-Cookie" not in answer.headers
    again = browser.get("/help-now.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    contact(cast, "One more")
    changed = browser.get("/help-now.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert changed.status_code == 200


@pytest.mark.one_database
def test_the_emergency_number_stands_above_the_others(cast: Cast, browser: Browser) -> None:
    contact(cast, "Alpha line", kind="other")
    contact(cast, "Ambulance", kind="emergency")
    page = browser.get("/help-now").text
    assert page.index("Ambulance") < page.index("Alpha line")


def test_a_programme_learns_what_is_missing(cast: Cast) -> None:
    contact(cast, "Crisis line")
    contact(cast, "Guard", kind="safeguarding", site="North site")
    assert missing_kinds() == ["safeguarding", "privacy"]
    assert len(list(db.session.scalars(select(HelpContact)))) == 2
