"""The pages of introductions: being open to it, a pair's, one to answer, and what stands on Today."""

from webapp.pairings.introductions.views import of_a_pair, one, own

__all__ = ["of_a_pair", "one", "own"]
