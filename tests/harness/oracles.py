"""The two oracles that end every fault: nothing typed is lost or doubled, and nobody else can find it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask
from sqlalchemy import select

from tests.client import Browser
from tests.harness.handset import Handset
from tests.harness.waiting import until
from tests.phone import Phone
from webapp.database import Model, db
from webapp.sealing import CannotOpen, Header, open_op, open_text
from webapp.sync.models import DroppedEnvelope

AUTHORS = ("author_id", "person_id", "mentee_id", "recorded_by_id", "given_by_id")
PARKED = "friendtor draft "
UNOPENED = "brought in, not opened yet"


@dataclass(frozen=True)
class Found:
    """A text somewhere, and whose it is there."""

    where: str
    person: UUID | None
    text: str


def canary(about: str) -> str:
    """Words that stand nowhere else in the world."""
    return f"{about} {uuid4().hex}"


class Inside(Protocol):
    """Where the database can be looked into."""

    def inside(self) -> AbstractContextManager[Flask]: ...


class Witness:
    """Remembers what people typed, and looks for it everywhere."""

    def __init__(self, server: Inside) -> None:
        self.server = server
        self.devices: list[Handset] = []
        self.phones: list[Phone] = []
        self._typed: list[tuple[UUID, str]] = []

    def typed(self, person: UUID, words: str) -> str:
        """Remember that this person typed this. Gives the words back."""
        self._typed.append((person, words))
        return words

    def words(self) -> list[str]:
        """Everything that was typed."""
        return [words for _, words in self._typed]

    def forget(self, words: str) -> None:
        """Its author threw it away."""
        self._typed = [(person, text) for person, text in self._typed if text != words]

    def until_kept(self, words: str) -> None:
        """Wait until these words are in a device's stores or on the server: a form keeps the first tap before the last
        letter, so that it keeps anything says nothing of them."""
        until(lambda: any(words in found.text for found in self._everywhere()), f"“{words}” being kept")

    def assert_no_loss(self) -> None:
        """Each text is on the server once, or not yet and then on a phone; always under its author.

        The phones are looked into first: what is sent meanwhile is then found twice, else it would be found nowhere.
        What was brought in for somebody else and is not opened yet may lie there twice, from a page and its worker:
        that it is the same is found when it is opened.
        """
        waiting, rows = self._on_devices(), self._on_server()
        for person, words in self._typed:
            found_there = [found for found in rows if words in found.text]
            held = [found for found in found_there if found.where != UNOPENED]
            brought = [found for found in found_there if found.where == UNOPENED]
            kept = [found for found in waiting if words in found.text]
            assert len(held) <= 1, f"“{words}” is doubled: {held}"
            assert held or brought or kept, f"“{words}” is lost"
            assert len(kept) <= 1 or held or brought, f"“{words}” waits more than once: {kept}"
            for found in (*held, *brought, *kept):
                assert found.person == person, f"“{words}” is under somebody else: {found}"

    def _everywhere(self) -> list[Found]:
        return self._on_devices() + self._on_server()

    def _on_devices(self) -> list[Found]:
        with self.server.inside():
            found = [found for device in self.devices for found in texts_on_device(device)]
            return found + [found for phone in self.phones for found in texts_on_phone(phone)]

    def _on_server(self) -> list[Found]:
        with self.server.inside():
            return list(texts_on_server())

    def assert_private(self, *devices: Handset, reader: UUID | None = None, of: UUID | None = None) -> None:
        """No words of `of` (anybody, unless given) are in these phones' reach, nor in what `reader` may open."""
        words = [text for person, text in self._typed if of in (None, person) and person != reader]
        for device in devices:
            if device.is_here():
                shown = json.dumps(device.kept(), ensure_ascii=False) + device.content()
                assert not [word for word in words if word in shown], "found by a script of the page"
            device.close()
            assert not device.files_with(words), f"in the profile: {device.files_with(words)}"
            device.open()
        if reader is not None:
            with self.server.inside() as app:
                found = [path for path, text in pages_of(app, reader) if any(word in text for word in words)]
            assert not found, f"shown to somebody else: {found}"


def texts_on_server() -> Iterator[Found]:
    """Every sealed text of the database, opened, with its author."""
    for table in Model.metadata.sorted_tables:
        sealed = [column for column in table.columns if column.name.endswith("_sealed")]
        if sealed and "id" in table.columns and table.name not in ("outgoing_mail", "push_subscription"):
            for row in db.session.execute(select(table)).mappings():
                author = next((row[name] for name in AUTHORS if name in row), None)
                for column in sealed:
                    if row[column.name] is not None:
                        place = f"{table.name}.{column.name.removesuffix('_sealed')}"
                        yield Found(place, author, open_text(row[column.name], place, row["id"]))
    for brought in db.session.scalars(select(DroppedEnvelope)):
        where = UNOPENED if brought.turned_away_at is None else "turned away"
        yield Found(where, *opened_op(json.loads(brought.envelope)))


def texts_on_phone(phone: Phone) -> Iterator[Found]:
    """What waits on a phone in Python."""
    for kept in phone.outbox:
        if kept.state != "sent":
            fields = json.dumps(kept.body["fields"], ensure_ascii=False)
            yield Found("outbox", UUID(kept.body["person"]), fields)


def texts_on_device(device: Handset) -> Iterator[Found]:
    """What waits or is being typed on a device: sealed ops opened with the server's key, drafts with the owner's."""
    kept = device.kept()
    stores = kept["stores"]
    ops = [row for row in stores.get("outbox", []) if row["state"] != "sent"]
    drafts = list(stores.get("drafts", []))
    for name, value in kept["local"].items():
        if name.startswith(PARKED):
            parked = json.loads(value)
            ops += [parked["op"]] if "op" in parked else []
            drafts += [parked["draft"]] if "draft" in parked else []
    for row in ops:
        yield Found("outbox", *opened_op(row))
    owners = {row["tag"]: row for row in stores.get("owners", [])}
    drafts.sort(key=lambda row: row["at"])
    one_a_page = {(row["owner"], row["form"], row["page"]): row for row in drafts}
    for row in one_a_page.values():
        owner = owners.get(row["owner"])
        if owner and owner["mirror_key"]:
            yield Found("draft", UUID(owner["person"]), opened_draft(row, as_bytes(owner["mirror_key"])))


def opened_op(row: dict[str, Any]) -> tuple[UUID | None, str]:
    header = Header(row["op_id"], row["key_id"], row["device_id"], row["owner_tag"], row["seq"])
    try:
        _, body = open_op(header, row["sealed"])
    except CannotOpen:
        return None, ""
    said = json.loads(body)
    return UUID(said["person"]), json.dumps(said["fields"], ensure_ascii=False)


def opened_draft(row: dict[str, Any], key: bytes) -> str:
    sealed = as_bytes(row["sealed"])
    bound = f"{row['owner']}|draft|{row['form']}".encode()
    return json.dumps(json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)), ensure_ascii=False)


def as_bytes(value: Any) -> bytes:
    """Bytes as the page gave them: standard base64 from a store, base64url from a parked draft."""
    if isinstance(value, dict):
        return base64.b64decode(value["bytes"])
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def pages_of(app: Flask, reader: UUID) -> Iterator[tuple[str, str]]:
    """Every page that a person can open without knowing an id, and the phone's own feed."""
    browser = Browser(app).sign_in(reader)
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments:
            yield rule.rule, browser.client.get(rule.rule, follow_redirects=True).get_data(as_text=True)
