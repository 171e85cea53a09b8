"""Events that reach Chromium's worker as the browser itself would hand them over: a push, a background sync."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.harness.waiting import until

NOTICES = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
  .map(({title, body, tag, lang, data}) => ({title, body, tag, lang, opens: data.navigate}))"""


class WorkerEvents:
    """Hands events to the worker of `origin`, from any page of its browser, and hears when a push was dealt with.

    Asking for the notifications while one is being shown makes Chromium forget that one (47 of 300 pushes, 156), so
    nothing here asks again and again: the browser tells when the worker is done, and then `notices` asks once.
    """

    def __init__(self, page: Page, origin: str) -> None:
        self._page, self._origin = page, origin
        self._outcomes: list[str] = []
        registrations: dict[str, str] = {}
        self._session = page.context.new_cdp_session(page)
        self._session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: registrations.update(
                (row["scopeURL"], row["registrationId"]) for row in told["registrations"]
            ),
        )
        self._session.on("BackgroundService.backgroundServiceEventReceived", self._hear)
        self._session.send("ServiceWorker.enable")
        self._session.send("BackgroundService.startObserving", {"service": "pushMessaging"})
        self._session.send("BackgroundService.setRecording", {"service": "pushMessaging", "shouldRecord": True})
        scope = origin + "/"
        self._registration = until(lambda: page.evaluate("1") and registrations.get(scope), "the worker's registration")

    def push(self, payload: object) -> None:
        """A push arrives, decrypted; text goes as it is, anything else as JSON. Returns when the worker is done."""
        handled = len(self._outcomes)
        data = payload if isinstance(payload, str) else json.dumps(payload)
        self._send("deliverPushMessage", data=data)
        until(lambda: self._page.evaluate("1") and len(self._outcomes) > handled, "the worker's end of the push")
        assert self._outcomes[handled:] == ["Success"]

    def sync(self, tag: str) -> None:
        """The browser thinks that there is signal again."""
        self._send("dispatchSyncEvent", tag=tag, lastChance=False)

    def notices(self) -> list[dict[str, str]]:
        """What is shown now; only a page of the origin can ask."""
        shown: list[dict[str, str]] = self._page.evaluate(NOTICES)
        return shown

    def _send(self, event: str, **values: object) -> None:
        values |= {"origin": self._origin, "registrationId": self._registration}
        self._session.send(f"ServiceWorker.{event}", values)

    def _hear(self, told: dict[str, Any]) -> None:
        event = told["backgroundServiceEvent"]
        if event["eventName"] == "Push event completed":
            [outcome] = event["eventMetadata"]
            self._outcomes.append(outcome["value"])
