"""The catalogues compile by themselves when the app starts: what is new, once, and to the same bytes everywhere."""

from __future__ import annotations

import gettext
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from tests.languages.words import TRANSLATIONS, catalogue_file
from webapp.config import BadSettings
from webapp.web.catalogues import compile_catalogues


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of catalogues of our own, not compiled yet."""
    place = tmp_path / "translations" / "es" / "LC_MESSAGES"
    place.mkdir(parents=True)
    shutil.copy(catalogue_file("es"), place)
    return tmp_path / "translations"


def test_an_app_starts_with_its_words_compiled(app: Flask) -> None:
    assert (TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.mo").exists()


def test_a_catalogue_is_compiled(folder: Path) -> None:
    compile_catalogues(folder)
    assert said_in(folder, "Help now") == "Ayuda ya"


def test_a_corrected_word_is_compiled_again(folder: Path) -> None:
    compile_catalogues(folder)
    file = folder / "es" / "LC_MESSAGES" / "messages.po"
    file.write_text(file.read_text().replace('"Ayuda ya"', '"Auxilio"'))
    later = file.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(file, ns=(later, later))
    compile_catalogues(folder)
    assert said_in(folder, "Help now") == "Auxilio"


def test_a_catalogue_compiles_to_the_same_bytes(folder: Path) -> None:
    compiled = folder / "es" / "LC_MESSAGES" / "messages.mo"
    compile_catalogues(folder)
    first = compiled.read_bytes()
    compiled.unlink()
    compile_catalogues(folder)
    assert compiled.read_bytes() == first


def test_several_that_start_at_once_leave_one_whole_file(folder: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(compile_catalogues, [folder] * 4))
    assert sorted(file.name for file in folder.rglob("*.*")) == ["messages.mo", "messages.po"]
    assert said_in(folder, "Help now") == "Ayuda ya"


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    (folder / "es" / "LC_MESSAGES" / "messages.pot").mkdir()
    with pytest.raises(BadSettings, match=r"Let this user write to .*LC_MESSAGES"):
        compile_catalogues(folder)


def said_in(folder: Path, english: str) -> str:
    gettext._translations.clear()  # type: ignore[attr-defined]
    return gettext.translation("messages", str(folder), ["es"]).gettext(english)
