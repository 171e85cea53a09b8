"""A backup is one whole moment in one file, and alone it opens nothing that people wrote."""

from __future__ import annotations

import json
import stat
import zipfile
from base64 import b64decode
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, func, select
from sqlalchemy.pool import NullPool

from tests.backups.conftest import PASSPHRASE, Hospital, row_counts, write_entries
from tests.harness.oracles import canary
from tests.phone import Phone
from webapp.backups import sqlite
from webapp.backups.counting import migration_of
from webapp.config import BadSettings
from webapp.database import db
from webapp.journal.models import Entry
from webapp.web.health import Heartbeat

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def test_a_backup_says_what_it_holds(hospital: Hospital, app: Flask, tmp_path: Path) -> None:
    write_entries(app, hospital.cast.mary, "A long night.")
    counts = row_counts()
    result = hospital.run("backup", tmp_path / "one.friendtor")
    assert result.exit_code == 0, result.output
    manifest = manifest_of(tmp_path / "one.friendtor")
    assert manifest["rows"] == counts
    assert manifest["database"] == ("sqlite" if hospital.settings.on_sqlite else "postgresql")
    with create_engine(hospital.settings.database_url, poolclass=NullPool).connect() as connection:
        assert manifest["migration"] == migration_of(connection)
    assert set(manifest["files"]) == {"database"}
    assert len(manifest["key_ids"]) == 5
    assert db.session.get(Heartbeat, "backup") is not None


def test_the_file_is_for_its_owner_only(hospital: Hospital, tmp_path: Path) -> None:
    hospital.run("backup", tmp_path / "one.friendtor")
    assert stat.S_IMODE((tmp_path / "one.friendtor").stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".*one*")), "what was needed on the way is gone"


def test_a_backup_alone_opens_no_text(hospital: Hospital, app: Flask, tmp_path: Path) -> None:
    words = [canary("journal"), canary("journal")]
    write_entries(app, hospital.cast.mary, *words)
    assert hospital.run("backup", tmp_path / "one.friendtor").exit_code == 0
    inside = everything_in(tmp_path / "one.friendtor")
    assert b"Mary Okafor" in inside or b"PGDMP" in inside  # the search looks where names stand in clear
    assert not [word for word in words if word.encode() in inside]
    for key in (hospital.settings.data_dir / "keys").glob("*.key"):
        assert key.read_bytes() not in inside


def test_the_keys_go_with_it_only_when_asked_and_sealed(hospital: Hospital, tmp_path: Path) -> None:
    with_keys = tmp_path / "keys.friendtor"
    result = hospital.run("backup", with_keys, "--with-keys", FRIENDTOR_BACKUP_PASSPHRASE=PASSPHRASE)
    assert result.exit_code == 0, result.output
    assert set(manifest_of(with_keys)["files"]) == {"database", "keys"}
    inside = everything_in(with_keys)
    with zipfile.ZipFile(with_keys) as zipped:
        inside += b64decode(json.loads(zipped.read("keys"))["sealed"])
    for key in (hospital.settings.data_dir / "keys").glob("*.key"):
        assert key.read_bytes() not in inside


@SQLITE
def test_a_passphrase_that_can_be_guessed_is_refused(hospital: Hospital, tmp_path: Path) -> None:
    short = tmp_path / "passphrase"
    short.write_text("hospital\n")
    result = hospital.run("backup", tmp_path / "one.friendtor", "--with-keys", "--passphrase-file", short)
    assert isinstance(result.exception, BadSettings)
    assert "12 or more" in str(result.exception)
    assert not (tmp_path / "one.friendtor").exists()


@SQLITE
def test_without_anybody_to_type_it_a_passphrase_is_asked_for_in_words(hospital: Hospital, tmp_path: Path) -> None:
    result = hospital.run("backup", tmp_path / "one.friendtor", "--with-keys")
    assert "--passphrase-file" in str(result.exception)


@SQLITE
def test_nothing_is_overwritten(hospital: Hospital, tmp_path: Path) -> None:
    (tmp_path / "one.friendtor").write_text("my thesis")
    result = hospital.run("backup", tmp_path / "one.friendtor")
    assert isinstance(result.exception, BadSettings)
    assert (tmp_path / "one.friendtor").read_text() == "my thesis"


@SQLITE
def test_a_folder_gets_a_file_named_by_the_time(hospital: Hospital, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    assert hospital.run("backup", tmp_path / "kept").exit_code == 0
    [made] = (tmp_path / "kept").iterdir()
    assert made.name.startswith("friendtor-20") and made.suffix == ".friendtor"


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgres"], indirect=True)
def test_a_dump_that_fails_leaves_nothing(hospital: Hospital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    result = hospital.run("backup", tmp_path / "one.friendtor")
    assert "pg_dump is not on the PATH" in str(result.exception)
    assert not list(tmp_path.glob("*one*")) and not list(tmp_path.glob(".*one*"))


@SQLITE
def test_what_is_written_meanwhile_is_not_half_in_it(
    hospital: Hospital, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step of the copy is followed by a phone's write, which would begin an unguarded copy anew."""
    phone = write_entries(app, hospital.cast.mary, "Before.")
    monkeypatch.setattr(sqlite, "PAGES_AT_ONCE", 40)
    meanwhile: list[int] = []

    def write_more(done: int, total: int) -> None:
        if len(meanwhile) < 4 and done < total:
            meanwhile.append(done)
            send_one(phone)

    sqlite.copy_database(hospital.settings, tmp_path / "copy", write_more)
    assert len(meanwhile) > 1
    with create_engine(f"sqlite:///{tmp_path / 'copy'}", poolclass=NullPool).connect() as copy:
        assert copy.scalar(select(func.count()).select_from(Entry)) == 1
        assert copy.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
    assert row_counts()["entry"] == 1 + len(meanwhile)


def send_one(phone: Phone) -> None:
    phone.entry("Meanwhile.")
    assert [result["status"] for result in phone.flush()] == ["applied"]


def manifest_of(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as zipped:
        return json.loads(zipped.read("manifest.json"))


def everything_in(path: Path) -> bytes:
    with zipfile.ZipFile(path) as zipped:
        return path.read_bytes() + b"".join(zipped.read(name) for name in zipped.namelist())
