"""What a coordinator decides before a run, and the small forms of a draft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from webapp.matching.settings import Criterion, Gap, Late, Mode, Rules, Settings, Units, Weight
from webapp.programmes import Cohort
from webapp.web import RoomForm

MOST_MINUTES = 24 * 60
MOST_MONTHS = 600
LEVELS = {"any": Gap(), "same": Gap(0), "near": Gap(0, 1), "higher": Gap(1)}
WEIGHTS = [
    SelectChoice(Weight.MUST.value, _("Must: without any of it they are no pair")),
    SelectChoice(Weight.HIGH.value, _("High")),
    SelectChoice(Weight.MEDIUM.value, _("Medium")),
    SelectChoice(Weight.LOW.value, _("Low")),
    SelectChoice(Weight.OFF.value, _("Off")),
]
NO_MUST = WEIGHTS[1:]


def _weight(label: LazyString, choices: Collection[SelectChoice] = WEIGHTS) -> SelectField:
    return SelectField(label, [InputRequired()], choices=list(choices))


def _months(label: LazyString) -> IntegerField:
    return IntegerField(label, [Optional(), NumberRange(0, MOST_MONTHS, _("Write a number from 0 to 600."))])


class SettingsForm(RoomForm):
    """Which mentees, what comes first, which rules hold, what counts how much."""

    intake = SelectField(_("Which mentees?"), [Optional()])
    mode = RadioField(
        _("What comes first?"),
        [InputRequired(_("Choose what comes first."))],
        choices=[
            SelectChoice(
                Mode.MOST_MENTEES.value, _("As many mentees as possible have a mentor, and nobody is left far behind")
            ),
            SelectChoice(Mode.BEST_TOTAL.value, _("The pairs fit best in all, even if somebody is left over")),
            SelectChoice(
                Mode.STABLE.value, _("What people wish for themselves: no two would both rather have each other")
            ),
        ],
    )
    overlap_minutes = IntegerField(
        _("Minutes of work together in a usual week, at least"),
        [
            InputRequired(_("Write a number from 0 to 1440. 0 switches the rule off.")),
            NumberRange(0, MOST_MINUTES, _("Write a number from 0 to 1440. 0 switches the rule off.")),
        ],
    )
    units = SelectField(
        _("Unit"),
        [InputRequired()],
        choices=[
            SelectChoice(Units.ANY.value, _("Any unit")),
            SelectChoice(Units.DIFFERENT.value, _("The mentor is of another unit")),
            SelectChoice(Units.SAME.value, _("The mentor is of the same unit")),
        ],
    )
    levels = SelectField(
        _("Licence level"),
        [InputRequired()],
        choices=[
            SelectChoice("any", _("Any level")),
            SelectChoice("same", _("The mentor stands on the same step, or higher")),
            SelectChoice("near", _("The mentor stands on the same step, or one higher")),
            SelectChoice("higher", _("The mentor stands higher")),
        ],
    )
    months_least = _months(_("Months that the mentor has been here longer, at least"))
    months_most = _months(_("Months that the mentor has been here longer, at most"))
    common_language = BooleanField(_("They share a language"))
    training = BooleanField(_("The mentor has done the mentor training"))
    repeats = BooleanField(_("Two who were a pair before may be one again"))
    other_employers = BooleanField(_("The mentor may work for another employer, such as a partner hospital"))
    goals = _weight(_("What the mentee wants to learn, and the mentor knows"))
    interests = _weight(_("What both like"))
    schedule = _weight(_("Time at work together"))
    style = _weight(_("How they like to work"))
    own_choices = _weight(_("Their own choices: whom they wish for"))
    novelty = _weight(_("A new mentor for who had one before"), NO_MUST)
    load = _weight(_("Spread mentees over all mentors"), NO_MUST)

    def offer(self, cohorts: Collection[Cohort]) -> None:
        """Let the mentees of one of these cohorts be chosen."""
        everybody = ("", _("All who have no mentor yet"))
        self.intake.choices = [everybody, *((str(cohort.id), cohort.name) for cohort in cohorts)]

    def show(self, settings: Settings) -> None:
        """Begin with what was decided last."""
        rules = settings.rules
        self.mode.data, self.overlap_minutes.data, self.units.data = settings.mode, rules.overlap_minutes, rules.units
        self.levels.data = next((name for name, gap in LEVELS.items() if gap == rules.levels), "any")
        self.months_least.data, self.months_most.data = rules.months.least, rules.months.most
        for name in ("common_language", "training", "repeats", "other_employers"):
            self[name].data = getattr(rules, name)
        for criterion in Criterion:
            self[criterion.value].data = settings.weight(criterion).value
        self.load.data = settings.load.value

    @property
    def settings(self) -> Settings:
        return Settings(
            rules=Rules(
                overlap_minutes=self.overlap_minutes.data,
                units=Units(self.units.data),
                levels=LEVELS[self.levels.data],
                months=Gap(self.months_least.data, self.months_most.data),
                training=self.training.data,
                common_language=self.common_language.data,
                repeats=self.repeats.data,
                other_employers=self.other_employers.data,
            ),
            weights=self._weights(),
            load=Weight(self.load.data),
            mode=Mode(self.mode.data),
            late=Late.SPARE_PLACES,
        )

    @property
    def intake_id(self) -> UUID | None:
        return UUID(self.intake.data) if self.intake.data else None

    def validate_months_most(self, field: IntegerField) -> None:
        if not Gap(self.months_least.data, field.data).is_possible():
            raise ValidationError(_("“At most” is less than “at least”: nobody could be a mentor."))

    def validate_goals(self, field: SelectField) -> None:
        if all(weight == Weight.OFF for weight in self._weights().values()):
            raise ValidationError(_("Everything is off, so pairs would be by chance. Let something count."))

    def _weights(self) -> Mapping[Criterion, Weight]:
        return {each: Weight(self[each.value].data or Weight.OFF) for each in Criterion}
