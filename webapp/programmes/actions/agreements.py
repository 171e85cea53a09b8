"""Wording what the two of a pair agree on."""

from __future__ import annotations

from collections.abc import Mapping

from webapp import audit
from webapp.clock import now
from webapp.config import LANGUAGES
from webapp.database import db
from webapp.people import Person
from webapp.programmes.agreements import agreement_of, default_words
from webapp.programmes.models import AgreementText, Programme


def reword_agreement(by: Person, programme: Programme, words: Mapping[str, str]) -> int:
    """A new version with these words by language, unless nothing changed; returns its number.

    What people signed before stays as it was.
    """
    standing = agreement_of(programme)
    if standing.version and standing.words == words:
        return standing.version
    version = standing.version + 1
    for lang, text in words.items():
        db.session.add(
            AgreementText(
                programme_id=programme.id, version=version, lang=lang, words=text, written_at=now(), written_by_id=by.id
            )
        )
    audit.record(by.id, "programmes.reworded_agreement", "programme", programme.id, version=version)
    return version


def write_first_version(by: Person, programme: Programme) -> None:
    """Keep the usual wording as version 1 unless the programme has its own: later releases must not change it."""
    if agreement_of(programme).version == 0:
        reword_agreement(by, programme, {lang: default_words(lang) for lang in LANGUAGES})


def copy_agreement(by: Person, last: Programme, programme: Programme) -> None:
    """Begin with the other programme's newest words."""
    standing = agreement_of(last)
    if standing.version:
        reword_agreement(by, programme, standing.words)
