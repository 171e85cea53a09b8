"""Recording, changing and taking back a check-in, and the mentor's "I read this".

Two phones that change one check-in lose no words: what would replace words that its writer has not seen is a
`Conflict`, and the caller keeps it beside them.
"""

from __future__ import annotations

from datetime import date

from webapp import audit
from webapp.checkins.fields import CheckinFields, CheckinReadFields, TakeBackFields
from webapp.checkins.models import Checkin, HelpedAnswer
from webapp.checkins.reads import pairing_at
from webapp.checkins.telling import keep_from_mentor, tell_mentor, touch_feeds
from webapp.database import db
from webapp.ledger import Conflict, Gone, Refused, Written
from webapp.pairings import Pairing, record_contact, refuse_unless_active
from webapp.people import Person


def record_checkin(author: Person, written: Written, fields: CheckinFields) -> None:
    """Keep a check-in, or send it to the mentor. Raises Refused, or Gone when it was taken back before it came."""
    checkin = db.session.get(Checkin, written.entity)
    if checkin is None:
        pairing = _pairing_for(author, written, fields)
        checkin = Checkin.by(author, written, pairing)
        db.session.add(checkin)
        _take(checkin, written, fields)
        audit.record(author.id, "checkins.recorded", "checkin", checkin.id, audience=fields.audience)
    elif checkin.author_id == author.id:
        _change(checkin, written, fields)
    else:
        raise Refused("not_allowed")


def amend_checkin(author: Person, written: Written, fields: CheckinFields) -> None:
    """Change a check-in, which may send a kept one or keep a sent one. Raises Refused, Conflict, or Gone."""
    _change(_own(author, written), written, fields)


def take_checkin_back(author: Person, written: Written, _fields: TakeBackFields) -> None:
    """Take a check-in back from everybody; what it said is wiped. One that has not come yet leaves a tombstone.

    Words that came from another phone, unseen by whoever takes it back, stay for their author alone.
    """
    checkin = db.session.get(Checkin, written.entity)
    if checkin is None:
        checkin = Checkin.by(author, written)
        db.session.add(checkin)
    elif checkin.author_id != author.id:
        raise Refused("not_found")
    keep_from_mentor(checkin)
    unseen = checkin.words if written.parent not in (None, checkin.head) else ""
    checkin.wipe()
    checkin.write(unseen)
    checkin.taken_back_at = checkin.taken_back_at or written.at
    checkin.head = written.op
    _note_whether_it_helped(checkin, None)
    _count_contact(checkin, written)
    touch_feeds(checkin)
    audit.record(author.id, "checkins.took_back", "checkin", checkin.id)


def mark_checkin_read(reader: Person, written: Written, fields: CheckinReadFields) -> None:
    """The mentor's own tap on "I read this"; the first one counts. Raises Refused."""
    checkin = db.session.get(Checkin, fields.id)
    if checkin is None or not checkin.is_for(reader):
        raise Refused("not_found")
    if checkin.read_at is None:
        checkin.read_at = written.at
        audit.record(reader.id, "checkins.read", "checkin", checkin.id)
    touch_feeds(checkin)


def _own(author: Person, written: Written) -> Checkin:
    checkin = db.session.get(Checkin, written.entity)
    if checkin is None or checkin.author_id != author.id:
        raise Refused("not_found")
    return checkin


def _pairing_for(author: Person, written: Written, fields: CheckinFields) -> Pairing | None:
    """The pairing that is meant. A phone that knows none says "my mentor": whoever that was when it was written."""
    if fields.pairing is not None:
        pairing = db.session.get(Pairing, fields.pairing)
        if pairing is None or pairing.mentee_id != author.id:
            raise Refused("not_your_pairing")
    else:
        pairing = pairing_at(author, written.at)
        if pairing is None and fields.audience == "mentor":
            raise Refused("not_your_pairing")
    if fields.audience == "mentor" and pairing is not None:
        refuse_unless_active(pairing)
    return pairing


def _change(checkin: Checkin, written: Written, fields: CheckinFields) -> None:
    if checkin.taken_back_at is not None:
        _recover(checkin, written, fields)
        raise Gone
    if checkin.pairing is None:
        checkin.pairing = _pairing_for(checkin.author, written, fields)
    elif fields.audience == "mentor":
        _check_it_goes_to_whom_it_says(checkin, checkin.pairing, fields)
    if checkin.would_lose_words(fields.words, written.parent):
        if fields.audience == "self":  # "Keep for me" counts at once, whichever words stay
            _keep_for_author(checkin)
        raise Conflict
    checkin.changed_at = written.at
    checkin.read_at = None
    checkin.head = written.op
    if fields.audience == "self":
        keep_from_mentor(checkin)
    _take(checkin, written, fields)
    audit.record(checkin.author_id, "checkins.changed", "checkin", checkin.id, audience=fields.audience)


def _recover(checkin: Checkin, written: Written, fields: CheckinFields) -> None:
    """Words that came after it was taken back: for their author alone."""
    if checkin.would_lose_words(fields.words, written.parent):
        raise Conflict
    checkin.say(fields, _day(written, fields))
    checkin.head = written.op


def _keep_for_author(checkin: Checkin) -> None:
    keep_from_mentor(checkin)
    checkin.audience = "self"
    touch_feeds(checkin)


def _check_it_goes_to_whom_it_says(checkin: Checkin, pairing: Pairing, fields: CheckinFields) -> None:
    """It stays in the pairing it was written for; after the end only what the mentor has already may change."""
    if fields.pairing not in (None, pairing.id):
        raise Refused("not_your_pairing")
    if not checkin.is_with_mentor():
        refuse_unless_active(pairing)


def _take(checkin: Checkin, written: Written, fields: CheckinFields) -> None:
    """Let the check-in say this from now on, with everything that follows from it."""
    asked_before = checkin.need == "talk" and checkin.is_with_mentor()
    day = _day(written, fields)
    checkin.day_uncertain = written.day_uncertain or day != (fields.shift_date or day)
    checkin.say(fields, day)
    checkin.audience = fields.audience
    if fields.audience == "mentor" and checkin.sent_to_mentor_at is None:
        checkin.sent_to_mentor_at = written.at
    _note_whether_it_helped(checkin, fields.helped)
    _count_contact(checkin, written)
    tell_mentor(checkin, written, asked_before)
    touch_feeds(checkin)


def _day(written: Written, fields: CheckinFields) -> date:
    """The day it describes. A day still to come is a wrong clock: the day of writing stands in for it."""
    return min(fields.shift_date or written.local_date, written.local_date)


def _note_whether_it_helped(checkin: Checkin, answer: str | None) -> None:
    row = db.session.get(HelpedAnswer, checkin.id)
    if row is not None:
        row.answer, row.answered_on = answer, checkin.shift_date
    elif answer is not None:
        db.session.add(
            HelpedAnswer(checkin_id=checkin.id, checkin=checkin, answer=answer, answered_on=checkin.shift_date)
        )


def _count_contact(checkin: Checkin, written: Written) -> None:
    """Contact, day and minutes count for the pair, kept or sent; one talk, one form."""
    pairing = checkin.pairing
    if pairing is None:
        return
    day = checkin.shift_date if checkin.about == "shift" else written.local_date
    if pairing.over_since is not None and day > pairing.over_since.date():
        return
    record_contact(
        pairing,
        checkin.author,
        checkin.contact,
        day,
        checkin.minutes,
        op=written.op,
        at=written.at,
        checkin_id=checkin.id,
    )
