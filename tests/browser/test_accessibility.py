"""axe finds nothing on any page that a person can open, in light and in dark."""

from __future__ import annotations

from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from tests.harness.accessibility import COLOURS, RULES, barriers
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.server import Server
from tests.people import Cast

NOT_PAGES = (
    "/static",
    "/shell",
    "/sync",
    "/push/",
    "/healthz",
    "/manifest",
    "/service-worker",
    "/help-now.json",
    "/.well-known",
)
LIGHTS: dict[Literal["light", "dark"], tuple[str, ...]] = {"light": RULES, "dark": COLOURS}
FEWEST = 5  # pages that anybody can see
DOWNLOADS = (".json", ".csv")
BAD = "<!doctype html><html><head><title></title></head><body><img src='data:,'><button></button></body></html>"


@pytest.mark.long
@pytest.mark.parametrize("who", ["mary", "ana", "carol", "admin", "nobody"])
def test_axe_finds_nothing(who: str, server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    device = new_device()
    if who != "nobody":
        person: UUID = getattr(people, who)
        sign_in(device, person)
    seen: set[object] = set()
    found = [said for path in addresses(server) for said in in_both_lights(device, path, seen)]
    assert len(seen) > FEWEST
    assert not found, "\n  ".join(["", *sorted(set(found))])


def test_axe_sees_a_bad_page(new_device: NewDevice) -> None:
    device = new_device()
    device.page.set_content(BAD)
    assert {"image-alt", "button-name", "document-title"} <= {said.split(" ")[0] for said in barriers(device.page)}


def in_both_lights(device: Device, path: str, seen: set[object]) -> list[str]:
    """Nothing when this person has seen where it leads: the sign-in page, or "We could not find that page"."""
    page = device.page
    answer = page.goto(device.url + path)
    assert answer is not None
    assert answer.status < 500, f"{path} fell over"
    leads_to = answer.status if answer.status >= 400 else urlsplit(page.url).path
    if leads_to in seen:
        return []
    seen.add(leads_to)
    found = []
    for light, rules in LIGHTS.items():
        page.emulate_media(color_scheme=light, reduced_motion="reduce")
        found += [f"{path} ({light}): {said}" for said in barriers(page, rules)]
    return found


def addresses(server: Server) -> list[str]:
    """Every page that opens without knowing an id."""
    with server.inside() as app:
        return sorted(
            rule.rule
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and not rule.arguments
            and not rule.rule.startswith(NOT_PAGES)
            and not rule.rule.endswith(DOWNLOADS)
        )
