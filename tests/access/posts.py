"""What a person who may would send to each address that changes something: forms filled in as they should be."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from webapp.database import uuid7

Things = dict[str, str]  # the names in braces of the address, with the ids they stand for here, and "own …" ones
Post = Callable[[Things], dict[str, Any]]

RHYTHM = {"hello_hours": "72", "first_talk_days": "14", "weekly_days": "28", "fortnightly_days": "90"}
SUBSCRIPTION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/abc",
    "keys": {
        "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    },
    "key_id": "unknown",
}
CONTACT = {"kind": "crisis", "label": "Crisis line", "phone": "0800 200", "note": "", "site_id": "", "lang": "en"}
OBJECTIVE = {"measure": "talked", "kind": "staying", "target": "75", "due_on": "2026-12-31"}
SITE = {"name": "South site", "zone": "Europe/London"}


def entity(name: str) -> Post:
    """A form of one button that names what it is about in a hidden field."""
    return lambda things: {"entity": things[name]}


JSON: dict[str, dict[str, Any]] = {
    "push.subscribe": SUBSCRIPTION,
    "push.unsubscribe": {"endpoint": SUBSCRIPTION["endpoint"]},
    "sync.post": {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": []},
    "sync.drop": {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": []},
}
FORMS: dict[str, Post] = {
    "checkins.create": lambda _: {"audience": "self", "face": "3"},
    "checkins.amend": lambda things: {"entity": things["checkin_id"], "audience": "self", "face": "4"},
    "checkins.take_back": entity("checkin_id"),
    "feedback.given": lambda things: {"pairing": things["pairing"], "helps": "3"},
    "feedback.change": lambda _: {"helps": "3"},
    "feedback.take_back": entity("feedback_id"),
    "journal.create": lambda _: {"text": "Today."},
    "journal.amend": lambda things: {"entity": things["entry_id"], "text": "Today, again."},
    "journal.delete": entity("entry_id"),
    "journal.restore": entity("entry_id"),
    "journal.erase": entity("entry_id"),
    "journal.hide": entity("entry_id"),
    "journal.show": lambda things: {"entity": things["entry_id"], "pairing": things["pairing"]},
    "pairings.write_one": lambda things: {"pairing": things["pairing"], "words": "Hello."},
    "pairings.take_back": lambda things: {"entity": things["note"]},
    "pairings.read": lambda things: {"id": things["note"]},
    "pairings.log": lambda things: {"pairing": things["pairing"], "contact": "call", "minutes": "5", "day": "today"},
    "pairings.change_talk": lambda things: {"entity": things["talk_id"], "contact": "call", "day": "yesterday"},
    "pairings.take_talk": lambda things: {"entity": things["talk"]},
    "programmes.look_at_answer": lambda _: {"code": "7K2M-9XWB-4TQD"},
    "programmes.send_request": lambda things: {
        "name": "Pat New",
        "email": "pat@example.org",
        "role": "mentee",
        "code": things["code"],
    },
    "programmes.door": lambda _: {"is_open": "y", "domains": "example.org"},
    "programmes.decide": lambda _: {"choice": "decline"},
    "staff.decide_on_leavers": lambda things: {"do": "stay", "person": things["person"]},
    "people.invite_those": lambda things: {"do": "withdraw", "person": things["person"]},
    "pairings.nudge": lambda things: {"pair": things["pair"]},
    "pairings.enter": lambda _: {"contact": "call", "minutes": "5", "day": "today"},
    "pairings.take_entered": entity("talk_id"),
    "pairings.new_pair": lambda things: {
        "programme": things["programme"],
        "mentee": things["mentee"],
        "mentor": things["mentor"],
        "why": "They fit.",
        "begin": "at_once",
    },
    "pairings.goals": lambda _: {"kind": "goal", "words": "Lead a bay."},
    "pairings.edit_goal": lambda _: {"kind": "goal", "words": "Lead a bay."},
    "pairings.new_step": lambda _: {"words": "Ask Tom."},
    "pairings.review": lambda _: {"words": "Calm hands."},
    "pairings.introductions": lambda _: {"about": "Wound care", "minutes": "10"},
    "pairings.our_introductions": lambda _: {"person": str(uuid7()), "why": "You both ask why."},
    "pairings.answer": lambda _: {"wants": "yes"},
    "pairings.led_to": lambda _: {"codes": ["talk"]},
    "pairings.pause_pair": lambda _: {"weeks": "2"},
    "pairings.stay": lambda _: {"stays": "yes"},
    "pairings.next_contact": lambda _: {"on": "2026-12-01", "place": "the canteen"},
    "pairings.reach": lambda _: {"reach": "ward phone"},
    "pairings.remember": lambda _: {"words": "Ask Tom."},
    "pairings.change_shared_note": lambda _: {"words": "Ask Tim."},
    "pairings.sign": lambda _: {"version": "1"},
    "matching.keep_two_apart": lambda things: {"mentee": things["mentee"], "mentor": things["mentor"], "why": "work"},
    "offers.one_mentor": lambda _: {"words": "May I learn from you?"},
    "offers.edit_directory": lambda _: {"opened": "confirmed"},
    "people.save_settings": lambda _: {"lang": "es", "zone": "Europe/Madrid"},
    "people.save_password": lambda _: {"old": "not it", "password": "a long and new one"},
    "people.send_invitation": lambda _: {
        "name": "New Person",
        "email": "new@example.org",
        "roles": "mentee",
        "lang": "en",
        "entity": str(uuid7()),
    },
    "people.save_person": lambda _: {"name": "Renamed", "email": "renamed@example.org", "roles": "mentee"},
    "people.save_new_site": lambda _: SITE,
    "people.save_site": lambda _: SITE,
    "people.save_new_unit": lambda _: {"name": "Ward 7"},
    "people.save_unit": lambda _: {"name": "Ward 8"},
    "programmes.new_programme": lambda things: {
        "name": "New",
        "preset": "own",
        "coordinators": things["a coordinator"],
    },
    "programmes.edit_programme": lambda _: {"name": "Other"},
    "programmes.edit_terms": lambda _: {**RHYTHM, "protected_minutes": "30", "off_shift": "paid"},
    "programmes.edit_coordinators": lambda things: {"scopes": things["a coordinator"]},
    "profiles.topic": lambda _: {"words": [], "more": "Chess"},
    "profiles.part_topic": lambda _: {"more": "Chess"},
    "profiles.new_tag": lambda _: {"en": "New word", "group": "work"},
    "profiles.tag": lambda _: {"en": "Other word", "group": "work"},
    "profiles.join": lambda things: {"into": things["another tag"]},
    "programmes.people": lambda _: {"role": "mentee", "who": "all"},
    "programmes.enrolment": lambda _: {"capacity": "3"},
    "programmes.cohorts": lambda _: {"name": "March intake", "starts_on": "2026-03-02"},
    "programmes.tick_step": lambda _: {"done": "1"},
    "programmes.new_objective": lambda _: OBJECTIVE,
    "programmes.edit_objective": lambda _: OBJECTIVE,
    "programmes.edit_agreement": lambda _: {"en": "We talk.", "es": "Hablamos."},
    "programmes.repeat": lambda _: {"name": "Next year", "starts_on": "2027-03-08"},
    "push.set_window": lambda _: {"starts": "22:00", "ends": "08:00"},
    "push.set_away": lambda _: {"away_until": "2026-03-20"},
    "sync.answer": lambda things: {"op": things["op"], "answer": "yes"},
    "safety.new_contact": lambda _: CONTACT,
    "safety.edit_contact": lambda _: CONTACT,
    "staff.bring": lambda _: {"everybody": "some", "file": (BytesIO(b"Staff number,Name\n1,A\n"), "list.csv")},
    "staff.save_columns": lambda _: {"column_0": "staff_number", "column_1": "name", "order": ""},
}
