"""A phone: one Chromium profile that is opened, closed, killed, taken offline, and looked into."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Playwright

from tests.harness.tools import chromium
from tests.harness.waiting import until

PATIENCE = 30_000  # ms; only a broken test waits so long
PHONE = {"width": 360, "height": 640}
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
EVERYTHING_KEPT = """
async () => {
  const plain = (value) => {
    if (value instanceof Uint8Array) return { bytes: btoa(String.fromCharCode(...value)) };
    if (value instanceof ArrayBuffer) return plain(new Uint8Array(value));
    if (Array.isArray(value)) return value.map(plain);
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
    return value;
  };
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const kept = { local: { ...localStorage }, session: { ...sessionStorage }, caches: {}, stores: {} };
  for (const { name } of await indexedDB.databases()) {
    const database = await asked(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const rows = await asked(database.transaction(store).objectStore(store).getAll());
      kept.stores[store] = rows.map(plain);
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    kept.caches[name] = {};
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      kept.caches[name][new URL(request.url).pathname] = await answer.text();
    }
  }
  return kept;
}
"""


class Device:
    """What survives between `open` and `close` is on disk in `profile`, as on a phone."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        url: str,
        arguments: tuple[str, ...] = (),
        init_script: str = "",
        **options: Any,
    ) -> None:
        self._playwright, self.profile, self.url = playwright, profile, url
        self._arguments = [*ARGUMENTS, *arguments]
        self._init_script = init_script
        self._options = {"viewport": PHONE, "device_scale_factor": 2, "locale": "en-GB", **options}
        self._context: BrowserContext | None = None
        self._cdp: CDPSession | None = None
        self._offline = False

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "open the device first"
        return self._context

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self.context.pages[-1]

    @property
    def cdp(self) -> CDPSession:
        """A session of the first tab, with the worker's events on."""
        if self._cdp is None:
            self._cdp = self.context.new_cdp_session(self.context.pages[0])
            self._cdp.send("ServiceWorker.enable")
        return self._cdp

    def open(self) -> Device:
        """Start the browser. Cookies of a session stay, as on a phone that only closed its tabs."""
        self._context = self._playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=chromium(),
            headless=True,
            args=self._arguments,
            permissions=["notifications"],
            **self._options,
        )
        self._context.set_default_timeout(PATIENCE)
        if self._init_script:
            self._context.add_init_script(self._init_script)
        if self._offline:
            self._context.set_offline(True)
        return self

    def close(self) -> None:
        """Close the browser as a person does."""
        if self._context is not None:
            self._context.close()
            self._forget()

    def kill(self) -> None:
        """SIGKILL: the battery is empty."""
        for number in self._process_ids():
            os.kill(number, signal.SIGKILL)
        until(lambda: not self._process_ids(), "the browser's end")
        with suppress(Error):  # it is gone, which is what we wanted
            self.context.close()
        self._forget()

    def reopen(self) -> Device:
        self.close()
        return self.open()

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def offline(self) -> None:
        """No signal, for pages and for the worker."""
        self._offline = True
        self.context.set_offline(True)

    def online(self) -> None:
        self._offline = False
        self.context.set_offline(False)

    def cookie(self, name: str) -> str:
        """Its value, or nothing."""
        return next((cookie["value"] for cookie in self.context.cookies(self.url) if cookie["name"] == name), "")

    def take_cookies(self, cookies: dict[str, str]) -> None:
        """Be signed in, as after the sign-in form."""
        readable = {"here"}
        self.context.add_cookies(
            [
                {
                    "name": name,
                    "value": value,
                    "url": self.url,
                    "httpOnly": name not in readable,
                    "sameSite": "Lax",
                    "expires": 4_000_000_000,
                }
                for name, value in cookies.items()
            ]
        )

    def without_scripts(self) -> None:
        """From now on pages run no scripts, and no worker stands in between."""
        self._reopen_with(java_script_enabled=False, service_workers="block")

    def with_scripts(self) -> None:
        self._reopen_with(java_script_enabled=True, service_workers="allow")

    def push(self, payload: dict[str, Any]) -> None:
        """A push arrives for this browser, decrypted as its push service would hand it over."""
        registrations: list[str] = []
        self.wait_for_worker()
        session = self.context.new_cdp_session(self.page)
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: registrations.extend(row["registrationId"] for row in event["registrations"]),
        )
        session.send("ServiceWorker.enable")
        until(lambda: self.page.evaluate("1") and registrations, "the worker's registration")
        session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.url, "registrationId": registrations[-1], "data": json.dumps(payload)},
        )

    def allow_bytes(self, number: int) -> None:
        """How much this origin may keep; negative for as much as it likes."""
        quota = {"quotaSize": number} if number >= 0 else {}
        self.cdp.send("Storage.overrideQuotaForOrigin", {"origin": self.url, **quota})

    def wait_for_worker(self) -> None:
        """Until the worker is installed and answers for this page."""
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        until(lambda: self.context.service_workers, "the worker's start")

    def kept(self) -> dict[str, Any]:
        """Everything that scripts of this origin can find: stores, caches, storages."""
        kept: dict[str, Any] = self.page.evaluate(EVERYTHING_KEPT)
        return kept

    def waiting(self) -> list[dict[str, Any]]:
        """Rows of the outbox that the server has not acknowledged."""
        return [row for row in self.kept()["stores"].get("outbox", []) if row["state"] == "waiting"]

    def files_with(self, words: Iterable[str]) -> list[str]:
        """Files of the profile in which a word stands, in UTF-8 or UTF-16. The browser must be closed."""
        wanted = [(word, word.encode(form)) for word in words for form in ("utf-8", "utf-16-le", "utf-16-be")]
        found = []
        for path in sorted(self.profile.rglob("*")):
            if path.is_file() and not path.is_symlink():
                content = path.read_bytes()
                found += [f"{path.relative_to(self.profile)}: {word}" for word, form in wanted if form in content]
        return found

    def _reopen_with(self, **options: Any) -> None:
        self.close()
        self._options.update(options)
        self.open()

    def _forget(self) -> None:
        self._context = self._cdp = None

    def _process_ids(self) -> list[int]:
        """The browser's own process, found by its profile; its children end with it."""
        mine = f"--user-data-dir={self.profile}".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                command = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if mine in command:
                found.append(int(entry.name))
        return found
