"""A browser turns push on and off; a person sees their devices, tries one, and sets their quiet hours."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, abort, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError

from webapp.clock import now
from webapp.database import db, writing
from webapp.people import SignIn, current_person, current_sign_in, signed_in_devices
from webapp.push.by_mail import is_mailed
from webapp.push.encryption import BrowserKeys, BrowserKeysInvalid
from webapp.push.endpoints import UnsafeEndpoint
from webapp.push.forms import AwayForm, GivenEndpoint, GivenSubscription, WindowForm
from webapp.push.messages import Message, quiet_for, tell
from webapp.push.office import post_office
from webapp.push.own_quiet import be_away, begin_nights, end_nights, keep_window, local_today
from webapp.push.quiet import NIGHTS_END, NIGHTS_START, next_decent_moment
from webapp.push.subscriptions import (
    Offered,
    SharedDevice,
    SubscribeAgain,
    drop_subscription,
    is_kept,
    keep_subscription,
    states_of,
)
from webapp.web import Problem, RoomForm, unfinished

room = Blueprint("push", __name__)
Given = TypeVar("Given", bound=BaseModel)


@room.post("/push/subscriptions")
def subscribe() -> ResponseReturnValue:
    """Keep this browser's subscription, or confirm it: called at every load of a page."""
    office, sign_in = post_office(), _sign_in()
    if office.why_off:
        raise Problem(409, "push_off")
    offered = _offered(_given(GivenSubscription))
    if is_kept(sign_in, offered):
        return jsonify(state="live")
    try:
        with writing():
            keep_subscription(_sign_in(), offered, newest_key=office.newest_key.key_id)
    except SharedDevice:
        raise Problem(403, "shared_device") from None
    except SubscribeAgain:
        raise Problem(409, "subscribe_again") from None
    return jsonify(state="live"), 201


@room.delete("/push/subscriptions")
def unsubscribe() -> ResponseReturnValue:
    """Forget this browser's subscription."""
    given = _given(GivenEndpoint)
    with writing():
        drop_subscription(_sign_in(), given.endpoint)
    return jsonify(state="off")


@room.get("/devices")
def devices() -> str:
    """Where one is signed in, and which of these devices get notifications."""
    person = current_person()
    return render_template(
        "people/devices.html",
        devices=signed_in_devices(person),
        here=_sign_in(),
        push_states=states_of(person),
        tested=request.args.get("tested"),
        is_mailed=is_mailed(person),
    )


@room.post("/devices/<uuid:sign_in_id>/test-notification")
def send_test(sign_in_id: UUID) -> ResponseReturnValue:
    """Send a test notification to one of one's own devices; once a minute is enough."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        device = own_sign_in_or_404(sign_in_id)
        key = f"{device.id}:{now():%Y%m%d%H%M}"
        tell(device.person, Message("test", key, "/devices"), only=device)
    return redirect(f"/devices?tested={device.id}", 303)


@room.get("/quiet-hours")
def quiet_hours() -> str:
    """When one is left in peace."""
    return render_template("push/quiet_hours.html", form=None, **_page())


@room.post("/quiet-hours")
def set_window() -> ResponseReturnValue:
    """Set the daily window."""
    form = WindowForm()
    if not form.validate_on_submit():
        return unfinished("push/quiet_hours.html", form, **(_page() | {"window_form": form}))
    with writing():
        keep_window(current_person(), form.starts.data, form.ends.data)
    return redirect("/quiet-hours", 303)


@room.post("/quiet-hours/nights")
def set_nights() -> ResponseReturnValue:
    """Begin a week of nights, or end it: the button that was pressed says which."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        if request.form.get("on_nights") == "no":
            end_nights(current_person())
        else:
            begin_nights(current_person())
    return redirect("/quiet-hours", 303)


@room.post("/quiet-hours/away")
def set_away() -> ResponseReturnValue:
    """Be away until a day."""
    form = AwayForm(local_today(current_person()))
    if not form.validate_on_submit():
        return unfinished("push/quiet_hours.html", form, **(_page() | {"away_form": form}))
    with writing():
        be_away(current_person(), form.away_until.data)
    return redirect("/quiet-hours", 303)


@room.post("/quiet-hours/back")
def set_back() -> ResponseReturnValue:
    """Be here again."""
    if not RoomForm().validate_on_submit():
        abort(400)
    with writing():
        be_away(current_person(), None)
    return redirect("/quiet-hours", 303)


def own_sign_in_or_404(sign_in_id: UUID) -> SignIn:
    """A sign-in of whoever is signed in."""
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.person_id != current_person().id or sign_in.is_over(now(), None):
        abort(404)
    return sign_in


def _sign_in() -> SignIn:
    sign_in = current_sign_in()
    if sign_in is None:
        raise Problem(401, "signed_out")
    return sign_in


def _given(model: type[Given]) -> Given:
    try:
        return model.model_validate(request.get_json())
    except ValidationError as error:
        wrong = [{"field": ".".join(map(str, each["loc"])), "message": each["type"]} for each in error.errors()]
        raise Problem(422, "invalid_subscription", errors=wrong) from None


def _offered(given: GivenSubscription) -> Offered:
    try:
        endpoint = post_office().rules.check(given.endpoint)
    except UnsafeEndpoint:
        raise Problem(422, "unsafe_endpoint") from None
    try:
        keys = BrowserKeys.checked(given.keys.p256dh, given.keys.auth)
    except BrowserKeysInvalid:
        raise Problem(422, "invalid_keys") from None
    return Offered(given.endpoint, endpoint, keys, given.key_id)


def _page() -> dict[str, Any]:
    person = current_person()
    quiet, today = quiet_for(person), local_today(person)
    at = now()
    told_at = next_decent_moment(at, quiet)
    return {
        "window_form": WindowForm(formdata=None, data={"starts": quiet.starts, "ends": quiet.ends}),
        "away_form": AwayForm(today, formdata=None, data={"away_until": quiet.away_until}),
        "told_at": told_at if told_at > at else None,
        "nights_until": quiet.nights_until if quiet.nights_until and quiet.nights_until >= today else None,
        "away_until": quiet.away_until if quiet.away_until and quiet.away_until > today else None,
        "nights": (NIGHTS_START, NIGHTS_END),
    }
