"""A phone: one Chromium profile that is opened, closed, killed, taken offline, and looked into."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Playwright

from tests.harness.handset import HAS_ITS_SCRIPTS, Handset
from tests.harness.tools import chromium
from tests.harness.waiting import Late, until
from tests.harness.worker_events import WorkerEvents

ALONE = "this phone shares its program with others: make it with alone=True"
PATIENCE = 30_000  # ms; only a broken test waits so long
GONE = "Execution context was destroyed"
IN_TIME = """
(async () => {
  let late;
  const never = new Promise((_, no) => { late = setTimeout(() => no(new Error("never: no answer in time")), %d); });
  try {
    return await Promise.race([(async () => await (%s))(), never]);
  } finally {
    clearTimeout(late);
  }
})()
"""
BRIEFLY = 3.0  # seconds
OFTEN = 50  # ms; a page that nobody sees draws no frames to look in
PHONE = {"width": 360, "height": 640}
# Chromium gives a page without signal its signal back while it is left: "online" is said and the page asks who is in.
SILENT = "void (window.fetch = () => Promise.reject(new TypeError('no signal')))"
NO_BACKGROUND_SYNC = "delete ServiceWorkerRegistration.prototype.sync;"  # what is sent is sent by a page
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


class Device(Handset):
    """Chromium, with what only its protocol can do beside what every handset does. `shared` is a program that runs."""

    def __init__(
        self,
        playwright: Playwright,
        profile: Path,
        url: str,
        arguments: tuple[str, ...] = (),
        init_script: str = "",
        shared: Browser | None = None,
        **options: Any,
    ) -> None:
        self._playwright, self.profile, self.url = playwright, profile, url
        self._shared = shared
        self._arguments = [*ARGUMENTS, *arguments]
        self._init_script = init_script
        self._options = {"viewport": PHONE, "device_scale_factor": 2, "locale": "en-GB", **options}
        self._context: BrowserContext | None = None
        self._cdp: CDPSession | None = None
        self._offline = False
        self._front: Page | None = None

    @property
    def context(self) -> BrowserContext:
        assert self._context is not None, "open the device first"
        return self._context

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self._front if self._front and not self._front.is_closed() else self.context.pages[-1]

    @property
    def cdp(self) -> CDPSession:
        """A session of the first tab, with the worker's events on."""
        if self._cdp is None:
            self._cdp = self.context.new_cdp_session(self.context.pages[0])
            self._cdp.send("ServiceWorker.enable")
        return self._cdp

    def open(self) -> Self:
        self._context = self._new_context()
        self._context.set_default_timeout(PATIENCE)
        if self._init_script:
            self._context.add_init_script(self._init_script)
        if not self._context.pages:
            self._context.new_page()
        if self._offline:
            self._context.set_offline(True)
        return self

    def is_open(self) -> bool:
        return self._context is not None

    def close(self) -> None:
        assert self._shared is None, ALONE
        if self._context is not None:
            for page in self._context.pages:
                self._silence(page)
            self._context.close()
            self._forget()

    def discard(self) -> None:
        if self._context is not None:
            end(self._context)
            self._forget()

    def kill(self) -> None:
        assert self._shared is None, ALONE
        for number in self._process_ids():
            with suppress(ProcessLookupError):  # the browser's own children end with it
                os.kill(number, signal.SIGKILL)
        until(lambda: not self._process_ids(), "the browser's end")
        with suppress(Error):  # it is gone, which is what we wanted
            self.context.close()
        self._forget()

    def go(self, path: str) -> Page:
        self.show(path)
        return self.page

    def show(self, address: str) -> None:
        self._silence(self.page)
        self.page.goto(self.url + address if address.startswith("/") else address)
        self._wait_for_scripts()

    def reload(self) -> None:
        self._silence(self.page)
        self.page.reload()
        self._wait_for_scripts()

    def new_tab(self) -> int:
        self._front = self.context.new_page()
        return len(self.context.pages) - 1

    def close_tab(self) -> None:
        """The one in front."""
        self._silence(self.page)
        self.page.close()

    def to_tab(self, number: int) -> None:
        self._front = self.context.pages[number]
        self._front.bring_to_front()

    def run(self, expression: str) -> Any:
        asked = IN_TIME % (PATIENCE, expression)  # Playwright itself would wait for ever
        try:
            return self.page.evaluate(asked)
        except Error as error:
            if GONE not in error.message:
                raise
            self.page.wait_for_load_state()
            return self.page.evaluate(asked)  # the page that it was asked of has just been left

    def tap(self, selector: str) -> None:
        self.page.locator(selector).click()

    def type(self, selector: str, words: str) -> None:
        self.page.locator(selector).press("Control+End")
        self.page.locator(selector).press_sequentially(words)

    def offline(self) -> None:
        self._offline = True
        self.context.set_offline(True)

    def online(self) -> None:
        self._offline = False
        self.context.set_offline(False)

    def cookie(self, name: str) -> str:
        return next((cookie["value"] for cookie in self.context.cookies(self.url) if cookie["name"] == name), "")

    def take_cookies(self, cookies: dict[str, str]) -> None:
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

    def push(self, payload: dict[str, Any]) -> list[dict[str, str]]:
        """A push arrives for this browser, decrypted as its push service would hand it over; what is shown after it."""
        self.wait_for_worker()
        worker = WorkerEvents(self.page, self.url)
        worker.push(payload)
        return worker.notices()

    def allow_bytes(self, number: int) -> None:
        """How much this origin may keep; negative for as much as it likes."""
        quota = {"quotaSize": number} if number >= 0 else {}
        self.cdp.send("Storage.overrideQuotaForOrigin", {"origin": self.url, **quota})

    def freeze(self, number: int) -> None:
        """A tab in the background stops altogether: no timers, no answers, and its locks stay with it."""
        self._set_lifecycle(number, "frozen")

    def thaw(self, number: int) -> None:
        self._set_lifecycle(number, "active")

    def wait_for_worker(self) -> None:
        super().wait_for_worker()
        until(lambda: self.context.service_workers, "the worker's start")

    def _new_context(self) -> BrowserContext:
        options = {**self._options, "permissions": ["notifications"]}
        if self._shared:
            return self._shared.new_context(**options)
        return self._playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=chromium(), headless=True, args=self._arguments, **options
        )

    def _silence(self, page: Page) -> None:
        if self._offline:
            page.evaluate(SILENT)

    def _wait_for_scripts(self) -> None:
        if self._options.get("java_script_enabled", True):
            until_it_has_its_scripts(self.page)

    def _set_lifecycle(self, number: int, state: str) -> None:
        session = self.context.new_cdp_session(self.context.pages[number])
        session.send("Page.setWebLifecycleState", {"state": state})

    def _reopen_with(self, **options: Any) -> None:
        self.close()
        self._options.update(options)
        self.open()

    def _forget(self) -> None:
        self._context = self._cdp = self._front = None

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


def until_it_has_its_scripts(page: Page) -> None:
    """Until what is tapped is heard by the page's own elements."""
    page.wait_for_function(f"() => {HAS_ITS_SCRIPTS}", polling=OFTEN)


def end(context: BrowserContext) -> None:
    """Close a browser when its test is over, whatever its pages are doing.

    Chromium (156) may never close a page that is being left for the answer to a form.
    """
    for page in context.pages:
        with suppress(Error, Late):  # a page that crashed has nothing to stop
            session = context.new_cdp_session(page)
            until(lambda session=session: _stops(session), "the page's standing still", within=BRIEFLY)
    context.close()


def _stops(session: CDPSession) -> bool:
    try:
        session.send("Page.stopLoading")
    except Error:
        return False  # one page is just taking the place of another
    return True
