"""A coordinator sets the second step up, signs in with it on another device, and again in place; axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.harness.accessibility import barriers
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn, end_every_sign_in
from tests.harness.pages import sign_in_again, wait_until_known
from tests.harness.server import Server
from tests.people import PASSWORD, Cast
from webapp.clock import now
from webapp.people import totp

CAROL = "carol@example.org"
HOME = "/settings/second-step"


@pytest.mark.usefixtures("passwords")
def test_a_second_step_from_the_settings_to_another_device(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    codes = set_up(server, sign_in(new_device(), people.carol))
    page = give_password(new_device())
    expect(page.get_by_role("heading", name="Now the code")).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This code does not fit, or it was used already.").first).to_be_visible()
    assert barriers(page) == []
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{server.url}/")


@pytest.mark.usefixtures("passwords")
def test_it_works_without_scripts(server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    codes = set_up(server, sign_in(new_device(), people.carol))
    plain = new_device(alone=True)
    plain.without_scripts()
    page = give_password(plain)
    page.get_by_label("Code").fill(codes[1])
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{server.url}/")


@pytest.mark.usefixtures("passwords")
def test_the_dialog_in_place_asks_for_the_code_too(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    codes = set_up(server, sign_in(new_device(), people.carol))
    device = sign_in(new_device(), people.carol)
    device.go("/check-in")
    wait_until_known(device)
    end_every_sign_in(server, people.carol)
    device.page.evaluate("dispatchEvent(new Event('online'))")
    guard = device.page.locator("session-guard")
    sign_in_again(device.page, CAROL, PASSWORD)
    expect(guard.get_by_label("Code")).to_be_focused()
    guard.get_by_label("Code").fill(codes[2])
    guard.locator("dialog .button--primary").click()
    expect(guard.locator("dialog")).to_be_hidden()
    expect(guard.locator("[data-needs-sign-in]")).to_be_hidden()


def set_up(server: Server, device: Device) -> list[str]:
    """The ten recovery codes, read off the page that shows them once."""
    page = device.go(HOME)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Set it up").click()
    picture = page.locator(".qr").bounding_box()
    assert picture is not None
    assert picture["width"] == picture["height"], "a stretched picture is hard to scan"
    secret = page.locator(".code__value").inner_text().replace(" ", "")
    assert barriers(page) == []
    with server.inside():
        page.locator("main").get_by_label("Code").fill(totp.code_of(secret, totp.step_at(now())))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert barriers(page) == []
    expect(page.locator(".code__value")).to_have_count(10)
    return page.locator(".code__value").all_inner_texts()


def give_password(device: Device) -> Page:
    page = device.go("/sign-in")
    page.get_by_label("E-mail").fill(CAROL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("It is mine").check()
    page.get_by_role("button", name="Sign in").click()
    return page
