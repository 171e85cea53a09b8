"""F21: a push that was queued for A arrives while B is signed in. "Friendtor is up to date", nothing of A."""

from __future__ import annotations

import json
from typing import Any

from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.oracles import Witness, canary
from tests.harness.pages import wait_until_known
from tests.harness.waiting import until
from tests.people import Cast


def test_a_push_for_somebody_else_says_nothing_of_her(
    people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    device = sign_in(new_device(alone=True), people.mary)
    device.go("/")
    wait_until_known(device)
    hers = current_tag(device)
    sign_in(device, people.charlie)
    device.go("/")
    until(lambda: current_tag(device) not in ("", hers), "his being known")
    words = canary("for her")
    note = {"title": "A note", "body": words, "tag": "note"}
    [shown] = device.push({"notification": note, "recipient": hers})
    assert shown["body"] == "Friendtor is up to date"
    assert words not in json.dumps(device.kept())
    witness.assert_no_loss()
    witness.assert_private(device, reader=people.charlie)


def test_a_push_for_her_says_what_it_brings(people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    note: dict[str, Any] = {"title": "St Mary's", "body": "A note for you", "tag": "note"}
    [shown] = device.push({"notification": note, "recipient": current_tag(device)})
    assert (shown["title"], shown["body"]) == ("St Mary's", "A note for you")


def current_tag(device: Device) -> str:
    """Who the phone believes to be signed in."""
    tags = [row["tag"] for row in device.kept()["stores"]["owners"]]
    return str(tags[-1]) if tags else ""
