"""`python -m tests.faults.released.record`: keep what this release leaves on a phone, and what its phones ask.

Run it once when the phone's database or the protocol gets a new version, with the release that brings it; what is
there already is never recorded anew. The people are invented, and the keys open nothing but the recording.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import sync_playwright

from tests.client import cookies_of
from tests.harness.device import Device
from tests.harness.oracles import canary
from tests.harness.pages import check_in, fill_in_check_in, until_saved, until_sent, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.released import FOLDER, record_stores
from tests.harness.server import Server
from tests.harness.transport import OverHttp
from tests.harness.waiting import until
from tests.people import Cast, make_cast
from tests.phone import Phone
from webapp.database import uuid7

Request = dict[str, Any]


class Recording:
    """One hospital, Mary's phone in a browser, and her and Ana's other phones in Python, all through one line."""

    def __init__(self, data: Path) -> None:
        self.server = Server(data)
        self.server.prepare()
        self.server.start()
        self.line = FaultProxy(self.server.port)
        with self.server.inside():
            self.people = make_cast()
        self.requests: list[Request] = []
        self.words: dict[str, str] = {}

    def phone(self, person: UUID) -> Phone:
        """A phone whose sign-in is part of the recorded database."""
        with self.server.inside() as app:
            phone = Phone(OverHttp(self.server.url, cookies_of(app, person, "own", "Recorded phone")))
        phone.refresh()
        return phone

    def send(self, name: str, phone: Phone) -> None:
        """Send what waits and keep the request with its results."""
        sent_at = phone.now().isoformat().replace("+00:00", "Z")
        body = {"proto": 1, "sent_at": sent_at, "ops": [kept.wire for kept in phone.waiting()]}
        status, answer = phone.transport.post("/sync", body)
        assert status == 200, answer
        phone.take(answer["results"])
        phone.pull()
        self.keep(name, body, answer["results"])

    def keep(self, name: str, body: Request, results: list[Request]) -> None:
        kept = [{"op_id": each["op_id"], "status": each["status"], "reason": each["reason"]} for each in results]
        self.requests.append({"as": name, "body": body, "results": kept})

    def say(self, about: str) -> str:
        return self.words.setdefault(about, canary(about))

    def close(self) -> None:
        self.line.close()
        self.server.stop()


def every_kind_of_op(recording: Recording, mary: Phone, ana: Phone) -> None:
    """Each op of the protocol at least once, from both sides of the pair."""
    people, say = recording.people, recording.say
    pairing = str(people.pairing)
    day = mary.now().date().isoformat()
    face = {"pairing": pairing, "audience": "mentor", "about": "shift", "shift_date": day, "face": 2}
    checkin = mary.save("checkin", "record", {**face, "need": "talk", "words": "at first"}).body["entity"]
    talked = {"contact": "call", "minutes": 10, "helped": "yes"}
    mary.save("checkin", "amend", {**face, **talked, "words": say("a check-in")}, checkin)
    taken = mary.save("checkin", "record", {**face, "audience": "self", "words": "taken back"}).body["entity"]
    mary.save("checkin", "take_back", {}, taken)
    note = mary.save("note", "write", {"pairing": pairing, "words": say("a note")}).body["entity"]
    gone = mary.save("note", "write", {"pairing": pairing, "words": "taken back"}).body["entity"]
    mary.save("note", "take_back", {}, gone)
    for text in ("an entry", "a deleted entry"):
        entry = mary.entry("at first").body["entity"]
        mary.entry(say(text), entry, prompt="learned")
        mary.save("entry", "show", {"pairing": pairing}, entry)
        mary.save("entry", "hide", {}, entry)
        mary.save("entry", "delete", {}, entry)
        if text == "an entry":
            mary.save("entry", "restore", {}, entry)
    answers = {"pairing": pairing, "meeting_enough": "right", "helps": 4, "safe_to_ask": 5, "words": "", "act": False}
    given = mary.save("feedback", "give", answers).body["entity"]
    mary.save("feedback", "amend", {**answers, "words": say("feedback")}, given)
    mary.save("draft", "save", {"form": "note", "fields": {"values": [["words", say("a draft")]]}}, parent=None)
    refused = {"pairing": str(uuid7()), "words": say("a note to nobody")}
    mary.save("note", "write", refused)
    recording.send("mary", mary)
    ana.pull()
    ana.save("read", "mark", {"what": "checkin", "id": checkin})
    ana.save("read", "mark", {"what": "note", "id": note})
    ana.save("note", "write", {"pairing": pairing, "words": say("an answer"), "reply_to": checkin})
    talk = ana.save("talk", "record", {"pairing": pairing, "contact": "call", "on": day, "minutes": 5}).body["entity"]
    ana.save("talk", "amend", {"pairing": pairing, "contact": "in_person", "on": day, "minutes": 15}, talk)
    wrong = ana.save("talk", "record", {"pairing": pairing, "contact": "message", "on": day}).body["entity"]
    ana.save("talk", "take_back", {}, wrong)
    recording.send("ana", ana)


def work_on_a_phone(recording: Recording, device: Device) -> None:
    """Something sent, something that waits, something half typed; the first is a request like the others."""
    device.go("/")
    wait_until_known(device)
    page = device.go("/check-in")
    with page.expect_response("**/sync") as answer:
        until_sent(check_in(device, recording.say("sent by the phone")))
    recording.keep("mary", answer.value.request.post_data_json, answer.value.json()["results"])
    device.offline()
    until_saved(check_in(device, recording.say("waiting on the phone"), keep=True))
    fill_in_check_in(device.go("/check-in"), recording.say("half typed on the phone"))
    until(lambda: device.kept()["stores"]["drafts"], "the draft")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "data").mkdir()
        recording = Recording(Path(folder) / "data")
        mary, ana = recording.phone(recording.people.mary), recording.phone(recording.people.ana)
        device = Device(playwright, Path(folder) / "profile", recording.line.url).open()
        with recording.server.inside() as app:
            device.take_cookies(cookies_of(app, recording.people.mary, "own", "Recorded phone"))
        hospital = dump(recording.server)
        every_kind_of_op(recording, mary, ana)
        work_on_a_phone(recording, device)
        keep(recording, device, hospital, recording.people)
        device.close()
        recording.close()


def dump(server: Server) -> str:
    """The database in SQL, before anything was sent."""
    with closing(sqlite3.connect(server.data / "friendtor.db")) as database:
        return "\n".join(database.iterdump()) + "\n"


def keep(recording: Recording, device: Device, hospital: str, people: Cast) -> None:
    stores = record_stores(device)
    target = FOLDER / str(stores["version"])
    if target.exists():
        sys.exit(f"{target} is there already: what a release left is never recorded anew.")
    target.mkdir()
    keys = {path.name: path.read_text() for path in sorted((recording.server.data / "keys").glob("*.key"))}
    said = {
        "people": {name: str(getattr(people, name)) for name in ("mary", "ana", "charlie")},
        "browser": device.cookie("browser"),
        "words": recording.words,
        "requests": recording.requests,
    }
    (target / "hospital.sql").write_text(hospital)
    for name, content in (("keys", keys), ("stores", stores), ("requests", said)):
        (target / f"{name}.json").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
