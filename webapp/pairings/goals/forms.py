"""The forms of goals and skills."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from webapp.pairings.goals.fields import (
    REVIEW_LIMIT,
    STEP_LIMIT,
    SUREST,
    WORDS_LIMIT,
    GoalFields,
    ReachedFields,
    ReviewFields,
)
from webapp.pairings.goals.models import Goal
from webapp.web import RoomForm

SURE = [SelectChoice(str(each), str(each)) for each in range(SUREST + 1)]


class GoalForm(RoomForm):
    """What she wants to reach or to learn."""

    kind = RadioField(
        _("What is it?"),
        [InputRequired(_("Choose what it is."))],
        choices=[
            SelectChoice("goal", _("A goal")),
            SelectChoice("practical", _("A practical skill")),
            SelectChoice("people", _("A skill with people")),
        ],
    )
    words = TextAreaField(
        _("What do you want to reach or learn?"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=WORDS_LIMIT, message=_("This is too long. Please keep it to 400 letters.")),
        ],
    )
    before = RadioField(_("How sure do you feel about it today?"), [Optional()], choices=SURE)

    def show(self, goal: Goal) -> None:
        self.kind.data, self.words.data = goal.kind, goal.words
        self.before.data = None if goal.confidence_before is None else str(goal.confidence_before)

    def fields(self) -> GoalFields:
        return GoalFields(kind=self.kind.data, words=self.words.data, before=_number(self.before.data))


class StepForm(RoomForm):
    """One step on the way."""

    words = StringField(
        _("A next step"),
        [
            DataRequired(_("Write a word or two.")),
            Length(max=STEP_LIMIT, message=_("This is too long. Please keep it to 200 letters.")),
        ],
        id="step",
    )


class ReachedForm(RoomForm):
    """How sure she feels now."""

    after = RadioField(_("How sure do you feel now?"), [Optional()], choices=SURE)

    def fields(self, reached: bool) -> ReachedFields:
        return ReachedFields(reached=reached, after=_number(self.after.data))


class ReviewForm(RoomForm):
    """What the mentor saw of a skill."""

    words = TextAreaField(
        _("What I saw you do well, and what comes next"),
        [Length(max=REVIEW_LIMIT, message=_("This is too long. Please keep it to 1,000 letters."))],
        id="review",
    )

    def fields(self) -> ReviewFields:
        return ReviewFields(words=self.words.data or "")


def _number(said: str | None) -> int | None:
    return int(said) if said else None
