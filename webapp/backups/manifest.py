"""What a backup says of itself: read and checked before anything is put anywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

DATABASE = "database"
KEYS = "keys"


class FileFacts(BaseModel):
    """One file of the backup: its SHA-256 in hex, and its length in bytes."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(ge=0)


class Manifest(BaseModel):
    """`rows` counts every table; `key_ids` names ("kind-id") each key there was, whether or not it is in `files`."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = 1
    made_at: datetime
    version: str
    database: Literal["sqlite", "postgresql"]
    database_schema: str = ""
    migration: str
    epoch: UUID | None
    rows: dict[str, int]
    key_ids: list[str]
    files: dict[str, FileFacts]

    @property
    def has_keys(self) -> bool:
        return KEYS in self.files
