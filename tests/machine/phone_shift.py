"""A short shift with a real phone: check-ins in Chromium, while signal, sign-in and battery come and go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from playwright.sync_api import Playwright

from tests.client import cookies_of
from tests.harness.device import Device
from tests.harness.oracles import Witness, canary
from tests.harness.pages import check_in, until_saved, wait_until_known
from tests.harness.server import Server
from tests.harness.waiting import until
from tests.people import person
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.pairings import Pairing
from webapp.people import SignIn, end_sign_ins

FACES = ("very hard", "hard", "all right", "good", "very good")


@dataclass
class Ward:
    """One server for every shift; each brings a mentee, a mentor and a phone of its own."""

    playwright: Playwright
    server: Server
    app: Flask
    programme: UUID
    folder: Path
    numbers: count[int] = field(default_factory=count)

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The app that stands open for all shifts, with fresh eyes."""
        db.session.rollback()
        yield self.app

    def new_pair(self) -> tuple[UUID, UUID]:
        """(mentee, mentor), paired."""
        number = next(self.numbers)
        with writing():
            mentee, mentor = (person(f"{role}{number} X", {role}) for role in ("mentee", "mentor"))
            db.session.flush()
            pairing = Pairing(id=uuid7(), programme_id=self.programme, mentee_id=mentee.id, mentor_id=mentor.id)
            pairing.made_by_id, pairing.made_at = mentor.id, now()
            db.session.add(pairing)
        return mentee.id, mentor.id

    def new_device(self) -> Device:
        return Device(self.playwright, self.folder / f"profile{next(self.numbers)}", self.server.url)

    def sign_in(self, device: Device, who: UUID) -> None:
        """As if days ago: Chromium writes cookies to the disk after half a minute, or when it is closed."""
        db.session.rollback()
        device.take_cookies(cookies_of(self.app, who, "own", "Test phone", device.cookie("browser")))
        device.reopen()


class PhoneShift(RuleBasedStateMachine):
    """What is typed is found once under its author, and what was kept is found by nobody else."""

    def __init__(self, ward: Ward) -> None:
        super().__init__()
        self.ward = ward
        self.has_signal = self.is_signed_in = True

    @initialize()
    def begin(self) -> None:
        self.mentee, self.mentor = self.ward.new_pair()
        self.device = self.ward.new_device().open()
        self.everything, self.kept = Witness(self.ward), Witness(self.ward)
        self.everything.devices.append(self.device)
        self.ward.sign_in(self.device, self.mentee)
        self.device.go("/check-in")
        wait_until_known(self.device)

    @rule(face=st.sampled_from(FACES), keep=st.booleans(), dies=st.booleans())
    def check_in(self, face: str, keep: bool, dies: bool) -> None:
        """`dies` takes the battery out as soon as the form says that it is saved."""
        self._sign_in_where_it_is_asked()
        words = canary("check-in")
        page = check_in(self.device, words, face, keep)
        until_saved(page)
        self.everything.typed(self.mentee, words)
        if keep:
            self.kept.typed(self.mentee, words)
        if dies:
            self.device.kill()
            self.device.open()

    @rule()
    def lose_or_find_the_signal(self) -> None:
        self.has_signal = not self.has_signal
        (self.device.online if self.has_signal else self.device.offline)()

    @rule()
    def battery_empty(self) -> None:
        self.device.kill()
        self.device.open()

    @rule()
    def close_and_open(self) -> None:
        self.device.reopen()

    @rule()
    def expire(self) -> None:
        with writing():
            end_sign_ins(SignIn.person_id == self.mentee, why="test")
        self.is_signed_in = False

    @rule()
    def open_another_tab(self) -> None:
        self._sign_in_where_it_is_asked()
        self.device.context.new_page().goto(f"{self.ward.server.url}/check-in")

    def teardown(self) -> None:
        if not hasattr(self, "device"):
            return
        try:
            self.device.online()
            self.has_signal, self.is_signed_in = True, False
            self._sign_in_where_it_is_asked()
            self.device.go("/check-in")
            until(lambda: not self.device.waiting(), "everything sent")
            self.everything.assert_no_loss()
            self.kept.assert_private(reader=self.mentor)
        finally:
            self.device.close()

    def _sign_in_where_it_is_asked(self) -> None:
        """With signal the server asks who it is; without, the phone goes on by itself."""
        if self.has_signal and not self.is_signed_in:
            self.ward.sign_in(self.device, self.mentee)
            self.is_signed_in = True
