"""The JSON Schema in docs/ is what the server's models say, and what phones and server really exchange."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from flask import Flask

from tests.people import Cast
from tests.phone import Phone
from webapp.sync.schema import wire_schema, written_schema

WRITTEN = Path(__file__).parents[2] / "docs" / "sync-protocol.schema.json"


def test_the_written_schema_is_the_models() -> None:
    assert WRITTEN.read_text() == written_schema(), "run: python -m webapp.sync.schema > docs/sync-protocol.schema.json"


def test_what_travels_fits_the_schema(app: Flask, cast: Cast) -> None:
    schema = wire_schema()
    phone = Phone.of(app, cast.mary)
    op = phone.entry("As the schema says")
    sent = {"proto": 1, "sent_at": "2026-03-10T10:00:00Z", "ops": [op.wire]}
    _, answer = phone.transport.post("/sync", sent)
    _, fed = phone.transport.get("/sync/feed?since=0")
    travelled = {
        "GET /sync/session answer": phone.session,
        "POST /sync": sent,
        "POST /sync answer": answer,
        "GET /sync/feed answer": fed,
        "body": op.body,
        "op entry.write": op.body["fields"],
    }
    for name, content in travelled.items():
        only = {**schema, "properties": {}, **schema["properties"][name]}
        jsonschema.validate(json.loads(json.dumps(content)), only)


def test_every_op_of_the_protocol_is_in_the_table() -> None:
    page = (WRITTEN.parent / "sync-protocol.md").read_text().split("## The ops of version 1")[1]
    named = {f"op {word}" for word in page.split("`") if word.count(".") == 1 and word.replace(".", "").isidentifier()}
    assert named == {name for name in wire_schema()["properties"] if name.startswith("op ")}
