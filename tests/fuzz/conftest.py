"""One hospital with something in every room, put back as it was before each attack."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.fuzz.words import Attacker, address_of, forms_on
from tests.harness.soak import runs, soaking
from tests.machine.hospital import Hospital, SignedIn, open_hospital, through
from tests.phone import Phone

FEW = 3
PEOPLE = ("mary", "ana", "carol", "admin", "charlie")
MANY = settings(
    max_examples=runs(300, soak=50_000),
    deadline=None,
    database=None,
    derandomize=not soaking(),
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
FEWER = settings(MANY, max_examples=runs(120, soak=20_000))


@pytest.fixture(scope="package")
def hospital() -> Iterator[Hospital]:
    with open_hospital() as opened:
        write_in_every_room(opened)
        let_everybody_in(opened)
        yield opened


@pytest.fixture(scope="package")
def attacker(hospital: Hospital) -> Attacker:
    """Whoever is signed in as one of the people, or as nobody, and knows every id and every form there is."""
    ids = known_ids(hospital)
    found = {
        (form.who, form.action, form.names): form
        for who in range(len(PEOPLE))
        for path, html in pages_of(hospital, who, ids)
        for form in forms_on(html, path, who)
    }
    return Attacker(hospital, ids, list(found.values()))


def let_everybody_in(hospital: Hospital) -> None:
    """Each of the people is signed in, and holds a cookie to which the tokens of their forms belong."""
    for place, name in enumerate(PEOPLE):
        signed_in = hospital.sign_in(getattr(hospital.cast, name), "own")
        client = through(hospital.app, signed_in.cookies).browser.client
        client.get("/settings")
        session = client.get_cookie("session")
        assert session is not None
        hospital.at_first[place] = SignedIn({**signed_in.cookies, "session": session.value}, signed_in.session)
    hospital.pristine = hospital.copy()


def pages_of(hospital: Hospital, who: int, ids: list[str]) -> Iterator[tuple[str, str]]:
    """Every page that one of the people is answered, with every id."""
    client = through(hospital.app, hospital.at_first[who].cookies).browser.client
    for rule in hospital.app.url_map.iter_rules():
        arguments = list(rule.arguments)
        if "GET" not in (rule.methods or ()) or len(arguments) > 1:
            continue
        for id_ in ids if arguments else [""]:
            response = client.get(address_of(rule, dict.fromkeys(arguments, id_), {}))
            if response.status_code == 200 and response.mimetype == "text/html":
                yield response.request.path, response.text


def write_in_every_room(hospital: Hospital) -> None:
    """A check-in, a note, an entry that is shown, feedback and a talk, so that their addresses lead somewhere."""
    mary = signed_in_phone(hospital.app, hospital, hospital.cast.mary)
    pairing = str(hospital.cast.pairing)
    mary.save("checkin", "record", {"pairing": pairing, "audience": "mentor", "words": "A hard one.", "need": "talk"})
    mary.save("note", "write", {"pairing": pairing, "words": "Hello."})
    mary.save("feedback", "give", {"pairing": pairing, "words": "Good.", "act": True})
    mary.save("talk", "record", {"pairing": pairing, "contact": "call", "on": "2026-03-09", "minutes": 10})
    entry = mary.entry("Mine.")
    mary.save("entry", "show", {"pairing": pairing}, entry.body["entity"])
    assert {result["status"] for result in mary.flush()} == {"applied"}


def signed_in_phone(app: Flask, hospital: Hospital, person: UUID) -> Phone:
    signed_in = hospital.sign_in(person, "own")
    phone = Phone(through(app, signed_in.cookies), hospital.clock)
    phone.session = signed_in.session
    return phone


def known_ids(hospital: Hospital) -> list[str]:
    """Some keys of every table whose rows have one."""
    found = [row.id for table, rows in hospital.pristine.items() if "id" in table.columns for row in rows[:FEW]]
    return [str(id_) for id_ in found if isinstance(id_, UUID)]
