"""Everybody sees exactly what others see of them, and some things nobody is shown."""

from __future__ import annotations

import re
from itertools import product
from uuid import UUID

import pytest
from flask import Flask, render_template_string
from sqlalchemy import select

from tests.client import Browser
from tests.people import Cast, person
from tests.profiles.saying import says, takes_part
from tests.profiles.test_facts import questions
from webapp.database import db, writing
from webapp.profiles import all_as_seen_by, as_seen_by, profiles_of, progress_of
from webapp.profiles.fields import TOPICS
from webapp.profiles.rules import COUNTED
from webapp.profiles.seen import SHOWN
from webapp.programmes import Enrolment
from webapp.staff import StaffRecord

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
SAID: dict[str, dict[str, object]] = {
    "goals": {"goals": [{"word": "cyan"}]},
    "interests": {"words": ["magnolia"]},
    "languages": {"words": ["quenya"]},
    "style": {"sliders": {"plan": {"value": 0, "leaning": "different"}}},
    "week": {"patterns": ["evenings"]},
    "about": {"words": "I like ochre."},
    "background": {"chosen": ["sepia"], "leaning": "like"},
    "musts": {"musts": [{"kind": "tag", "value": "vermilion"}]},
    "choices": {},
}
TRACES = {
    "goals": "cyan",
    "interests": "magnolia",
    "languages": "Quenya",
    "style": "I plan ahead",
    "week": "Evenings",
    "about": "I like ochre.",
    "background": "sepia",
    "musts": "vermilion",
    "choices": "Charlie Doe",
}


@pytest.fixture
def parts(app: Flask, cast: Cast) -> dict[str, UUID]:
    """Mary and Ana have said everything; Mary said no to Charlie."""
    parts = {}
    for who, role in ((cast.mary, "mentee"), (cast.ana, "mentor")):
        part = parts[role] = takes_part(cast.carol, cast.programme, who, role)
        for topic, said in SAID.items():
            choice: dict[str, object] = {"vetoes": [str(cast.charlie)]} if topic == "choices" else {}
            says(who, topic, part if topic in ("goals", "musts", "choices") else None, **said, **choice)
    return parts


def seen_in(text: str) -> set[str]:
    return {topic for topic, trace in TRACES.items() if trace in text}


def test_each_reader_sees_what_the_table_says_and_never_more(app: Flask, parts: dict[str, UUID]) -> None:
    for (role, part_id), (reader, shown) in product(parts.items(), SHOWN.items()):
        with app.test_request_context():
            seen = as_seen_by(reader, db.session.get_one(Enrolment, part_id))
            expected = set() if (reader, role) == ("member", "mentee") else set(shown)
            assert seen_in(repr(seen)) == expected == {line.topic for line in seen.lines}, (reader, role)
    assert not {"background", "musts", "choices"} & set().union(*SHOWN.values())


def test_the_mirror_page_shows_what_the_function_gives_and_nothing_else(
    app: Flask, cast: Cast, parts: dict[str, UUID]
) -> None:
    for role, who in (("mentee", cast.mary), ("mentor", cast.ana)):
        page = Browser(app).sign_in(who).get("/profile/as-seen").text
        cards = re.findall(r'<section class="card".*?</section>', page, re.S)
        part = db.session.get_one(Enrolment, parts[role])
        with app.test_request_context():
            given = [{line.topic for line in as_seen_by(reader, part).lines} for reader in SHOWN]
        assert [seen_in(card) for card in cards] == given
        assert not seen_in(page) & {"background", "musts", "choices"}


@pytest.mark.one_database
def test_each_form_says_who_reads_it_as_the_table_has_it(app: Flask) -> None:
    says_it = "{% from 'profiles/parts.html' import readers %}{{ readers(topic, role) }}"
    with app.test_request_context():
        for role in ("mentee", "mentor"):
            for topic in TOPICS:
                line = render_template_string(says_it, topic=topic, role=role)
                named = {
                    "partner": "you are paired with" in line,
                    "coordinator": "and the coordinator can" in line or "with, the coordinator and" in line,
                    "member": "others in your programme" in line,
                }
                assert any(named.values()) != ("No person is shown this" in line)
                table = {reader: topic in shown for reader, shown in SHOWN.items()}
                table["member"] = table["member"] and role == "mentor"
                assert named == table, (role, topic, line)


def test_the_coordinator_learns_how_much_and_reads_no_veto(app: Flask, cast: Cast, parts: dict[str, UUID]) -> None:
    carol = Browser(app).sign_in(cast.carol)
    page = carol.get(f"/programme/{cast.programme}/profiles")
    assert "6 of 6" in page.text and "Mary Okafor" in page.text
    hers = carol.get(f"/programme/{cast.programme}/profiles/{parts['mentee']}").text
    assert seen_in(hers) == set(SHOWN["coordinator"])
    says(cast.mary, "about", words="")
    with writing():
        progress = progress_of([db.session.get_one(Enrolment, each) for each in parts.values()])
    assert {role: progress[part].answered for role, part in parts.items()} == {"mentee": 5, "mentor": 6}
    assert len(COUNTED) == 6


def test_a_coordinator_sees_no_profile_of_her_own_reports(app: Flask, cast: Cast, parts: dict[str, UUID]) -> None:
    with writing():
        db.session.add(StaffRecord(person_id=cast.mary, manager_id=cast.carol, languages=[]))
    carol = Browser(app).sign_in(cast.carol)
    assert "Mary Okafor" not in carol.get(f"/programme/{cast.programme}/profiles").text
    assert carol.get(f"/programme/{cast.programme}/profiles/{parts['mentee']}").status_code == 404


@SQLITE
def test_many_are_read_with_the_questions_of_one(app: Flask, cast: Cast, parts: dict[str, UUID]) -> None:
    def look(*asked: UUID) -> None:
        rows = db.session.scalars(select(Enrolment).where(Enrolment.id.in_(asked))).all()
        assert len(all_as_seen_by("partner", rows)) == len(asked)

    one, both = list(parts.values())[:1], list(parts.values())
    with app.test_request_context():
        assert questions(lambda: look(*one)) == questions(lambda: look(*both))


def test_wishes_and_vetoes_are_kept_and_shown_to_nobody(app: Flask, cast: Cast, parts: dict[str, UUID]) -> None:
    with writing():
        others = [person(f"{name} Stone", {"mentor"}) for name in ("Opal", "Pearl")]
        db.session.add_all(others)
        db.session.flush()
        ids = [each.id for each in others]
        db.session.add(StaffRecord(person_id=cast.mary, manager_id=ids[1], languages=[]))
    for each in ids:
        takes_part(cast.carol, cast.programme, each, "mentor")
    mary, address = Browser(app).sign_in(cast.mary), f"/profile/in/{parts['mentee']}/choices"
    page = mary.get(address).text
    assert "Opal Stone" in page and "Ana Ruiz" in page
    assert "Pearl Stone" not in page  # her line manager: nobody in the line learns who joined
    both = {f"person-{cast.ana}": "1", f"person-{ids[0]}": "1"}
    assert mary.fill_in(address, both, action=address, form=1).status_code == 422
    assert mary.fill_in(address, both | {f"person-{ids[0]}": "no"}, action=address, form=1).status_code == 303
    choices = said_choices(cast.mary, parts["mentee"])
    assert choices == ((cast.ana,), {ids[0], cast.charlie})
    assert mary.fill_in(address, {f"person-{cast.ana}": "sideways"}, action=address, form=1).status_code == 422
    for reader in (cast.ana, cast.carol, cast.admin, ids[0]):
        browser = Browser(app).sign_in(reader)
        assert browser.get(address).status_code == 404
    ana = Browser(app).sign_in(cast.ana)
    hers = f"/profile/in/{parts['mentor']}/choices"
    assert "Mary Okafor" not in ana.get(hers).text and "Mary Okafor" in ana.get(f"{hers}?q=oka").text
    assert ana.get(f"/profile/in/{parts['mentor']}/musts").status_code == 404


def said_choices(who: UUID, part: UUID) -> tuple[tuple[UUID, ...], set[UUID]]:
    facts = profiles_of([who])[who].part(part)
    return facts.wishes, set(facts.vetoes)
