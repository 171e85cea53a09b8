"""What matching is given of each person, and what the organiser's words mean."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import event, select

from tests.conftest import MovedClock
from tests.people import Cast
from tests.profiles.saying import says, takes_part
from webapp.database import db, writing
from webapp.matching import Vocabulary
from webapp.people import Person, close_account
from webapp.profiles import (
    Must,
    PartFacts,
    ProfileFacts,
    StyleAnswer,
    UsualShift,
    Wanted,
    begin_with_words,
    profiles_of,
    vocabulary,
)
from webapp.profiles.models import ProfileAnswer, Tag
from webapp.profiles.rules import usual_shifts
from webapp.programmes import Enrolment, let_leave
from webapp.staff import StaffRecord
from webapp.worker import tidy


def test_everything_that_somebody_said_is_given(app: Flask, cast: Cast) -> None:
    part = takes_part(cast.carol, cast.programme, cast.mary, "mentee")
    says(cast.mary, "interests", words=["Running", " running ", "Chess"])
    says(cast.mary, "languages", words=["es", "Polish", "Klingonish"])
    says(cast.mary, "style", sliders={"plan": {"value": 4, "leaning": "different"}})
    says(cast.mary, "week", patterns=["evenings"], days=[6])
    says(cast.mary, "background", chosen=["abroad"], leaning="like")
    says(cast.mary, "about", words="I like tea.")
    says(cast.mary, "goals", part, goals=[{"word": "Handover", "priority": 3}, {"word": "Sleep"}])
    says(cast.mary, "musts", part, musts=[{"kind": "language", "value": "es"}, {"kind": "same_site"}])
    says(cast.mary, "choices", part, wishes=[str(cast.ana)], vetoes=[str(cast.charlie)])
    assert profiles_of([cast.mary, cast.ana]) == {
        cast.mary: ProfileFacts(
            languages=frozenset({"es", "pl", "klingonish"}),
            interests=frozenset({"Running", "Chess"}),
            shifts=(UsualShift(6, 14 * 60, 8 * 60),),
            style={"plan": StyleAnswer(4, "different")},
            background=frozenset({"abroad"}),
            leaning="like",
            parts={
                part: PartFacts(
                    goals=(Wanted("Handover", 3), Wanted("Sleep", 2)),
                    musts=frozenset({Must("language", "es"), Must("same_site")}),
                    wishes=(cast.ana,),
                    vetoes=frozenset({cast.charlie}),
                )
            },
        ),
        cast.ana: ProfileFacts(),
    }


def test_the_staff_list_speaks_for_who_said_no_language(app: Flask, cast: Cast) -> None:
    with writing():
        for person_id in (cast.mary, cast.ana):
            db.session.add(StaffRecord(person_id=person_id, languages=["Inglés", "Polish"]))
    says(cast.ana, "languages", words=["es"])
    found = profiles_of([cast.mary, cast.ana])
    assert (found[cast.mary].languages, found[cast.ana].languages) == ({"en", "pl"}, {"es"})


def test_saying_it_again_replaces_it_and_saying_nothing_takes_it_away(app: Flask, cast: Cast) -> None:
    says(cast.mary, "interests", words=["Running"])
    says(cast.mary, "interests", words=["Chess"])
    assert profiles_of([cast.mary])[cast.mary].interests == {"Chess"}
    says(cast.mary, "interests", words=["", "  "])
    assert profiles_of([cast.mary])[cast.mary].interests == frozenset()
    assert db.session.scalars(select(ProfileAnswer)).all() == []


def test_what_was_said_goes_60_days_after_leaving(app: Flask, cast: Cast, clock: MovedClock) -> None:
    part = takes_part(cast.carol, cast.programme, cast.mary, "mentee")
    for who in (cast.mary, cast.ana):
        says(who, "interests", words=["Chess"])
    says(cast.mary, "goals", part, goals=[{"word": "Handover"}])
    with writing():
        carol, ana = (db.session.get_one(Person, each) for each in (cast.carol, cast.ana))
        let_leave(carol, db.session.get_one(Enrolment, part))
        close_account(carol, ana)
    for days, topics in ((59, ["goals", "interests", "interests"]), (1, ["interests"])):
        clock.move(days=days)
        tidy()
        assert sorted(row.topic for row in db.session.scalars(select(ProfileAnswer))) == topics
        db.session.rollback()


def test_what_is_said_lies_sealed(app: Flask, cast: Cast) -> None:
    says(cast.mary, "background", chosen=["abroad"])
    assert all(b"abroad" not in row.said_sealed for row in db.session.scalars(select(ProfileAnswer)))


def test_many_profiles_cost_few_questions(app: Flask, cast: Cast) -> None:
    everybody = [cast.mary, cast.ana, cast.carol, cast.charlie, cast.admin]
    for each in everybody:
        says(each, "interests", words=["Chess"])
        says(each, "week", patterns=["days"])
    db.session.rollback()
    assert questions(lambda: profiles_of(everybody[:1])) == questions(lambda: profiles_of(everybody))


def test_rotating_is_days_and_nights_and_no_day_is_any() -> None:
    assert usual_shifts(["nights"], [0]) == (UsualShift(0, 19 * 60 + 30, 750),)
    assert [each.start for each in usual_shifts(["rotating"], [0])] == [450, 1170]
    assert {each.day for each in usual_shifts(["days"], [])} == set(range(7))


def test_the_words_to_begin_with_mean_the_same_in_both_languages(app: Flask, cast: Cast) -> None:
    with writing():
        begin_with_words(None)
        begin_with_words(None)
    words = vocabulary()
    assert len(words.tags) == len(db.session.scalars(select(Tag)).all()) > 40
    assert words.shown("SBAR", "es") == "Relevo" and words.shown("relevo", "en") == "Handover"
    assert words.shown("Juggling", "es") == "Juggling"
    tags = Vocabulary(words.synonyms).tags(["SBAR", "Relevo", "Handover", "Juggling"])
    assert tags["SBAR"] == tags["Relevo"] == tags["Handover"] != tags["Juggling"]


def questions(ask: object) -> int:
    """How many the database is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        ask()  # type: ignore[operator]
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.rollback()
    return len(asked)
