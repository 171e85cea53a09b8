"""The check-in's pages: the form, the log, one check-in, changing it and taking it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _

from webapp.checkins.actions import amend_checkin, mark_checkin_read, record_checkin, take_checkin_back
from webapp.checkins.fields import CheckinFields, CheckinReadFields, TakeBackFields
from webapp.checkins.forms import CheckinForm
from webapp.checkins.log import log_of
from webapp.checkins.mirror import mentor_told_at
from webapp.checkins.models import Checkin
from webapp.checkins.page import FormPage, change_page, new_page, wall_clock
from webapp.checkins.reads import checkin_or_404, own_checkin_or_404, whether_it_helped, written_by_or_404
from webapp.checkins.rules import FACES, when_text
from webapp.database import writing
from webapp.ledger import Conflict, FormFields, Gone, Refused, form_write
from webapp.pairings import answers_to
from webapp.people import current_person
from webapp.web import RoomForm, unfinished

room = Blueprint("checkins", __name__)


@room.get("/check-in")
def new() -> str:
    """The ten seconds. `?face=` comes from Today, where the person tapped that face."""
    form = CheckinForm()
    if request.args.get("face", "") in map(str, FACES):
        form.face.data = request.args["face"]
    page = new_page(current_person())
    return render_template("checkins/form.html", form=form, **_new(page, FormFields.fresh()))


@room.post("/check-in")
def create() -> ResponseReturnValue:
    """Keep or send a new one."""
    form, hidden = CheckinForm(), FormFields.posted(request.form)
    author = current_person()
    fields = form.checked(wall_clock(author)) if form.validate_on_submit() else None
    if fields is None:
        return unfinished("checkins/form.html", form, **_new(new_page(author), hidden))
    if _is_to_be_asked(form, fields):
        return _ask(form, hidden, url_for("checkins.create"), new_page(author))
    try:
        return _save(hidden, "record", fields)
    except Refused as refused:
        form.audience.errors = [_why_not(refused.reason)]
        return unfinished("checkins/form.html", form, **_new(new_page(current_person()), hidden))


@room.get("/check-ins")
def log() -> str:
    """One's own check-ins, newest first; `?show=questions` has the practical questions with their answers."""
    only_questions = request.args.get("show") == "questions"
    shown = log_of(current_person(), only_questions)
    return render_template("checkins/log.html", log=shown, only_questions=only_questions)


@room.get("/check-ins/<uuid:checkin_id>")
def one(checkin_id: UUID) -> str:
    """One check-in, for its author or for the mentor it was sent to."""
    reader = current_person()
    checkin = checkin_or_404(reader, checkin_id)
    mine = checkin.author_id == reader.id
    answers = answers_to(checkin.pairing, [checkin.id]).get(checkin.id, []) if checkin.pairing else []
    return render_template(
        "checkins/one.html",
        checkin=checkin,
        mine=mine,
        answers=answers,
        helped=whether_it_helped(checkin) if mine else None,
        waits=checkin.pairing is not None and checkin.pairing.talk_wanted_checkin == checkin.id,
        told_at=mentor_told_at(checkin) if mine else None,
    )


@room.get("/check-ins/<uuid:checkin_id>/change")
def change(checkin_id: UUID) -> str:
    """The same form, over what was said."""
    checkin = own_checkin_or_404(current_person(), checkin_id)
    form = CheckinForm()
    form.show(checkin)
    hidden = FormFields.fresh(checkin.id, checkin.head)
    return render_template("checkins/form.html", form=form, **_changing(change_page(checkin), hidden))


@room.post("/check-ins/<uuid:checkin_id>/change")
def amend(checkin_id: UUID) -> ResponseReturnValue:
    """Say it anew; the button says again who reads it."""
    checkin = own_checkin_or_404(current_person(), checkin_id)
    form, hidden = CheckinForm(), FormFields.posted(request.form)
    fields = form.checked(wall_clock(checkin.author), checkin.when) if form.validate_on_submit() else None
    if fields is None or hidden.entity != checkin_id:
        return unfinished("checkins/form.html", form, **_changing(change_page(checkin), hidden))
    if _is_to_be_asked(form, fields):
        return _ask(form, hidden, url_for("checkins.amend", checkin_id=checkin_id), change_page(checkin))
    try:
        return _save(hidden, "amend", fields)
    except Conflict:
        return _both_versions(form, own_checkin_or_404(current_person(), checkin_id))
    except Refused as refused:
        form.audience.errors = [_why_not(refused.reason)]
        checkin = own_checkin_or_404(current_person(), checkin_id)
        return unfinished("checkins/form.html", form, **_changing(change_page(checkin), hidden))


@room.post("/check-ins/<uuid:checkin_id>/take-back")
def take_back(checkin_id: UUID) -> ResponseReturnValue:
    """Take it back from everybody."""
    written_by_or_404(current_person(), checkin_id)
    if RoomForm().validate_on_submit():
        hidden = FormFields.posted(request.form)
        with writing():
            author = current_person()
            written = form_write(author.id, author.zone, hidden, "checkin", "take_back", {})
            if written and written.entity == checkin_id:
                take_checkin_back(author, written, TakeBackFields())
        flash(_("Taken back."))
    return redirect(url_for("checkins.log"), 303)


@room.post("/check-ins/<uuid:checkin_id>/read")
def mark_read(checkin_id: UUID) -> ResponseReturnValue:
    """The mentor's own tap."""
    checkin_or_404(current_person(), checkin_id)
    if RoomForm().validate_on_submit():
        fields = CheckinReadFields(what="checkin", id=checkin_id)
        try:
            with writing():
                reader = current_person()
                hidden = FormFields.posted(request.form)
                written = form_write(reader.id, reader.zone, hidden, "read", "mark", fields.model_dump(mode="json"))
                if written:
                    mark_checkin_read(reader, written, fields)
        except Refused:  # her own, or taken back a moment ago
            abort(404)
        flash(_("Marked as read."))
    return redirect(url_for("checkins.one", checkin_id=checkin_id), 303)


@room.app_template_filter("wall_clock")
def weekday_and_hour(moment: datetime) -> str:
    """A wall-clock time with its weekday: "Tue 19:30"."""
    return str(format_datetime(moment, "EEE HH:mm", rebase=False))


room.add_app_template_filter(when_text)


def _new(page: FormPage, hidden: FormFields) -> dict[str, Any]:
    return {"page": page, "hidden": hidden, "changing": False, "action": url_for("checkins.create")}


def _changing(page: FormPage, hidden: FormFields) -> dict[str, Any]:
    action = url_for("checkins.amend", checkin_id=hidden.entity)
    return {"page": page, "hidden": hidden, "changing": True, "action": action}


def _both_versions(form: CheckinForm, checkin: Checkin) -> ResponseReturnValue:
    """Nothing is overwritten: the other version stands beside the words just typed, which may be saved over it."""
    form.words.errors = [_("You changed this on another phone. Both versions are here. Save the one you want to keep.")]
    hidden = FormFields.fresh(checkin.id, checkin.head)
    return unfinished("checkins/form.html", form, other=checkin, **_changing(change_page(checkin), hidden))


def _save(hidden: FormFields, action: str, fields: CheckinFields) -> ResponseReturnValue:
    """Through the ledger into the room; back to where it can be read, changed and taken back."""
    entity = hidden.entity
    with writing():
        author = current_person()
        written = form_write(author.id, author.zone, hidden, "checkin", action, fields.model_dump(mode="json"))
        try:
            if written:
                entity = written.entity
                (record_checkin if action == "record" else amend_checkin)(author, written, fields)
        except Gone:
            flash(_("This was taken back before. Your words are below; only you can see them."))
            return redirect(url_for("checkins.log"), 303)
    flash(_("Sent.") if fields.audience == "mentor" else _("Kept. Only you can read it."))
    return redirect(url_for("checkins.one", checkin_id=entity), 303)


def _is_to_be_asked(form: CheckinForm, fields: CheckinFields) -> bool:
    """A wish to talk that is kept reaches nobody: that is said before, not after."""
    return fields.audience == "self" and fields.need == "talk" and form.sure.data != "1"


def _ask(form: CheckinForm, hidden: FormFields, action: str, page: FormPage) -> str:
    return render_template("checkins/sure.html", form=form, hidden=hidden, action=action, page=page)


def _why_not(reason: str) -> str:
    why = {
        "pairing_ended": _("You no longer have this mentor, so it was not sent."),
        "pairing_held": _("You two have a pause until you both choose, so it was not sent."),
    }
    return f"{why.get(reason, _('It was not sent.'))} {_('You can keep it for you.')}"
