"""The hospital is built once: each cell of a table undoes what it did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from tests.access.hospital import Hospital, build
from tests.conftest import MovedClock
from tests.tables import make_tables
from webapp.app import create_app
from webapp.config import Settings
from webapp.database import db
from webapp.people import passwords


@pytest.fixture(scope="package", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """The same argon2, with parameters that a table of nine people can wait for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="package")
def hospital(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hospital]:
    folder = tmp_path_factory.mktemp("access")
    file = folder / "friendtor.db"
    settings = Settings(
        data_dir=folder,
        database_url=f"sqlite:///{file}",
        public_url="http://localhost",
        security_contact="mailto:it@example.org",
    )
    app = create_app(settings)
    app.extensions["clock"] = MovedClock()
    app.testing = True
    with app.app_context():
        make_tables()
        yield build(app, file)
        db.session.remove()
        db.engine.dispose()
