"""The JSON Schema of the wire: `python -m webapp.sync.schema > docs/sync-protocol.schema.json`."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from webapp.sync.table import OPS
from webapp.sync.wire import Body, Delivery, DeliveryAnswer, DropAnswer, FeedAnswer, SessionAnswer

SHAPES: dict[str, type[BaseModel]] = {
    "POST /sync": Delivery,
    "POST /sync answer": DeliveryAnswer,
    "POST /sync/drop": Delivery,
    "POST /sync/drop answer": DropAnswer,
    "GET /sync/session answer": SessionAnswer,
    "GET /sync/feed answer": FeedAnswer,
    "body": Body,
}


def wire_schema() -> dict[str, Any]:
    """Every shape on the wire, and the fields of every op, by name."""
    ops = {f"op {kind}.{action}": op.fields for (kind, action), op in OPS.items()}
    named = {**SHAPES, **ops}
    models = sorted(set(named.values()), key=lambda model: f"{model.__module__}.{model.__qualname__}")
    references, definitions = models_json_schema([(model, "validation") for model in models], by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The sync protocol, version 1",
        "properties": {name: references[(model, "validation")] for name, model in sorted(named.items())},
        "$defs": definitions["$defs"],
    }


def written_schema() -> str:
    """As it stands in docs/."""
    return json.dumps(wire_schema(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(written_schema())
