"""Settings: read once, refused in one sentence when they are not safe."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.config import BadSettings, Settings


def read(tmp_path: Path, **environ: str) -> Settings:
    return Settings.from_env({"FRIENDTOR_DATA": str(tmp_path), **environ})


def test_without_settings_it_runs_for_this_machine_only(tmp_path: Path) -> None:
    settings = read(tmp_path, PORT="8123")
    assert settings.public_url == "http://localhost:8123"
    assert settings.on_sqlite
    assert not settings.production


def test_an_https_address_is_production(tmp_path: Path) -> None:
    settings = read(tmp_path, PUBLIC_URL="https://friendtor.example.org/")
    assert settings.public_url == "https://friendtor.example.org"
    assert settings.production
    assert settings.https


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"PUBLIC_URL": "http://friendtor.example.org"}, "https address"),
        ({"PUBLIC_URL": "friendtor.example.org"}, "Set PUBLIC_URL"),
        ({"PUBLIC_URL": "https://example.org/app"}, "scheme and host only"),
        ({"SESSION_SECRET": "short"}, "32 or more"),
        ({"DEFAULT_LANG": "fr"}, "DEFAULT_LANG"),
        ({"SMTP_HOST": "mail.example.org"}, "MAIL_FROM"),
        ({"SMTP_PORT": "mail"}, "SMTP_PORT to a whole number"),
        ({"PUBLIC_URL": "https://example.org", "FRIENDTOR_DEMO": "1"}, "--demo"),
        ({"PUBLIC_URL": "https://example.org", "FRIENDTOR_DEVELOPMENT": "1"}, "FRIENDTOR_DEVELOPMENT"),
        ({"PUBLIC_URL": "https://example.org", "FRIENDTOR_CLOCK_OFFSET": "60"}, "FRIENDTOR_CLOCK_OFFSET"),
    ],
)
def test_what_is_unsafe_is_refused_in_one_sentence(tmp_path: Path, environ: dict[str, str], says: str) -> None:
    with pytest.raises(BadSettings, match=says) as refused:
        read(tmp_path, **environ)
    assert str(refused.value).count("\n") == 0
