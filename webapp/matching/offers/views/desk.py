"""The coordinator's list of offers."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp.database import db, writing
from webapp.matching.offers.actions.asking import open_directory
from webapp.matching.offers.actions.closing import withdraw
from webapp.matching.offers.actions.requests import confirm, refuse
from webapp.matching.offers.forms import DirectoryForm
from webapp.matching.offers.models import OpenDirectory
from webapp.matching.offers.reads.offers import coordinated_offer_or_404
from webapp.matching.offers.reads.requests import coordinated_request_or_404
from webapp.matching.offers.reads.standing import standing_of
from webapp.matching.offers.rules import PAIRED
from webapp.matching.offers.views.room import one_button_or_400, room
from webapp.people import Person, current_person
from webapp.programmes import Programme, programme_or_404
from webapp.web import needs_role, unfinished

coordinators_only = needs_role("coordinator")
SHOWN_PAST = 50


@room.get("/programme/<uuid:programme_id>/offers")
@coordinators_only
def listed(programme_id: UUID) -> str:
    """Who needs a new proposal, who is asked, and how the last ones ended."""
    programme = programme_or_404(current_person(), programme_id)
    standing = standing_of(programme, current_person())
    return render_template(
        "offers/listed.html",
        programme=programme,
        to_confirm=standing.to_confirm,
        directory=db.session.get(OpenDirectory, programme.id),
        may_change=programme.is_seen_whole_by(current_person()),
        to_do=standing.to_do,
        waiting=standing.waiting,
        past=standing.past[:SHOWN_PAST],
    )


@room.post("/programme/<uuid:programme_id>/offers/<uuid:offer_id>/withdraw")
@coordinators_only
def take_back(programme_id: UUID, offer_id: UUID) -> ResponseReturnValue:
    """Ask the two no more."""
    coordinated_offer_or_404(current_person(), programme_id, offer_id)
    one_button_or_400()
    with writing():
        person = current_person()
        withdraw(person, coordinated_offer_or_404(person, programme_id, offer_id))
    flash(_("They are not asked any more."))
    return redirect(url_for("offers.listed", programme_id=programme_id), 303)


@room.post("/programme/<uuid:programme_id>/requests/<uuid:request_id>/confirm")
@coordinators_only
def make_it_a_pair(programme_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Confirm what the two agreed on."""
    coordinated_request_or_404(current_person(), programme_id, request_id)
    one_button_or_400()
    try:
        ended = _confirm(programme_id, request_id)
    except IntegrityError:  # the mentee got a mentor at the same moment; now it is there to be seen
        ended = _confirm(programme_id, request_id)
    flash(_("They are a pair now.") if ended == PAIRED else _("This is not possible any more. Both are told kindly."))
    return redirect(url_for("offers.listed", programme_id=programme_id), 303)


@room.post("/programme/<uuid:programme_id>/requests/<uuid:request_id>/refuse")
@coordinators_only
def have_another_way(programme_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Not these two."""
    coordinated_request_or_404(current_person(), programme_id, request_id)
    one_button_or_400()
    with writing():
        person = current_person()
        refuse(person, coordinated_request_or_404(person, programme_id, request_id))
    flash(_("Both are told kindly."))
    return redirect(url_for("offers.listed", programme_id=programme_id), 303)


@room.route("/programme/<uuid:programme_id>/directory", methods=["GET", "POST"])
@coordinators_only
def edit_directory(programme_id: UUID) -> ResponseReturnValue:
    """Whether mentees may look for a mentor themselves."""
    programme = _whole_programme_or_404(current_person(), programme_id)
    form = DirectoryForm()
    if request.method == "GET":
        form.show(db.session.get(OpenDirectory, programme.id))
        return render_template("offers/edit_directory.html", form=form, programme=programme)
    if not form.validate():
        return unfinished("offers/edit_directory.html", form, programme=programme)
    with writing():
        open_directory(current_person(), _whole_programme_or_404(current_person(), programme_id), form.unconfirmed)
    flash(_("Saved."))
    return redirect(url_for("offers.listed", programme_id=programme_id), 303)


def _confirm(programme_id: UUID, request_id: UUID) -> str | None:
    with writing():
        person = current_person()
        asked = coordinated_request_or_404(person, programme_id, request_id)
        confirm(person, asked)
        return asked.closed_how


def _whole_programme_or_404(coordinator: Person, programme_id: UUID) -> Programme:
    """A programme that this person coordinates on every site: it is for all of its people."""
    programme = programme_or_404(coordinator, programme_id)
    if not programme.is_seen_whole_by(coordinator):
        abort(404)
    return programme
