"""The real mail client against a mail server on loopback."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.mail.mail_server import mail_server
from webapp.config import Settings
from webapp.database import uuid7
from webapp.mail.post import Envelope, SmtpPost

LETTER = Envelope(uuid7(), "mary@example.org", "St Mary's", "Su código", "Bienvenida, señora.\n")


def settings_for(port: int, folder: Path) -> Settings:
    plain = Settings(data_dir=folder, smtp_host="127.0.0.1", smtp_tls="none", mail_from="friendtor@example.org")
    return replace(plain, smtp_port=port)


def test_a_letter_arrives_as_plain_text_from_the_sender(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        came_back = SmtpPost(settings_for(mailbox.port, tmp_path)).post([LETTER])
    assert came_back == {LETTER.id: None}
    [message] = mailbox.arrived
    assert message.get_content_type() == "text/plain"
    assert message["From"] == "St Mary's <friendtor@example.org>"
    assert str(LETTER.id) in message["Message-ID"]
    assert message.get_payload(decode=True).decode().rstrip() == "Bienvenida, señora."


def test_a_mailbox_that_does_not_exist_is_refused_for_good(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        mailbox.recipient_answer = "550 nobody here"
        trouble = SmtpPost(settings_for(mailbox.port, tmp_path)).post([LETTER])[LETTER.id]
    assert trouble is not None
    assert trouble.for_good


def test_a_full_mailbox_is_tried_again(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        mailbox.recipient_answer = "452 full"
        trouble = SmtpPost(settings_for(mailbox.port, tmp_path)).post([LETTER])[LETTER.id]
    assert trouble is not None
    assert not trouble.for_good


def test_a_mail_server_that_is_down_makes_all_letters_wait(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        port = mailbox.port
    trouble = SmtpPost(settings_for(port, tmp_path)).post([LETTER])[LETTER.id]
    assert trouble is not None
    assert not trouble.for_good


def test_a_server_without_encryption_is_not_spoken_to_in_clear(tmp_path: Path) -> None:
    with mail_server() as mailbox:
        secure = replace(settings_for(mailbox.port, tmp_path), smtp_tls="starttls")
        assert SmtpPost(secure).post([LETTER])[LETTER.id] is not None
    assert mailbox.arrived == []
