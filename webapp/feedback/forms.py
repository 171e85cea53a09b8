"""The feedback form. One answer of any kind is enough."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from webapp.feedback.fields import WORDS_LIMIT, FeedbackFields
from webapp.feedback.models import Feedback
from webapp.web import RoomForm

GRADES = [
    SelectChoice("1", _("Not at all")),
    SelectChoice("2", _("A little")),
    SelectChoice("3", _("In part")),
    SelectChoice("4", _("A lot")),
    SelectChoice("5", _("Very much")),
]


class FeedbackForm(RoomForm):
    """How a pairing goes, from either side."""

    pairing = HiddenField()
    meeting_enough = RadioField(
        _("Do you two talk often enough?"),
        [Optional()],
        choices=[
            SelectChoice("too_rare", _("Too rarely")),
            SelectChoice("right", _("Just right")),
            SelectChoice("too_often", _("Too often")),
        ],
    )
    helps = RadioField(_("Does it help you?"), [Optional()], choices=GRADES)
    safe_to_ask = RadioField(_("Can you say anything here?"), [Optional()], choices=GRADES)
    words = TextAreaField(
        _("In your own words"),
        [Length(max=WORDS_LIMIT, message=_("This is too long. Please keep it to 2,000 letters."))],
    )
    act = BooleanField(_("Please act on this. The coordinator reads it, with my name."))

    def validate(self, extra_validators: object = None) -> bool:
        """One answer of any kind is enough, but one is needed."""
        if not super().validate(extra_validators):
            return False
        if not (self.meeting_enough.data or self.helps.data or self.safe_to_ask.data or self.words.data):
            self.words.errors = [gettext("Choose one answer or write a word, then send it.")]
            return False
        return True

    def show(self, feedback: Feedback) -> None:
        """Begin with what was said."""
        self.pairing.data = str(feedback.pairing_id or "")
        self.meeting_enough.data = feedback.meeting_enough
        self.helps.data, self.safe_to_ask.data = _grade(feedback.helps), _grade(feedback.safe_to_ask)
        self.words.data, self.act.data = feedback.words, feedback.act_since is not None

    def fields(self) -> FeedbackFields:
        return FeedbackFields.model_validate(
            {
                "pairing": self.pairing.data or None,
                "meeting_enough": self.meeting_enough.data or None,
                "helps": self.helps.data or None,
                "safe_to_ask": self.safe_to_ask.data or None,
                "words": self.words.data or "",
                "act": self.act.data,
            }
        )


def _grade(value: int | None) -> str | None:
    return str(value) if value else None
