"""How often a door was tried lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model


class Tries(Model):
    """A count since `began_at` for one account or one address; `key` is a keyed hash and names neither."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]
