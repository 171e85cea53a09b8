"""A mentor and a mentee: who is paired with whom, whether they talk, and the notes between them."""

from webapp.pairings.models import Contact, Note, Pairing

__all__ = ["Contact", "Note", "Pairing"]
