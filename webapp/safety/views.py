"""Help now, for anybody; and the pages on which coordinators and administrators keep its numbers right."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.clock import now
from webapp.database import writing
from webapp.people import current_person, current_sign_in
from webapp.safety.actions import confirm_contact, keep_contact, remove_contact
from webapp.safety.forms import ContactForm
from webapp.safety.models import HelpContact
from webapp.safety.reads import (
    all_contacts,
    contact_or_404,
    contacts_by_language,
    contacts_for,
    contacts_of_other_sites,
    missing_kinds,
)
from webapp.web import RoomForm, needs_role, public, unfinished
from webapp.web.languages import chosen_language

room = Blueprint("safety", __name__)
keepers_only = needs_role("coordinator", "administrator")


@room.get("/help-now")
@public
def help_now() -> str:
    """Whom to ring."""
    sign_in = current_sign_in()
    unit = sign_in.person.unit if sign_in else None
    asker = (chosen_language(), unit.site_id if unit else None)
    elsewhere = contacts_of_other_sites(*asker)
    return render_template("safety/help_now.html", contacts=contacts_for(*asker), elsewhere=elsewhere)


@room.get("/help-now.json")
@public
def help_now_json() -> ResponseReturnValue:
    """The same for the worker, which keeps it: {"contacts": [{"lang", "site", "kind", "label", "phone", "note"}]}."""
    response = jsonify(contacts=[{"lang": lang, **_said(contact)} for lang, contact in contacts_by_language()])
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@room.get("/help-now/contacts")
@keepers_only
def contacts() -> str:
    """All contacts, and what is still missing."""
    return render_template("safety/contacts.html", contacts=all_contacts(), missing=missing_kinds(), today=_today())


@room.route("/help-now/contacts/new", methods=["GET", "POST"])
@keepers_only
def new_contact() -> ResponseReturnValue:
    """Enter a contact."""
    asked = {name: request.args[name] for name in ("kind", "lang", "site_id") if name in request.args}
    form = ContactForm(data=asked)
    if request.method == "GET":
        return render_template("safety/contact.html", form=form, contact=None)
    if not form.validate():
        return unfinished("safety/contact.html", form, contact=None)
    with writing():
        _keep(None, form)
    flash(_("Saved. Everybody can see this number now."))
    return redirect(url_for("safety.contacts"), 303)


@room.route("/help-now/contacts/<uuid:contact_id>", methods=["GET", "POST"])
@keepers_only
def edit_contact(contact_id: UUID) -> ResponseReturnValue:
    """Change a contact."""
    contact = contact_or_404(contact_id)
    form = ContactForm(obj=contact)
    if request.method == "GET":
        form.site_id.data = str(contact.site_id or "")
        return render_template("safety/contact.html", form=form, contact=contact)
    if not form.validate():
        return unfinished("safety/contact.html", form, contact=contact)
    with writing():
        _keep(contact_or_404(contact_id), form)
    flash(_("Saved. Everybody can see this number now."))
    return redirect(url_for("safety.contacts"), 303)


@room.post("/help-now/contacts/<uuid:contact_id>/confirm")
@keepers_only
def confirm(contact_id: UUID) -> ResponseReturnValue:
    """Say that a number is still right."""
    _one_button_or_400()
    with writing():
        confirm_contact(current_person(), contact_or_404(contact_id))
    flash(_("Thank you. We ask again in a year."))
    return redirect(url_for("safety.contacts"), 303)


@room.route("/help-now/contacts/<uuid:contact_id>/remove", methods=["GET", "POST"])
@keepers_only
def remove(contact_id: UUID) -> ResponseReturnValue:
    """Ask first, then take a contact off every page."""
    if request.method == "GET":
        return render_template("safety/remove_contact.html", contact=contact_or_404(contact_id))
    _one_button_or_400()
    with writing():
        remove_contact(current_person(), contact_or_404(contact_id))
    flash(_("The number is removed from every page."))
    return redirect(url_for("safety.contacts"), 303)


def _keep(contact: HelpContact | None, form: ContactForm) -> None:
    keep_contact(
        current_person(),
        contact,
        kind=form.kind.data,
        label=form.label.data,
        phone=form.phone.data,
        note=form.note.data or "",
        lang=form.lang.data,
        site_id=UUID(form.site_id.data) if form.site_id.data else None,
    )


def _said(contact: HelpContact) -> dict[str, str]:
    return {
        "site": contact.site.name if contact.site else "",
        "kind": contact.kind,
        "label": contact.label,
        "phone": contact.phone,
        "note": contact.note,
    }


def _one_button_or_400() -> None:
    if not RoomForm().validate_on_submit():
        abort(400)


def _today() -> date:
    return now().astimezone(ZoneInfo(current_person().zone)).date()
