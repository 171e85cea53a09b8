"""The table of all ops: kind and action, the shape of their fields, the room's action that does them, their tables.

And the mirror of each kind: what a reader may see of an entity.
"""

from __future__ import annotations

from webapp import checkins, feedback, journal, pairings
from webapp.sync import drafts, held, marks
from webapp.sync.mirror import dropped_as_seen_by
from webapp.sync.ops import Mirror, Op

CHECKIN = (checkins.Checkin, checkins.HelpedAnswer, pairings.Contact)
NOTE = (pairings.Note, pairings.TakenBack)
TALK = (pairings.Contact, pairings.TakenBack)
ENTRY = (journal.Entry,)
FEEDBACK = (feedback.Feedback,)

OPS: dict[tuple[str, str], Op] = {
    ("checkin", "record"): Op(checkins.CheckinFields, checkins.record_checkin, CHECKIN),
    ("checkin", "amend"): Op(checkins.CheckinFields, checkins.amend_checkin, CHECKIN),
    ("checkin", "take_back"): Op(checkins.TakeBackFields, checkins.take_checkin_back, CHECKIN),
    ("note", "write"): Op(pairings.NoteFields, pairings.write_note, NOTE),
    ("note", "take_back"): Op(pairings.NoFields, pairings.take_note_back, NOTE),
    ("talk", "record"): Op(pairings.TalkFields, pairings.record_talk, TALK),
    ("talk", "amend"): Op(pairings.TalkFields, pairings.amend_talk, TALK),
    ("talk", "take_back"): Op(pairings.NoFields, pairings.take_talk_back, TALK),
    ("read", "mark"): Op(marks.ReadFields, marks.mark_read),
    ("entry", "write"): Op(journal.EntryFields, journal.write_entry, ENTRY),
    ("entry", "amend"): Op(journal.EntryFields, journal.amend_entry, ENTRY),
    ("entry", "delete"): Op(journal.NoFields, journal.delete_entry, ENTRY, waits=False),
    ("entry", "restore"): Op(journal.NoFields, journal.restore_entry, ENTRY),
    ("entry", "show"): Op(journal.ShowFields, journal.show_entry, ENTRY),
    ("entry", "hide"): Op(journal.NoFields, journal.hide_entry, ENTRY),
    ("feedback", "give"): Op(feedback.FeedbackFields, feedback.give_feedback, FEEDBACK),
    ("feedback", "amend"): Op(feedback.FeedbackFields, feedback.amend_feedback, FEEDBACK),
    ("feedback", "take_back"): Op(feedback.NoFields, feedback.take_feedback_back, FEEDBACK),
    ("draft", "save"): Op(drafts.DraftFields, drafts.save_draft, waits=False),
    ("draft", "drop"): Op(drafts.DropFields, drafts.drop_draft, waits=False),
    ("held", "discard"): Op(held.DiscardFields, held.discard, waits=False),
}

MIRRORS: dict[str, Mirror] = {
    "pairing": pairings.pairings_as_seen_by,
    "checkin": checkins.as_seen_by,
    "note": pairings.notes_as_seen_by,
    "talk": pairings.talks_as_seen_by,
    "entry": journal.as_seen_by,
    "feedback": feedback.as_seen_by,
    "draft": drafts.as_seen_by,
    "held": held.as_seen_by,
    "dropped": dropped_as_seen_by,
}
