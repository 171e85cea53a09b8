"""Who of the demonstration is open to being introduced, and who was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from webapp.database import db
from webapp.demo.cast import Cast
from webapp.demo.timeline import Timeline
from webapp.demo.together import write_together
from webapp.pairings import Pairing
from webapp.pairings.introductions.actions import answer_introduction, be_open, introduce, say_what_it_led_to
from webapp.pairings.introductions.fields import AnswerFields, IntroduceFields, LedToFields, OpenFields

ASKED_AFTER = timedelta(days=31)


def introduce_people(plan: dict[str, Any], cast: Cast, timeline: Timeline) -> None:
    """Mentors say what they are open to; then one introduction that led to something, and one that both are asked."""
    timeline.go_to(timeline.today - timedelta(days=50))
    for row in plan["open_to"]:
        be_open(cast.people[row["name"]], OpenFields(about=row["about"], minutes=row["minutes"]))
    db.session.flush()
    for row in plan["introductions"]:
        _introduce(row, cast, timeline)


def _introduce(row: dict[str, Any], cast: Cast, timeline: Timeline) -> None:
    mentee, other = cast.people[row["mentee"]], cast.people[row["to"]]
    pairing = db.session.scalars(select(Pairing).where(Pairing.mentee_id == mentee.id)).one()
    timeline.go_to(timeline.today - timedelta(days=row["days_ago"]))
    said = IntroduceFields(person=other.id, why=row["why"])
    asked = write_together(timeline, pairing.mentor, "introduction", "propose", introduce, pairing, said)
    if "led_to" not in row:
        return
    wants = AnswerFields(wants=True)
    for person in (mentee, other):
        timeline.go_to(timeline.later(hours=9))
        write_together(timeline, person, "introduction", "answer", answer_introduction, pairing, wants, asked)
    timeline.go_to(timeline.at + ASKED_AFTER)
    led = LedToFields(codes=tuple(row["led_to"]), line=row["line"])
    write_together(timeline, mentee, "introduction", "led_to", say_what_it_led_to, pairing, led, asked)
