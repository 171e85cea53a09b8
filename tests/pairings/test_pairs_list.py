"""The coordinator's list of pairs: narrowed and ordered, as a file, and nudges for those she ticks."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.database.counting import statements
from tests.pairings.test_coordinator_pages import another_coordinator
from tests.pairings.writing_down import note, talk
from tests.people import Cast, person
from webapp.audit import AuditRow
from webapp.clock import now
from webapp.database import db, writing
from webapp.pairings import Pairing, due_asks
from webapp.people import Unit, close_account
from webapp.people.models import Person
from webapp.push.models import PushMessage, QuietHours

LIST = "/programme/pairs"


def pairs_of(cast: Cast, *names: str, mentor: UUID | None = None, unit: str = "") -> list[UUID]:
    """More pairs, begun now; of one mentor, or each with one of its own."""
    with writing():
        ward = db.session.scalars(select(Unit).order_by(Unit.id)).first()
        assert ward is not None
        if unit:
            ward = Unit(name=unit, site_id=ward.site_id)
            db.session.add(ward)
        made = []
        for name in names:
            mentee = person(name, {"mentee"}, ward)
            mentee.email = None
            own = db.session.get_one(Person, mentor) if mentor else person(f"{name} Senior", {"mentor"}, ward)
            own.email = None
            db.session.flush()
            made.append(Pairing(programme_id=cast.programme, mentor_id=own.id, mentee_id=mentee.id, why="They fit."))
            made[-1].made_by_id, made[-1].made_at = cast.carol, now()
        db.session.add_all(made)
        db.session.flush()
        return [each.id for each in made]


def in_order(page: str, *names: str) -> bool:
    return sorted(names, key=page.index) == list(names)


def told() -> list[tuple[str, str]]:
    db.session.rollback()
    rows = db.session.scalars(select(PushMessage).where(PushMessage.kind == "nudge"))
    return sorted((row.person.first_name, row.navigate) for row in rows)


def nudge(browser: Browser, *pairs: UUID) -> str:
    """Tick these and press the button; what the next page says."""
    answer = browser.fill_in(LIST, {"pair": [str(each) for each in pairs]}, action=f"{LIST}/nudge")
    assert answer.status_code == 303
    return browser.get(answer.headers["Location"]).text


def test_who_needs_her_stands_first_and_a_filter_leaves_the_others_out(
    cast: Cast, browser: Browser, clock: MovedClock
) -> None:
    zoe, lea = pairs_of(cast, "Zoé Díaz", "Lea Munn", unit="Theatres")
    clock.move(days=12)
    pairs_of(cast, "Newt Young", mentor=cast.ana)
    talk(cast.mary, cast.pairing, now().date())
    note(db.session.get_one(Pairing, lea).mentee_id, lea, at=now() - timedelta(days=4))
    with writing():
        close_account(db.session.get_one(Person, cast.admin), db.session.get_one(Pairing, zoe).mentor)
    browser.sign_in(cast.carol)
    assert in_order(browser.get(LIST).text, "Zoé Díaz", "Newt Young", "Lea Munn", "Mary Okafor")
    narrowed = {
        f"?mentor={cast.ana}": {"Newt Young", "Mary Okafor"},
        "?q=DIAZ+zoe": {"Zoé Díaz"},
        "?stage=left": {"Zoé Díaz"},
        "?stage=in_touch": {"Mary Okafor", "Lea Munn"},
        f"?unit={db.session.scalar(select(Unit.id).where(Unit.name == 'Theatres'))}": {"Zoé Díaz", "Lea Munn"},
        f"?programme={cast.carol}": set(),
        "?stage=wild&page=-7&order=none&_external=1": {"Zoé Díaz", "Newt Young", "Lea Munn", "Mary Okafor"},
    }
    everybody = {"Zoé Díaz", "Newt Young", "Lea Munn", "Mary Okafor"}
    for query, wanted in narrowed.items():
        page = browser.get(LIST + query).text
        assert {name for name in everybody if name in page} == wanted, query
    assert "2 mentees" in browser.get(f"{LIST}?order=mentor").text


def test_fifty_stand_on_a_page_and_the_questions_stay_as_few(cast: Cast, browser: Browser) -> None:
    browser.sign_in(cast.carol).get(LIST)
    with statements() as few:
        browser.get(LIST)
    pairs_of(cast, *(f"Mentee {number:03}" for number in range(60)))
    with statements() as many:
        page = browser.get(LIST).text
    assert len(many) == len(few) < 16
    assert page.count('name="pair"') == 50
    assert "Page 1 of 2" in page
    assert browser.get(f"{LIST}?page=2").text.count('name="pair"') == 11


def test_a_nudge_tells_both_in_neutral_words_and_not_again_for_14_days(
    cast: Cast, browser: Browser, clock: MovedClock
) -> None:
    [other] = pairs_of(cast, "Lea Munn", mentor=cast.ana)
    browser.sign_in(cast.carol)
    assert "2 pairs were nudged." in nudge(browser, cast.pairing, other)
    assert told() == [("Ana", "/"), ("Lea", "/"), ("Mary", "/")]
    clock.move(days=13)
    browser.sign_in(cast.carol)
    assert "2 were nudged on Tue 10 March." in nudge(browser, cast.pairing, other)
    assert len(told()) == 3
    clock.move(days=1)
    browser.sign_in(cast.carol)
    assert "1 pair was nudged." in nudge(browser, cast.pairing)
    assert len(told()) == 5
    audited = db.session.scalars(select(AuditRow).where(AuditRow.event == "pairings.nudged"))
    assert [row.actor_id for row in audited] == [cast.carol] * 3


def test_who_is_away_has_left_or_is_not_hers_is_not_nudged(cast: Cast, browser: Browser) -> None:
    away, left = pairs_of(cast, "Lea Munn", "Zoe Diaz")
    with writing():
        db.session.add(QuietHours(person_id=db.session.get_one(Pairing, away).mentor_id, away_until=date(2026, 6, 1)))
        close_account(db.session.get_one(Person, cast.admin), db.session.get_one(Pairing, left).mentee)
    browser.app.extensions["clock"].move(days=5)
    assert "2 cannot be nudged now." in nudge(browser.sign_in(cast.carol), away, left)
    other = another_coordinator()
    token = browser.sign_in(other).get("/quiet-hours").text.split('name="csrf_token" value="')[1].split('"')[0]
    browser.post(f"{LIST}/nudge", {"csrf_token": token, "pair": [str(cast.pairing), "nonsense"]})
    assert told() == []


def test_nothing_ticked_is_said_beside_the_list(cast: Cast, browser: Browser) -> None:
    answer = browser.sign_in(cast.carol).fill_in(LIST, {}, action=f"{LIST}/nudge")
    assert answer.status_code == 422
    assert "Tick the pairs that you want to nudge." in answer.text


def test_after_a_nudge_the_planner_asks_for_no_word_beside_it(cast: Cast, browser: Browser, clock: MovedClock) -> None:
    clock.move(days=8)
    nudge(browser.sign_in(cast.carol), cast.pairing)
    assert [ask.kind for ask in due_asks(now())] == ["checkin_ready"]
    clock.move(days=14)
    assert "word_welcome" in [ask.kind for ask in due_asks(now())]


@pytest.mark.parametrize("format", ["pairs.csv", "pairs/print"])
def test_the_list_is_taken_along_whole_and_without_formulas(cast: Cast, browser: Browser, format: str) -> None:
    pairs_of(cast, "=1+1", *(f"Mentee {number:03}" for number in range(55)))
    talk(cast.ana, cast.pairing, date(2026, 3, 9), 25)
    page = browser.sign_in(cast.carol).get(f"/programme/{format}?q=").text
    assert page.count("Senior") == 56
    assert "25" in page
    assert ("\n'=1+1," in page) == (format == "pairs.csv")
    assert "Mary Okafor" not in browser.get(f"/programme/{format}?q=Mentee").text
