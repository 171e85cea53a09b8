"""How light the check-in is and how quickly it answers, in Chromium with a processor four times slower.

    python -m benchmarks.phone [--saves 40] [--starts 10] [--slower 4]

A slowed processor is no old phone: flash memory, radio and heat are not modelled. Sizes are bytes on the wire with
headers: the page's as Chromium counts them, the worker's as they pass a proxy. A save is timed once right after the
page has loaded, when the phone is still busy fetching, and once when it has come to rest.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.client import cookies_of
from tests.harness.device import Device
from tests.harness.pages import CHECK_IN, wait_until_known
from tests.harness.proxy import FaultProxy
from tests.harness.server import Server
from tests.people import make_cast

SAVE = """
([form, button]) => new Promise((done) => {
  const element = document.querySelector(form);
  const began = performance.now();
  new MutationObserver((_, watching) => {
    if (!["saved", "sent"].includes(element.getAttribute("state"))) return;
    watching.disconnect();
    done(performance.now() - began);
  }).observe(element, { attributes: true });
  document.querySelector(button).click();
})
"""


def main() -> None:
    """Measure and print, one figure a line."""
    asked = _asked()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {asked.slower}x slower")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data")
        server.data.mkdir()
        server.prepare()
        server.start()
        try:
            line = FaultProxy(server.port)
            device = Device(playwright, Path(folder) / "profile", line.url).open()
            print(f"browser: Chromium {device.context.browser.version if device.context.browser else ''}")
            with server.inside() as app:
                device.take_cookies(cookies_of(app, make_cast().mary))
            _sizes(device, line)
            _saves(device, asked)
            _cold_starts(device, asked)
            device.close()
        finally:
            server.stop()


def _sizes(device: Device, line: FaultProxy) -> None:
    page = _bytes_of(device, "/check-in")
    wait_until_known(device)
    device.page.wait_for_load_state("networkidle")
    workers = line.carried - page
    print(f"first visit to the check-in page: {page / 1024:.1f} KB, and its worker's {workers / 1024:.1f} KB")
    before = line.carried
    _bytes_of(device, "/check-in")
    print(f"repeat visit, with what the worker fetches: {(line.carried - before) / 1024:.1f} KB")


def _bytes_of(device: Device, path: str) -> int:
    """What the page itself fetches; what its worker fetches is seen on the line only."""
    session = device.context.new_cdp_session(device.page)
    got: list[int] = []
    session.on("Network.loadingFinished", lambda event: got.append(int(event["encodedDataLength"])))
    session.send("Network.enable")
    device.page.goto(device.url + path, wait_until="networkidle")
    session.detach()
    return sum(got)


def _saves(device: Device, asked: argparse.Namespace) -> None:
    page = device.go("/check-in")
    slow_down(device, page, asked.slower)
    for rest, when in ((0, "right after loading"), (1_500, "at rest")):
        taken = []
        for number in range(asked.saves):
            page.goto(f"{device.url}/check-in")
            page.locator(f"{CHECK_IN}[state=clean]").wait_for()
            page.wait_for_timeout(rest)
            page.locator("label:has(#face-4)").click()
            page.locator("#words").fill(f"A good shift, number {number}.")
            page.wait_for_timeout(rest)
            taken.append(page.evaluate(SAVE, [CHECK_IN, f'{CHECK_IN} button[value="mentor"]']))
        _say(f"tap on Save to “Saved on this phone”, {when}", taken)


def _cold_starts(device: Device, asked: argparse.Namespace) -> None:
    taken = []
    for _ in range(asked.starts):
        device.reopen()
        device.offline()
        page = device.page
        slow_down(device, page, asked.slower)
        page.goto(f"{device.url}/check-in")
        page.locator(f"{CHECK_IN}[state=clean]").wait_for()
        taken.append(page.evaluate("performance.now()"))
        device.online()
    _say("offline cold start to a usable form", taken)


def slow_down(device: Device, page: Page, times: int) -> None:
    device.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})


def _say(what: str, taken: list[Any]) -> None:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{what}: median {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms, n = {len(ordered)}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=40)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--slower", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    main()
