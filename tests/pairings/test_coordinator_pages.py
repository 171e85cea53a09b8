"""The coordinator pairs by hand, sees facts, ends a pair, and never sees a word of what they write."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.pairings.writing_down import note, somebody, talk, the_pairing
from tests.people import Cast, person
from tests.safety.test_help_now import contact
from webapp.clock import now
from webapp.database import db, writing
from webapp.pairings import CannotPair, Pairing, make_pair
from webapp.people import Person
from webapp.programmes import Programme, ProgrammeCoordinator, enrolled_in

NEW = "/programme/pairs/new"
WORDS = "I cried in the car."


def ready(cast: Cast) -> None:
    """Whom to ring is known, so programmes may start."""
    for kind in ("crisis", "safeguarding", "privacy"):
        contact(cast, f"{kind} line", kind=kind)


def another_coordinator() -> UUID:
    """Of another programme."""
    with writing():
        other = person("Olga Coordinator", {"coordinator"})
        programme = Programme(name="Return to practice", created_at=now(), started_at=now())
        db.session.add(programme)
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=programme.id, person_id=other.id))
        return other.id


def pairs() -> list[Pairing]:
    db.session.rollback()
    return list(db.session.scalars(select(Pairing).order_by(Pairing.made_at, Pairing.id)))


def said(cast: Cast, mentee: UUID, mentor: UUID) -> dict[str, object]:
    return {"mentee": str(mentee), "mentor": str(mentor), "why": "You both like theatre work.", "begin": "at_once"}


@pytest.mark.one_database
def test_a_coordinator_makes_a_pair_and_both_see_why(cast: Cast, browser: Browser) -> None:
    ready(cast)
    answer = browser.sign_in(cast.carol).fill_in(NEW, said(cast, cast.charlie, cast.ana), action=NEW)
    assert answer.status_code == 303
    made = pairs()[-1]
    assert (made.mentee_id, made.mentor_id, made.why) == (cast.charlie, cast.ana, "You both like theatre work.")
    assert made.is_active()
    assert "Charlie Doe" in browser.get("/programme").text


def test_a_mentee_who_takes_part_in_nothing_is_to_be_taken_in_first(cast: Cast, browser: Browser) -> None:
    said = "1 of them takes part in none of your programmes yet."
    people = f"/programme/{cast.programme}/people"
    browser.sign_in(cast.carol)
    page = browser.get("/programme").text
    assert said in page and people in page
    browser.fill_in(people, {"role": "mentee", "who": f"person:{cast.charlie}"}, people)
    assert said not in browser.get("/programme").text


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("mentee", "mentor", "complaint"),
    [
        ("mary", "charlie", "This mentee has a mentor in this programme already."),
        ("charlie", "charlie", "Nobody can be their own mentor."),
    ],
)
def test_a_pair_that_cannot_be_is_explained_kindly(
    cast: Cast, browser: Browser, mentee: str, mentor: str, complaint: str
) -> None:
    ready(cast)
    form = said(cast, getattr(cast, mentee), getattr(cast, mentor))
    answer = browser.sign_in(cast.carol).fill_in(NEW, form, action=NEW)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert "You both like theatre work." in answer.text
    assert len(pairs()) == 1


def test_a_draft_takes_no_pairs(cast: Cast, browser: Browser) -> None:
    with writing():
        db.session.get_one(Programme, cast.programme).started_at = None
    page = browser.sign_in(cast.carol).get(NEW).text
    assert "people must know whom to ring" in page
    assert f'href="/programme/{cast.programme}/set-up"' in page
    assert 'name="mentee"' not in page
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    form = {**said(cast, cast.charlie, cast.ana), "programme": str(cast.programme), "csrf_token": token}
    browser.post(NEW, form)
    assert len(pairs()) == 1


@pytest.mark.one_database
def test_an_ended_programme_takes_no_pairs(cast: Cast, browser: Browser) -> None:
    with writing():
        programme = db.session.get_one(Programme, cast.programme)
        programme.ended_at = now()
        with pytest.raises(CannotPair) as cannot:
            make_pair(
                db.session.get_one(Person, cast.carol),
                programme,
                db.session.get_one(Person, cast.charlie),
                db.session.get_one(Person, cast.ana),
                "They fit.",
            )
    assert cannot.value.reason == "not_running"


@pytest.mark.one_database
def test_a_pair_takes_part_in_its_programme(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.carol).fill_in(NEW, said(cast, cast.charlie, cast.ana), action=NEW)
    db.session.rollback()
    taking_part = enrolled_in(db.session.get_one(Programme, cast.programme))
    assert {(each.person_id, each.role) for each in taking_part} == {(cast.charlie, "mentee"), (cast.ana, "mentor")}


@pytest.mark.one_database
def test_the_list_shows_facts_and_no_words(cast: Cast, browser: Browser) -> None:
    note(cast.mary, cast.pairing, WORDS)
    talk(cast.ana, cast.pairing, date(2026, 3, 9), 25)
    browser.sign_in(cast.carol)
    for path in ("/programme", f"/programme/pairs/{cast.pairing}"):
        page = browser.get(path).text
        assert "Mon 9 March" in page
        assert "25" in page
        assert "In touch" in page
        assert WORDS not in page


@pytest.mark.one_database
def test_a_pair_that_is_not_in_touch_stands_first(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    ready(cast)
    browser.sign_in(cast.carol).fill_in(NEW, said(cast, cast.charlie, cast.ana), action=NEW)
    clock.move(days=10)
    note(cast.ana, pairs()[-1].id)
    page = Browser(browser.app).sign_in(cast.carol).get("/programme").text
    assert "No hello yet" in page
    assert page.index("Mary Okafor") < page.index("Charlie Doe")


@pytest.mark.one_database
def test_while_one_is_away_nothing_is_said_about_contact(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    from webapp.push.models import QuietHours

    clock.move(days=10)
    browser.sign_in(cast.carol)
    assert "No hello yet" in browser.get("/programme").text
    with writing():
        db.session.add(QuietHours(person_id=cast.mary, away_until=date(2026, 4, 1)))
    page = browser.get("/programme").text
    assert "No hello yet" not in page
    assert "One of them is away" in page


@pytest.mark.one_database
def test_ending_asks_first(cast: Cast, browser: Browser) -> None:
    path = f"/programme/pairs/{cast.pairing}/end"
    browser.sign_in(cast.carol)
    assert "End this pair?" in browser.get(path).text
    assert the_pairing(cast.pairing).ended_at is None
    assert browser.fill_in(path, {}, action=path).status_code == 303
    db.session.rollback()
    assert pairs()[0].ended_by_id == cast.carol
    assert "Mary Okafor" not in browser.get("/programme").text.partition("Without a mentor")[0]


def test_a_coordinator_of_another_programme_finds_nothing(cast: Cast, browser: Browser) -> None:
    browser.sign_in(another_coordinator())
    assert "Mary Okafor and" not in browser.get("/programme").text
    assert "New nurses 2026" not in browser.get("/programme").text
    for path in ("", "/end"):
        assert browser.get(f"/programme/pairs/{cast.pairing}{path}").status_code == 404
    token = browser.get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.post(f"/programme/pairs/{cast.pairing}/end", {"csrf_token": token}).status_code == 404
    ready(cast)
    form = {**said(cast, cast.charlie, cast.ana), "programme": str(cast.programme), "csrf_token": token}
    assert browser.post(NEW, form).status_code in (404, 422)
    assert len(pairs()) == 1
    assert pairs()[0].ended_at is None


@pytest.mark.parametrize("outsider", ["mary", "ana", "charlie"])
def test_nobody_else_finds_the_coordinators_pages(cast: Cast, browser: Browser, outsider: str) -> None:
    browser.sign_in(getattr(cast, outsider))
    for path in ("/programme", NEW, f"/programme/pairs/{cast.pairing}", f"/programme/pairs/{cast.pairing}/end"):
        assert browser.get(path).status_code == 404


def test_an_administrator_finds_programmes_by_name_and_no_pairs(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.admin).get("/programme").text
    assert "New nurses 2026" in page
    assert "Mary Okafor" not in page
    assert browser.get(f"/programme/pairs/{cast.pairing}").status_code == 404


@pytest.mark.one_database
def test_a_pair_waits_until_both_have_joined(cast: Cast, browser: Browser) -> None:
    ready(cast)
    with writing():
        new = person("Nia Evans", {"mentee"}, joined=False)
        db.session.flush()
        new_id = new.id
    browser.sign_in(cast.carol).fill_in(NEW, said(cast, new_id, cast.ana), action=NEW)
    page = browser.get("/programme").text
    assert "The pair begins when both have joined." in page
    assert "Somebody has not joined yet" in page
    assert not pairs()[-1].is_active()
    assert somebody(new_id).joined_at is None
