"""Many invitations at once: who has which, sending them, cards on paper, taking them back."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import jobs
from webapp.config import current_settings
from webapp.database import db, writing
from webapp.mail import can_post
from webapp.people.forms import ManyForm
from webapp.people.invitations import renew_invitation, withdraw_invitation
from webapp.people.inviting import INVITE, InviteArguments
from webapp.people.models import Person
from webapp.people.pictures import qr_code
from webapp.people.sessions import current_person
from webapp.people.standings import STATES, WAITING, Standing, counts_of, standings_for
from webapp.people.views.room import room
from webapp.web import needs_role, unfinished

PAGE = "people/invitations.html"
ON_A_PAGE = 100
MOST_CARDS = 80  # ten sheets; each card is a picture of its own


@room.get("/people/invitations")
@needs_role("administrator", "coordinator")
def invitations() -> str:
    """Everybody on the way in, by what became of their invitation."""
    return render_template(PAGE, form=None, **_shown())


@room.post("/people/invitations")
@needs_role("administrator", "coordinator")
def invite_those() -> ResponseReturnValue:
    """Invite, print cards or withdraw: for those who were ticked, or for all of a state."""
    form = ManyForm()
    do = DEEDS.get(request.form.get("do", ""))
    if do is None:
        abort(400)
    if not form.validate_on_submit():
        return unfinished(PAGE, form, **_shown())
    everybody = standings_for(current_person())
    chosen = [each for each in everybody if each.id in form.ids and each.state in WAITING]
    return do(form, chosen)


def _send(form: ManyForm, chosen: list[Standing]) -> ResponseReturnValue:
    reached = [each.id for each in chosen if each.email]
    if not reached or not can_post():
        return _wrong(form, _("Nobody whom you ticked can be reached by e-mail. Print cards for them."))
    with writing():
        job_id = jobs.ask(INVITE, current_person().id, InviteArguments(people=reached), current_person().id)
    if len(reached) < len(chosen):
        left = len(chosen) - len(reached)
        flash(ngettext("%(num)s has no e-mail: print a card.", "%(num)s have no e-mail: print cards.", left))
    return redirect(f"/jobs/{job_id}", 303)


def _cards(form: ManyForm, chosen: list[Standing]) -> ResponseReturnValue:
    """New links and codes, on paper alone: nothing is mailed by it, and they are seen only now."""
    if not chosen or len(chosen) > MOST_CARDS:
        return _wrong(form, _("Tick 1 to %(most)s people for cards.", most=MOST_CARDS))
    with writing():
        people = [db.session.get_one(Person, each.id) for each in chosen]
        cards = [(each, renew_invitation(current_person(), each, by_mail=False)) for each in people]
        facts = [(person.name, person.staff_number or person.email, ticket) for person, ticket in cards]
    pictures = [(*fact, qr_code(fact[2].link)) for fact in facts]
    address = f"{current_settings().public_url}/join".partition("://")[2]
    return render_template("people/cards.html", cards=pictures, address=address)


def _withdraw(form: ManyForm, chosen: list[Standing]) -> ResponseReturnValue:
    invited = [each for each in chosen if each.state != "not_invited"]
    if not invited:
        return _wrong(form, _("Nobody whom you ticked has an invitation."))
    with writing():
        for each in invited:
            withdraw_invitation(current_person(), db.session.get_one(Person, each.id))
    flash(ngettext("%(num)s invitation was withdrawn.", "%(num)s invitations were withdrawn.", len(invited)))
    return redirect("/people/invitations", 303)


DEEDS: dict[str, Callable[[ManyForm, list[Standing]], ResponseReturnValue]] = {
    "send": _send,
    "cards": _cards,
    "withdraw": _withdraw,
}


def _wrong(form: ManyForm, why: str) -> Response:
    form.person.errors = [why]
    return unfinished(PAGE, form, **_shown())


def _shown() -> dict[str, object]:
    everybody = standings_for(current_person())
    counts = counts_of(everybody)
    state = request.args.get("state", "")
    if state not in STATES:
        state = next((each for each in WAITING if counts[each]), "joined")
    of_state = [each for each in everybody if each.state == state]
    pages = max(1, -(-len(of_state) // ON_A_PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    return {
        "people": of_state[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "counts": counts,
        "state": state,
        "page": page,
        "pages": pages,
        "ticked": set(request.form.getlist("person")),
        "tick_all": "tick" in request.args,
        "can_post": can_post(),
    }
