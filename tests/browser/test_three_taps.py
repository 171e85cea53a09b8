"""The ten seconds: three taps from the home screen at 360 x 640, without scrolling."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.harness.device import until_it_has_its_scripts
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import CHECK_IN, until_sent, wait_until_known
from tests.harness.server import Server
from tests.people import Cast
from webapp.checkins import Checkin
from webapp.database import db

HEIGHT = 640


class Finger:
    """Taps only what is in view and large enough, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, target: Locator) -> None:
        expect(target).to_be_in_viewport(ratio=1)
        box = target.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        assert self.page.evaluate("scrollY") == 0, "a finger would have had to scroll"
        self.page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.taps += 1


def test_three_taps_from_the_home_screen(server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn) -> None:
    # Given Mary's phone, with the address bar showing
    device = sign_in(new_device(viewport={"width": 360, "height": HEIGHT}, has_touch=True, is_mobile=True), people.mary)
    device.go("/")
    wait_until_known(device)
    finger = Finger(device.page)
    finger.taps += 1  # the icon on the home screen opens Today

    # When she taps a face, and then "Send to Ana"
    page = device.go("/")
    with page.expect_navigation():
        finger.tap(page.locator("main a[href^='/check-in?face=']").nth(3))
    until_it_has_its_scripts(page)
    expect(page.locator(CHECK_IN)).to_have_attribute("state", "clean")
    finger.tap(page.locator(f'{CHECK_IN} button[value="mentor"]'))

    # Then it is sent, after three taps
    until_sent(page)
    assert finger.taps == 3
    with server.inside():
        [checkin] = db.session.query(Checkin).all()
        assert (checkin.face, checkin.audience, checkin.contact, checkin.need) == (4, "mentor", None, None)
