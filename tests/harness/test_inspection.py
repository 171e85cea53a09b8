"""Who looks inside twice sees what changed in between, and nothing that the first look left behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.harness.inspection import Inspection
from webapp.config import Settings
from webapp.sealing import add_key


def test_a_second_look_finds_the_same_app_without_what_was_left_in_it(tmp_path: Path) -> None:
    settings, inspection = settings_in(tmp_path), Inspection()
    with inspection.inside(settings) as first:
        first.extensions["left"] = first.config["LEFT"] = "behind"
    with inspection.inside(settings) as second:
        assert second is first
        assert "left" not in second.extensions and "LEFT" not in second.config


def test_a_second_look_sees_a_key_that_was_made_in_between(tmp_path: Path) -> None:
    settings, inspection = settings_in(tmp_path), Inspection()
    with inspection.inside(settings) as first:
        before = first.config["SECRET_KEY"]
    add_key(settings, "session")
    with inspection.inside(settings) as second:
        assert second.config["SECRET_KEY"] != before


def test_a_second_look_sees_other_settings(tmp_path: Path) -> None:
    settings, inspection = settings_in(tmp_path), Inspection()
    with inspection.inside(settings):
        pass
    with inspection.inside(replace(settings, default_lang="es")) as app:
        assert app.extensions["settings"].default_lang == "es"


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder, database_url=f"sqlite:///{folder / 'friendtor.db'}")
