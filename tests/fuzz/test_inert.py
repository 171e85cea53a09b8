"""Whatever somebody typed stands on every page as letters: nothing of it runs or turns our own words round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from html5lib import parse
from sqlalchemy import select

from tests.fuzz.conftest import PEOPLE, known_ids, let_everybody_in, pages_of, signed_in_phone
from tests.fuzz.words import HOSTILE
from tests.machine.hospital import Hospital, open_hospital
from webapp.database import db, writing
from webapp.pairings import Pairing
from webapp.people import Organisation, Person, Site, Unit
from webapp.programmes import Programme

LONGEST = 2_000
NAMES_IN_ROWS: tuple[Any, ...] = (Person, Site, Unit, Programme, Organisation)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
MARK = "inert"  # in every hostile name, to find it again
OURS = {"script": "src", "link": "href"}


@pytest.fixture(scope="module")
def hostile_hospital() -> Iterator[Hospital]:
    """Every name and every text in it was typed by an attacker."""
    with open_hospital() as hospital:
        write_hostile_words(hospital)
        with writing():
            for model in NAMES_IN_ROWS:
                for number, row in enumerate(db.session.scalars(select(model))):
                    row.name = f"{MARK} {HOSTILE[number % 2]} \u202e\u2066{number} \u200b\x00"
            db.session.get_one(Pairing, hospital.cast.pairing).why = "".join(HOSTILE[:8]).replace("\x00", "")[:400]
        let_everybody_in(hospital)
        yield hospital


def write_hostile_words(hospital: Hospital) -> None:
    mary, ana = (signed_in_phone(hospital.app, hospital, person) for person in (hospital.cast.mary, hospital.cast.ana))
    pairing = str(hospital.cast.pairing)
    texts = [text[:LONGEST] for text in HOSTILE if text.strip() and text != "\ud83d"]
    for text in texts:
        mary.save("checkin", "record", {"pairing": pairing, "audience": "mentor", "words": text, "need": "talk"})
        mary.save("feedback", "give", {"pairing": pairing, "words": text, "act": True})
        entry = mary.entry(text * (1 if len(text) < LONGEST else 5))  # ten thousand emoji
        mary.save("entry", "show", {"pairing": pairing}, entry.body["entity"])
        for phone in (mary, ana):
            phone.save("note", "write", {"pairing": pairing, "words": text})
    for phone in (mary, ana):
        assert {result["status"] for result in phone.flush()} <= {"applied"}


@pytest.mark.long
def test_nothing_that_was_typed_runs_or_turns_our_words_on_any_page(hostile_hospital: Hospital) -> None:
    ids, seen, shown = known_ids(hostile_hospital), 0, set[str]()
    for place in range(len(PEOPLE)):
        for path, html in pages_of(hostile_hospital, place, ids):
            page = parse(html, namespaceHTMLElements=False)
            troubles = [trouble for element in page.iter() if (trouble := runs_something(element))]
            assert not troubles, f"{path} for {PEOPLE[place]}: {troubles}"
            said = "".join(page.itertext())
            seen += MARK in said
            shown |= {text for text in HOSTILE[:3] if text in said}
    assert seen > 20, "the hostile names are on hardly any page: this looks in the wrong places"
    assert shown == set(HOSTILE[:3]), "the hostile words are on no page: this looks in the wrong places"


def test_names_hold_nothing_that_turns_or_hides(hostile_hospital: Hospital) -> None:
    db.session.rollback()
    for model in NAMES_IN_ROWS:
        for name in db.session.scalars(select(model.name)):
            assert MARK in name
            assert not set(name) & {*TURNING, "\u200b", "\x00"}, f"{model.__name__}: {name!r}"


def runs_something(element: Any) -> str:
    """What is wrong with an element, or nothing."""
    if not isinstance(element.tag, str):
        return ""
    bad = [name for name, value in element.attrib.items() if is_active(str(name), str(value))]
    if element.tag in OURS and not str(element.get(OURS[element.tag], "")).startswith("/"):
        bad.append(element.tag)
    if element.tag == "img" and element.get("src") == "x":
        bad.append("img")
    return f"<{element.tag}> {bad}" if bad else ""


def is_active(name: str, value: str) -> bool:
    leads_to_script = name in ("href", "src", "action") and value.strip().lower().startswith("javascript:")
    return name.startswith("on") or leads_to_script
