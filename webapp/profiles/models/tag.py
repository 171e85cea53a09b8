"""The organiser's words for goals and interests."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from webapp.database import Model, plain_name, uuid7
from webapp.profiles.rules import LONGEST_WORD, one_spelling


class Tag(Model):
    """One thing that people want to learn, offer or like. Once retired it is offered no more, and still counts."""

    __tablename__ = "tag"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    group: Mapped[str] = mapped_column("in_group", String(12))
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    retired_at: Mapped[datetime | None]

    words: Mapped[list[TagWord]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", back_populates="tag", order_by="TagWord.id"
    )

    def name_in(self, lang: str) -> str:
        """Its name in this language, else the one it has."""
        names = {each.lang: each.word for each in self.words if each.lang}
        return names.get(lang) or next(iter(names.values()), "")

    @property
    def synonyms(self) -> list[TagWord]:
        return [each for each in self.words if each.lang is None]


class TagWord(Model):
    """A word that means a tag: its name in one language, or with no language another word for it.

    `spelling` makes words that differ in capitals alone the same; no word means two tags.
    """

    __tablename__ = "tag_word"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    tag_id: Mapped[UUID] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), index=True)
    lang: Mapped[str | None] = mapped_column(String(8))
    word: Mapped[str] = mapped_column(String(LONGEST_WORD))
    spelling: Mapped[str] = mapped_column(String(4 * LONGEST_WORD), unique=True)

    tag: Mapped[Tag] = relationship(back_populates="words")

    @validates("word")
    def _keep_plain(self, _column: str, word: str) -> str:
        plain = plain_name(word)
        self.spelling = one_spelling(plain)
        return plain
