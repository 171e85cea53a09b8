"""The rows of this room."""

from webapp.profiles.models.answer import ProfileAnswer, ProfileLater
from webapp.profiles.models.tag import Tag, TagWord

__all__ = ["ProfileAnswer", "ProfileLater", "Tag", "TagWord"]
