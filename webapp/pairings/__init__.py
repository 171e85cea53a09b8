"""A mentor and a mentee: who is paired with whom, whether they talk, and the notes between them.

What one side writes is read by the other and by nobody else; a coordinator sees facts (joined, last talk, minutes).
`record_contact` is the only source of "talked".
"""

from webapp.pairings.actions.contacts import record_contact, tell_both_phones, tell_partners
from webapp.pairings.actions.notes import mark_note_read, take_note_back, write_note
from webapp.pairings.actions.pairs import CannotPair, ask_both_by, end_pair, has_mentor, make_pair, tell_of_ends
from webapp.pairings.actions.talks import amend_talk, record_talk, take_talk_back
from webapp.pairings.apart.actions import keep_apart, undo_keeping_apart
from webapp.pairings.apart.models import KeptApart
from webapp.pairings.apart.reads import (
    all_kept_apart,
    are_kept_apart,
    kept_apart_in,
    kept_apart_or_404,
)
from webapp.pairings.asks import Ask, TalkRequest, due_asks, is_due, is_word_due, open_talk_request
from webapp.pairings.facts import PairFacts, facts_of_programmes
from webapp.pairings.fields import NoFields, NoteFields, NoteReadFields, TalkFields
from webapp.pairings.in_line.actions import check_lines
from webapp.pairings.introductions.actions import lapse_introductions
from webapp.pairings.mirror import notes_as_seen_by, pairings_as_seen_by, talks_as_seen_by
from webapp.pairings.models import Contact, Note, Pairing, TakenBack
from webapp.pairings.partings.models import SwapRequest
from webapp.pairings.partings.staying import settle_endings
from webapp.pairings.partings.swapping import open_swaps
from webapp.pairings.reads import (
    active_pairings_of,
    answers_to,
    has_written,
    last_note_to,
    notes_between,
    open_pairing_of,
    open_pairings_of,
    pairing_or_404,
    refuse_unless_active,
    talks_of,
    unread_notes_to,
)
from webapp.pairings.retention import AT_ONCE, forget_old, forget_old_notes
from webapp.pairings.rules import KEPT_AFTER_THE_END, is_talk
from webapp.pairings.signs import Signs, days_since_talk, last_talk_on, minutes_talked, signs_of, today_of

__all__ = [
    "AT_ONCE",
    "KEPT_AFTER_THE_END",
    "Ask",
    "CannotPair",
    "Contact",
    "KeptApart",
    "NoFields",
    "Note",
    "NoteFields",
    "NoteReadFields",
    "PairFacts",
    "Pairing",
    "Signs",
    "SwapRequest",
    "TakenBack",
    "TalkFields",
    "TalkRequest",
    "active_pairings_of",
    "all_kept_apart",
    "amend_talk",
    "answers_to",
    "are_kept_apart",
    "ask_both_by",
    "check_lines",
    "days_since_talk",
    "due_asks",
    "end_pair",
    "facts_of_programmes",
    "forget_old",
    "forget_old_notes",
    "has_mentor",
    "has_written",
    "is_due",
    "is_talk",
    "is_word_due",
    "keep_apart",
    "kept_apart_in",
    "kept_apart_or_404",
    "lapse_introductions",
    "last_note_to",
    "last_talk_on",
    "make_pair",
    "mark_note_read",
    "minutes_talked",
    "notes_as_seen_by",
    "notes_between",
    "open_pairing_of",
    "open_pairings_of",
    "open_swaps",
    "open_talk_request",
    "pairing_or_404",
    "pairings_as_seen_by",
    "record_contact",
    "record_talk",
    "refuse_unless_active",
    "settle_endings",
    "signs_of",
    "take_note_back",
    "take_talk_back",
    "talks_as_seen_by",
    "talks_of",
    "tell_both_phones",
    "tell_of_ends",
    "tell_partners",
    "today_of",
    "undo_keeping_apart",
    "unread_notes_to",
    "write_note",
]
