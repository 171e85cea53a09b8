"""A release's own leavings: its database, its keys, a phone's stores, and what that phone and others sent.

`python -m tests.faults.released.record` makes them with the release at hand; the tests give them to later ones.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.client import cookies_of
from tests.harness.handset import Handset
from tests.harness.server import ROOT, Server
from tests.harness.transport import OverHttp

FOLDER = ROOT / "tests" / "faults" / "released"
TO_JSON = """
const toJson = (value) => {
  if (value instanceof Uint8Array) return { bytes: btoa(String.fromCharCode(...value)) };
  if (Array.isArray(value)) return value.map(toJson);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
  return value;
};
"""
FROM_JSON = """
const fromJson = (value) => {
  if (typeof value?.bytes === "string") return Uint8Array.from(atob(value.bytes), (letter) => letter.charCodeAt(0));
  if (Array.isArray(value)) return value.map(fromJson);
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fromJson(inner)]));
  return value;
};
"""
RECORD = (
    "async () => {"
    + TO_JSON
    + """
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const database = await asked(indexedDB.open("friendtor"));
  const stores = {};
  for (const name of database.objectStoreNames) {
    const store = database.transaction(name).objectStore(name);
    const indexes = Array.from(store.indexNames, (index) => {
      const { keyPath, unique, multiEntry } = store.index(index);
      return { name: index, keyPath, unique, multiEntry };
    });
    const [keys, rows] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    const { keyPath } = store;
    stores[name] = { keyPath, indexes, keys: keyPath === null ? keys : null, rows: rows.map(toJson) };
  }
  const { version } = database;
  database.close();
  return { version, stores };
}"""
)
LOAD = (
    "({ version, stores }) => new Promise((resolve, reject) => {"
    + FROM_JSON
    + """
  const opening = indexedDB.open("friendtor", version);
  opening.onerror = () => reject(opening.error);
  opening.onupgradeneeded = () => {
    for (const [name, { keyPath, indexes, keys, rows }] of Object.entries(stores)) {
      const store = opening.result.createObjectStore(name, keyPath === null ? {} : { keyPath });
      for (const { name: index, keyPath: path, ...how } of indexes) store.createIndex(index, path, how);
      rows.map(fromJson).forEach((row, at) => (keys ? store.put(row, keys[at]) : store.put(row)));
    }
  };
  opening.onsuccess = () => { opening.result.close(); resolve(true); };
})"""
)


@dataclass(frozen=True)
class Release:
    """One recorded release."""

    folder: Path

    @property
    def said(self) -> dict[str, Any]:
        """People's ids, the words typed, the phone's cookie, and every request with what became of its ops."""
        return dict(json.loads((self.folder / "requests.json").read_text()))

    @property
    def stores(self) -> dict[str, Any]:
        """The phone's database: version and stores."""
        return dict(json.loads((self.folder / "stores.json").read_text()))

    def person(self, name: str) -> UUID:
        return UUID(self.said["people"][name])

    def restore(self, data: Path) -> None:
        """Its keys and its database, as they were before the requests."""
        (data / "keys").mkdir(parents=True)
        for name, content in json.loads((self.folder / "keys.json").read_text()).items():
            (data / "keys" / name).write_text(content)
            (data / "keys" / name).chmod(0o600)
        with closing(sqlite3.connect(data / "friendtor.db")) as database:
            database.executescript((self.folder / "hospital.sql").read_text())

    def ask_again(self, server: Server) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Send every recorded request. Gives each recorded result beside the one of now."""
        with server.inside() as app:
            names = {request["as"] for request in self.said["requests"]}
            lines = {name: OverHttp(server.url, cookies_of(app, self.person(name))) for name in names}
        pairs = []
        for request in self.said["requests"]:
            status, answer = lines[request["as"]].post("/sync", request["body"])
            assert status == 200, answer
            pairs += list(zip(request["results"], answer["results"], strict=True))
        return pairs


def releases() -> list[Release]:
    """Every recorded release, oldest first."""
    return [Release(folder) for folder in sorted(FOLDER.glob("[0-9]*"), key=lambda folder: int(folder.name))]


def record_stores(device: Handset) -> dict[str, Any]:
    """The phone's database as it stands, bytes as base64."""
    return dict(device.run(f"({RECORD})()"))


def load_stores(device: Handset, stores: dict[str, Any]) -> None:
    """Put a recorded database on a phone that has none, before any page of ours has run there."""
    assert device.run(f"({LOAD})({json.dumps(stores)})")
