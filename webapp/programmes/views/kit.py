"""The start kit: pages to print and hand out, in each language, and the launch plan."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.config import LANGUAGES, current_settings
from webapp.database import writing
from webapp.people import Unit, all_places, current_person, qr_code
from webapp.programmes.asking.posters import code_for
from webapp.programmes.asking.reads import door_of
from webapp.programmes.launch import STEPS, plan_of, tick
from webapp.programmes.models import Programme
from webapp.programmes.views.people import programme_to_fill_or_404
from webapp.programmes.views.room import keepers_only, one_button_or_400, room
from webapp.web.languages import chosen_language

PAGES = ("poster", "invitation", "managers", "questions", "benefits")


@room.get("/programme/<uuid:programme_id>/kit")
@keepers_only
def kit(programme_id: UUID) -> str:
    """What is in the kit."""
    programme = programme_to_fill_or_404(current_person(), programme_id)
    return render_template("programmes/kit/kit.html", programme=programme, pages=PAGES)


@room.get("/programme/<uuid:programme_id>/kit/<page>")
@keepers_only
def kit_page(programme_id: UUID, page: str) -> str:
    """One page, in the language that the address asks for."""
    programme = programme_to_fill_or_404(current_person(), programme_id)
    if page not in PAGES:
        abort(404)
    _speak(request.args.get("lang"))
    address = current_settings().public_url
    there = door_of(programme)
    is_open = there is not None and there.is_open
    units = _units_for(programme) if page == "poster" and is_open else []
    unit = next((each for each in units if str(each.id) == request.args.get("unit")), None)
    asks_at = f"{address}/ask/{code_for(there, unit)}" if there is not None and is_open else ""
    return render_template(
        f"programmes/kit/{page}.html",
        programme=programme,
        page=page,
        spoken=chosen_language(),
        address=(asks_at or address).partition("://")[2],
        picture=qr_code(asks_at or f"{address}/"),
        units=units,
        unit=unit,
    )


@room.get("/programme/<uuid:programme_id>/plan")
@keepers_only
def plan(programme_id: UUID) -> str:
    """Eight weeks, step by step."""
    programme = programme_to_fill_or_404(current_person(), programme_id)
    return render_template("programmes/kit/plan.html", programme=programme, steps=plan_of(programme))


@room.post("/programme/<uuid:programme_id>/plan/<step>")
@keepers_only
def tick_step(programme_id: UUID, step: str) -> ResponseReturnValue:
    """A step is done; with `done` empty it is not after all."""
    programme_to_fill_or_404(current_person(), programme_id)
    if step not in STEPS:
        abort(404)
    one_button_or_400()
    with writing():
        programme = programme_to_fill_or_404(current_person(), programme_id)
        tick(current_person(), programme, step, is_done=bool(request.form.get("done")))
    flash(_("Saved."))
    return redirect(url_for("programmes.plan", programme_id=programme_id), 303)


def _units_for(programme: Programme) -> list[Unit]:
    """Those for which whoever looks may print a poster: of her sites, or all."""
    sites = programme.sites_covered_by(current_person())
    every = [unit for _site, units in all_places() for unit in units]
    return [each for each in every if sites is None or each.site_id in sites]


def _speak(lang: str | None) -> None:
    """Have the page in another language than the reader's own: it is for others."""
    if lang in LANGUAGES:
        g.lang = lang
