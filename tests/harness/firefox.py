"""A phone with Firefox: cookies and stores of its own, real taps and keys over WebDriver BiDi."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

from tests.doubles.firefox import Firefox, Refused
from tests.harness.handset import LEFT, OnALine
from tests.harness.proxy import FaultProxy
from tests.harness.tools import firefox
from tests.harness.waiting import until

NO_PUSH = "ws://127.0.0.1:9/none"
LATER = 4_000_000_000
CONTROL, END = "\ue009", "\ue010"
NOT_YET = ("no such node", "no such element", "stale element reference", "move target out of bounds")
MIDDLE = "(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })"


def new_firefox(profile: Path) -> Firefox:
    """A Firefox without push: tests/browser/test_real_push.py has that."""
    return Firefox(firefox(), push_server=NO_PUSH, profile=profile)


class FirefoxPhone(OnALine):
    """A Firefox of its own or, since that takes seconds to start, a user context of one that runs already."""

    def __init__(self, profile: Path, line: FaultProxy, init_script: str = "", shared: Firefox | None = None) -> None:
        super().__init__(profile, line)
        self._init_script, self._shared = init_script, shared
        self._program: Firefox | None = None
        self._user = shared.ask("browser.createUserContext")["userContext"] if shared else "default"
        self._tabs: list[str] = []
        self._front = ""

    @property
    def firefox(self) -> Firefox:
        """The program, looking at this phone's tab."""
        assert self._program is not None, "open the phone first"
        self._program.tab = self._front
        return self._program

    def open(self) -> Self:
        self._program = self._shared or new_firefox(self.profile).__enter__()
        if self._init_script:
            script = {"functionDeclaration": f"() => {{ {self._init_script} }}", "userContexts": [self._user]}
            self.firefox.ask("script.addPreloadScript", **script)
        self._new("window")
        return self

    def close(self) -> None:
        if self._program is not None:
            if self._shared is None:
                self._program.__exit__()
            for tab in self._tabs if self._shared else []:
                self._program.ask("browsingContext.close", context=tab)
            self._program, self._tabs = None, []

    def discard(self) -> None:
        if self._shared:
            self.close()
            self._shared.ask("browser.removeUserContext", userContext=self._user)
        elif self.is_open():
            self.kill()  # whatever state a test has left it in

    def kill(self) -> None:
        assert self._shared is None, "ask for a phone that is alone"
        self.firefox.kill()
        self._program, self._tabs = None, []

    def is_open(self) -> bool:
        return self._program is not None

    def show(self, address: str) -> None:
        self.firefox.open(self.url + address if address.startswith("/") else address)

    def reload(self) -> None:
        self.firefox.ask("browsingContext.reload", context=self._front, wait="complete")

    def new_tab(self) -> int:
        self._new("tab")
        return len(self._tabs) - 1

    def to_tab(self, number: int) -> None:
        self._front = self._tabs[number]
        self.firefox.ask("browsingContext.activate", context=self._front)

    def run(self, expression: str) -> Any:
        try:
            return self.firefox.run(expression)
        except Refused as refused:
            if not str(refused).startswith(LEFT):
                raise
            return self.firefox.run(expression)

    def tap(self, selector: str) -> None:
        until(lambda: self._tapped(selector), f"a tap on {selector}")

    def type(self, selector: str, words: str) -> None:
        self.tap(selector)
        to_the_end = [("keyDown", CONTROL), ("keyDown", END), ("keyUp", END), ("keyUp", CONTROL)]
        letters = [(way, letter) for letter in words for way in ("keyDown", "keyUp")]
        self._act("key", [{"type": way, "value": key} for way, key in to_the_end + letters])

    def take_cookies(self, cookies: dict[str, str]) -> None:
        partition = {"type": "storageKey", "userContext": self._user}
        self.firefox.ask("storage.deleteCookies", partition=partition)
        for name, value in cookies.items():
            kept = {"name": name, "value": {"type": "string", "value": value}, "domain": "localhost", "expiry": LATER}
            rules = {"path": "/", "sameSite": "lax", "httpOnly": name != "here"}
            self.firefox.ask("storage.setCookie", cookie=kept | rules, partition=partition)

    def cookie(self, name: str) -> str:
        partition = {"type": "storageKey", "userContext": self._user}
        found = self.firefox.ask("storage.getCookies", filter={"name": name}, partition=partition)["cookies"]
        return str(found[0]["value"]["value"]) if found else ""

    def _new(self, kind: str) -> None:
        made = self.firefox.ask("browsingContext.create", type=kind, userContext=self._user)
        self._tabs.append(made["context"])
        self.to_tab(-1)

    def _tapped(self, selector: str) -> bool:
        """Not yet when there is no such element, or when it goes away meanwhile."""
        try:
            self._tap_on(self._seen(selector))
        except Refused as refused:
            if not str(refused).startswith(NOT_YET):
                raise
            return False
        return True

    def _tap_on(self, element: dict[str, str]) -> None:
        at = {"origin": {"type": "element", "element": element}, "x": 0, "y": 0}
        down, up = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        self._act("pointer", [{"type": "pointerMove", **at}, down, up])

    def _seen(self, selector: str) -> dict[str, str]:
        """The element, once it is there and in the middle of the screen."""

        def found() -> list[dict[str, str]]:
            locator = {"type": "css", "value": selector}
            nodes = self.firefox.ask("browsingContext.locateNodes", context=self._front, locator=locator)["nodes"]
            return [{"sharedId": node["sharedId"]} for node in nodes]

        element = until(found, f"{selector} to tap on")[0]
        here = {"target": {"context": self._front}, "awaitPromise": False}
        self.firefox.ask("script.callFunction", functionDeclaration=MIDDLE, arguments=[element], **here)
        return element

    def _act(self, kind: str, actions: list[dict[str, Any]]) -> None:
        source = {"type": kind, "id": kind, "actions": actions}
        try:
            self.firefox.ask("input.performActions", context=self._front, actions=[source])
            self.firefox.ask("input.releaseActions", context=self._front)
        except Refused as refused:  # it may lead to another page before Firefox has said that it is done
            if not str(refused).startswith(LEFT):
                raise
