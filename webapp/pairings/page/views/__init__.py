"""The page of a pair and the forms that hang on it."""

from webapp.pairings.page.views import next_contact, pair, reach, remember

__all__ = ["next_contact", "pair", "reach", "remember"]
