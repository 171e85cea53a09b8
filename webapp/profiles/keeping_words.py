"""The organiser keeps the words: adds, renames, joins two, retires, and makes tags of what people typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from uuid import UUID

from flask import abort
from sqlalchemy import select

from webapp import audit
from webapp.clock import now
from webapp.database import db, uuid7
from webapp.people import Person
from webapp.profiles.facts import profiles_of
from webapp.profiles.models import Tag, TagWord
from webapp.profiles.rules import each_once, one_spelling
from webapp.profiles.vocabulary import vocabulary


class Taken(Exception):
    """A word means another tag already. `word` is it."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def tag_or_404(tag_id: UUID) -> Tag:
    """A tag of the vocabulary."""
    tag = db.session.get(Tag, tag_id)
    if tag is None:
        abort(404)
    return tag


def keep_tag(by: Person, tag: Tag | None, group: str, names: dict[str, str], synonyms: Iterable[str]) -> Tag:
    """Make a tag or change one. An old name stays a synonym, so that what people said keeps its meaning.

    `names` are by language, the empty ones left out. Raises `Taken`.
    """
    before = [each.word for each in tag.words if each.lang] if tag else []
    wanted = _each_spelling_once(names, [*synonyms, *before])
    _refuse_taken(tag, [word for _lang, word in wanted])
    if tag is None:
        tag = Tag(id=uuid7(), made_at=now(), made_by_id=by.id)
        db.session.add(tag)
    tag.group = group
    tag.words = []
    db.session.flush()  # the words that go make room for the same words under another language
    tag.words = [TagWord(id=uuid7(), lang=lang, word=word) for lang, word in wanted]
    audit.record(by.id, "profiles.kept_tag", "tag", tag.id)
    return tag


def retire_tag(by: Person, tag: Tag, is_retired: bool) -> None:
    """Offer it no more, or again. What people said with it counts as before."""
    tag.retired_at = now() if is_retired else None
    audit.record(by.id, "profiles.retired_tag", "tag", tag.id, retired=is_retired)


def join_tags(by: Person, gone: Tag, kept: Tag) -> None:
    """Two tags become one: every word of the first means the second from now on."""
    words = [each.word for each in gone.words]
    db.session.delete(gone)
    db.session.flush()
    kept.words = [*kept.words, *(TagWord(id=uuid7(), word=word) for word in words)]
    audit.record(by.id, "profiles.joined_tags", "tag", kept.id, gone=str(gone.id))


def free_words(people: Collection[UUID]) -> list[tuple[str, int]]:
    """What these people typed that means no tag, as goals or interests, with how many said it; the commonest first."""
    words, said = vocabulary(), Counter[str]()
    spelt: dict[str, str] = {}
    for facts in profiles_of(people).values():
        typed = [*facts.interests, *(goal.word for part in facts.parts.values() for goal in part.goals)]
        for word in each_once(typed):
            if words.tag_of(word) is None:
                said[one_spelling(word)] += 1
                spelt[one_spelling(word)] = min(word, spelt.get(one_spelling(word), word))  # with its capital
    return sorted(
        ((spelt[each], count) for each, count in said.items()), key=lambda each: (-each[1], each[0].casefold())
    )


def _each_spelling_once(names: dict[str, str], others: Iterable[str]) -> list[tuple[str | None, str]]:
    found: dict[str, tuple[str | None, str]] = {}
    for lang, word in names.items():
        found.setdefault(one_spelling(word), (lang, word))
    for word in each_once(others):
        found.setdefault(one_spelling(word), (None, word))
    return list(found.values())


def _refuse_taken(tag: Tag | None, words: Collection[str]) -> None:
    there = db.session.scalars(select(TagWord).where(TagWord.spelling.in_([one_spelling(word) for word in words])))
    other = next((each for each in there if tag is None or each.tag_id != tag.id), None)
    if other is not None:
        raise Taken(other.word)
