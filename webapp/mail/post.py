"""Where the outside world begins: a mail server behind a port, and a twin of it in memory."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from typing import Protocol
from uuid import UUID

from webapp.config import Settings

PATIENCE = 10.0  # seconds for each answer of the mail server


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter on its way. `id` makes its Message-ID, so that a letter sent twice is one in the mailbox."""

    id: UUID
    address: str
    sender_name: str
    subject: str
    text: str = field(repr=False)


class Unposted(Exception):
    """The mail server did not take it. `for_good` says that trying again is no use."""

    def __init__(self, reason: str, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Post(Protocol):
    """Something that takes letters."""

    def post(self, letters: Iterable[Envelope]) -> dict[UUID, Unposted | None]:
        """Hand letters over; what came back for each, None when it was taken. Raises nothing."""
        ...


class SmtpPost:
    """A real mail server. `SMTP_TLS` is "starttls" (default), "tls" (port 465) or "none"."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def post(self, letters: Iterable[Envelope]) -> dict[UUID, Unposted | None]:
        """All letters over one connection; where that cannot be made, all of them wait."""
        waiting = list(letters)
        came_back: dict[UUID, Unposted | None] = {}
        try:
            with self._connect() as server:
                for letter in waiting:
                    came_back[letter.id] = self._hand_over(server, letter)
        except (OSError, smtplib.SMTPException) as error:
            for letter in waiting:
                came_back.setdefault(letter.id, Unposted(type(error).__name__))
        return came_back

    def _connect(self) -> smtplib.SMTP:
        settings, safely = self._settings, ssl.create_default_context()
        if settings.smtp_tls == "tls":
            return self._signed_in(
                smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=PATIENCE, context=safely)
            )
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE)
        if settings.smtp_tls != "none":
            try:
                server.starttls(context=safely)
            except BaseException:
                server.close()
                raise
        return self._signed_in(server)

    def _signed_in(self, server: smtplib.SMTP) -> smtplib.SMTP:
        if self._settings.smtp_user:
            try:
                server.login(self._settings.smtp_user, self._settings.smtp_password)
            except BaseException:
                server.close()
                raise
        return server

    def _hand_over(self, server: smtplib.SMTP, letter: Envelope) -> Unposted | None:
        try:
            server.send_message(as_message(letter, self._settings.mail_from))
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            return Unposted(f"recipient refused, {code}", for_good=code >= 500)
        except smtplib.SMTPResponseException as error:
            return Unposted(f"refused, {error.smtp_code}", for_good=error.smtp_code >= 500)
        return None


@dataclass
class MemoryPost:
    """The twin for tests: keeps what it was given; `trouble` is what it answers instead of taking a letter."""

    letters: list[Envelope] = field(default_factory=list)
    trouble: Unposted | None = None

    def post(self, letters: Iterable[Envelope]) -> dict[UUID, Unposted | None]:
        taken = list(letters)
        if self.trouble is None:
            self.letters += taken
        return {letter.id: self.trouble for letter in taken}


def as_message(letter: Envelope, mail_from: str) -> EmailMessage:
    """The letter as plain text that no machine answers and no machine files as advertising."""
    message = EmailMessage()
    message["From"] = formataddr((letter.sender_name, mail_from))
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Message-ID"] = make_msgid(str(letter.id), mail_from.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
