"""The draft: every mentee with whom she would have, those who have nobody, and solving again around what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.database import uuid7, writing
from webapp.ledger import FormFields
from webapp.matching.runs.copying import use_again
from webapp.matching.runs.draft import BARRED, NOBODY, PROPOSED, WAITS, Draft, Line
from webapp.matching.runs.plain import settings_as_data
from webapp.matching.runs.reads import last_run_of, people_by_id
from webapp.matching.runs.solving_job import MatchArguments
from webapp.matching.runs.views.room import back_to_draft, coordinators_only, draft_or_404, one_button_or_400, room
from webapp.matching.runs.views.starting import ask_for_it
from webapp.people import current_person

PER_PAGE = 50


@room.get("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>")
@coordinators_only
def draft(programme_id: UUID, run_id: UUID) -> str:
    """The pairs that a run proposes, the weakest first."""
    programme, drawn = draft_or_404(programme_id, run_id)
    last = last_run_of(programme)
    searched = request.args.get("q", "").strip()
    proposed = _found(drawn.of(PROPOSED), searched)
    page = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-len(proposed) // PER_PAGE)))
    return render_template(
        "matching/draft.html",
        programme=programme,
        draft=drawn,
        is_last=last is not None and last.id == run_id,
        searched=searched,
        proposed=proposed[(page - 1) * PER_PAGE : page * PER_PAGE],
        proposed_in_all=len(proposed),
        page=page,
        pages=max(1, -(-len(proposed) // PER_PAGE)),
        nobody=len(drawn.of(NOBODY)),
        notices=notices_of(drawn),
        copy_id=uuid7(),
    )


@room.get("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/print")
@coordinators_only
def print_draft(programme_id: UUID, run_id: UUID) -> str:
    """All of it on paper."""
    programme, drawn = draft_or_404(programme_id, run_id)
    return render_template("matching/print.html", programme=programme, draft=drawn)


@room.post("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/again")
@coordinators_only
def solve_again(programme_id: UUID, run_id: UUID) -> ResponseReturnValue:
    """A new run around what is kept: pairs that were kept or replaced stay, who waits is left out."""
    _programme, drawn = draft_or_404(programme_id, run_id)
    one_button_or_400()
    return ask_for_it(again_from(drawn))


@room.post("/programme/<uuid:programme_id>/matching/runs/<uuid:run_id>/use")
@coordinators_only
def use_this_one(programme_id: UUID, run_id: UUID) -> ResponseReturnValue:
    """Have an older run be the one that counts."""
    draft_or_404(programme_id, run_id)
    one_button_or_400()
    copy_id = FormFields.posted(request.form).entity
    with writing():
        _programme, drawn = draft_or_404(programme_id, run_id)
        use_again(current_person(), drawn.run, copy_id)
    flash(_("These proposals count again. Whoever joined since is not among them: solve again to take them in."))
    return back_to_draft(programme_id, copy_id)


def again_from(drawn: Draft) -> MatchArguments:
    """The run after this one, with the choices of all coordinators."""
    lines = drawn.every_line
    kept = [each for each in lines if each.is_kept and each.state != BARRED]
    return MatchArguments(
        programme=drawn.run.programme_id,
        settings=settings_as_data(drawn.run.settings),
        intake=drawn.run.intake_id,
        before=drawn.run.id,
        locks={each.mentee.id: each.mentor.id for each in kept if each.mentor},
        left_out=[each.mentee.id for each in lines if each.state == WAITS],
    )


def notices_of(drawn: Draft) -> list[tuple[str, str, list[str]]]:
    """Pairs that are there and that a rule would not allow today, with the rules; those that the coordinator sees."""
    people = people_by_id([UUID(each[side]) for each in drawn.run.notices for side in ("mentee", "mentor")])
    return [
        (people[UUID(each["mentee"])].name, people[UUID(each["mentor"])].name, each["rules"])
        for each in drawn.run.notices
        if drawn.sight.of_mentee(people.get(UUID(each["mentee"])))
        and UUID(each["mentor"]) in people
        and drawn.sight.of_mentor(people[UUID(each["mentor"])])
    ]


def _found(lines: Sequence[Line], searched: str) -> list[Line]:
    """Those whose mentee or mentor has this in the name; the weakest first."""
    wanted = searched.casefold()
    found = [each for each in lines if wanted in each.mentee.name.casefold() or _named(each, wanted)]
    return sorted(found, key=lambda each: (each.proposal.score or 0, each.mentee.name))


def _named(line: Line, wanted: str) -> bool:
    return line.mentor is not None and wanted in line.mentor.name.casefold()
