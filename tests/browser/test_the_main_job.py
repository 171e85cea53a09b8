"""The main job, from the nurse's corridor to the mentor's phone and back, with everything real but the push service."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.doubles.push_service import Browser as Subscribed
from tests.doubles.push_service import PushService
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn, running
from tests.harness.oracles import Witness
from tests.harness.pages import SAVED, fill_in_check_in, save_check_in, until_saved, wait_until_known
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import Cast

LONDON = ZoneInfo("Europe/London")
ASKED = "Could we talk about the third night?"
PRIVATE = "I stayed calm when the pump alarmed."
OPINION = "Tuesdays suit me better."
ANSWER = "I ring you at six."
SUBSCRIBE = """
async (subscription) => {
  const { push_key } = await (await fetch("/sync/session")).json();
  const body = JSON.stringify({ ...subscription, key_id: push_key.key_id });
  const headers = { "Content-Type": "application/json" };
  return (await fetch("/push/subscriptions", { method: "POST", headers, body })).status;
}
"""


@pytest.fixture
def push_service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def server(prepared: Path, tmp_path: Path, push_service: PushService) -> Iterator[Server]:
    """The hospital at eleven in the morning, when nobody of these four sleeps."""
    shutil.copytree(prepared, tmp_path / "data")
    server = Server(tmp_path / "data", PUSH_EXTRA_ORIGINS=push_service.origin)
    server.move_clock(seconds=(next_eleven(datetime.now(UTC)) - datetime.now(UTC)).total_seconds())
    yield from running(server)


def next_eleven(after: datetime) -> datetime:
    day = after.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(day, time(11), LONDON)


def subscribe(device: Device, service: PushService) -> Subscribed:
    """This phone takes notifications: its browser has subscribed at the push service."""
    browser = service.browser()
    assert device.page.evaluate(SUBSCRIBE, browser.subscription()) in (200, 201, 204)
    return browser


def told(service: PushService, browser: Subscribed, words: str) -> dict[str, Any]:
    """The message with these words, once it came."""

    def arrived() -> dict[str, Any] | None:
        return next((each for each in service.to(browser) if each["notification"]["body"] == words), None)

    service.wait_until(arrived, seconds=60)
    return arrived() or {}


def wait_for_three_rounds(server: Server) -> None:
    """Until the worker has gone round three times: what it meant to send now, it has sent."""
    for _ in range(3):
        before = beat(server)
        until(lambda: beat(server) != before, "another round of the worker")


def beat(server: Server) -> str:
    with urllib.request.urlopen(f"{server.url}/healthz", timeout=30) as answer:
        return str(json.load(answer)["worker_last_beat"])


def write_in_the_journal(page: Page, words: str) -> None:
    form = page.locator('offline-form[kind="entry"]').first
    expect(form).to_have_attribute("state", "clean")
    form.locator("textarea").fill(words)
    form.locator("button[type=submit], button:not([type])").first.click()
    expect(form).to_have_attribute("state", "saved")


def give_feedback(page: Page, words: str) -> None:
    form = page.locator('offline-form[name="feedback"]')
    expect(form).to_have_attribute("state", "clean")
    form.locator("textarea").fill(words)
    form.get_by_role("button", name="Send feedback").click()
    expect(form).to_have_attribute("state", "saved")


def test_work_without_signal_reaches_the_mentor_and_the_answer_comes_back(
    people: Cast, server: Server, push_service: PushService, new_device: NewDevice, sign_in: SignIn, witness: Witness
) -> None:
    # Given Ana's phone takes notifications, and Mary's phone has been online once
    ana = sign_in(new_device(), people.ana)
    ana.go("/")
    wait_until_known(ana)
    at_anas = subscribe(ana, push_service)
    mary = sign_in(new_device(alone=True), people.mary)
    mary.go("/")
    wait_until_known(mary)
    mary.reopen()  # a browser keeps new cookies for half a minute before they are on its disk
    mary.go("/")

    # When Mary has no signal, checks in, writes a private entry and gives feedback, and closes the browser
    mary.offline()
    page = mary.go("/")
    with page.expect_navigation():
        page.locator('a[href^="/check-in?face="]').first.click()
    fill_in_check_in(page, witness.typed(people.mary, ASKED), face="hard")
    page.locator("label", has_text="I'd like to talk").click()
    save_check_in(page)
    until_saved(page)
    write_in_the_journal(mary.go("/journal/new"), witness.typed(people.mary, PRIVATE))
    give_feedback(mary.go("/feedback"), witness.typed(people.mary, OPINION))
    mary.reopen()

    # Then it still waits, in words
    page = mary.go("/outbox")
    expect(page.locator("main")).to_contain_text(PRIVATE)
    assert len(mary.waiting()) == 3

    # When there is signal again, nobody touches anything
    mary.online()
    until(lambda: not mary.waiting(), "the sending")

    # Then Ana's phone is told, and says nothing that names anybody
    payload = told(push_service, at_anas, "Someone would like to talk.")
    assert [notice["body"] for notice in ana.push(payload)] == ["Someone would like to talk."]
    assert not [words for words in ("Okafor", "Ruiz", ASKED, "night") if words in str(payload)]

    # When Ana opens it and answers in one line
    page = ana.go("/")
    expect(page.locator("main")).to_contain_text("Mary")
    assert PRIVATE not in page.content()
    assert OPINION not in page.content()
    box = page.locator('offline-form[kind="note"]').first
    box.locator("textarea").fill(witness.typed(people.ana, ANSWER))
    box.locator("button[type=submit], button:not([type])").last.click()
    expect(box).to_have_attribute("state", SAVED)
    until(lambda: not ana.waiting(), "Ana's answer")

    # Then Mary reads it, and nobody lost or saw anything
    expect(mary.go("/").locator("main")).to_contain_text(ANSWER)
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


@pytest.mark.long
def test_both_are_asked_at_a_decent_hour_when_the_week_has_passed(
    people: Cast, server: Server, push_service: PushService, new_device: NewDevice, sign_in: SignIn
) -> None:
    phones = {}
    for name in ("mary", "ana"):
        device = sign_in(new_device(), getattr(people, name))
        device.go("/")
        wait_until_known(device)
        phones[name] = subscribe(device, push_service)
    server.move_clock(days=8, hours=13)  # past midnight: both sleep
    wait_for_three_rounds(server)
    assert push_service.to(phones["mary"]) == push_service.to(phones["ana"]) == []
    server.move_clock(hours=19)  # noon and six have passed, when the two reminders look round; nobody sleeps yet
    told(push_service, phones["mary"], "Your check-in is ready.")
    told(push_service, phones["ana"], "A word would be welcome.")
