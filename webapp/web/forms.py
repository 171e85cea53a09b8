"""The base of every form: its own CSRF field, trimmed text, and errors that keep what was typed."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, render_template
from flask_babel import gettext as _
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.fields.core import Field


class RoomForm(FlaskForm):  # type: ignore[misc]
    """A Flask-WTF form whose text fields come trimmed and free of null bytes.

    The CSRF token is checked as a field of the form, so that an expired form is shown again with its text.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            filters = unbound_field.kwargs.get("filters", [])
            if issubclass(unbound_field.field_class, StringField) and not issubclass(
                unbound_field.field_class, PasswordField
            ):
                filters = [*filters, _trim]
            return unbound_field.bind(form=form, filters=filters, **options)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """As WTForms does; then lazy words become words, and an expired token says what to do."""
        valid = bool(super().validate(*args, **kwargs))
        for field in self:
            field.errors = [str(error) if isinstance(error, LazyString) else error for error in field.errors]
        if "csrf_token" in self and self.csrf_token.errors:
            self.csrf_token.errors = [_("This page was open for a long time. Please press the button again.")]
        return valid

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(field id, message) for each error, in the order of the form."""
        return [(field.id, message) for field in self for message in field.errors]


def unfinished(template: str, form: RoomForm, **context: Any) -> Response:
    """Show a form again with its errors: 422, the text kept."""
    return make_response(render_template(template, form=form, **context), 422)


def _trim(value: object) -> object:
    return value.replace("\x00", "").strip() if isinstance(value, str) else value
