"""The app's own addresses: worker, manifest, how to install, what waits on this phone."""

from __future__ import annotations

from flask import Flask

from tests.client import Browser
from tests.people import Cast
from webapp.config import Settings
from webapp.pwa.version import asset_version


def test_the_worker_names_the_version_and_is_asked_for_each_time(app: Flask) -> None:
    answer = app.test_client().get("/service-worker.js")
    assert answer.text.splitlines() == [
        f"// Friendtor {asset_version()}",
        f'import "/static/{asset_version()}/worker/main.js";',
    ]
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"


def test_a_worker_at_fault_can_be_ended(app: Flask, settings: Settings) -> None:
    run = app.test_cli_runner().invoke
    for state, script in (("off", "farewell"), ("on", "main")):
        assert run(args=["phone-worker", state]).output == f"The phones' worker is {state}.\n"
        assert f"worker/{script}.js" in app.test_client().get("/service-worker.js").text


def test_the_mark_of_kept_storage_is_given_again_by_the_server(app: Flask) -> None:
    client = app.test_client()
    assert "kept" not in str(client.get("/").headers.getlist("Set-Cookie"))
    client.set_cookie("kept", "1")
    [said] = [each for each in client.get("/").headers.getlist("Set-Cookie") if each.startswith("kept=")]
    assert "Max-Age=31536000" in said and "SameSite=Lax" in said


def test_the_manifest_bears_the_organisations_name_and_the_readers_language(app: Flask, cast: Cast) -> None:
    client = app.test_client()
    said = client.get("/manifest.webmanifest", headers={"Accept-Language": "es"}).get_json(force=True)
    assert said["lang"] == "es"
    assert "St Mary's Hospital" in said["name"]
    assert (said["start_url"], said["scope"], said["id"]) == ("/", "/", "/")
    assert [each["url"] for each in said["shortcuts"]] == ["/check-in", "/journal/new"]
    assert "maskable" in {icon["purpose"] for icon in said["icons"]}
    for icon in said["icons"]:
        assert client.get(icon["src"]).status_code == 200, icon["src"]


def test_the_manifest_works_before_there_is_an_organisation(app: Flask) -> None:
    assert app.test_client().get("/manifest.webmanifest").get_json(force=True)["name"] == "Friendtor"


def test_anybody_may_read_how_to_install(browser: Browser, cast: Cast) -> None:
    page = browser.get("/install")
    assert page.status_code == 200
    assert "Add to Home Screen" in page.text


def test_what_waits_is_for_whoever_is_signed_in(browser: Browser, cast: Cast) -> None:
    assert browser.get("/outbox").status_code in (302, 303)
    page = browser.sign_in(cast.mary).get("/outbox")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"


def test_no_answer_asks_the_browser_to_clear_its_stores(browser: Browser, cast: Cast) -> None:
    browser.sign_in(cast.mary)
    for path in ("/", "/outbox", "/install", "/service-worker.js"):
        assert "Clear-Site-Data" not in browser.client.get(path).headers
