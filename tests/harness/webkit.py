"""A phone with WebKit: its own profile, real taps and keys over WebDriver, on a screen that nobody sees."""

from __future__ import annotations

import atexit
import functools
import http.client
import json
import os
import select
import signal
import subprocess
from pathlib import Path
from typing import Any, Self

from tests.harness.handset import LEFT, OnALine
from tests.harness.proxy import FaultProxy
from tests.harness.server import end_with_the_tests, free_port
from tests.harness.tools import webkit_driver, xvfb
from tests.harness.waiting import Late, until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
WINDOW = Path(__file__).with_name("webkit_window.py")
LATER = 4_000_000_000
PATIENCE = 60.0
NOWHERE = "/healthz"  # a driver knows only the cookies of the page that is shown; this one does nothing
ASK = """
const done = arguments[arguments.length - 1];
(async () => JSON.stringify(await (%s)))().then((said) => done({ said }), (error) => done({ error: String(error) }));
"""
NOT_YET = ("stale element reference", "element not interactable", "element click intercepted")


class Refused(Exception):
    """The driver said no; the first word is WebDriver's name for the reason."""


class WebKitPhone(OnALine):
    """As an iPhone's browser tab: no Push, no Background Sync."""

    def __init__(self, profile: Path, line: FaultProxy, init_script: str = "") -> None:
        super().__init__(profile, line)
        self._init_script = init_script
        self._driver: subprocess.Popen[bytes] | None = None
        self._port, self._session = 0, ""
        self._tabs: list[str] = []

    def open(self) -> Self:
        self.profile.mkdir(exist_ok=True)
        self._port = free_port()
        with (self.profile / "said.log").open("ab") as log:
            self._driver = subprocess.Popen(
                [webkit_driver(), f"--port={self._port}"],
                env=surroundings(self.profile),
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_the_tests,
            )
        window = {"binary": str(WINDOW), "args": [str(self.profile), self._init_script]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": window}}}
        until(self._listens, "the driver's start")
        self._session = f"/session/{self.ask('POST', '/session', wanted)['sessionId']}"
        self._tabs = [self.tell("GET", "/window")]
        return self

    def close(self) -> None:
        if self._driver is not None:
            try:
                self.tell("DELETE", "")
                until(lambda: not self._windows(), "the window's end")
            finally:
                self._end()

    def discard(self) -> None:
        if self._driver is not None:
            self._end()  # whatever state a test has left it in

    def kill(self) -> None:
        self._end()

    def is_open(self) -> bool:
        return self._driver is not None

    def show(self, address: str) -> None:
        self.tell("POST", "/url", {"url": self.url + address if address.startswith("/") else address})

    def reload(self) -> None:
        self.tell("POST", "/refresh", {})

    def new_tab(self) -> int:
        self._tabs.append(self.tell("POST", "/window/new", {"type": "tab"})["handle"])
        self.to_tab(-1)
        return len(self._tabs) - 1

    def to_tab(self, number: int) -> None:
        self.tell("POST", "/window", {"handle": self._tabs[number]})

    def run(self, expression: str) -> Any:
        asked = {"script": ASK % expression, "args": []}
        try:
            answer = self.tell("POST", "/execute/async", asked)
        except Refused as refused:
            if not str(refused).startswith(LEFT):
                raise
            answer = self.tell("POST", "/execute/async", asked)
        assert "error" not in answer, answer["error"]
        return json.loads(answer.get("said") or "null")

    def tap(self, selector: str) -> None:
        until(lambda: self._did(selector, "click", {}), f"a tap on {selector}")

    def type(self, selector: str, words: str) -> None:
        until(lambda: self._did(selector, "value", {"text": words}), f"words in {selector}")

    def take_cookies(self, cookies: dict[str, str]) -> None:
        self.show(NOWHERE)
        self.tell("DELETE", "/cookie")
        for name, value in cookies.items():
            cookie = {"name": name, "value": value, "httpOnly": name != "here", "sameSite": "Lax", "expiry": LATER}
            self.tell("POST", "/cookie", {"cookie": cookie})

    def cookie(self, name: str) -> str:
        if not self.is_here():
            self.show(NOWHERE)
        found = [cookie["value"] for cookie in self.tell("GET", "/cookie") if cookie["name"] == name]
        return found[0] if found else ""

    def tell(self, method: str, command: str, body: object = None) -> Any:
        """One command of the session and its value."""
        return self.ask(method, self._session + command, body)

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """One command and its value. `Refused` when the driver says no, `Late` when the page did not answer it."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            connection.request(method, path, None if body is None else json.dumps(body))
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            connection.close()
        if answer.status != 200:
            kind = Late if value["error"] == "script timeout" else Refused
            raise kind(f"{value['error']}: {value['message']} ({method} {path})")
        return value

    def _did(self, selector: str, what: str, body: dict[str, str]) -> bool:
        """Do something to the first such element that can be seen; not yet when there is none, or it moves away."""
        found = self.tell("POST", "/elements", {"using": "css selector", "value": selector})
        paths = [f"/element/{one[ELEMENT]}" for one in found]
        try:
            seen = next((path for path in paths if self.tell("GET", f"{path}/displayed")), None)
            if seen:
                self.tell("POST", f"{seen}/{what}", body)
        except Refused as refused:
            if not str(refused).startswith(NOT_YET):
                raise
            return False
        return seen is not None

    def _listens(self) -> bool:
        try:
            return bool(self.ask("GET", "/status")["ready"])
        except OSError:
            return False

    def _windows(self) -> list[int]:
        return [number for number in family(self._driver.pid) if number != self._driver.pid] if self._driver else []

    def _end(self) -> None:
        assert self._driver is not None, "open the phone first"
        os.killpg(self._driver.pid, signal.SIGKILL)
        self._driver.wait(PATIENCE)
        until(lambda: not family(self._driver.pid), "the browser's end") if self._driver else None
        self._driver = None


def family(group: int) -> list[int]:
    """Processes of this group that have not ended."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(entry.name))
    return found


def surroundings(home: Path) -> dict[str, str]:
    """No desktop, no graphics card, nothing of this machine's user."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    ours = {"HOME": home, "XDG_RUNTIME_DIR": home, "DISPLAY": screen(), "GDK_BACKEND": "x11", "NO_AT_BRIDGE": 1}
    software = {"WEBKIT_DISABLE_COMPOSITING_MODE": 1, "LIBGL_ALWAYS_SOFTWARE": 1, "GSETTINGS_BACKEND": "memory"}
    return {**kept, **{name: str(value) for name, value in (ours | software).items()}}


@functools.cache
def screen() -> str:
    """The name of a screen in memory, which ends with the tests."""
    command = [xvfb(), "-displayfd", "1", "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=end_with_the_tests
    )
    atexit.register(process.terminate)
    assert process.stdout is not None
    said, _, _ = select.select([process.stdout], [], [], PATIENCE)
    assert said, f"Xvfb has not started within {PATIENCE:g} s"
    number = process.stdout.readline().decode().strip()
    assert number, "Xvfb ended at once"
    return f":{number}"
