"""Sites and their units, for administrators."""

from __future__ import annotations

from uuid import UUID

from flask import Response, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp.database import db, writing
from webapp.people.forms import Press, SiteForm, UnitForm
from webapp.people.models import Site, Unit, the_organisation
from webapp.people.places import (
    NameTaken,
    add_site,
    add_unit,
    all_places,
    change_site,
    hold_places,
    is_empty,
    remove_unit,
    rename_unit,
)
from webapp.people.sessions import current_person
from webapp.people.views.room import go_to, room
from webapp.web import needs_role, unfinished


@room.get("/people/places")
@needs_role("administrator")
def places() -> str:
    """Every site with its units."""
    return render_template("people/places.html", places=all_places())


@room.get("/people/places/new")
@needs_role("administrator")
def new_site() -> str:
    organisation = the_organisation()
    form = SiteForm(formdata=None, zone=organisation.zone if organisation else None)
    return render_template("people/site.html", form=form, site=None)


@room.post("/people/places/new")
@needs_role("administrator")
def save_new_site() -> ResponseReturnValue:
    form = SiteForm()
    if not form.validate_on_submit():
        return unfinished("people/site.html", form, site=None)
    try:
        with writing():
            add_site(current_person(), form.name.data, form.zone.data)
    except NameTaken:
        return _taken("people/site.html", form, site=None)
    flash(_("Saved."))
    return go_to("/people/places")


@room.get("/people/places/<uuid:site_id>")
@needs_role("administrator")
def show_site(site_id: UUID) -> str:
    site = _site_or_404(site_id)
    return render_template("people/site.html", form=SiteForm(formdata=None, name=site.name, zone=site.zone), site=site)


@room.post("/people/places/<uuid:site_id>")
@needs_role("administrator")
def save_site(site_id: UUID) -> ResponseReturnValue:
    form, site = SiteForm(), _site_or_404(site_id)
    form.site_id = site.id
    if not form.validate_on_submit():
        return unfinished("people/site.html", form, site=site)
    try:
        with writing():
            change_site(current_person(), _site_or_404(site_id), form.name.data, form.zone.data)
    except NameTaken:
        return _taken("people/site.html", form, site=_site_or_404(site_id))
    flash(_("Saved."))
    return go_to("/people/places")


@room.get("/people/places/<uuid:site_id>/units/new")
@needs_role("administrator")
def new_unit(site_id: UUID) -> str:
    return render_template("people/unit.html", form=UnitForm(formdata=None), site=_site_or_404(site_id), unit=None)


@room.post("/people/places/<uuid:site_id>/units/new")
@needs_role("administrator")
def save_new_unit(site_id: UUID) -> ResponseReturnValue:
    form, site = UnitForm(), _site_or_404(site_id)
    form.site_id = site.id
    if not form.validate_on_submit():
        return unfinished("people/unit.html", form, site=site, unit=None)
    try:
        with writing():
            add_unit(current_person(), _site_or_404(site_id), form.name.data)
    except NameTaken:
        return _taken("people/unit.html", form, site=_site_or_404(site_id), unit=None)
    flash(_("Saved."))
    return go_to("/people/places")


@room.get("/people/units/<uuid:unit_id>")
@needs_role("administrator")
def show_unit(unit_id: UUID) -> str:
    unit = _unit_or_404(unit_id)
    form = UnitForm(formdata=None, name=unit.name)
    return render_template("people/unit.html", form=form, site=unit.site, unit=unit, empty=is_empty(unit))


@room.post("/people/units/<uuid:unit_id>")
@needs_role("administrator")
def save_unit(unit_id: UUID) -> ResponseReturnValue:
    form, unit = UnitForm(), _unit_or_404(unit_id)
    form.site_id, form.unit_id = unit.site_id, unit.id
    if not form.validate_on_submit():
        return unfinished("people/unit.html", form, site=unit.site, unit=unit, empty=is_empty(unit))
    try:
        with writing():
            rename_unit(current_person(), _unit_or_404(unit_id), form.name.data)
    except NameTaken:
        unit = _unit_or_404(unit_id)
        return _taken("people/unit.html", form, site=unit.site, unit=unit, empty=is_empty(unit))
    flash(_("Saved."))
    return go_to("/people/places")


@room.post("/people/units/<uuid:unit_id>/remove")
@needs_role("administrator")
def remove(unit_id: UUID) -> ResponseReturnValue:
    """Remove a unit in which nobody works."""
    _unit_or_404(unit_id)
    if Press().validate_on_submit():
        try:
            with writing():
                hold_places()
                unit = _unit_or_404(unit_id)
                removed = is_empty(unit)
                if removed:
                    remove_unit(current_person(), unit)
        except IntegrityError:  # somebody was placed there at the same moment
            removed = False
        flash(_("The unit is removed.") if removed else _("People work there. Move them first."))
    return go_to("/people/places")


def _taken(template: str, form: SiteForm | UnitForm, **around: object) -> Response:
    """Another administrator was as quick: as if the name had been there before."""
    form.name.errors = [_("There is one with this name already.")]
    return unfinished(template, form, **around)


def _site_or_404(site_id: UUID) -> Site:
    return db.session.get(Site, site_id) or abort(404)


def _unit_or_404(unit_id: UUID) -> Unit:
    return db.session.get(Unit, unit_id) or abort(404)
