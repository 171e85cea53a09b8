"""One small hospital for the tables of who may do what: nine people, two programmes, and something of everybody's."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from pydantic import BaseModel
from werkzeug.test import TestResponse

from tests.access.of_a_pair import write_what_they_share
from tests.access.of_offers import offer_and_ask
from tests.access.proposing import keep_two_apart, propose_a_mentor
from tests.client import Browser, OneRequestAfterAnother
from tests.people import make_cast, person
from tests.phone import Phone, ThroughClient
from webapp import sync
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.jobs import ask
from webapp.ledger import Written
from webapp.pairings import Pairing, TalkFields
from webapp.pairings.actions.talks import enter_talk
from webapp.people import Person, Site, Unit, close_account, renew_invitation, sign_in_here
from webapp.people.models import Invitation
from webapp.profiles.models import Tag, TagWord
from webapp.programmes import Cohort, Objective, Programme, ProgrammeCoordinator, enrol
from webapp.programmes.asking.actions import open_door
from webapp.programmes.models import JoinRequest
from webapp.pwa.version import asset_version
from webapp.safety import HelpContact
from webapp.staff.importing import allow_importers, bring_file
from webapp.web import health

NOBODY = "nobody"
PEOPLE = (
    NOBODY,
    "stranger",
    "mentee",
    "her mentor",
    "another mentor",
    "coordinator",
    "another coordinator",
    "administrator",
    "closed account",
)
NOTED_ANYWAY = {"tries", "sign_in", "heartbeat"}  # counted tries and the idle clock, whatever the answer is


class Nothing(BaseModel):
    """What a job needs that nobody does."""


@dataclass
class Member:
    """Somebody with a browser: signed in, but for nobody; the account of one was closed since."""

    name: str
    id: UUID | None
    client: FlaskClient
    token: str = ""
    phone: Phone | None = None
    own: dict[str, str] = field(default_factory=dict)


@dataclass
class Hospital:
    """The app with its people, and what stands in braces in the tables, by its name."""

    app: Flask
    file: Path
    people: dict[str, Member] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)
    untouched: str = ""
    looked_at: dict[tuple[str, str], TestResponse] = field(default_factory=dict)
    _kept: sqlite3.Connection | None = None

    def thing(self, name: str, member: Member) -> str:
        """The id that a name in braces stands for; somebody's own, where it begins with "own"."""
        if name.startswith("own "):
            return member.own.get(name.removeprefix("own "), str(uuid7()))
        return self.things[name]

    def keep(self) -> None:
        """Remember everything as it is now."""
        self._kept = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self.file)) as source:
            source.backup(self._kept)
        self.untouched = self.fingerprint()

    @contextmanager
    def undone(self, member: Member, reads_only: bool = False) -> Iterator[None]:
        """Whatever this person does inside is as if it had not been."""
        cookies = dict(member.client._cookies)
        try:
            yield
        finally:
            member.client._cookies = cookies
            db.session.remove()
            if not reads_only:
                assert self._kept is not None
                with closing(sqlite3.connect(self.file)) as target:
                    self._kept.backup(target)

    def fingerprint(self) -> str:
        """What the database holds, but for counted tries and the idle clock."""
        db.session.remove()
        digest = hashlib.sha256()
        with closing(sqlite3.connect(self.file)) as source:
            tables = source.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            for (table,) in tables:
                if table not in NOTED_ANYWAY:
                    digest.update(repr(source.execute(f'SELECT * FROM "{table}"').fetchall()).encode())
        return digest.hexdigest()


def build(app: Flask, file: Path) -> Hospital:
    """Everybody signed in, everything written through the phones' own way, the one account closed at the end."""
    hospital = Hospital(app, file)
    ids = _people(hospital)
    hospital.people = {name: _member(app, name, ids.get(name)) for name in PEOPLE}
    _write_what_everybody_has(hospital)
    _write_what_marys_pair_has(hospital)
    hospital.things |= offer_and_ask(hospital.things, ids)
    hospital.things |= propose_a_mentor(UUID(hospital.things["her programme"]), ids["stranger"], ids["another mentor"])
    two = (ids["mentee"], ids["another mentor"])
    hospital.things |= keep_two_apart(UUID(hospital.things["her programme"]), ids["coordinator"], two)
    with writing():
        administrator = db.session.get_one(Person, ids["administrator"])
        close_account(administrator, db.session.get_one(Person, ids["closed account"]))
        health.beat()
    hospital.keep()
    return hospital


def _people(hospital: Hospital) -> dict[str, UUID]:
    cast = make_cast()
    with writing():
        ward = db.session.scalars(db.select(Unit)).one()
        nina, omar = person("Nina Vale", {"mentee"}, ward), person("Omar Aziz", {"mentor"}, ward)
        tess, uma = person("Tess Lowe", {"mentee"}), person("Uma Rao", {"mentor"})
        cleo, dora = person("Cleo Marsh", {"coordinator"}), person("Dora Kerr", {"mentee", "coordinator"})
        invited = person("Ines Paz", {"mentee"}, joined=False)
        other = Programme(name="Students 2026", created_at=now(), started_at=now())
        empty = Unit(name="Ward 9", site_id=ward.site_id)
        crisis = HelpContact(kind="crisis", label="Crisis line", phone="0800 100", lang="en", confirmed_on=now().date())
        db.session.add_all([other, empty, crisis])
        db.session.flush()
        db.session.add(ProgrammeCoordinator(programme_id=other.id, person_id=cleo.id))
        theirs = _pair(cast.programme, nina, omar, cast.carol)
        elsewhere = _pair(other.id, tess, uma, cleo.id)
        objective = Objective(programme_id=cast.programme, kind="welcome", measure="talked", target=80, made_at=now())
        objective.due_on = now().date()
        cohort = Cohort(programme_id=cast.programme, name="Spring", starts_on=now().date())
        db.session.add_all([objective, cohort])
        carol, ana = db.session.get_one(Person, cast.carol), db.session.get_one(Person, cast.ana)
        part = enrol(carol, db.session.get_one(Programme, cast.programme), ana, "mentor", capacity=2)
        door = open_door(carol, db.session.get_one(Programme, cast.programme), True, ["example.org"])
        wish = JoinRequest(programme_id=cast.programme, name="Quin Abe", staff_number="Q1", role="mentor", lang="en")
        wish.asked_at = now()
        db.session.add(wish)
        db.session.flush()
        link = renew_invitation(db.session.get_one(Person, cast.admin), invited).link
        db.session.execute(db.update(Invitation).values(opened_at=now()))  # so that following it changes nothing
        hospital.things = {
            "Mary's pair": str(cast.pairing),
            "Nina and Omar": str(theirs.id),
            "a pair elsewhere": str(elsewhere.id),
            "her programme": str(cast.programme),
            "another programme": str(other.id),
            "an objective": str(objective.id),
            "a cohort": str(cohort.id),
            "Ana's part": str(part.id),
            "Mary": str(cast.mary),
            "Ana": str(cast.ana),
            "Carol": str(cast.carol),
            "somebody invited": str(invited.id),
            "somebody without a mentor": str(cast.charlie),
            "a closed account": str(dora.id),
            "a tag": str(_tag("Patience")),
            "another tag": str(_tag("Courage")),
            "a site": str(db.session.scalars(db.select(Site.id)).one()),
            "a unit": str(ward.id),
            "an empty unit": str(empty.id),
            "a help contact": str(crisis.id),
            "work of Ada": str(ask("none", cast.admin, Nothing())),
            "code on the poster": door.code,
            "somebody's request": str(wish.id),
            "a staff list": str(_staff_list(cast.admin, cast.carol)),
            "this version": asset_version(),
            "link of an invitation": link.rpartition("/")[2],
        }
        return {
            "stranger": cast.charlie,
            "mentee": cast.mary,
            "her mentor": cast.ana,
            "another mentor": omar.id,
            "coordinator": cast.carol,
            "another coordinator": cleo.id,
            "administrator": cast.admin,
            "closed account": dora.id,
        }


def _tag(word: str) -> UUID:
    tag = Tag(id=uuid7(), group="people", made_at=now(), words=[TagWord(lang="en", word=word)])
    db.session.add(tag)
    return tag.id


def _staff_list(admin: UUID, coordinator: UUID) -> UUID:
    """A list that somebody brought; one coordinator may import, the other may not."""
    ada = db.session.get_one(Person, admin)
    allow_importers(ada, {coordinator})
    return bring_file(ada, b"Staff number,Name\n900,Nobody Yet\n901,\n", "list.csv", everybody=False).id


def _pair(programme: UUID, mentee: Person, mentor: Person, by: UUID) -> Pairing:
    pairing = Pairing(
        programme_id=programme, mentee_id=mentee.id, mentor_id=mentor.id, made_by_id=by, made_at=now(), why="They fit."
    )
    db.session.add(pairing)
    return pairing


def _member(app: Flask, name: str, person_id: UUID | None) -> Member:
    member = Member(name, person_id, OneRequestAfterAnother(app, app.response_class))
    if person_id is None:
        return member
    with app.test_request_context("/"):
        with writing():
            sign_in = sign_in_here(db.session.get_one(Person, person_id), "own", "Test browser")
            member.own["device"] = str(sign_in.id)
        member.token = generate_csrf()
        response = app.process_response(app.make_response(""))
    for header in response.headers.getlist("Set-Cookie"):
        key, _, value = header.partition(";")[0].partition("=")
        member.client.set_cookie(key, value)
    browser = Browser(app)
    browser.client = member.client  # type: ignore[assignment]
    member.phone = Phone(ThroughClient(browser), app.extensions["clock"])
    member.phone.refresh()
    return member


def _write_what_everybody_has(hospital: Hospital) -> None:
    pairs = {"mentee": "Mary's pair", "her mentor": "Mary's pair", "another mentor": "Nina and Omar"}
    for name, member in hospital.people.items():
        if member.phone is None:
            continue
        own, say = member.own, member.phone.save
        own["check-in"] = _entity(say("checkin", "record", {"audience": "self", "face": 3}))
        own["entry"] = _entity(member.phone.entry("Mine."))
        own["entry in the trash"] = _entity(member.phone.entry("Mine, and deleted."))
        say("entry", "delete", {}, own["entry in the trash"])
        own["draft"] = _entity(say("draft", "save", {"form": "journal", "fields": {"text": "Mine"}}))
        if name in pairs:
            pair = hospital.things[pairs[name]]
            own["talk"] = _entity(say("talk", "record", {"pairing": pair, "contact": "call", "on": "2026-03-09"}))
            own["note"] = _entity(say("note", "write", {"pairing": pair, "words": "Mine."}))
            own["feedback"] = _entity(say("feedback", "give", {"pairing": pair, "helps": 4, "act": False}))
        _send(member.phone)


def _write_what_marys_pair_has(hospital: Hospital) -> None:
    mary, ana = hospital.people["mentee"].phone, hospital.people["her mentor"].phone
    assert mary is not None and ana is not None
    things, pair = hospital.things, hospital.things["Mary's pair"]
    sent = {"pairing": pair, "audience": "mentor", "face": 2}
    things["check-in sent to Ana"] = _entity(mary.save("checkin", "record", {**sent, "words": "violet"}))
    kept = {"pairing": pair, "audience": "self", "words": "amber"}
    things["check-in Mary keeps"] = _entity(mary.save("checkin", "record", kept))
    things["note to Ana"] = _entity(mary.save("note", "write", {"pairing": pair, "words": "cobalt"}))
    things["entry of Mary"] = _entity(mary.entry("saffron"))
    things["entry shown to Ana"] = _entity(mary.entry("crimson"))
    mary.save("entry", "show", {"pairing": pair}, things["entry shown to Ana"])
    things["entry in Mary's trash"] = _entity(mary.entry("emerald"))
    mary.save("entry", "delete", {}, things["entry in Mary's trash"])
    quiet = {"pairing": pair, "helps": 2, "words": "indigo", "act": False}
    things["feedback of Mary"] = _entity(mary.save("feedback", "give", quiet))
    things["feedback to act on"] = _entity(mary.save("feedback", "give", {**quiet, "words": "magenta", "act": True}))
    things["draft of Mary"] = _entity(mary.save("draft", "save", {"form": "feedback", "fields": {"words": "ochre"}}))
    things["talk of Mary"] = _entity(
        mary.save("talk", "record", {"pairing": pair, "contact": "in_person", "on": "2026-03-08", "minutes": 10})
    )
    things["device of Mary"] = hospital.people["mentee"].own["device"]
    _send(mary)
    refused = mary.save("note", "write", {"pairing": things["Nina and Omar"], "words": "turquoise"})
    mary.flush()
    held = next(iter(mary.rows("held")))
    assert mary.rows("held")[held]["op"] == refused.header.op_id
    things["held words of Mary"] = held
    brought = mary.entry("sepia")
    mary.outbox.remove(brought)
    ana.drop([brought])
    assert sync.look_through() == 1
    mary.pull()
    things["work of Mary that Ana brought in"] = next(iter(mary.rows("dropped")))
    things["talk of Ana"] = hospital.people["her mentor"].own["talk"]
    words: dict[str, Any] = {"pairing": pair, "words": "scarlet", "reply_to": things["check-in sent to Ana"]}
    things["note to Mary"] = _entity(ana.save("note", "write", words))
    _send(ana)
    things["talk that Carol entered"] = _entered_by_carol(things)
    things |= write_what_they_share(things)


def _entered_by_carol(things: dict[str, str]) -> str:
    entered = Written(entity=uuid7(), op=uuid7(), at=now(), zone="Europe/London")
    said = {"pairing": things["Mary's pair"], "contact": "call", "on": "2026-03-07", "minutes": 5}
    with writing():
        enter_talk(db.session.get_one(Person, UUID(things["Carol"])), entered, TalkFields.model_validate(said))
    return str(entered.entity)


def _entity(kept: Any) -> str:
    return str(kept.body["entity"])


def _send(phone: Phone) -> None:
    statuses = [result["status"] for result in phone.flush()]
    assert set(statuses) == {"applied"}, statuses
