"""The app: the only file that knows every room."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Blueprint, Flask
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp import (
    audit,
    backups,
    clock,
    database,
    feed,
    jobs,
    journal,
    pairings,
    people,
    profiles,
    push,
    pwa,
    sealing,
    staff,
    sync,
)
from webapp.checkins.views import room as checkins_room
from webapp.cli import register_commands
from webapp.config import Settings
from webapp.design import design
from webapp.feedback.views import room as feedback_room
from webapp.home.views import room as home_room
from webapp.insight.views import room as insight_room
from webapp.jobs.views import room as jobs_room
from webapp.journal.views import room as journal_room
from webapp.matching import offers, runs
from webapp.matching.offers.views import room as offers_room
from webapp.matching.runs.views import room as matching_room
from webapp.pairings.views import room as pairings_room
from webapp.people import sessions
from webapp.people.views import room as people_room
from webapp.profiles.views import room as profiles_room
from webapp.programmes.views import room as programmes_room
from webapp.push.views import room as push_room
from webapp.safety.views import room as safety_room
from webapp.setup.views import room as setup_room
from webapp.staff.views import room as staff_room
from webapp.watch.views import room as watch_room
from webapp.web import access, errors, headers, languages, packing, security_txt
from webapp.worker import worker_command

HERE = Path(__file__).resolve().parent
REQUEST_LIMIT = 1024 * 1024
ROOMS: tuple[Blueprint, ...] = (
    security_txt.room,
    checkins_room,
    feedback_room,
    home_room,
    insight_room,
    jobs_room,
    journal_room,
    matching_room,
    offers_room,
    pairings_room,
    people_room,
    profiles_room,
    programmes_room,
    push_room,
    safety_room,
    setup_room,
    staff_room,
    sync.room,
    watch_room,
)

WORDS_OF_JOBS = {
    people.INVITE: people.INVITE_WORDS,
    staff.IMPORT: staff.IMPORT_WORDS,
    staff.UNDO: staff.UNDO_WORDS,
    runs.MATCH: runs.MATCH_WORDS,
}


def create_app(settings: Settings | None = None, *, serves: bool = False) -> Flask:
    """The WSGI app. Raises `BadSettings` with one sentence when it must not start.

    One that `serves`, as web or worker, never migrates and does not load what that takes.
    """
    settings = settings or Settings.from_env()
    app = Flask(__name__, template_folder=str(HERE.parent / "templates"), static_folder=None)
    app.extensions["settings"] = settings
    app.extensions["clock"] = clock.shifted(settings.clock_offset)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    backups.refuse_half_a_restore(settings)
    sealing.make_missing_keys(settings)
    app.extensions["keys"] = sealing.load_keys(settings)
    _configure(app, settings)
    _install_ground(app, settings)
    if not serves:
        database.offer_migrations(app)
    _open_rooms(app, settings)
    register_commands(app)
    app.cli.add_command(worker_command)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.session_secret or app.extensions["keys"].newest_secret("session")[1].hex(),
        SESSION_COOKIE_NAME=sessions.cookie_name("session", settings.https),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        PERMANENT_SESSION_LIFETIME=timedelta(days=180),
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=REQUEST_LIMIT,
        MAX_FORM_MEMORY_SIZE=REQUEST_LIMIT,
    )
    app.session_interface = people.RotatingCookies(settings)
    app.jinja_env.globals["csrf_token"] = generate_csrf  # for forms that are one button
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _install_ground(app: Flask, settings: Settings) -> None:
    database.init_app(app, settings)
    with app.app_context():
        database.before_commit(feed.number_touches)
        database.before_commit(audit.write_decisions)
    errors.init_app(app)
    sessions.init_app(app)
    access.init_app(app)
    packing.init_app(app)
    headers.init_app(app)
    languages.init_app(app)
    push.init_app(app, settings)


def _open_rooms(app: Flask, settings: Settings) -> None:
    for blueprint in ROOMS:
        app.register_blueprint(blueprint)
    if settings.development:
        app.register_blueprint(design)
    people.tell_of_presence(app, pairings.tell_partners, offers.follow_presence, offers.follow_leaving)
    pairings.ask_both_by(app, offers.ask_both_first)
    profiles.know_places_by(app, offers.mentors_with_a_place)
    staff.tell_of_lists(app, pairings.check_lines)
    pairings.tell_of_ends(app, journal.stop_showing)
    jobs.tell_words(app, WORDS_OF_JOBS)
    app.context_processor(_said_on_every_page)
    pwa.init_app(app)


def _said_on_every_page() -> dict[str, object]:
    organisation = people.the_organisation()
    return {
        "person": current_user.person if current_user.is_authenticated else None,
        "organisation": organisation,
        "lang": languages.chosen_language(),
        "demo": bool(organisation and organisation.demo_since),
        "shell": False,
        "how_many_wait": sync.how_many_wait,
    }
