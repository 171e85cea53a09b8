"""A later version with another schema, and the way back to this one: docs/operating.md, "Updating, and going back"."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.client import cookies_of
from tests.harness.release import bring_out_a_migration, copy_of_the_program
from tests.harness.server import ROOT, Server
from tests.harness.transport import OverHttp
from tests.people import make_cast
from tests.phone import Phone
from webapp.database import db

pytestmark = [pytest.mark.own_app, pytest.mark.slow, pytest.mark.long]


@pytest.mark.usefixtures("postgres_programs")
def test_what_was_sent_to_the_later_version_comes_back_to_this_one(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    server = Server(tmp_path / "data", "" if database_url.startswith("sqlite") else database_url)
    server.prepare()
    server.start()
    try:
        with server.inside() as app:
            mary = make_cast().mary
            transport = OverHttp(server.url, cookies_of(app, mary, "own", "Test phone"))
        phone = Phone(transport)
        phone.refresh()
        phone.entry("before the update")
        assert [result["status"] for result in phone.flush()] == ["applied"]
        server.command("backup", tmp_path / "before.friendtor")

        server.stop()
        server.root = copy_of_the_program(tmp_path / "later")
        bring_out_a_migration(server)
        server.start()
        assert has_the_later_column(server)
        phone.entry("after the update")
        assert [result["status"] for result in phone.flush()] == ["applied"]

        server.stop()
        server.root = ROOT
        with pytest.raises(AssertionError, match="Install the version of Friendtor that last used this database"):
            server.prepare()
        server.command("restore", tmp_path / "before.friendtor", "--replace")
        server.start()
        assert not has_the_later_column(server)
        with server.inside() as app:
            transport.cookies = cookies_of(app, mary, "own", "Test phone", transport.cookies["browser"])
        phone.refresh()
        assert [result["status"] for result in phone.flush()] == ["duplicate", "applied"]
        assert len(phone.rows("entry")) == 2
    finally:
        server.kill()


def has_the_later_column(server: Server) -> bool:
    with server.inside():
        return "shoe_size" in {column["name"] for column in inspect(db.engine).get_columns("person")}
