"""The design page: every component with named examples, for people who build and for the tests; never in production."""

from webapp.design.views import design

__all__ = ["design"]
