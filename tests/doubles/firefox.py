"""A real, headless Firefox with an empty profile, driven over WebDriver BiDi and connected to a push service."""

from __future__ import annotations

import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.harness.server import end_with_the_tests
from tests.harness.waiting import until

PREFERENCES: dict[str, bool | int | str] = {
    "dom.push.testing.allowInsecureServerURL": True,
    "dom.push.enabled": True,
    "dom.push.connection.enabled": True,
    "remote.prefs.recommended": False,
    "alerts.useSystemBackend": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "browser.startup.page": 0,
    "browser.region.network.url": "",
    "app.update.enabled": False,
    "extensions.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.usage.uploadEnabled": False,
    "toolkit.telemetry.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}
LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


class Refused(Exception):
    """Firefox said no; the first words are WebDriver's name for the reason."""


class Firefox:
    """`with Firefox(program, push_server="ws://…") as firefox:` looks at `tab`. Without `profile` it keeps nothing."""

    def __init__(self, program: str, *, push_server: str, profile: Path | None = None) -> None:
        self._program, self._profile = program, profile
        self._preferences = PREFERENCES | {"dom.push.serverURL": push_server}
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        with ExitStack() as closing:
            self._folder = self._profile or Path(tempfile.mkdtemp(prefix="friendtor-firefox-"))
            self._folder.mkdir(exist_ok=True)
            if not self._profile:
                closing.callback(shutil.rmtree, self._folder, ignore_errors=True)
            self._start()
            closing.callback(self._stop)
            connection = connect(f"{self._address()}/session", max_size=None, open_timeout=30)
            self._socket: ClientConnection = closing.enter_context(connection)
            self.ask("session.new", capabilities={})
            self.tab: str = self.ask("browsingContext.getTree")["contexts"][0]["context"]
            self._closing = closing.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def ask(self, method: str, **parameters: Any) -> Any:
        """One command and its answer."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self._socket.recv(timeout=60))).get("id") != number:
            pass
        if answer["type"] != "success":
            raise Refused(f"{answer.get('error')}: {answer.get('message')} ({method})")
        return answer["result"]

    def allow_notifications(self, origin: str) -> None:
        """As if the person had said yes to the browser's question."""
        self.ask("permissions.setPermission", descriptor={"name": "notifications"}, state="granted", origin=origin)

    def take_cookies(self, cookies: dict[str, str]) -> None:
        """Have exactly these cookies on localhost."""
        self.ask("storage.deleteCookies")
        for name, value in cookies.items():
            kept = {"name": name, "value": {"type": "string", "value": value}, "domain": "localhost"}
            rules = {"path": "/", "sameSite": "lax", "httpOnly": name != "here"}
            self.ask("storage.setCookie", cookie=kept | rules)

    def open(self, url: str) -> None:
        self.ask("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def run(self, script: str, *, as_person: bool = False) -> Any:
        """What an expression gives (a promise is awaited), through JSON; `as_person` counts as a person's tap."""
        answer = self.ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({script})))()",
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=as_person,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"].get("value", "null"))

    def tap(self, selector: str) -> None:
        """Tap what is there and can be seen."""
        found = f"document.querySelector({json.dumps(selector)})"
        until(lambda: self.run(f"!!{found} && {found}.checkVisibility()"), f"{selector} to tap on")
        self.run(f"{found}.click()", as_person=True)

    def kill(self) -> None:
        """SIGKILL, for it and all of its processes."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(60)
        self._closing.close()

    def _start(self) -> None:
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in self._preferences.items())
        (self._folder / "user.js").write_text("\n".join(lines))
        command = [self._program, "--headless", "--no-remote", "--profile", str(self._folder)]
        with (self._folder / "said.log").open("w") as log:
            self._process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0", "about:blank"],
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_the_tests,
                env=os.environ | {"HOME": str(self._folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
            )

    def _stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _address(self) -> str:
        def said() -> str | None:
            assert self._process.poll() is None, (self._folder / "said.log").read_text()[-2000:]
            listening = LISTENING.search((self._folder / "said.log").read_text())
            return listening[1] if listening else None

        return until(said, "Firefox listens", within=60) or ""
