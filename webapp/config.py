"""The settings: read once from the environment, typed, frozen, and refused when they are not safe."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from webapp import __version__

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
LANGUAGES = ("en", "es")
SECURITY_CONTACT = re.compile(r"(mailto:|tel:|https://)\S+")


class BadSettings(Exception):
    """One sentence that says what to set; the program prints it and stops."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. `PUBLIC_URL` is where links, cookies and Origin checks come from."""

    data_dir: Path
    public_url: str = "http://localhost:8000"
    database_url: str = ""
    database_schema: str = ""
    session_secret: str = ""
    default_lang: str = "en"
    default_zone: str = "Europe/London"
    trusted_proxies: int = 0
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: str = ""
    smtp_tls: str = "starttls"
    mail_from: str = ""
    push_contact: str = ""
    push_extra_origins: tuple[str, ...] = ()
    push_proxy: str = ""
    security_contact: str = ""
    backup_days: int = 0
    demo: bool = False
    development: bool = False
    clock_offset: timedelta = timedelta(0)
    restoring: bool = False  # never from the environment: a restore begins the app before others may
    version: str = __version__

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the environment. Raises `BadSettings` with one sentence when something is missing or weak."""
        data = Path(environ.get("FRIENDTOR_DATA", "data")).resolve()
        port = environ.get("PORT", "8000")
        settings = cls(
            data_dir=data,
            public_url=environ.get("PUBLIC_URL", f"http://localhost:{port}").rstrip("/"),
            database_url=environ.get("DATABASE_URL") or f"sqlite:///{data / 'friendtor.db'}",
            database_schema=environ.get("DATABASE_SCHEMA", ""),
            session_secret=environ.get("SESSION_SECRET", ""),
            default_lang=environ.get("DEFAULT_LANG", "en"),
            default_zone=environ.get("DEFAULT_ZONE", "Europe/London"),
            trusted_proxies=_whole(environ, "TRUSTED_PROXIES", 0),
            smtp_host=environ.get("SMTP_HOST", ""),
            smtp_port=_whole(environ, "SMTP_PORT", 587),
            smtp_user=environ.get("SMTP_USER", ""),
            smtp_password=environ.get("SMTP_PASSWORD", ""),
            smtp_tls=environ.get("SMTP_TLS", "starttls"),
            mail_from=environ.get("MAIL_FROM", ""),
            push_contact=environ.get("PUSH_CONTACT", ""),
            push_extra_origins=tuple(environ.get("PUSH_EXTRA_ORIGINS", "").split()),
            push_proxy=environ.get("PUSH_PROXY", ""),
            security_contact=environ.get("SECURITY_CONTACT", ""),
            backup_days=_whole(environ, "BACKUP_DAYS", 0),
            demo=_yes(environ, "FRIENDTOR_DEMO"),
            development=_yes(environ, "FRIENDTOR_DEVELOPMENT"),
            clock_offset=timedelta(seconds=_whole(environ, "FRIENDTOR_CLOCK_OFFSET", 0)),
        )
        settings.refuse_what_is_unsafe()
        return settings

    @property
    def host(self) -> str:
        """The public host with its port, as a Host header carries it."""
        return urlsplit(self.public_url).netloc

    @property
    def local(self) -> bool:
        """Whether this runs for one machine only; anything else is production."""
        return (urlsplit(self.public_url).hostname or "") in LOCAL_HOSTS

    @property
    def production(self) -> bool:
        return not self.local

    @property
    def https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    def refuse_what_is_unsafe(self) -> None:
        """Raise `BadSettings` for the first setting that cannot be right."""
        parts = urlsplit(self.public_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BadSettings("Set PUBLIC_URL to the address people open, such as https://friendtor.example.org.")
        if parts.path or parts.query or parts.fragment or parts.username:
            raise BadSettings("Set PUBLIC_URL to scheme and host only, such as https://friendtor.example.org.")
        if self.production and not self.https:
            raise BadSettings(
                "Set PUBLIC_URL to an https address: offline use and notifications do not work over plain http."
            )
        if self.session_secret and len(self.session_secret) < 32:
            raise BadSettings("Set SESSION_SECRET to 32 or more random characters, or leave it out.")
        if self.default_lang not in LANGUAGES:
            raise BadSettings(f"Set DEFAULT_LANG to one of {', '.join(LANGUAGES)}.")
        if self.smtp_host and not self.mail_from:
            raise BadSettings("Set MAIL_FROM to the address that e-mails come from, since SMTP_HOST is set.")
        if self.security_contact and not SECURITY_CONTACT.fullmatch(self.security_contact):
            raise BadSettings("Set SECURITY_CONTACT to mailto:, tel: or https:// and an address, or leave it out.")
        if self.backup_days < 0:
            raise BadSettings("Set BACKUP_DAYS to the days that a backup may be old, or leave it out.")
        if self.production:
            self._refuse_what_only_a_demonstration_may_do()

    def _refuse_what_only_a_demonstration_may_do(self) -> None:
        if self.demo:
            raise BadSettings("Leave --demo out, or set PUBLIC_URL to http://localhost: demo people have no passwords.")
        if self.development:
            raise BadSettings("Leave FRIENDTOR_DEVELOPMENT out: it is for a developer's own machine.")
        if self.clock_offset:
            raise BadSettings("Leave FRIENDTOR_CLOCK_OFFSET out: it is for tests and demonstrations.")


def current_settings() -> Settings:
    """The settings of the running app."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(environ.get(name) or default)
    except ValueError:
        raise BadSettings(f"Set {name} to a whole number.") from None


def _yes(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() in ("1", "yes", "true", "on")
