"""What a check-in does to the mentor: a push or none, an open wish to talk, and what both phones fetch."""

from __future__ import annotations

from webapp import feed
from webapp.checkins.models import Checkin
from webapp.checkins.reads import has_unread
from webapp.ledger import Written
from webapp.pairings import Pairing, tell_both_phones
from webapp.push import Message, take_back, tell_later


def tell_mentor(checkin: Checkin, written: Written, asked_before: bool) -> None:
    """Tell of what was sent: a wish to talk at once, anything else as one bundle; of what is kept nothing."""
    pairing = checkin.pairing
    if pairing is None:
        return
    pairing.last_checked_in_at = max(checkin.written_at, pairing.last_checked_in_at or checkin.written_at)
    if not checkin.is_with_mentor() or not pairing.is_active():
        return
    if checkin.need != "talk":
        _drop_the_wish(checkin, pairing)
    if checkin.need == "talk" and not asked_before:  # a wish that was answered is not opened again by a change
        pairing.ask_to_talk(written.at, checkin.id)
        tell_later(pairing.mentor, Message("talk_wanted", dedup_key=str(checkin.id)))
    else:
        tell_later(pairing.mentor, Message("checkins_to_read", dedup_key=str(checkin.id)))
    tell_both_phones(pairing)


def keep_from_mentor(checkin: Checkin) -> None:
    """The mentor may not read it any more: a wish to talk is dropped, and a push that waits stays unsent."""
    pairing = checkin.pairing
    if pairing is None or not checkin.is_with_mentor():
        return
    _drop_the_wish(checkin, pairing)
    if not has_unread(pairing.mentor, besides=checkin):
        take_back(pairing.mentor, "checkins_to_read")
    feed.touch(pairing.mentor_id, "checkin", checkin.id, gone=True)
    tell_both_phones(pairing)


def touch_feeds(checkin: Checkin) -> None:
    """It changed for its author, and for the mentor who may read it."""
    feed.touch(checkin.author_id, "checkin", checkin.id, gone=checkin.taken_back_at is not None)
    if checkin.is_with_mentor() and checkin.pairing is not None:
        feed.touch(checkin.pairing.mentor_id, "checkin", checkin.id)


def _drop_the_wish(checkin: Checkin, pairing: Pairing) -> None:
    if pairing.drop_talk_request(checkin.id):
        take_back(pairing.mentor, "talk_wanted", str(checkin.id))
