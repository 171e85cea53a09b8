"""Writing a letter in its reader's language, and leaving it for the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from webapp.clock import now
from webapp.config import current_settings
from webapp.database import db, uuid7
from webapp.mail.models import OutgoingMail
from webapp.mail.post import Envelope, Post, SmtpPost, Unposted

WORTH_SENDING = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person will read. Neutral: no health word, nothing of anybody's words."""

    address: str
    subject: str
    text: str = field(repr=False)
    sender_name: str = "Friendtor"


def write_letter(name: str, address: str, lang: str, sender_name: str, **facts: object) -> Letter:
    """Fill in `templates/mail/<name>.txt`, whose first line is the subject, in the reader's language."""
    with force_locale(lang):
        written = current_app.jinja_env.get_template(f"mail/{name}.txt").render(sender_name=sender_name, **facts)
    subject, _, text = written.strip().partition("\n")
    return Letter(address, subject.strip(), text.strip() + "\n", sender_name)


def can_post() -> bool:
    """Whether letters reach anybody: a mail server is set."""
    return current_post() is not None


def post_later(letter: Letter, expires_at: datetime | None = None) -> OutgoingMail | None:
    """Leave a letter for the worker, in the transaction under way; None where no mail server is set."""
    if not can_post():
        return None
    row = OutgoingMail(
        id=uuid7(),
        address=letter.address,
        sender_name=letter.sender_name,
        subject=letter.subject,
        made_at=now(),
        due_at=now(),
        expires_at=expires_at or now() + WORTH_SENDING,
    )
    row.write(letter.text)
    db.session.add(row)
    return row


def post_at_once(letters: Mapping[UUID, Letter]) -> Mapping[UUID, Unposted | None]:
    """Hand letters to the mail server now, for what must not wait for a worker; what came back for each, by its id.

    Call it outside of any transaction and of anybody's request. The id makes the Message-ID. Nothing is handed over
    where no mail server is set.
    """
    post = current_post()
    if post is None:
        return {}
    return post.post(
        Envelope(letter_id, letter.address, letter.sender_name, letter.subject, letter.text)
        for letter_id, letter in letters.items()
    )


def current_post() -> Post | None:
    """The mail server of the running app, or None."""
    if "post" not in current_app.extensions:
        settings = current_settings()
        current_app.extensions["post"] = SmtpPost(settings) if settings.smtp_host else None
    post: Post | None = current_app.extensions["post"]
    return post
