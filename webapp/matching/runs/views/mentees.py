"""One mentee of a draft: why this mentor, who else, and what a coordinator decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField
from wtforms.validators import InputRequired

from webapp.database import writing
from webapp.matching.closeup import Explanation
from webapp.matching.codes import RuleCode
from webapp.matching.cohort import Cohort
from webapp.matching.fitting import Fit, fitting_mentors, why_not
from webapp.matching.gathering import gather
from webapp.matching.runs import choices
from webapp.matching.runs.draft import BARRED, NOBODY, PROPOSED, WAITS, Draft, Line
from webapp.matching.runs.views.room import (
    back_to_draft,
    coordinators_only,
    draft_or_404,
    line_or_404,
    one_button_or_400,
    room,
)
from webapp.people import current_person
from webapp.programmes import Programme
from webapp.web import RoomForm, unfinished

PAGE = "matching/mentee.html"
AT = "/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/mentees/<uuid:mentee_id>"
SHOWN, NAMED = 12, 5
NOT_SAID = {RuleCode.OWN_WISH: RuleCode.NOT_AVAILABLE}


class ReplaceForm(RoomForm):
    """Another mentor, out of those whom the rules allow."""

    mentor = RadioField(_("Another mentor"), [InputRequired()], choices=[])
    full: Collection[str] = ()  # mentors among them whose places are all taken by pairs that stay


@room.get(AT)
@coordinators_only
def mentee(programme_id: UUID, run_id: UUID, mentee_id: UUID) -> str:
    """Why this mentor, and whom else she could have."""
    programme, drawn = draft_or_404(programme_id, run_id)
    line = line_or_404(drawn, mentee_id)
    form, shown = _others(programme, drawn, line)
    return render_template(PAGE, form=form, **shown)


@room.post(AT + "/replace")
@coordinators_only
def replace(programme_id: UUID, run_id: UUID, mentee_id: UUID) -> ResponseReturnValue:
    """Have another mentor."""
    programme, drawn = draft_or_404(programme_id, run_id)
    line = line_or_404(drawn, mentee_id)
    form, shown = _others(programme, drawn, line, posted=True)
    if not form.validate():
        form.mentor.errors = [_("Choose one of these mentors.")]
        return unfinished(PAGE, form, **shown)
    if form.mentor.data in form.full:
        name = drawn.name(form.mentor.data)
        form.mentor.errors = [
            _(
                "Pairs that stay take all places of %(name)s. Give %(name)s more places, or choose somebody else.",
                name=name,
            )
        ]
        return unfinished(PAGE, form, **shown)
    with writing():
        programme, drawn = draft_or_404(programme_id, run_id)
        line = line_or_404(drawn, mentee_id)
        why = _why(programme, drawn, line, form.mentor.data)
        if why is not None and _is_open(line):
            choices.replace(current_person(), line.proposal, UUID(form.mentor.data), why)
    flash(_("Saved."))
    return back_to_draft(programme_id, run_id)


@room.post(AT + "/keep")
@coordinators_only
def keep(programme_id: UUID, run_id: UUID, mentee_id: UUID) -> ResponseReturnValue:
    """Hold on to this mentor, whatever is solved again."""
    line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
    one_button_or_400()
    with writing():
        line = line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
        if line.state == PROPOSED and line.choice is None:
            choices.keep(current_person(), line.proposal)
    flash(_("Kept. It stays when you solve again."))
    return back_to_draft(programme_id, run_id)


@room.post(AT + "/leave-out")
@coordinators_only
def leave_out(programme_id: UUID, run_id: UUID, mentee_id: UUID) -> ResponseReturnValue:
    """She waits for another time."""
    line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
    one_button_or_400()
    with writing():
        line = line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
        if _is_open(line):
            choices.leave_out(current_person(), line.proposal)
    flash(_("Taken out. You can put it back."))
    return back_to_draft(programme_id, run_id)


@room.post(AT + "/put-back")
@coordinators_only
def put_back(programme_id: UUID, run_id: UUID, mentee_id: UUID) -> ResponseReturnValue:
    """As the run said."""
    line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
    one_button_or_400()
    with writing():
        line = line_or_404(draft_or_404(programme_id, run_id)[1], mentee_id)
        choices.take_back(current_person(), line.proposal)
    flash(_("Put back as it was."))
    return back_to_draft(programme_id, run_id)


def _others(
    programme: Programme, drawn: Draft, line: Line, posted: bool = False
) -> tuple[ReplaceForm, dict[str, object]]:
    """The form with every mentor whom the rules allow and the coordinator sees; the page shows those that were looked
    for, or the best."""
    cohort = gather(programme)
    fits = [each for each in _fits(cohort, drawn, line) if drawn.name(each.mentor)]
    form = ReplaceForm() if posted else ReplaceForm(formdata=None)
    kept = Counter(
        str(each.mentor.id) for each in drawn.every_line if each.mentor and each.is_kept and each.state == PROPOSED
    )
    form.full = {each.mentor for each in fits if each.places <= kept[each.mentor]}
    form.mentor.choices = [(each.mentor, drawn.name(each.mentor)) for each in fits]
    searched = request.args.get("q", "").strip()
    found = [each for each in fits if searched.casefold() in (drawn.name(each.mentor) or "").casefold()]
    load = Counter(str(each.mentor.id) for each in drawn.every_line if each.mentor and each.state == PROPOSED)
    if line.mentor and line.state == PROPOSED:
        load[str(line.mentor.id)] -= 1
    others = [(each, each.places - load[each.mentor]) for each in found]
    allowed = {each.mentor for each in fits} | ({str(line.mentor.id)} if line.mentor else set())
    return form, {
        "programme": programme,
        "draft": drawn,
        "line": line,
        "is_open": _is_open(line),
        "searched": searched,
        "others": sorted(others, key=lambda one: (-one[0].explanation.score, one[1] <= 0))[:SHOWN],
        "others_in_all": len(found),
        "ruled_out": _ruled_out(cohort, drawn, line, searched, allowed) if searched else [],
    }


def _fits(cohort: Cohort, drawn: Draft, line: Line) -> list[Fit]:
    now_with = str(line.mentor.id) if line.mentor else None
    fits = fitting_mentors(cohort, drawn.run.settings, str(line.mentee.id))
    return [each for each in fits if each.mentor != now_with]


def _ruled_out(
    cohort: Cohort, drawn: Draft, line: Line, searched: str, allowed: Collection[str]
) -> list[tuple[str, list[RuleCode]]]:
    """Mentors by this name whom the rules do not allow, with the rules; what a person asked for is named of nobody."""
    names = {each.id: drawn.name(each.id) or "" for each in cohort.mentors if each.id not in allowed}
    found = [each for each, name in names.items() if searched.casefold() in name.casefold() and name]
    rules = {each: why_not(cohort, drawn.run.settings, str(line.mentee.id), each) for each in found[:NAMED]}
    told = {each: {NOT_SAID.get(code, code) for code in codes} for each, codes in rules.items()}
    return [(names[each], sorted(codes)) for each, codes in told.items()]


def _why(programme: Programme, drawn: Draft, line: Line, mentor: str) -> Explanation | None:
    """Why a mentor fits; None for whom the rules do not allow, or any more."""
    return next((each.explanation for each in _fits(gather(programme), drawn, line) if each.mentor == mentor), None)


def _is_open(line: Line) -> bool:
    """Whether anything can be decided still."""
    return line.state in (PROPOSED, NOBODY, WAITS, BARRED)
