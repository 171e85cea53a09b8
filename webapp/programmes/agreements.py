"""Reading the agreement of a programme: its newest version, or the usual wording while it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from webapp.config import LANGUAGES
from webapp.database import db
from webapp.programmes.models import AgreementText, Programme


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words by language. Version 0 is the usual wording, which nobody has kept for this programme yet."""

    version: int
    words: dict[str, str]
    written_at: datetime | None = None

    def in_language(self, lang: str) -> str:
        """In this language, or in the first one there is."""
        return self.words.get(lang) or next(iter(self.words.values()))


def agreement_of(programme: Programme) -> Agreement:
    """The newest version."""
    newest = select(AgreementText).where(AgreementText.programme_id == programme.id)
    rows = list(db.session.scalars(newest.order_by(AgreementText.version.desc()).limit(len(LANGUAGES))))
    if not rows:
        return Agreement(0, {lang: default_words(lang) for lang in LANGUAGES})
    return _agreement([row for row in rows if row.version == rows[0].version])


def agreement_in_version(programme: Programme, version: int) -> Agreement | None:
    """The words of one version, as people signed them; None when there never was one."""
    theirs = select(AgreementText).where(AgreementText.programme_id == programme.id, AgreementText.version == version)
    rows = list(db.session.scalars(theirs))
    return _agreement(rows) if rows else None


def default_words(lang: str) -> str:
    """The usual wording, one sentence a line."""
    with force_locale(lang):
        return current_app.jinja_env.get_template("programmes/agreement.txt").render().strip()


def _agreement(rows: list[AgreementText]) -> Agreement:
    return Agreement(rows[0].version, {row.lang: row.words for row in rows}, rows[0].written_at)
