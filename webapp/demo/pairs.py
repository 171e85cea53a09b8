"""What happens between a mentor and a mentee over the weeks, event by event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from webapp.checkins import CheckinFields, CheckinReadFields, mark_checkin_read, record_checkin
from webapp.demo.cast import Cast
from webapp.demo.feedback import say_what_it_is_like
from webapp.demo.journals import write_in_the_journal
from webapp.demo.timeline import Timeline
from webapp.demo.together import begin_together, keep_together
from webapp.pairings import NoteFields, Pairing, TalkFields, make_pair, record_talk, write_note
from webapp.people import Person

SHIFTS = ((time(7, 30), 12.5), (time(19, 30), 12.5), (time(7, 30), 8.0), (time(13, 30), 8.0))
QUIET_AT_NIGHT = (7, 22)
FEEDBACK_AFTER = 30
SIGNED_AFTER = 7
TALKS = ("in_person", "in_person", "call")
NO_TALKS = (None, "message", "none")


@dataclass
class Story:
    """One pair of the plan, the cast, and the words that each of the two may use."""

    plan: dict[str, Any]
    cast: Cast
    words: dict[str, dict[str, Any]]

    @property
    def mentor(self) -> Person:
        return self.cast.people[self.plan["mentor"]]

    @property
    def mentee(self) -> Person:
        return self.cast.people[self.plan["mentee"]]

    def of(self, person: Person) -> dict[str, Any]:
        return self.words[person.lang]


def live_through(story: Story, timeline: Timeline) -> None:
    """Make the pair and let its weeks pass, up to today or to where the two went quiet."""
    timeline.go_to(timeline.today - timedelta(days=story.plan["days"]))
    made_by, programme = story.cast.coordinator, story.cast.programme
    pairing = make_pair(made_by, programme, story.mentee, story.mentor, story.plan["why"])
    if not pairing.is_active():
        return
    last = timeline.today - timedelta(days=story.plan.get("quiet_for", 0), hours=20)
    _say_hello(story, pairing, timeline)
    if story.plan["days"] > SIGNED_AFTER:
        begin_together(story.plan, pairing, timeline)
    while timeline.later(days=pairing.interval_on(timeline.at) - 2) < last:
        _let_pass(pairing.interval_on(timeline.at) - timeline.one_of((0, 0, 1, 2)), timeline)
        _week(story, pairing, timeline)
    for person in (story.mentee, story.mentor):
        if story.plan["days"] > FEEDBACK_AFTER and timeline.chance(0.7):
            say_what_it_is_like(person, pairing, story.of(person), timeline)
    if story.plan["days"] > SIGNED_AFTER:
        keep_together(story.plan, pairing, timeline)
    if story.plan.get("wants_talk"):
        timeline.go_to(timeline.today - timedelta(hours=9))
        _check_in(story, pairing, timeline, need="talk", face=2)


def _say_hello(story: Story, pairing: Pairing, timeline: Timeline) -> None:
    for writer, role in ((story.mentor, "mentor"), (story.mentee, "mentee")):
        if timeline.later(hours=30) < timeline.today and timeline.chance(0.9 if role == "mentor" else 0.6):
            timeline.go_to(timeline.later(hours=timeline.dice.uniform(4, 30)))
            _note(writer, pairing, timeline.one_of(story.of(writer)["hello"][role]), timeline)


def _week(story: Story, pairing: Pairing, timeline: Timeline) -> None:
    """One check-in with what follows: it is read, perhaps answered, perhaps talked over; perhaps a journal entry."""
    face = min(5, max(1, round(timeline.dice.gauss(story.plan["mood"], 0.9))))
    need = "question" if timeline.chance(0.25) else None
    checkin, audience = _check_in(story, pairing, timeline, need, face)
    write_in_the_journal(pairing, story.of(story.mentee), timeline)
    if audience == "mentor" and timeline.later(hours=30) < timeline.today:
        timeline.go_to(timeline.later(hours=timeline.dice.uniform(5, 26)))
        _read_and_answer(story, pairing, checkin, "question" if need else _tone(face), timeline)
    if timeline.chance(0.25):
        writer, role = timeline.one_of(((story.mentor, "mentor"), (story.mentee, "mentee")))
        _note(writer, pairing, timeline.one_of(story.of(writer)["notes"][role]), timeline)
    if timeline.chance(story.plan["talks"] / 2):
        timeline.go_to(timeline.later(hours=timeline.dice.uniform(10, 40)))
        _talk(story, pairing, timeline)


def _check_in(story: Story, pairing: Pairing, timeline: Timeline, need: str | None, face: int) -> tuple[UUID, str]:
    words = story.of(story.mentee)
    said = words["need"][need] if need else words["checkin"][str(face)]
    talked = timeline.chance(story.plan["talks"])
    audience = "self" if need is None and timeline.chance(0.12) else "mentor"
    start, end = _shift_before(timeline, ZoneInfo(story.mentee.zone))
    fields = CheckinFields.model_validate(
        {
            "pairing": pairing.id,
            "audience": audience,
            "shift_date": start.date(),
            "shift": {"start": start, "end": end},
            "face": face,
            "contact": timeline.one_of(TALKS if talked else NO_TALKS),
            "minutes": timeline.one_of((5, 10, 10, 15, 20, 30)) if talked else None,
            "need": need,
            "words": timeline.one_of(said) if need or timeline.chance(0.75) else "",
            "helped": timeline.one_of(("yes", "yes", "a_little", None)) if talked else None,
        }
    )
    written = timeline.write(story.mentee, "checkin", "record", fields)
    record_checkin(story.mentee, written, fields)
    return written.entity, audience


def _shift_before(timeline: Timeline, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A shift that has just ended: the story moves on to half an hour after it."""
    start_at, hours = timeline.one_of(SHIFTS)
    local = timeline.at.astimezone(zone)
    start = datetime.combine(_day_of(local, start_at, hours), start_at)
    end = start + timedelta(hours=hours)
    timeline.go_to(max(timeline.at, end.replace(tzinfo=zone) + timedelta(minutes=timeline.dice.randint(5, 50))))
    return start, end


def _day_of(local: datetime, start_at: time, hours: float) -> date:
    """The latest day whose shift is over by now."""
    ended = datetime.combine(local.date(), start_at) + timedelta(hours=hours)
    return local.date() - timedelta(days=0 if ended < local.replace(tzinfo=None) else 1 + (start_at.hour > 12))


def _read_and_answer(story: Story, pairing: Pairing, checkin: UUID, tone: str, timeline: Timeline) -> None:
    fields = CheckinReadFields(what="checkin", id=checkin)
    mark_checkin_read(story.mentor, timeline.write(story.mentor, "read", "mark", fields), fields)
    if tone in ("hard", "question", "talk") or timeline.chance(0.6):
        timeline.go_to(timeline.later(minutes=3))
        _note(story.mentor, pairing, timeline.one_of(story.of(story.mentor)["reply"][tone]), timeline, checkin)


def _note(writer: Person, pairing: Pairing, words: str, timeline: Timeline, reply_to: UUID | None = None) -> None:
    fields = NoteFields(pairing=pairing.id, words=words, reply_to=reply_to)
    write_note(writer, timeline.write(writer, "note", "write", fields), fields)


def _talk(story: Story, pairing: Pairing, timeline: Timeline) -> None:
    on = timeline.at.astimezone(ZoneInfo(story.mentor.zone)).date()
    minutes = timeline.one_of((5, 10, 15, 15, 20))
    said = {"pairing": pairing.id, "contact": timeline.one_of(TALKS), "on": on, "minutes": minutes}
    fields = TalkFields.model_validate(said)
    record_talk(story.mentor, timeline.write(story.mentor, "talk", "record", fields), fields)


def _tone(face: int) -> str:
    return {1: "hard", 2: "hard", 3: "fine"}.get(face, "good")


def _let_pass(days: int, timeline: Timeline) -> None:
    """Days go by, and the story wakes at an hour when people are up."""
    moment = timeline.later(days=days)
    first, last = QUIET_AT_NIGHT
    timeline.go_to(moment.replace(hour=min(max(moment.hour, first), last)))
