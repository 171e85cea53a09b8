"""The pages that open without signal belong to nobody and are whole pages."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import DictLoader

from tests.page_linter import lint
from tests.people import Cast
from webapp import pwa
from webapp.config import LANGUAGES
from webapp.pwa.shells import SHELLS, Shell, ShellNamesSomebody, render_shell
from webapp.pwa.version import asset_version

NAMES = [shell.name for shell in SHELLS]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shell", SHELLS, ids=NAMES)
def test_a_shell_is_a_good_page_and_names_nobody(app: Flask, cast: Cast, shell: Shell, lang: str) -> None:
    page = render_shell(app, shell, lang)
    assert lint(page) == []
    assert f'lang="{lang}"' in page
    assert "data-shell" in page
    for private in ("Mary", "Ana Ruiz", "csrf_token", str(cast.mary), str(cast.pairing)):
        assert private not in page.replace("St Mary", "")


def test_a_shell_is_the_same_for_everybody(app: Flask, cast: Cast) -> None:
    first = [render_shell(app, shell, "en") for shell in SHELLS]
    assert first == [render_shell(app, shell, "en") for shell in SHELLS]


def test_a_template_that_writes_a_token_is_refused(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = DictLoader({"bad.html": '<html lang="en"><input name="csrf_token">'})
    monkeypatch.setattr(app.jinja_env, "loader", bad)
    with pytest.raises(ShellNamesSomebody):
        render_shell(app, Shell("bad", "bad.html"), "en")


def test_shells_have_addresses_of_their_own(app: Flask) -> None:
    pwa.build(app)
    client = app.test_client()
    for shell in SHELLS:
        answer = client.get(f"/shell/{asset_version()}/en/{shell.name}")
        assert answer.status_code == 200, shell.name
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(f"/shell/{asset_version()}/fr/outbox").status_code == 404


def test_no_two_shells_share_a_name_or_an_address() -> None:
    addresses = [address for shell in SHELLS for address in shell.addresses]
    assert len(set(addresses)) == len(addresses)
    assert len(set(NAMES)) == len(NAMES)
