"""A phone's browser in any engine: what a story may ask of Chromium, Firefox and WebKit alike."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from tests.harness.proxy import FaultProxy

LEFT = "no such frame"  # what WebDriver says when the page that was asked is left before it answers
# The scripts of an element come after its page: what is tapped before goes as without scripts, right but not meant.
HAS_ITS_SCRIPTS = "document.readyState !== 'loading' && document.querySelector(':not(:defined)') === null"
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
    const names = [...database.objectStoreNames];
    const moment = names.length && database.transaction(names); // one for all: what is moved is seen in one place
    const rows = await Promise.all(names.map((store) => asked(moment.objectStore(store).getAll())));
    names.forEach((store, at) => { kept.stores[store] = rows[at].map(plain); });
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


class Handset(ABC):
    """What survives between `open` and `close` is on disk in `profile`, as on a phone."""

    profile: Path
    url: str

    @abstractmethod
    def open(self) -> Self:
        """Start the browser. Cookies of a session stay, as on a phone that only closed its tabs."""

    @abstractmethod
    def close(self) -> None:
        """Close the browser as a person does; nothing when it is closed."""

    @abstractmethod
    def kill(self) -> None:
        """SIGKILL: the battery is empty. Its browser must be its own: `new_handset(alone=True)`."""

    @abstractmethod
    def is_open(self) -> bool: ...

    @abstractmethod
    def show(self, address: str) -> None:
        """Open a path of ours, or a whole address, in the tab in front, and wait until it is loaded."""

    @abstractmethod
    def reload(self) -> None: ...

    @abstractmethod
    def new_tab(self) -> int:
        """Another tab, in front. Gives its number."""

    @abstractmethod
    def to_tab(self, number: int) -> None:
        """Bring a tab to the front. The first has number 0."""

    @abstractmethod
    def run(self, expression: str) -> Any:
        """What an expression gives in the tab in front, through JSON; a promise is awaited."""

    @abstractmethod
    def tap(self, selector: str) -> None:
        """Tap what can be seen there, as a finger does."""

    @abstractmethod
    def type(self, selector: str, words: str) -> None:
        """Type these words, key by key, at the end of what stands in a text field."""

    @abstractmethod
    def take_cookies(self, cookies: dict[str, str]) -> None:
        """Be signed in, as after the sign-in form."""

    @abstractmethod
    def cookie(self, name: str) -> str:
        """Its value, or nothing."""

    @abstractmethod
    def offline(self) -> None:
        """No signal, for pages and for the worker."""

    @abstractmethod
    def online(self) -> None:
        """Signal again; the page in front is told, as phones do."""

    def discard(self) -> None:
        """Nobody needs this phone any more."""
        self.close()

    def reopen(self) -> Self:
        self.close()
        return self.open()

    def is_here(self) -> bool:
        """A page of ours is in front."""
        return self.is_open() and self.run("location.href").startswith(self.url)

    def leave(self) -> None:
        """No page of ours is in front: one of somebody else's would leave by itself, at its own time."""
        if self.is_here():
            self.show("about:blank")

    def content(self) -> str:
        """The page in front, as it stands."""
        return str(self.run("document.documentElement.outerHTML"))

    def value(self, selector: str) -> str:
        """What stands in a field."""
        return str(self.run(f"document.querySelector({json.dumps(selector)}).value"))

    def wait_for_worker(self) -> None:
        """Until the worker is installed."""
        self.run("navigator.serviceWorker.ready.then(() => true)")

    def kept(self) -> dict[str, Any]:
        """Everything that scripts of this origin can find: stores, caches, storages."""
        kept: dict[str, Any] = self.run(f"({EVERYTHING_KEPT})()")
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


class OnALine(Handset):
    """A handset whose signal is a line of its own that can be cut, for engines that cannot be told to be offline."""

    def __init__(self, profile: Path, line: FaultProxy) -> None:
        self.profile, self.line, self.url = profile, line, line.url

    def offline(self) -> None:
        self.line.inflict("refuse")

    def online(self) -> None:
        self.line.heal()
        if self.is_here():
            self.run("dispatchEvent(new Event('online'))")
