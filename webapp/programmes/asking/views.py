"""The public page of asking, and the coordinator's pages: the door, and who waits at it."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp.config import current_settings
from webapp.database import writing
from webapp.people import TooManyTries, count_a_try, current_person, qr_code, slow_down, spaced_code
from webapp.programmes.asking.actions import accept, ask_to_join, can_write_to, change_code, decline, open_door
from webapp.programmes.asking.answers import answer_under
from webapp.programmes.asking.forms import AnswerForm, AskForm, DoorForm
from webapp.programmes.asking.posters import Entrance, code_for, entrance_by_code
from webapp.programmes.asking.reads import door_by_email, door_of, request_or_404, requests_for
from webapp.programmes.models import JoinRequest, Programme
from webapp.programmes.reads import programme_or_404, programme_to_change_or_404
from webapp.programmes.views.room import back_to_set_up, keepers_only, room
from webapp.web import RoomForm, needs_role, public, unfinished
from webapp.web.languages import chosen_language

ASK, ANSWER = "programmes/asking/ask.html", "programmes/asking/answer.html"
coordinators_only = needs_role("coordinator")


@room.get("/ask")
@public
def ask() -> str:
    """Ask to take part, with a work e-mail or the code of a poster."""
    return render_template(ASK, form=AskForm(formdata=None), programme=None)


@room.get("/ask/<code>")
@public
def ask_from_poster(code: str) -> str:
    """The same, from the picture on a poster."""
    entrance = entrance_by_code(code)
    if entrance is None:
        abort(404)
    form = AskForm(formdata=None, code=code_for(entrance.door, entrance.unit))
    return render_template(ASK, form=form, programme=entrance.door.programme, unit=entrance.unit)


@room.post("/ask")
@public
def send_request() -> ResponseReturnValue:
    """Note the wish. The answer is the same whether or not we know the person, or they asked before."""
    form = AskForm()
    if not form.validate_on_submit():
        return unfinished(ASK, form, programme=None)
    try:
        count_a_try("ask", (form.email.data or form.staff_number.data).casefold())
    except TooManyTries as tries:
        return slow_down(ASK, form, tries, programme=None)
    entrance = _entrance(form)
    if entrance is None:
        form.code.errors = [_("Look at the code on the poster again. Without a code, use your work e-mail.")]
        return unfinished(ASK, form, programme=None)
    name = entrance.door.programme.name
    with writing():
        code = ask_to_join(
            entrance, form.name.data, form.email.data, form.staff_number.data, form.role.data, chosen_language()
        )
    return render_template("programmes/asking/asked.html", programme_name=name, code=spaced_code(code))


@room.get("/asked")
@public
def answer() -> str:
    """Where somebody who asked looks whether there is an answer."""
    return render_template(ANSWER, form=AnswerForm(formdata=None), looked=False)


@room.post("/asked")
@public
def look_at_answer() -> ResponseReturnValue:
    """The answer. A code that nobody has and one that still waits look alike."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return unfinished(ANSWER, form, looked=False)
    try:
        count_a_try("asked", form.code.data)
    except TooManyTries as tries:
        return slow_down(ANSWER, form, tries, looked=False)
    return render_template(ANSWER, form=form, looked=True, answer=answer_under(form.code.data))


@room.route("/programme/<uuid:programme_id>/door", methods=["GET", "POST"])
@keepers_only
def door(programme_id: UUID) -> ResponseReturnValue:
    """Let people ask to take part, or not; a new code for the posters."""
    programme = programme_to_change_or_404(current_person(), programme_id)
    there = door_of(programme)
    shown = {"programme": programme, "door": there, "address": _address_of(there)}
    if request.method == "GET":
        domains = " ".join(there.domains) if there else ""
        form = DoorForm(formdata=None, is_open=bool(there and there.opened_at), domains=domains)
        return render_template("programmes/asking/door.html", form=form, **shown)
    form = DoorForm()
    if not form.validate():
        return unfinished("programmes/asking/door.html", form, **shown)
    with writing():
        again = programme_to_change_or_404(current_person(), programme_id)
        opened = open_door(current_person(), again, form.is_open.data, form.chosen)
        if request.form.get("new_code"):
            change_code(current_person(), opened)
    flash(_("Saved."))
    return redirect(request.path, 303) if form.is_open.data else back_to_set_up(programme_id)


@room.app_template_global()
def door_is_open(programme: Programme) -> bool:
    """Whether people may ask to take part by themselves."""
    there = door_of(programme)
    return there is not None and there.is_open


@room.get("/programme/<uuid:programme_id>/requests")
@coordinators_only
def requests(programme_id: UUID) -> str:
    """Who asked to take part and waits."""
    programme = programme_or_404(current_person(), programme_id)
    waiting = requests_for(programme, current_person())
    return render_template("programmes/asking/requests.html", programme=programme, waiting=waiting)


@room.post("/programme/<uuid:programme_id>/requests/<uuid:request_id>")
@coordinators_only
def decide(programme_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Take somebody in, or not."""
    request_or_404(programme_or_404(current_person(), programme_id), current_person(), request_id)
    if not RoomForm().validate_on_submit() or request.form.get("choice") not in ("accept", "decline"):
        abort(400)
    back = url_for("programmes.requests", programme_id=programme_id)
    try:
        with writing():
            programme = programme_or_404(current_person(), programme_id)
            wish = request_or_404(programme, current_person(), request_id)
            if request.form["choice"] == "decline":
                decline(current_person(), wish)
                flash(_said_to(wish))
                return redirect(back, 303)
            ticket, name = accept(current_person(), programme, wish), wish.name
            email = wish.email
    except IntegrityError:  # somebody was added with this e-mail at the same moment: look again
        return redirect(back, 303)
    if ticket is None or ticket.mailed:
        flash(_("%(name)s takes part now.", name=name))
        return redirect(back, 303)
    invited = {"name": name, "email": email}
    return render_template("people/invited.html", invited=invited, ticket=ticket, picture=qr_code(ticket.link))


def _entrance(form: AskForm) -> Entrance | None:
    if form.code.data:
        return entrance_by_code(form.code.data)
    there = door_by_email(form.email.data or "")
    return Entrance(there) if there else None


def _said_to(wish: JoinRequest) -> str:
    if can_write_to(wish):
        said = _("Kept. They get a kind e-mail without a reason. A word from you helps too.")
    elif wish.answer_hash:
        said = _("Kept. They see a kind answer without a reason under their code. A word from you helps too.")
    else:
        said = _("Kept. Friendtor cannot tell them: a kind word from you helps.")
    return str(said)


def _address_of(there: object) -> str:
    code = getattr(there, "code", "")
    return f"{current_settings().public_url}/ask/{code}" if code else ""
