"""What people say of a pairing: group answers that nobody sees one by one, and what somebody asked to be acted on."""

from webapp.feedback.actions import amend_feedback, give_feedback, take_feedback_back
from webapp.feedback.fields import FeedbackFields, NoFields
from webapp.feedback.mirror import as_seen_by
from webapp.feedback.models import Feedback
from webapp.feedback.reads import given_by, to_act_on

__all__ = [
    "Feedback",
    "FeedbackFields",
    "NoFields",
    "amend_feedback",
    "as_seen_by",
    "give_feedback",
    "given_by",
    "take_feedback_back",
    "to_act_on",
]
