"""A new key of each kind takes over while everything runs, and what the old one opened stays open."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.harness.waiting import until
from tests.page_linter import forms_of
from tests.people import Cast
from tests.phone import Phone
from tests.upkeep.rotating import newest, rotate
from webapp.config import BadSettings, Settings
from webapp.database import db
from webapp.journal.models import Entry
from webapp.people.cookies import signing_keys
from webapp.sealing import add_key, current_keys, load_keys
from webapp.upkeep import rotate_keys

pytestmark = pytest.mark.own_app  # key files are made, renamed and deleted


@pytest.mark.parametrize("kind", ["session", "sync", "rest", "sealing", "vapid"])
def test_work_from_before_and_after_arrives(app: Flask, cast: Cast, kind: str) -> None:
    phone = Phone.of(app, cast.mary)
    phone.entry("Sent before.")
    phone.flush()
    phone.entry("Sealed before, sent after.")
    rotate(app, kind)
    assert [result["status"] for result in phone.flush()] == ["applied"]
    sent = phone.outbox[0]
    sent.state = "waiting"  # its answer was lost: the ledger still knows it
    assert [result["status"] for result in phone.flush()] == ["duplicate"]
    phone.refresh()
    phone.entry("Sealed after.")
    assert [result["status"] for result in phone.flush()] == ["applied"]
    texts = {entry.body["text"] for entry in db.session.scalars(select(Entry))}
    assert texts == {"Sent before.", "Sealed before, sent after.", "Sealed after."}


def test_an_op_sealed_to_a_key_of_another_process_opens_at_once(app: Flask, cast: Cast) -> None:
    phone = Phone.of(app, cast.mary)
    app.extensions["next_look_at_keys"] = time.monotonic() + 3600  # this process has looked just now
    rotated = add_key(app.extensions["settings"], "sealing")
    add_key(app.extensions["settings"], "sync")
    other = load_keys(app.extensions["settings"])
    mine, app.extensions["keys"] = app.extensions["keys"], other
    phone.refresh()
    phone.entry("Sealed to the new key.")
    assert phone.outbox[-1].header.key_id == rotated
    app.extensions["keys"] = mine
    app.extensions["next_look_at_keys"] = time.monotonic() + 3600
    assert [result["status"] for result in phone.flush()] == ["applied"]


def test_a_form_that_was_open_and_a_cookie_from_before_go_on(app: Flask, cast: Cast) -> None:
    browser = Browser(app).sign_in(cast.mary)
    form = browser.get("/settings")
    assert form.status_code == 200
    ids = sorted(current_keys().secrets["session"])
    make_older(app, "session", timedelta(minutes=5))
    rotate(app, "session")
    make_older(app, "session", timedelta(minutes=2))
    until(lambda: len(current_keys().secrets["session"]) == 2 and newest("session") not in ids, "the new key")
    chosen = next(found for found in forms_of(form.text) if found.action and "csrf_token" in found.values)
    answer = browser.post(chosen.action, chosen.values)
    assert answer.status_code in (302, 303), "the open form's token is taken"
    assert browser.get("/settings").status_code == 200, "the cookie is taken"
    assert app.config["SECRET_KEY"] == current_keys().secrets["session"][newest("session")].hex()


def test_a_session_key_signs_only_when_every_process_has_had_time_to_read_it(app: Flask) -> None:
    old = newest("session")
    rotate(app, "session")
    ring, new = current_keys(), newest("session")
    assert signing_keys(ring, datetime.now(UTC))[-1] == ring.secrets["session"][old].hex()
    later = signing_keys(ring, datetime.now(UTC) + timedelta(minutes=2))
    assert later[-1] == ring.secrets["session"][new].hex() and len(later) == 2


def test_retired_keys_go_when_nothing_can_come_under_them(app: Flask) -> None:
    rotate(app, "sealing")
    make_older(app, "sealing", timedelta(days=399))
    assert "Deleted" not in rotate(app, "sealing")
    make_older(app, "sealing", timedelta(days=2))
    first, second, third = sorted(current_keys().pairs["sealing"])
    assert f"Deleted sealing-{first}.key" in rotate(app, "sealing")
    left = load_keys(app.extensions["settings"]).pairs["sealing"]
    assert first not in left and {second, third} < set(left)


def test_a_secret_of_the_environment_is_not_rotated_here(app: Flask) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], session_secret="x" * 40)
    result = app.test_cli_runner().invoke(rotate_keys, ["session"])
    assert isinstance(result.exception, BadSettings)


def test_key_files_that_cannot_be_read_stop_nothing(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    folder = app.extensions["settings"].data_dir / "keys"
    (folder / "sync-ffffffffffffffffffff.key").write_text("half")
    (folder / "sync-ffffffffffffffffffff.key").chmod(0o600)
    app.extensions["next_look_at_keys"] = 0.0
    assert "ffffffffffffffffffff" not in current_keys().secrets["sync"]
    assert "cannot be read" in caplog.text


def make_older(app: Flask, kind: str, by: timedelta) -> None:
    """Have each key of a kind have been made earlier."""
    settings: Settings = app.extensions["settings"]
    for path in sorted((settings.data_dir / "keys").glob(f"{kind}-*.key")):
        rename(path, kind, by)
    app.extensions["keys"] = load_keys(settings)


def rename(path: Path, kind: str, by: timedelta) -> None:
    key_id = path.stem.partition("-")[2]
    nanoseconds = int(key_id[:16], 16) - int(by.total_seconds() * 1e9)
    path.rename(path.with_name(f"{kind}-{nanoseconds:016x}{key_id[16:]}.key"))
