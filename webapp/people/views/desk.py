"""People as an administrator and a coordinator see them: the list, inviting, roles, closing an account."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp import audit
from webapp.database import db, uuid7, writing
from webapp.people.accounts import NotAllowed, change_roles, close_account, open_account_again
from webapp.people.directory import find_people, person_or_404
from webapp.people.forms import InviteForm, PersonForm, Press
from webapp.people.invitations import Newcomer, Ticket, invite, renew_invitation
from webapp.people.models import ROLES, Person, Unit, the_organisation
from webapp.people.pictures import qr_code
from webapp.people.resets import hand_over_reset_link
from webapp.people.second_factor import confirmed_since
from webapp.people.sessions import current_person
from webapp.people.views.room import go_to, room
from webapp.web import needs_role, unfinished

PERSON = "people/person.html"


@room.get("/people")
@needs_role("administrator", "coordinator")
def people() -> str:
    """Everybody whom the reader may see, with a search."""
    search = request.args.get("q", "").strip()[:100]
    return render_template("people/people.html", found=find_people(current_person(), search), search=search)


@room.get("/people/invite")
@needs_role("administrator", "coordinator")
def ask_whom_to_invite() -> str:
    organisation = the_organisation()
    form = InviteForm(formdata=None, lang=organisation.lang if organisation else "en")
    form.allow(_may_give())
    return render_template("people/invite.html", form=form, entity=uuid7())


@room.post("/people/invite")
@needs_role("administrator", "coordinator")
def send_invitation() -> ResponseReturnValue:
    """Invite, and show the link and code this once. Sent twice, it is one person with a new code."""
    form, entity = InviteForm(), _entity()
    form.allow(_may_give())
    known = db.session.get(Person, entity)
    if known is not None:
        return invite_again(person_or_404(current_person(), entity).id)
    if not form.validate_on_submit():
        return unfinished("people/invite.html", form, entity=entity)
    try:
        with writing():
            person, ticket = invite(current_person(), _newcomer(form), person_id=entity)
    except IntegrityError:  # a second tap, or a second administrator, was as quick
        return (
            invite_again(entity)
            if db.session.get(Person, entity)
            else _taken("people/invite.html", form, entity=entity)
        )
    return _card(person, ticket)


@room.get("/people/<uuid:person_id>")
@needs_role("administrator", "coordinator")
def show_person(person_id: UUID) -> str:
    person = person_or_404(current_person(), person_id)
    form = PersonForm(
        formdata=None,
        name=person.name,
        email=person.email,
        staff_number=person.staff_number,
        roles=sorted(person.roles),
        unit=person.unit_id,
    )
    form.allow(ROLES)
    return render_template(PERSON, form=form, shown=person, second_step_since=confirmed_since(person))


@room.post("/people/<uuid:person_id>")
@needs_role("administrator")
def save_person(person_id: UUID) -> ResponseReturnValue:
    """Name, e-mail, staff number, roles and unit."""
    form, person = PersonForm(), person_or_404(current_person(), person_id)
    form.allow(ROLES)
    form.person_id = person.id
    if not form.validate_on_submit():
        return unfinished(PERSON, form, shown=person)
    try:
        with writing():
            person = db.session.get_one(Person, person_id)
            change_roles(current_person(), person, frozenset(form.roles.data))
            person.name, person.unit_id = form.name.data, form.unit.data
            person.email, person.staff_number = form.email.data, form.staff_number.data
            audit.record(current_person().id, "people.changed", "person", person.id)
    except IntegrityError:
        return _taken(PERSON, form, shown=db.session.get_one(Person, person_id))
    except NotAllowed:
        form.roles.errors = [_("There must be one administrator. Make somebody else one first.")]
        return unfinished(PERSON, form, shown=db.session.get_one(Person, person_id))
    flash(_("Saved."))
    return go_to(f"/people/{person_id}")


@room.post("/people/<uuid:person_id>/invitation")
@needs_role("administrator", "coordinator")
def invite_again(person_id: UUID) -> ResponseReturnValue:
    """A new link and code, for somebody who has not joined."""
    person = person_or_404(current_person(), person_id)
    if person.password_hash or not person.is_active or not Press().validate_on_submit():
        return go_to(f"/people/{person_id}")
    with writing():
        person = db.session.get_one(Person, person_id)
        ticket = renew_invitation(current_person(), person)
    return _card(person, ticket)


@room.post("/people/<uuid:person_id>/reset")
@needs_role("administrator")
def make_reset_link(person_id: UUID) -> ResponseReturnValue:
    """A link to a new password, to hand over; shown this once."""
    person = person_or_404(current_person(), person_id)
    if not person.password_hash or not person.is_active or not Press().validate_on_submit():
        return go_to(f"/people/{person_id}")
    with writing():
        person = db.session.get_one(Person, person_id)
        ticket = hand_over_reset_link(current_person(), person)
    return render_template("people/reset_card.html", invited=person, ticket=ticket, picture=qr_code(ticket.link))


@room.post("/people/<uuid:person_id>/close")
@needs_role("administrator")
def close(person_id: UUID) -> ResponseReturnValue:
    """Close an account: sign-ins end at once."""
    person_or_404(current_person(), person_id)
    if Press().validate_on_submit():
        try:
            with writing():
                close_account(current_person(), db.session.get_one(Person, person_id))
            flash(_("The account is closed."))
        except NotAllowed as refused:
            flash(_why_not(refused.reason))
    return go_to(f"/people/{person_id}")


@room.post("/people/<uuid:person_id>/open")
@needs_role("administrator")
def open_again(person_id: UUID) -> ResponseReturnValue:
    person_or_404(current_person(), person_id)
    if Press().validate_on_submit():
        with writing():
            open_account_again(current_person(), db.session.get_one(Person, person_id))
        flash(_("The account is open again."))
    return go_to(f"/people/{person_id}")


def _card(person: Person, ticket: Ticket) -> str:
    return render_template("people/invited.html", invited=person, ticket=ticket, picture=qr_code(ticket.link))


def _taken(template: str, form: PersonForm, **around: object) -> Response:
    form.email.errors = [_("Somebody here has this already.")]
    return unfinished(template, form, **around)


def _may_give() -> tuple[str, ...]:
    return ROLES if "administrator" in current_person().roles else ("mentee", "mentor")


def _entity() -> UUID:
    try:
        return UUID(request.form.get("entity", ""))
    except ValueError:
        return uuid7()


def _newcomer(form: InviteForm) -> Newcomer:
    organisation = the_organisation()
    unit = db.session.get(Unit, form.unit.data) if form.unit.data else None
    return Newcomer(
        name=form.name.data,
        roles=frozenset(form.roles.data),
        email=form.email.data,
        staff_number=form.staff_number.data,
        unit_id=form.unit.data,
        lang=form.lang.data,
        zone=unit.site.zone if unit else organisation.zone if organisation else "Europe/London",
    )


def _why_not(reason: str) -> str:
    if reason == "yourself":
        return str(_("You cannot close your own account. Ask another administrator."))
    return str(_("There must be one administrator. Make somebody else one first."))
