"""A backup comes back into an empty place, and nothing that was revoked since comes back with it."""

from __future__ import annotations

import json
import shutil
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from tests.backups.conftest import PASSPHRASE, Hospital, row_counts, write_entries
from tests.conftest import new_postgres_database
from tests.people import Cast
from webapp.app import create_app
from webapp.clock import now
from webapp.config import BadSettings
from webapp.database import db, writing
from webapp.journal.models import Entry
from webapp.mail import OutgoingMail
from webapp.people import Organisation, Person, SignIn, change_roles, close_account, open_account_again
from webapp.people.models import ResetLink

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def kept(hospital: Hospital, app: Flask, tmp_path: Path) -> Path:
    """A backup of a hospital in which Mary has written, and waits for a letter."""
    write_entries(app, hospital.cast.mary, "A long night.")
    leave_a_letter_and_a_link(hospital.cast)
    file = tmp_path / "kept.friendtor"
    assert hospital.run("backup", file).exit_code == 0
    return file


@pytest.fixture
def elsewhere(hospital: Hospital, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Hospital]:
    """A new machine that has the keys and nothing else."""
    data = tmp_path / "elsewhere"
    shutil.copytree(hospital.settings.data_dir / "keys", data / "keys")
    if hospital.settings.on_sqlite:
        yield hospital.at(data, f"sqlite:///{data / 'friendtor.db'}")
        return
    with new_postgres_database(request.getfixturevalue("postgres_url")) as url:
        yield hospital.at(data, url)


def test_every_row_and_every_text_comes_back(hospital: Hospital, elsewhere: Hospital, kept: Path) -> None:
    counts = row_counts()
    result = elsewhere.run("restore", kept)
    assert result.exit_code == 0, result.output
    with opened(elsewhere):
        found = row_counts()
        assert db.session.scalars(select(Entry)).one().body["text"] == "A long night."
    differing = {name for name in counts if counts[name] != found[name]}
    assert differing <= {"audit", "heartbeat", "reset_link"}, "a restore adds its own event and takes the links away"


def test_everybody_signs_in_again_and_phones_hear_of_it(hospital: Hospital, elsewhere: Hospital, kept: Path) -> None:
    before = db.session.get(Organisation, 1).epoch
    elsewhere.run("restore", kept)
    with opened(elsewhere):
        assert db.session.get(Organisation, 1).epoch != before
        assert {row.revoked_why for row in db.session.scalars(select(SignIn))} == {"backup restored"}
        assert db.session.scalars(select(ResetLink)).all() == []
        [letter] = db.session.scalars(select(OutgoingMail))
        assert (letter.outcome, letter.address) == ("expired", "")


def test_what_was_revoked_since_stays_revoked(hospital: Hospital, elsewhere: Hospital, kept: Path) -> None:
    with writing():
        ada = db.session.get(Person, hospital.cast.admin)
        close_account(ada, db.session.get(Person, hospital.cast.charlie))
        close_account(ada, db.session.get(Person, hospital.cast.ana))
        open_account_again(ada, db.session.get(Person, hospital.cast.ana))
        change_roles(ada, db.session.get(Person, hospital.cast.carol), frozenset({"mentor"}))
    log = hospital.settings.data_dir / "decisions.log"
    assert "Charlie" not in log.read_text()
    shutil.copy(log, elsewhere.settings.data_dir)
    result = elsewhere.run("restore", kept)
    assert "2 people differ" in result.output
    with opened(elsewhere):
        assert db.session.get(Person, hospital.cast.charlie).closed_at is not None
        assert db.session.get(Person, hospital.cast.ana).closed_at is None
        assert db.session.get(Person, hospital.cast.carol).roles == {"mentor"}


@SQLITE
def test_a_decision_that_failed_is_not_kept(hospital: Hospital) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        close_account(db.session.get(Person, hospital.cast.admin), db.session.get(Person, hospital.cast.ana))
        raise ZeroDivisionError
    assert not (hospital.settings.data_dir / "decisions.log").exists()


@SQLITE
def test_without_the_log_it_says_what_that_means(elsewhere: Hospital, kept: Path) -> None:
    assert "Look through the people before you start" in elsewhere.run("restore", kept).output


@SQLITE
def test_a_line_of_the_log_that_cannot_be_read_stops_it(elsewhere: Hospital, kept: Path) -> None:
    (elsewhere.settings.data_dir / "decisions.log").write_text('{"at": "2026')
    assert "line 1" in str(elsewhere.run("restore", kept).exception)
    with pytest.raises(BadSettings, match="Run the restore again"):
        create_app(elsewhere.settings)
    (elsewhere.settings.data_dir / "decisions.log").unlink()
    assert elsewhere.run("restore", kept).exit_code == 0
    with opened(elsewhere):
        assert row_counts()["entry"] == 1


def test_a_database_that_is_there_is_put_aside_only_when_told(hospital: Hospital, app: Flask, kept: Path) -> None:
    write_entries(app, hospital.cast.mary, "Written after the backup.")
    assert "--replace" in str(hospital.run("restore", kept).exception)
    assert "Stop Friendtor first" in str(hospital.run("restore", kept, "--replace").exception)
    assert row_counts()["entry"] == 2, "a restore that is refused changes nothing"
    db.session.remove()
    db.engine.dispose()
    result = hospital.run("restore", kept, "--replace")
    assert result.exit_code == 0, (result.output, result.exception)
    assert "is now" in result.output and "before" in result.output
    assert row_counts()["entry"] == 1


@SQLITE
def test_what_was_put_aside_is_whole(hospital: Hospital, app: Flask, kept: Path) -> None:
    write_entries(app, hospital.cast.mary, "Written after the backup.")
    db.session.remove()
    db.engine.dispose()
    hospital.run("restore", kept, "--replace")
    [aside] = hospital.settings.data_dir.glob("friendtor.db.before-*")
    with create_engine(f"sqlite:///{aside}", poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM entry")) == 2


@SQLITE
def test_without_the_keys_nothing_is_brought_back(elsewhere: Hospital, kept: Path) -> None:
    shutil.rmtree(elsewhere.settings.data_dir / "keys")
    assert "Put the folder `keys` back" in str(elsewhere.run("restore", kept).exception)
    assert not (elsewhere.settings.data_dir / "friendtor.db").exists()


@SQLITE
def test_keys_that_came_with_the_backup_open_the_texts(hospital: Hospital, elsewhere: Hospital, kept: Path) -> None:
    shutil.rmtree(elsewhere.settings.data_dir / "keys")
    file = kept.with_name("keys.friendtor")
    hospital.run("backup", file, "--with-keys", FRIENDTOR_BACKUP_PASSPHRASE=PASSPHRASE)
    wrong = elsewhere.run("restore", file, FRIENDTOR_BACKUP_PASSPHRASE="ten old lamps by the door")
    assert "does not open it" in str(wrong.exception)
    right = elsewhere.run("restore", file, FRIENDTOR_BACKUP_PASSPHRASE=PASSPHRASE)
    assert right.exit_code == 0, (right.output, right.exception)
    with opened(elsewhere):
        assert db.session.scalars(select(Entry)).one().body["text"] == "A long night."


@SQLITE
@pytest.mark.parametrize("what", ["database", "manifest.json"])
def test_a_damaged_backup_is_seen_before_anything_is_done(elsewhere: Hospital, kept: Path, what: str) -> None:
    with zipfile.ZipFile(kept) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    files[what] = files[what][:200] + b"!" + files[what][201:]
    with zipfile.ZipFile(kept, "w") as changed:
        for name, content in files.items():
            changed.writestr(name, content)
    assert "Give another backup" in str(elsewhere.run("restore", kept).exception)
    assert not (elsewhere.settings.data_dir / "friendtor.db").exists()


@SQLITE
def test_a_backup_of_a_newer_version_or_of_the_other_database_is_refused(elsewhere: Hospital, kept: Path) -> None:
    assert "newer" in str(elsewhere.run("restore", with_manifest(kept, migration="9999")).exception)
    assert "postgresql" in str(elsewhere.run("restore", with_manifest(kept, database="postgresql")).exception)
    assert "not there" in str(elsewhere.run("restore", kept.with_name("none")).exception)


def with_manifest(kept: Path, **other: str) -> Path:
    with zipfile.ZipFile(kept) as whole:
        files = {name: whole.read(name) for name in whole.namelist()}
    files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | other).encode()
    changed = kept.with_name("changed.friendtor")
    with zipfile.ZipFile(changed, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return changed


def leave_a_letter_and_a_link(cast: Cast) -> None:
    with writing():
        letter = OutgoingMail(
            id=uuid.uuid4(),
            address="mary@example.org",
            sender_name="St Mary's",
            subject="A new password",
            made_at=now(),
            due_at=now(),
            expires_at=now(),
        )
        letter.write("Open this link.")
        link = ResetLink(person_id=cast.mary, made_at=now(), expires_at=now(), token_hash="0" * 64)
        db.session.add_all([letter, link])


@contextmanager
def opened(hospital: Hospital) -> Iterator[Flask]:
    app = create_app(hospital.settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
