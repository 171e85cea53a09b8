"""Today, the welcome page for everybody else, and the first page that asks nothing."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.clock import now
from webapp.database import writing
from webapp.home.today import first_pairing, today_for
from webapp.people import current_person, current_sign_in
from webapp.web import RoomForm, public

room = Blueprint("home", __name__)


@room.get("/")
@public
def today() -> str:
    """Today for whoever is signed in; who is not finds out what this is."""
    if current_sign_in() is None:
        return render_template("people/welcome.html")
    person = current_person()
    pairing = first_pairing(person)
    if pairing is not None:
        return render_template("home/first.html", pairing=pairing, partner=pairing.partner_of(person))
    return render_template("home/today.html", today=today_for(person))


@room.post("/welcomed")
def welcomed() -> ResponseReturnValue:
    """Go on from the first page: it is not shown again."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        current_person().welcomed_at = now()
    return redirect("/check-in" if request.form.get("to") == "check-in" else "/", 303)
