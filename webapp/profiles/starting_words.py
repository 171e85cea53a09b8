"""The words to begin with: a vocabulary for nursing in two languages, which the organiser changes as they like."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sqlalchemy import exists, select

from webapp import audit
from webapp.clock import now
from webapp.config import LANGUAGES
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.profiles.models import Tag, TagWord

FILE = Path(__file__).resolve().parent / "starting_words.toml"


def begin_with_words(by: Person | None) -> None:
    """Have the starting vocabulary, where there is none."""
    if db.session.scalar(select(exists().where(Tag.id.is_not(None)))):
        return
    with FILE.open("rb") as file:
        groups = tomllib.load(file)
    moment = now()
    for group, rows in groups.items():
        for row in rows:
            tag = Tag(id=uuid7(), group=group, made_at=moment, made_by_id=by.id if by else None)
            names = [TagWord(id=uuid7(), lang=lang, word=row[lang]) for lang in LANGUAGES if lang in row]
            tag.words = names + [TagWord(id=uuid7(), word=word) for word in row.get("also", ())]
            db.session.add(tag)
    audit.record(by.id if by else None, "profiles.began_words")
