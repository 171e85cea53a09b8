"""The organiser's words: what they offer, and which of them mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from webapp.database import db
from webapp.profiles.models import Tag
from webapp.profiles.rules import one_spelling


@dataclass(frozen=True, slots=True)
class TagFacts:
    """One tag. `names` are by language; a retired one is offered no more, and its words mean it still."""

    id: UUID
    group: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...]
    is_retired: bool

    def name_in(self, lang: str) -> str:
        """Its name in this language, else the one it has."""
        return self.names.get(lang) or next(iter(self.names.values()), "")


@dataclass(frozen=True, slots=True)
class Words:
    """The whole vocabulary, those that are retired too."""

    tags: tuple[TagFacts, ...] = ()
    _by_spelling: Mapping[str, TagFacts] = field(default_factory=dict)

    @property
    def synonyms(self) -> Mapping[str, str]:
        """Each word that means a tag, and the one spelling that stands for the tag: what matching asks for."""
        return {spelling: one_spelling(tag.name_in("en")) for spelling, tag in self._by_spelling.items()}

    def tag_of(self, word: str) -> TagFacts | None:
        """The tag that a word means; None for a free word."""
        return self._by_spelling.get(one_spelling(word))

    def shown(self, word: str, lang: str) -> str:
        """A word as a reader of this language knows it: by the name of its tag, else as it was said."""
        tag = self.tag_of(word)
        return tag.name_in(lang) if tag else word

    def of_group(self, group: str, lang: str) -> list[TagFacts]:
        """The tags of a group by their names in this language."""
        found = [tag for tag in self.tags if tag.group == group]
        return sorted(found, key=lambda tag: one_spelling(tag.name_in(lang)))

    def offered(self, groups: Iterable[str], lang: str) -> list[TagFacts]:
        """The tags that people may choose, group by group."""
        return [tag for group in groups for tag in self.of_group(group, lang) if not tag.is_retired]


def vocabulary() -> Words:
    """As it is now: two questions to the database."""
    rows = db.session.scalars(select(Tag).order_by(Tag.made_at, Tag.id)).all()
    tags = tuple(map(_facts, rows))
    by_id = {tag.id: tag for tag in tags}
    return Words(tags, {each.spelling: by_id[row.id] for row in rows for each in row.words})


def _facts(row: Tag) -> TagFacts:
    names = {each.lang: each.word for each in row.words if each.lang}
    return TagFacts(
        row.id, row.group, names, tuple(each.word for each in row.synonyms), is_retired=row.retired_at is not None
    )
