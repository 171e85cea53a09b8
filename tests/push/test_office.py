"""Push starts with the installation, or says in one sentence why not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from webapp import push
from webapp.app import create_app
from webapp.config import BadSettings, Settings
from webapp.sealing import add_key


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'friendtor.db'}")


def why_off(settings: Settings) -> str:
    app = create_app(settings)
    with app.app_context():
        assert (push.public_key() is None) == bool(push.post_office().why_off)
        return push.post_office().why_off


def test_push_works_on_ones_own_machine_without_any_setting(here: Settings) -> None:
    assert why_off(here) == ""


@pytest.mark.parametrize(
    ("public_url", "contact"),
    [
        ("https://friendtor.example.org", ""),
        ("https://friendtor.hospital.local", "it@hospital.example.org"),
        ("https://friendtor.hospital.local", "mailto:it@hospital.example.org"),
        ("https://friendtor.hospital.local", "https://hospital.example.org/contact"),
    ],
)
def test_push_starts_where_a_push_service_can_reach_the_contact(here: Settings, public_url: str, contact: str) -> None:
    assert why_off(replace(here, public_url=public_url, push_contact=contact)) == ""


@pytest.mark.parametrize(
    ("public_url", "contact"),
    [
        ("https://friendtor.example.org", "root@localhost"),
        ("https://friendtor.example.org", "it@hospital.local"),
        ("https://friendtor.example.org", "mailto:it@hospital.INVALID"),
        ("https://friendtor.example.org", "it@intranet"),
        ("https://friendtor.hospital.local", ""),
        ("https://intranet", ""),
    ],
)
def test_push_stays_off_with_a_contact_that_apple_refuses(here: Settings, public_url: str, contact: str) -> None:
    assert "PUSH_CONTACT" in why_off(replace(here, public_url=public_url, push_contact=contact))


def test_settings_that_cannot_be_read_stop_the_start(here: Settings) -> None:
    with pytest.raises(BadSettings, match="PUSH_EXTRA_ORIGINS"):
        create_app(replace(here, push_extra_origins=("push.example.org",)))
    with pytest.raises(BadSettings, match="PUSH_PROXY"):
        create_app(replace(here, push_proxy="proxy"))


def test_a_new_key_takes_over_and_the_old_one_stays_for_its_subscriptions(here: Settings) -> None:
    with create_app(here).app_context():
        old = push.public_key()
    assert old is not None
    while add_key(here, "vapid") <= old["key_id"]:  # ids of one second are in no order
        pass
    with create_app(here).app_context():
        new = push.public_key()
        assert new is not None
        assert old["key_id"] != new["key_id"]
        assert push.post_office().keys[old["key_id"]].public == old["public_key"]
