"""Signing in and out: a session row, two cookies, revocable at any time.

Script cannot delete an HttpOnly cookie, so signing out offline deletes the readable one, `here`. A request that
brings the session without its `here` is somebody's leftover: its row is revoked and the request is anonymous.
"""

from __future__ import annotations

import hashlib
import secrets
import uuid
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask, Response, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, lazyload

from webapp import audit
from webapp.clock import now
from webapp.config import current_settings
from webapp.database import Busy, db, writing
from webapp.people.models import OWN, Device, Person, SignIn

OWN_LIFETIME = timedelta(days=180)
SHARED_LIFETIME = timedelta(hours=12)
SHARED_IDLE = timedelta(minutes=10)
HUMAN_EVERY = timedelta(minutes=1)
HERE = "here"
BROWSER = "browser"
HOST_ONLY = "__Host-"  # over https: a browser takes these from this very host alone, and only for all of it
NO_COOKIE_NEEDED = ("/static", "/shell", "/healthz", "/service-worker.js", "/manifest.webmanifest")
NOT_HUMAN = ("/sync", "/push", "/healthz", "/static", "/shell", "/help-now.json", "/progress")
OF_PHONES = "/sync"  # no page: nobody's unit or roles are shown
LEAN = [joinedload(SignIn.person, innerjoin=True).options(lazyload(Person.unit), lazyload(Person.role_rows))]

login_manager = LoginManager()


def init_app(app: Flask) -> None:
    """Let Flask-Login load sign-ins, and set the second cookie beside the first."""
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    login_manager.session_protection = None
    # There is no remember cookie, and looking for one makes every file of ours vary by cookie.
    app.after_request_funcs[None].remove(login_manager._update_remember_cookie)
    app.before_request(_load_early)
    app.after_request(_set_cookies)


def current_sign_in() -> SignIn | None:
    """The sign-in of this request, or None."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def current_person() -> Person:
    """Whoever is signed in. Only for views that are not public."""
    sign_in = current_sign_in()
    if sign_in is None:
        raise RuntimeError("nobody is signed in: mark the view public or ask current_sign_in()")
    return sign_in.person


def sign_in_here(person: Person, kind: str, device_name: str) -> SignIn:
    """Sign a person in on this browser, inside a write transaction. Ends whatever was open here before."""
    before = _sign_in_of_cookie()
    device = _device_of(person, kind, device_name)
    end_sign_ins(SignIn.device_id == device.id, why="signed in again")
    if before is not None and before.person_id != person.id:
        end_sign_ins(SignIn.id == before.id, why="somebody else signed in here")
    here = secrets.token_urlsafe(24)
    sign_in = SignIn(
        id=uuid.uuid4(),
        person_id=person.id,
        device_id=device.id,
        here_hash=_hash(here),
        created_at=now(),
        expires_at=now() + (OWN_LIFETIME if kind == OWN else SHARED_LIFETIME),
        last_human_at=now(),
    )
    db.session.add(sign_in)
    db.session.flush()
    audit.record(person.id, "people.signed_in", "device", device.id, device_kind=kind)
    _begin_cookie(sign_in, keep_forms=before is not None and before.person_id == person.id)
    g.new_here, g.here_kind = here, kind
    return sign_in


def sign_out_here() -> None:
    """End the sign-in of this request, inside a write transaction."""
    sign_in = current_sign_in()
    if sign_in is not None:
        end_sign_ins(SignIn.id == sign_in.id, why="signed out")
        audit.record(sign_in.person_id, "people.signed_out", "device", sign_in.device_id)
    logout_user()
    session.clear()
    g.drop_here = True


def whose_cookie() -> UUID | None:
    """The person who last signed in with this browser's session cookie, even when that sign-in is over."""
    before = _sign_in_of_cookie()
    return before.person_id if before else None


def cookie_name(name: str, https: bool | None = None) -> str:
    """The name under which a cookie travels; `https` as PUBLIC_URL says unless it is given."""
    return f"{HOST_ONLY}{name}" if (current_settings().https if https is None else https) else name


def this_browser() -> UUID | None:
    """The id that this browser keeps across people and sign-ins; None before the first."""
    try:
        return UUID(request.cookies.get(cookie_name(BROWSER), ""))
    except ValueError:
        return None


def end_sign_ins(*which: object, why: str) -> int:
    """Revoke sign-ins, inside a write transaction; `which` are SQLAlchemy conditions. Returns how many."""
    statement = (
        update(SignIn)
        .where(SignIn.revoked_at.is_(None), *which)  # type: ignore[arg-type]
        .values(revoked_at=now(), revoked_why=why)
        .returning(SignIn.id)
    )
    return len(db.session.execute(statement).all())


def _load(sign_in_id: str) -> SignIn | None:
    sign_in = _sign_in_of(sign_in_id)
    if sign_in is None or sign_in.is_over(now(), SHARED_IDLE if sign_in.shared else None):
        return None
    here = cookie_name(HERE)
    if _hash(request.cookies.get(here, "")) != sign_in.here_hash:
        with writing():
            end_sign_ins(SignIn.id == sign_in.id, why="signed out offline")
        g.drop_here = here in request.cookies  # else a worker's late answer takes the cookie of the next sign-in
        return None
    _note_human(sign_in, now())
    return sign_in


def _load_early() -> None:
    """Loading may write (`_note_human`), so it is done before a view begins a write of its own."""
    if not request.path.startswith(NO_COOKIE_NEEDED):
        current_user._get_current_object()


def _note_human(sign_in: SignIn, at: datetime) -> None:
    human = not request.path.startswith(NOT_HUMAN) and request.headers.get("Sec-Purpose") != "prefetch"
    if human and at - sign_in.last_human_at >= HUMAN_EVERY:
        with suppress(Busy), writing(wait=1.0):  # the next request notes it as well
            db.session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(last_human_at=at))


def _sign_in_of_cookie() -> SignIn | None:
    """What the session cookie names, even when it is over."""
    return _sign_in_of(str(session.get("_user_id", "")))


def _sign_in_of(sign_in_id: str) -> SignIn | None:
    try:
        return db.session.get(SignIn, UUID(sign_in_id), options=LEAN if request.path.startswith(OF_PHONES) else ())
    except ValueError:
        return None


def _device_of(person: Person, kind: str, name: str) -> Device:
    g.new_browser = browser = this_browser() or uuid.uuid4()
    device = db.session.scalar(select(Device).where(Device.browser == browser, Device.person_id == person.id))
    if device is None:
        device = Device(browser=browser, person_id=person.id, owner_tag=secrets.token_urlsafe(16), first_seen_at=now())
        db.session.add(device)
    device.kind, device.name = kind, name[:80]
    db.session.flush()
    return device


def _begin_cookie(sign_in: SignIn, keep_forms: bool) -> None:
    """A new session cookie: nothing that somebody may have planted in the old one goes on.

    The same person signing in again keeps the token of the forms that are still open in other tabs.
    """
    token = session.get("csrf_token") if keep_forms else None
    session.clear()
    for cached in ("csrf_token", "csrf_valid"):
        g.pop(cached, None)
    if token:
        session["csrf_token"] = token
    login_user(sign_in, force=True)
    session.permanent = sign_in.device.kind == OWN


def _set_cookies(response: Response) -> Response:
    secure = current_settings().https
    if getattr(g, "new_here", None):
        life = int(OWN_LIFETIME.total_seconds()) if g.here_kind == OWN else None
        response.set_cookie(cookie_name(HERE), g.new_here, max_age=life, secure=secure, samesite="Lax")
        browser = (cookie_name(BROWSER), str(g.new_browser))
        response.set_cookie(*browser, max_age=400 * 86400, secure=secure, httponly=True, samesite="Lax")
    elif getattr(g, "drop_here", False):
        response.delete_cookie(cookie_name(HERE), secure=secure, samesite="Lax")
    return response


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
