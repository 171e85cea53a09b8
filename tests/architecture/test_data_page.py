"""docs/data.md names every column that holds text: sealed or plain, and who reads it."""

from __future__ import annotations

import importlib
import pkgutil
import re

from sqlalchemy import JSON, LargeBinary, MetaData, String, Table

import webapp
from tests.architecture.sources import ROOT
from webapp.database import Model

PAGE = ROOT / "docs" / "data.md"
LINE = re.compile(r"^\| `([a-z_]+\.[a-z_]+)` \| (sealed|plain|code|secret) \| ([^|]+) \|$", re.M)


def test_the_page_names_every_column_that_holds_text() -> None:
    documented, there = documented_columns(PAGE.read_text()), text_columns(every_model())
    assert not set(there) - set(documented), f"add to docs/data.md: {sorted(set(there) - set(documented))}"
    assert not set(documented) - set(there), f"take out of docs/data.md: {sorted(set(documented) - set(there))}"


def test_what_is_sealed_is_bytes_and_what_is_bytes_is_no_plain_text() -> None:
    documented, there = documented_columns(PAGE.read_text()), text_columns(every_model())
    wrong = [
        name
        for name, is_bytes in there.items()
        if (documented.get(name) == "plain" and is_bytes) or (documented.get(name) == "sealed" and not is_bytes)
    ]
    assert not wrong


def test_a_column_that_is_not_on_the_page_is_seen() -> None:
    every_model()
    pairing = Model.metadata.tables["pairing"].to_metadata(MetaData())
    assert "pairing.why" in text_columns([pairing])
    assert "pairing.why" not in documented_columns("| `pairing.reason` | plain | the pair |")


def every_model() -> list[Table]:
    for module in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if module.name.rpartition(".")[2] in ("models", "health"):
            importlib.import_module(module.name)
    return list(Model.metadata.tables.values())


def text_columns(tables: list[Table]) -> dict[str, bool]:
    """Each text column and whether it holds bytes."""
    return {
        f"{table.name}.{column.name}": isinstance(column.type, LargeBinary)
        for table in tables
        for column in table.columns
        if isinstance(column.type, String | LargeBinary | JSON)
    }


def documented_columns(page: str) -> dict[str, str]:
    """Each column on the page and how it is kept."""
    return {name: kept for name, kept, _ in LINE.findall(page)}
