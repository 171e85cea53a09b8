"""The second step at sign-in: a secret that an authenticator app shares, and codes for when it is lost."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.database import Model, uuid7
from webapp.sealing import open_text, seal_text


class SecondFactor(Model):
    """One person's secret. It counts once a code has confirmed it; `last_step` is the newest step that was used."""

    __tablename__ = "second_factor"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int | None] = mapped_column(BigInteger)

    @property
    def secret(self) -> str:
        return open_text(self.secret_sealed, "second_factor.secret", self.person_id)

    def keep(self, secret: str) -> None:
        self.secret_sealed = seal_text(secret, "second_factor.secret", self.person_id)


class RecoveryCode(Model):
    """Works once instead of the app's code. Only a keyed hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(100))
    used_at: Mapped[datetime | None]
