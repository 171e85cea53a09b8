"""Lays out what phones fetch: `DATA/assets/<version>`, compressed once, never changed, the last three kept."""

from __future__ import annotations

import fcntl
import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import brotli
import click
from flask import Flask, current_app

from webapp.config import LANGUAGES, current_settings
from webapp.pwa.bundle import join_modules, preloads
from webapp.pwa.plain import without_comments, without_spaces
from webapp.pwa.precache import precache_module
from webapp.pwa.shells import SHELLS, render_shell
from webapp.pwa.version import STATIC, WORKER, asset_version
from webapp.pwa.words import words_module

KEPT_VERSIONS = 3
COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".html", ".json"})
READY = ".ready"


def init_app(app: Flask) -> None:
    """Give templates `asset(path)` and `module_preloads`, and add `flask assets`."""
    app.cli.add_command(assets)
    app.add_template_global(asset)
    app.context_processor(lambda: {"module_preloads": [asset(name) for name in _preloaded()]})


@click.command()
def assets() -> None:
    """Lay out the files that phones fetch, for the version at hand."""
    click.echo(f"assets {asset_version()} in {build(current_app._get_current_object())}")  # type: ignore[attr-defined]


def asset(path: str) -> str:
    """The address of a file of `static/`, good for ever."""
    return f"/static/{asset_version()}/{path}"


def assets_folder(version: str) -> Path | None:
    """The folder of a version: this one is laid out when it is first asked for, older ones while they are kept."""
    folder = current_settings().data_dir / "assets" / version
    if not (folder / READY).exists() and version == asset_version():
        build(current_app._get_current_object())  # type: ignore[attr-defined]
    return folder if (folder / READY).exists() else None


def build(app: Flask) -> Path:
    """Lay out this version, once, whoever asks first. Returns its folder."""
    with app.app_context():
        home = current_settings().data_dir / "assets"
    folder = home / asset_version()
    home.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(home):
        if not (folder / READY).exists():
            unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=home))
            _lay_out(app, unfinished)
            shutil.rmtree(folder, ignore_errors=True)
            unfinished.chmod(0o755)
            unfinished.rename(folder)
            _forget_old(home, folder)
    return folder


def _lay_out(app: Flask, folder: Path) -> None:
    shutil.copytree(STATIC, folder, dirs_exist_ok=True)
    shutil.copytree(WORKER, folder / "worker")
    for path in (*folder.glob("js/**/*.js"), *folder.glob("worker/*.js")):
        path.write_text(without_comments(path.read_text()))
    join_modules(folder)
    for path in (*folder.glob("js/**/*.js"), *folder.glob("worker/*.js")):
        path.write_text(without_spaces(path.read_text()))
    for lang in LANGUAGES:
        (folder / f"words.{lang}.js").write_text(words_module(app, lang))
        for shell in SHELLS:
            path = folder / "shell" / lang / f"{shell.name}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render_shell(app, shell, lang))
    (folder / "precache.js").write_text(precache_module(folder, asset_version()))
    for path in sorted(folder.rglob("*")):
        if path.suffix in COMPRESSIBLE:
            _compress(path)
    (folder / READY).touch()


def _compress(path: Path) -> None:
    plain = path.read_bytes()
    for ending, packed in ((".br", brotli.compress(plain)), (".gz", gzip.compress(plain, 9, mtime=0))):
        if len(packed) < len(plain):
            path.with_name(path.name + ending).write_bytes(packed)


def _forget_old(home: Path, newest: Path) -> None:
    others = [path for path in home.iterdir() if path.is_dir() and path != newest]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[KEPT_VERSIONS - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    with (home / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def _preloaded() -> tuple[str, ...]:
    return tuple(preloads(STATIC))
