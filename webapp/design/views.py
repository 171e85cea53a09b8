"""Three pages of examples: all components, a check-in, a desk; drawn as shells, so nobody is signed in."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict

from webapp.design.forms import ExampleForm
from webapp.web import public

design = Blueprint("design", __name__, url_prefix="/design")


@design.get("")
@public
def components() -> str:
    """Every component with its examples."""
    return render_template("design/components.html", empty_form=ExampleForm(), wrong_form=_wrong_form())


@design.get("/check-in")
@public
def phone() -> str:
    """The check-in as it looks on a phone, with the bar under the thumb."""
    return render_template("design/phone.html")


@design.get("/desk")
@public
def desk() -> str:
    """A coordinator's page with a table."""
    return render_template("design/desk.html")


def _wrong_form() -> ExampleForm:
    typed = MultiDict({"wrong-email": "mary@", "wrong-words": "Kept as it was typed."})
    form = ExampleForm(typed, prefix="wrong-")
    form.validate()
    return form
