"""A mentor introduces the mentee to somebody: asked alone, two yeses show names, and nobody learns whose a no was."""

from __future__ import annotations

import threading
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.conftest import MovedClock
from tests.page_linter import forms_of
from tests.pairings.introducing import ABOUT, WHY, open_names
from tests.pairings.writing_down import somebody, written
from tests.people import Cast
from webapp.audit.models import AuditRow
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.ledger import Refused
from webapp.pairings import lapse_introductions
from webapp.pairings.introductions.actions import answer_introduction
from webapp.pairings.introductions.fields import AnswerFields
from webapp.pairings.introductions.models import Introduction, OpenToIntroduction
from webapp.push.models import PushMessage
from webapp.staff import StaffRecord


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/pair/{cast.pairing}/introductions"


@pytest.fixture
def asked(ana: Browser, his: Browser, omar: UUID, page: str) -> str:
    """Ana asked both: the address of the introduction."""
    said = {"person": str(omar), "why": WHY, "op_id": str(uuid7()), "entity": str(uuid7())}
    form = next(form for form in forms_of(ana.get(page).text) if form.action == page)
    for _ in range(2):
        assert ana.post(page, {**form.values, **said}).status_code == 303
    return f"/introductions/{the_introduction().id}"


def the_introduction() -> Introduction:
    db.session.rollback()
    return db.session.scalars(select(Introduction).execution_options(populate_existing=True)).one()


def answer(browser: Browser, asked: str, wants: str) -> None:
    assert browser.fill_in(asked, {"wants": wants}, f"{asked}/answer").status_code == 303


def told(person_id: UUID, kind: str) -> list[str]:
    db.session.rollback()
    of_kind = select(PushMessage.navigate).where(PushMessage.person_id == person_id, PushMessage.kind == kind)
    return list(db.session.scalars(of_kind))


def test_two_yeses_show_the_two_to_one_another_and_nothing_before(
    cast: Cast, mary: Browser, ana: Browser, his: Browser, omar: UUID, asked: str, page: str
) -> None:
    assert "Omar Aziz, Ward 4: Research on sore heels (10 minutes)" not in ana.get(page).text  # asked already
    assert told(cast.mary, "to_decide") == told(omar, "to_decide") == [asked]
    row = the_introduction()
    assert WHY.encode() not in row.why_sealed
    assert ABOUT.encode() not in db.session.get_one(OpenToIntroduction, omar).about_sealed
    for reader, path in ((mary, asked), (mary, page), (mary, "/"), (his, asked), (his, "/"), (his, "/introductions")):
        shown = reader.get(path).text
        assert ("Aziz" if reader is mary else "Okafor") not in shown, path
        assert ABOUT not in shown or (reader is his and path == "/introductions")
    assert "Ana Ruiz would like to introduce you to somebody." in mary.get("/").text
    assert WHY in mary.get(asked).text and WHY in his.get(asked).text
    answer(mary, asked, "yes")
    assert "mary@example.org" not in his.get(asked).text
    assert "You said yes" in mary.get(asked).text and "You said yes" not in ana.get(asked).text
    answer(his, asked, "yes")
    assert "omar@example.org" in mary.get(asked).text
    assert "mary@example.org" in his.get(asked).text and "Ward 4" in his.get(asked).text
    assert "Ana introduced you to Mary Okafor." in his.get("/").text
    assert "Ana introduced you to Omar Aziz." in mary.get(page.removesuffix("/introductions")).text
    assert told(cast.mary, "pair_news") == told(omar, "pair_news") == told(cast.ana, "pair_news") == [asked]
    stranger = Browser(mary.app).sign_in(cast.charlie)
    assert stranger.get(asked).status_code == 404


@pytest.mark.parametrize("who", ["mary", "his"])
def test_a_no_is_told_to_nobody(mary: Browser, ana: Browser, his: Browser, asked: str, page: str, who: str) -> None:
    no, other = (mary, his) if who == "mary" else (his, mary)
    answer(other, asked, "yes")
    answer(no, asked, "no")
    row = the_introduction()
    assert (row.mentee_agreed_at, row.person_agreed_at, row.introduced_at) == (None, None, None)
    for reader in (mary, ana, his):
        reader.get("/")  # says once what became of one's own answer
        shown = reader.get(asked).text
        assert "It did not work out this time." in shown and "yes" not in shown.lower()
    assert "Okafor" not in his.get(asked).text and "Aziz" not in mary.get(asked).text
    assert WHY not in his.get(asked).text
    assert "It did not work out this time" in ana.get(page).text
    events = db.session.execute(
        select(AuditRow.actor_id, AuditRow.event).where(
            AuditRow.subject_id == row.id, AuditRow.event != "pairings.proposed_introduction"
        )
    ).all()
    assert len(events) == 3 and {actor for actor, _event in events} == {None}
    mary.post(f"{asked}/answer", {"wants": "yes"})
    assert the_introduction().introduced_at is None


def test_two_yeses_at_once_introduce_them_once(app: Flask, cast: Cast, asked: str, omar: UUID) -> None:
    entity = UUID(asked.rpartition("/")[2])
    db.session.remove()
    together, refused = threading.Barrier(4), []

    def yes(person_id: UUID) -> None:
        with app.app_context():
            try:
                together.wait(10)
                with writing():
                    answer_introduction(somebody(person_id), written(entity), cast.pairing, AnswerFields(wants=True))
            except Refused as refusal:
                refused.append(refusal.reason)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=yes, args=(each,)) for each in (cast.mary, omar, cast.mary, omar)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = the_introduction()
    assert row.introduced_at and row.mentee_agreed_at and row.person_agreed_at
    assert told(omar, "pair_news") == [asked] and set(refused) <= {"over"}


def test_nobody_meets_whom_a_new_list_put_above_them(
    cast: Cast, mary: Browser, his: Browser, omar: UUID, asked: str
) -> None:
    answer(mary, asked, "yes")
    with writing():
        db.session.add(StaffRecord(person_id=cast.mary, languages=[], manager_id=omar))
    answer(his, asked, "yes")
    assert "mary@example.org" not in his.get(asked).text
    assert the_introduction().introduced_at is None


def test_it_lapses_can_be_taken_back_and_is_not_asked_again_soon(
    cast: Cast, mary: Browser, ana: Browser, his: Browser, asked: str, page: str, clock: MovedClock
) -> None:
    assert ana.fill_in(asked, {}, f"{asked}/take-back").status_code == 303
    assert (the_introduction().why, told(cast.mary, "to_decide")) == ("", [])
    assert WHY not in mary.get(asked).text + his.get(asked).text + ana.get(asked).text
    assert open_names(cast) == ["Omar Aziz"]
    assert ana.fill_in(page, {"person": str(the_introduction().person_id), "why": WHY}, page).status_code == 303
    db.session.rollback()
    again = db.session.scalars(select(Introduction.id).where(Introduction.closed_at.is_(None))).one()
    address = f"/introductions/{again}"
    answer(mary, address, "yes")
    clock.move(days=14)
    late = his.get(address).text
    assert "did not work out" in late and f"{address}/answer" not in late
    with writing():
        lapse_introductions(now())
    row = db.session.get_one(Introduction, again, populate_existing=True)
    assert row.closed_at is not None and row.mentee_agreed_at is None
    assert open_names(cast) == []
    clock.move(days=91)
    assert open_names(cast) == ["Omar Aziz"]


def test_a_month_later_the_mentee_is_asked_once(
    cast: Cast, mary: Browser, ana: Browser, his: Browser, asked: str, page: str, clock: MovedClock
) -> None:
    answer(mary, asked, "yes")
    answer(his, asked, "yes")
    ours = page.removesuffix("/introductions")
    clock.move(days=29)
    assert "What did it lead to?" not in mary.get(ours).text
    clock.move(days=1)
    assert "What did it lead to?" in mary.get(ours).text
    for reader in (ana, his):
        assert "What did it lead to?" not in reader.get(asked).text + reader.get("/").text
    empty = mary.fill_in(asked, {}, f"{asked}/led-to")
    assert empty.status_code == 422 and "You can also skip this." in empty.text
    said = {"codes": ["visit", "contact"], "line": "I spent a morning in the clinic."}
    assert mary.fill_in(asked, said, f"{asked}/led-to").status_code == 303
    row = the_introduction()
    assert row.led_codes == ["visit", "contact"] and b"clinic" not in (row.led_line_sealed or b"")
    for reader in (mary, ana):
        shown = reader.get(asked).text
        assert "I spent a morning in the clinic." in shown and "A visit or a shadow shift" in shown
    assert "clinic" not in his.get(asked).text
    assert "What did it lead to?" not in mary.get(ours).text


def test_who_skips_is_not_asked_again(mary: Browser, his: Browser, asked: str, page: str, clock: MovedClock) -> None:
    answer(mary, asked, "yes")
    answer(his, asked, "yes")
    clock.move(days=30)
    form = next(form for form in forms_of(mary.get(asked).text) if form.action == f"{asked}/led-to")
    for _ in range(2):
        assert mary.post(f"{asked}/led-to", {**form.values, "skip": "1"}).status_code == 303
    assert "What did it lead to?" not in mary.get(page.removesuffix("/introductions")).text + mary.get(asked).text
    assert the_introduction().led_to is None
