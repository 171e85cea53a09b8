"""What phones fetch: laid out once, compressed, immutable, the last three versions kept."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp import pwa
from webapp.pwa.assets import asset
from webapp.pwa.plain import without_comments
from webapp.pwa.precache import imported_by, integrity
from webapp.pwa.version import ROOT, STATIC, asset_version

WORKER_LIMIT = 150 * 1024


@pytest.fixture
def folder(app: Flask) -> Path:
    return pwa.build(app)


@pytest.fixture
def client(app: Flask, folder: Path) -> FlaskClient:
    return app.test_client()


def test_an_asset_is_kept_for_ever_and_belongs_to_nobody(app: Flask, client: FlaskClient) -> None:
    answer = client.get(asset("js/main.js"))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.mimetype == "text/javascript"
    assert "Set-Cookie" not in answer.headers


def test_the_best_encoding_that_the_browser_knows_is_sent(client: FlaskClient) -> None:
    address = asset("js/main.js")
    plain = client.get(address).data
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain
    older = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert older.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(older.data) == plain
    refused = client.get(address, headers={"Accept-Encoding": "br;q=0"})
    assert "Content-Encoding" not in refused.headers


@pytest.mark.parametrize(
    "path",
    ["js/none.js", "../../friendtor.db", "%2e%2e/%2e%2e/friendtor.db", ".ready", "js", "js/../../../keys"],
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{asset_version()}/{path}").status_code == 404


def test_an_unknown_version_is_not_found(client: FlaskClient) -> None:
    assert client.get("/static/000000000000/js/main.js").status_code == 404
    assert client.get("/static/../js/main.js").status_code == 404


def test_the_last_three_versions_stay(app: Flask, folder: Path) -> None:
    home = folder.parent
    for age, name in enumerate(("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd")):
        (home / name).mkdir()
        os.utime(home / name, (1_000_000 - age, 1_000_000 - age))
    (folder / ".ready").unlink()
    pwa.build(app)
    assert sorted(path.name for path in home.iterdir() if path.is_dir()) == sorted(
        ["aaaaaaaaaaaa", "bbbbbbbbbbbb", folder.name]
    )


def test_every_file_of_the_worker_has_the_hash_that_it_names(client: FlaskClient, tmp_path: Path) -> None:
    module = client.get(f"/static/{asset_version()}/precache.js").text
    listed = re.findall(r'"(/(?:static|shell)/[^"]+)",\s*"(sha256-[^"]+)"', module)
    assert len(listed) > 30
    for address, wanted in listed:
        answer = client.get(address)
        assert answer.status_code == 200, address
        found = tmp_path / "fetched"
        found.write_bytes(answer.data)
        assert integrity(found) == wanted, address


def test_the_workers_install_stays_small(client: FlaskClient) -> None:
    module = client.get(f"/static/{asset_version()}/precache.js").text
    addresses = re.findall(r'"(/(?:static|shell)/[^"]+)",\s*"sha256-', module)
    sizes = {each: len(client.get(each, headers={"Accept-Encoding": "gzip"}).data) for each in addresses}
    assert sum(sizes.values()) <= WORKER_LIMIT, sorted(sizes.items(), key=lambda pair: -pair[1])[:8]


def test_vendored_files_are_what_their_readme_says() -> None:
    readme = (STATIC / "vendor" / "hpke" / "README.md").read_text()
    digest = hashlib.sha256((STATIC / "vendor" / "hpke" / "hpke.js").read_bytes()).hexdigest()
    assert digest in readme


def test_comments_stay_at_home_and_code_travels_whole() -> None:
    source = '/** Purpose.\n * More.\n */\nconst a = "/* no */"; // said\n\n  // alone\n  /* one line */\n  go(a);\n'
    assert without_comments(source) == 'const a = "/* no */";\ngo(a);\n'
    for whole in ('go("a; // b"); const c = "d";\n', "const pattern = /a; // b/;\n", "const said = `a; // b`;\n"):
        assert without_comments(whole) == whole
    template = "const words = `\n  // kept\n`;\n"
    assert without_comments(template) == template
    assert without_comments("/* a */ go();\n") == "/* a */ go();\n"


def test_a_page_preloads_what_its_first_script_imports() -> None:
    names = {path.name for path in imported_by(STATIC / "js" / "main.js")}
    assert {"main.js", "phone.js", "outbox.js", "store.js"} <= names


def test_scripts_hold_no_words_and_no_markup() -> None:
    for folder in (STATIC / "js", ROOT / "service_worker"):
        for path in folder.rglob("*.js"):
            code = without_comments(path.read_text())
            assert "innerHTML" not in code, path
            assert "insertAdjacentHTML" not in code, path
            assert "eval(" not in code, path
            assert not re.search(r"https?://", code), path


def test_no_script_can_clear_what_waits() -> None:
    """Faults F16 and F18: nothing empties a store or deletes the database."""
    for folder in (STATIC / "js", ROOT / "service_worker"):
        for path in folder.rglob("*.js"):
            code = path.read_text()
            assert not re.search(r"\.clear\(\)|deleteDatabase|deleteObjectStore|Clear-Site-Data", code), path
