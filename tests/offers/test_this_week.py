"""What "This week" says of offers: what waits for the coordinator, what waits for its people, whom nobody asks."""

from __future__ import annotations

from flask import Flask

from tests.client import Browser
from tests.conftest import MovedClock
from tests.insight.test_own_reports import reports_to
from tests.insight.test_week import tasks
from tests.offers.asking import offer, say
from tests.offers.test_finding_a_mentor import ask, offering, opened, press, seeking
from tests.pairings.writing_down import note
from tests.people import Cast
from tests.programmes.building import whom_to_ring
from webapp.matching.offers import look_after_offers


def test_an_offer_waits_for_its_people_until_it_is_over(app: Flask, cast: Cast, clock: MovedClock) -> None:
    whom_to_ring(cast)
    note(cast.ana, cast.pairing)
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    assert tasks(cast) == [("no_mentor", "Nia Evans")]
    made = offer(cast, nia, omar).made[0].id
    assert tasks(cast) == [("offers_wait", "1")], "somebody is asked about her"
    page = Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert "1 offer waits for an answer" in page and f'href="/programme/{cast.programme}/offers"' in page
    say(app, omar, made, "decline")
    assert tasks(cast) == [("offers_wait", "1")], "it can be taken back, so nobody knows"
    clock.move(minutes=11)
    look_after_offers()
    assert tasks(cast) == [("offer_again", "Nia Evans")]
    page = Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert "Nia Evans needs a new proposal" in page and f"mentee={nia}" in page


def test_two_who_found_each_other_wait_for_a_coordinator_who_holds_them(app: Flask, cast: Cast) -> None:
    whom_to_ring(cast)
    note(cast.ana, cast.pairing)
    nia, omar = seeking(cast), offering(cast, "Omar Aziz")
    opened(cast)
    request = ask(cast, nia, omar).id
    assert tasks(cast) == [("no_mentor", "Nia Evans")], "what a mentee asks by herself is hers"
    press(app, omar, "/", f"/requests/{request}/accept")
    assert tasks(cast) == [("to_confirm", "1")]
    page = Browser(app).sign_in(cast.carol).get(f"/programme/{cast.programme}/week").text
    assert "1 pair found each other and waits for your yes" in page
    reports_to(omar, cast.carol)
    assert tasks(cast) == [("no_mentor", "Nia Evans")], "another coordinator holds whoever reports to her"
