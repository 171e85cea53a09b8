"""A phone in Python: it seals ops, keeps an outbox, sends it, and pulls its mirror, as the real one does.

It speaks through a `Transport`, so that the same phone drives the test client, a real server and a broken line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import EllipsisType
from typing import Any, Protocol
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from tests.client import Browser
from webapp.database import uuid7
from webapp.sealing import Header, from_base64url, seal_op

MOST_OPS = 50
ACKNOWLEDGED = {"applied", "duplicate", "conflict", "deleted", "redacted", "op_reuse"}


class LineBroke(Exception):
    """The answer did not come back. Whether the server did it, the phone cannot know."""


class Transport(Protocol):
    """GET and POST of JSON: the status and the parsed answer."""

    def get(self, path: str) -> tuple[int, Any]: ...

    def post(self, path: str, body: object) -> tuple[int, Any]: ...


@dataclass
class ThroughClient:
    """Through Werkzeug's test client of a browser that is signed in."""

    browser: Browser
    statuses: list[int] = field(default_factory=list)

    def get(self, path: str) -> tuple[int, Any]:
        return self._answer(self.browser.client.get(path))

    def post(self, path: str, body: object) -> tuple[int, Any]:
        headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
        return self._answer(self.browser.client.post(path, json=body, headers=headers))

    def _answer(self, response: Any) -> tuple[int, Any]:
        self.statuses.append(response.status_code)
        return response.status_code, response.get_json(silent=True)


@dataclass
class Kept:
    """One row of the outbox."""

    header: Header
    sealed: str
    body: dict[str, Any]
    state: str = "waiting"
    status: str | None = None
    reason: str | None = None

    @property
    def wire(self) -> dict[str, Any]:
        header = self.header
        return {
            "op_id": header.op_id,
            "key_id": header.key_id,
            "device_id": header.device_id,
            "owner_tag": header.owner_tag,
            "seq": header.seq,
            "sealed": self.sealed,
        }


class Phone:
    """One person's phone. `clock` is its own idea of the time; `off` sets it wrong.

    `clock_changed` is what it knows when it saves, `knows_its_clock_changed` what it knows when it sends.
    """

    def __init__(self, transport: Transport, clock: Callable[[], datetime] | None = None) -> None:
        self.transport = transport
        self.off = timedelta(0)
        self.outbox: list[Kept] = []
        self.mirror: dict[tuple[str, str], dict[str, Any]] = {}
        self.heads: dict[str, str | None] = {}
        self.heads_fed: dict[str, str | None] = {}
        self.feed: tuple[int, str] = (0, "")
        self.session: dict[str, Any] = {}
        self.zone = "Europe/London"
        self.clock_changed = False
        self.knows_its_clock_changed = False
        self._clock = clock or (lambda: datetime.now(UTC))
        self._seq = 0

    @classmethod
    def of(cls, app: Flask, person: UUID, kind: str = "own") -> Phone:
        """A phone on which this person has just signed in."""
        phone = cls(ThroughClient(Browser(app).sign_in(person, kind)), app.extensions["clock"])
        phone.refresh()
        return phone

    def now(self) -> datetime:
        return self._clock() + self.off

    def refresh(self) -> dict[str, Any]:
        """Ask who is signed in, as before every flush."""
        status, answer = self.transport.get("/sync/session")
        assert status == 200, (status, answer)
        if self.session and self.session["epoch"] != answer["epoch"]:  # a restored server: all of it goes again
            for kept in self.outbox:
                kept.state = "waiting" if kept.state == "sent" else kept.state
        self.session = answer
        return self.session

    def save(
        self,
        kind: str,
        action: str,
        fields: dict[str, Any] | None = None,
        entity: str | None = None,
        parent: str | EllipsisType | None = ...,
        **body: Any,
    ) -> Kept:
        """Seal an op into the outbox. `body` overrides what stands inside the seal."""
        entity = entity or str(uuid7())
        self._seq += 1
        header = Header(
            op_id=str(uuid7()),
            key_id=self.session["sealing_key"]["key_id"],
            device_id=self.session["device"],
            owner_tag=self.session["owner_tag"],
            seq=self._seq,
        )
        said = {
            "schema": 1,
            "op_id": header.op_id,
            "seq": header.seq,
            "person": self.session["person"],
            "device": self.session["device"],
            "sign_in": self.session["sign_in"],
            "sync_key": self.session["sync_key"],
            "kind": kind,
            "action": action,
            "entity": entity,
            "parent": self.heads.get(entity) if parent is ... else parent,
            "written_at": self.now().isoformat().replace("+00:00", "Z"),
            "zone": self.zone,
            "clock_changed": self.clock_changed,
            "fields": fields or {},
            **body,
        }
        kept = Kept(header, self.seal(header, said), said)
        self.outbox.append(kept)
        self.heads[entity] = header.op_id
        return kept

    def seal(self, header: Header, body: object, secret: bytes | None = None) -> str:
        """Seal any body under a header, with this phone's writer secret unless another is given."""
        point = from_base64url(self.session["sealing_key"]["public_key"])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return seal_op(
            header, from_base64url(self.session["writer_secret"]) if secret is None else secret, content, key
        )

    def entry(self, text: str, entity: str | None = None, prompt: str | None = None, **more: Any) -> Kept:
        """Write a journal entry, or change one."""
        action = "amend" if entity else "write"
        return self.save("entry", action, {"prompt": prompt, "body": {"scheme": "plain", "text": text}}, entity, **more)

    def waiting(self) -> list[Kept]:
        return [kept for kept in self.outbox if kept.state == "waiting"]

    def send(self, ops: Iterable[Kept]) -> tuple[int, Any]:
        """One POST /sync of these rows, whatever comes back."""
        sent_at = self.now().isoformat().replace("+00:00", "Z")
        changed = self.knows_its_clock_changed
        delivery = {"proto": 1, "sent_at": sent_at, "clock_changed": changed, "ops": [kept.wire for kept in ops]}
        return self.transport.post("/sync", delivery)

    def drop(self, ops: Iterable[Kept]) -> tuple[int, Any]:
        """One POST /sync/drop of rows that may be anybody's, whatever comes back."""
        sent_at = self.now().isoformat().replace("+00:00", "Z")
        return self.transport.post("/sync/drop", {"proto": 1, "sent_at": sent_at, "ops": [kept.wire for kept in ops]})

    def flush(self, lose_answers: int = 0) -> list[dict[str, Any]]:
        """Send what waits, oldest first, and pull. The first `lose_answers` answers never arrive."""
        results: list[dict[str, Any]] = []
        for _ in range(lose_answers):
            self.send(self.waiting()[:MOST_OPS])
        tried: set[str] = set()
        while batch := [kept for kept in self.waiting() if kept.header.op_id not in tried][:MOST_OPS]:
            tried.update(kept.header.op_id for kept in batch)
            status, answer = self.send(batch)
            assert status == 200, (status, answer)
            results += self.take(answer["results"])
        self.pull()
        return results

    def take(self, results: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Apply typed acknowledgements; everything else stays."""
        rows = {kept.header.op_id: kept for kept in self.outbox}
        for result in results:
            kept = rows[result["op_id"]]
            kept.status, kept.reason = result["status"], result["reason"]
            if result["status"] in ACKNOWLEDGED:
                kept.state = "sent"
            elif result["status"] == "rejected" and result["reason"] != "foreign_owner":
                kept.state = "refused"
            self._learn_head(kept.body["entity"], result["head"])
        return results

    def pull(self) -> None:
        """Bring the mirror up to date; begin anew when the server says so."""
        while True:
            rev, epoch = self.feed
            status, answer = self.transport.get(f"/sync/feed?since={rev}&epoch={epoch}")
            if status == 410:
                self.feed, self.mirror = (0, ""), {}
                continue
            assert status == 200, (status, answer)
            for item in answer["items"]:
                self._mirror(item)
            self.feed = (answer["rev"], answer["epoch"])
            if not answer["more"]:
                return

    def rows(self, kind: str) -> dict[str, dict[str, Any]]:
        """The mirror's rows of a kind, by id."""
        return {id_: data for (its, id_), data in self.mirror.items() if its == kind}

    def _learn_head(self, entity: str, head: str | None) -> None:
        """What the next op on this follows: what waits here, else what the server last said of it."""
        if head is not None:
            self.heads_fed[entity] = head
        if not any(kept.body["entity"] == entity for kept in self.waiting()):
            self.heads[entity] = self.heads_fed.get(entity)

    def _mirror(self, item: dict[str, Any]) -> None:
        key = (item["kind"], item["id"])
        if item["gone"]:
            self.mirror.pop(key, None)
        else:
            self.mirror[key] = item["data"]
            self._learn_head(item["id"], item["head"])
