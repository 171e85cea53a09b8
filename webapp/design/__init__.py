"""The design page: every component with its examples, for builders and tests; never in production."""

from webapp.design.views import design

__all__ = ["design"]
