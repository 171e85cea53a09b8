"""Giving feedback on a pairing, changing it, taking it back.

Two phones that change one piece of feedback lose no words: see `Conflict`.
"""

from __future__ import annotations

from webapp import audit, feed
from webapp.clock import now
from webapp.database import db
from webapp.feedback.fields import FeedbackFields, NoFields
from webapp.feedback.models import Feedback
from webapp.ledger import Conflict, Gone, Refused, Written
from webapp.pairings import Pairing, active_pairings_of
from webapp.people import Person


def give_feedback(author: Person, written: Written, fields: FeedbackFields) -> None:
    """Say how the pairing goes. Raises Refused, or Gone when it was taken back before it came."""
    feedback = db.session.get(Feedback, written.entity)
    if feedback is None:
        feedback = Feedback.by(author, written)
        feedback.pairing = _pairing_for(author, fields)
        db.session.add(feedback)
        feedback.say(fields, written.at)
        _note(feedback, "given")
    elif feedback.author_id == author.id:
        _change(feedback, written, fields)
    else:
        raise Refused("not_allowed")


def amend_feedback(author: Person, written: Written, fields: FeedbackFields) -> None:
    """Say it otherwise. Raises Refused, Conflict, or Gone once taken back."""
    feedback = db.session.get(Feedback, written.entity)
    if feedback is None or feedback.author_id != author.id:
        raise Refused("not_found")
    _change(feedback, written, fields)


def take_feedback_back(author: Person, written: Written, _fields: NoFields) -> None:
    """Take it back from everybody; what it said is wiped. One that has not come yet leaves a tombstone.

    Words that came from another phone, unseen by whoever takes it back, stay for their author alone.
    """
    feedback = db.session.get(Feedback, written.entity)
    if feedback is None:
        feedback = Feedback.by(author, written)
        db.session.add(feedback)
    elif feedback.author_id != author.id:
        raise Refused("not_found")
    unseen = feedback.words if written.parent not in (None, feedback.head) else ""
    feedback.wipe()
    feedback.write(unseen)
    feedback.taken_back_at = feedback.taken_back_at or written.at
    feedback.head = written.op
    _note(feedback, "taken_back")


def mark_acted_on(coordinator: Person, feedback: Feedback) -> None:
    """The coordinator has done what was asked; its author sees that. Once is enough."""
    if feedback.acted_at is None:
        feedback.acted_at, feedback.acted_by_id = now(), coordinator.id
        audit.record(coordinator.id, "feedback.acted_on", "feedback", feedback.id)


def _change(feedback: Feedback, written: Written, fields: FeedbackFields) -> None:
    stands_for = feedback.pairing_id if feedback.taken_back_at is None else None
    if stands_for is not None and fields.pairing not in (None, stands_for):
        raise Refused("not_your_pairing")
    if feedback.would_lose_words(fields.words, written.parent):
        if not fields.act:  # the wish is withdrawn at once, whichever words stay
            _ask_nobody_to_act(feedback)
        raise Conflict
    if feedback.taken_back_at is not None:
        feedback.recover(fields, written.at)
        feedback.head = written.op
        raise Gone
    feedback.say(fields, written.at)
    feedback.changed_at = written.at
    feedback.head = written.op
    _note(feedback, "changed")


def _ask_nobody_to_act(feedback: Feedback) -> None:
    if feedback.act_since is not None:
        feedback.act_since = None
        _note(feedback, "changed")


def _pairing_for(author: Person, fields: FeedbackFields) -> Pairing:
    """The pairing that is meant. A phone that knows none means the only one there is; an ended one counts too."""
    if fields.pairing is not None:
        pairing = db.session.get(Pairing, fields.pairing)
        if pairing is None or author.id not in (pairing.mentor_id, pairing.mentee_id):
            raise Refused("not_your_pairing")
        return pairing
    active = active_pairings_of(author)
    if len(active) != 1:
        raise Refused("not_your_pairing")
    return active[0]


def _note(feedback: Feedback, event: str) -> None:
    feed.touch(feedback.author_id, "feedback", feedback.id, gone=feedback.taken_back_at is not None)
    audit.record(feedback.author_id, f"feedback.{event}", "feedback", feedback.id, act=feedback.act_since is not None)
