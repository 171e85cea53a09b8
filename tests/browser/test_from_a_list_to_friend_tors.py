"""A programme from the staff list to friend-tors: pairs that were matched for reasons, and the life of one of them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_offers_on_two_phones import with_people
from tests.harness.accessibility import barriers
from tests.harness.device import Device
from tests.harness.fixtures import NewDevice, SignIn
from tests.harness.pages import follow, press
from tests.harness.server import Server
from tests.people import Cast
from webapp.database import db, writing
from webapp.people import Person

PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PASSWORD = "four words that fit nowhere"
MENTEE, MENTOR, STUDENT, OTHER = "Femi Okoro", "Ines Urbina", "Noor Udo", "Farah Udo"
STAFF_NUMBERS = {MENTEE: "5206", MENTOR: "5239"}
GOAL = "Hand over a bay without notes"


class Walk:
    """Pages on the way, each looked at once by axe."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def past(self, page: Page) -> None:
        self.found += [f"{urlsplit(page.url).path}: {said}" for said in barriers(page)]

    def assert_no_barriers(self) -> None:
        assert not self.found, "\n  ".join(["", *self.found])


@pytest.mark.long
def test_a_list_of_240_people_becomes_a_pair_that_both_wanted(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, tmp_path: Path
) -> None:
    walk = Walk()
    with server.inside(), writing():  # he works for nobody in particular, so the rules would allow him for everybody
        db.session.get_one(Person, people.charlie).give_roles({"mentee"})
    press(tick(sign_in(new_device(), people.admin).go("/staff/importers"), "Carol Jones"), "Save")
    desk = sign_in(new_device(viewport=LAPTOP), people.carol)

    # When Carol brings the invented list, she is told what comes next
    import_the_sample(desk, tmp_path, walk)
    expect(desk.page.get_by_text("takes nobody into a programme. Do both next.")).to_be_visible()
    page = desk.go("/programme")
    expect(page.get_by_text("take part in none of your programmes yet")).to_be_visible()
    walk.past(page)
    follow(page, "Take people into New nurses 2026")
    for role in ("Mentee", "Mentor"):
        page.get_by_role("radio", name=role, exact=True).check()
        page.get_by_label("Who?").select_option("Everybody who has this role")
        press(page, "Take in")
    follow(page, "Are there places for everybody?")
    expect(page.get_by_text("Places are missing")).to_be_visible()
    walk.past(page)
    press(desk.go("/programme/words"), "Begin with these words")

    # And a mentee and a mentor join with a card and say what they want to learn and know
    phones = join_with_cards(desk, new_device, walk)
    for phone in phones.values():
        say_what_it_is_about(phone, walk)

    # Then proposals come with reasons, and so does their absence
    page = desk.go("/programme")
    follow(page, "Propose pairs")
    walk.past(page)
    press(page, "Propose pairs")
    go_on(page)
    expect(page.get_by_text("say little: one or both have not filled in a profile.")).to_be_visible()
    walk.past(page)
    open_mentee(page, STUDENT)
    expect(page.get_by_text("They work for different employers.")).to_be_visible()
    expect(page.get_by_text("If the mentor may work for another employer:")).to_be_visible()
    walk.past(page)

    # And she chooses another mentor for one, reads which rule is against another, and has the rest solved again
    follow(page, "Back to all proposals")
    open_mentee(page, OTHER)
    look_for(page, "Find a mentor by name", "Dario Udo")
    expect(page.get_by_text("Dario Udo: One is the other's line manager.")).to_be_visible()
    look_for(page, "Find a mentor by name", "Samir Rey")
    page.get_by_role("radio", name="Samir Rey").check()
    walk.past(page)
    press(page, "Choose this mentor")
    press(page, "Solve again")
    go_on(page)
    look_for(page, "Find a mentee or a mentor", OTHER)
    expect(page.get_by_role("row", name=OTHER)).to_contain_text("Samir Rey")
    look_for(page, "Find a mentee or a mentor", MENTEE)
    row = page.get_by_role("row", name=MENTEE)
    expect(row).to_contain_text(MENTOR)
    expect(row).to_contain_text("The mentor knows what the mentee wants to learn: Handover.")
    page.get_by_role("checkbox", name=f"Approve {MENTEE}").check()
    press(page, "Approve those with a tick")
    expect(page.get_by_text("1 pair is asked now.")).to_be_visible()

    # Then both are asked, with the same reasons from their own side, and two yeses make a pair
    hers, his = phones[MENTEE].go("/"), phones[MENTOR].go("/")
    expect(hers.get_by_text("You want to learn this, and your mentor knows it: Handover.")).to_be_visible()
    expect(his.get_by_text("You know what your mentee wants to learn: Handover.")).to_be_visible()
    walk.past(hers)
    press(hers, "Yes, I would like that")
    press(his, "Yes, I would like that")
    expect(his.get_by_text("You two are a pair now.")).to_be_visible()
    expect(phones[MENTEE].go("/").get_by_text("Why you two?")).to_be_visible()
    walk.past(phones[MENTEE].page)
    expect(desk.go("/programme/pairs").get_by_role("link", name=MENTEE)).to_be_visible()
    walk.assert_no_barriers()


def import_the_sample(desk: Device, folder: Path, walk: Walk) -> None:
    page = desk.go("/programme")
    follow(page, "People and invitations")
    follow(page, "Staff list")
    walk.past(page)
    with page.expect_download() as sample:
        page.get_by_role("link", name="An invented list of 240 people (CSV)").click()
    file = folder / sample.value.suggested_filename
    sample.value.save_as(file)
    follow(page, "Import a list")
    page.get_by_label("CSV file").set_input_files(file)
    tick(page, "Only some people. Nobody is flagged.")
    press(page, "Look at it")
    expect(page.get_by_role("heading", name="What this list would change")).to_be_visible()
    walk.past(page)
    press(page, "Import")
    go_on(page)
    walk.past(page)


def join_with_cards(desk: Device, new_device: NewDevice, walk: Walk) -> dict[str, Device]:
    page = desk.go("/people/invitations")
    for name in STAFF_NUMBERS:
        tick(page, name)
    walk.past(page)
    press(page, "Print cards")
    walk.past(page)
    phones = {}
    for name, number in STAFF_NUMBERS.items():
        code = page.locator(".hand-out", has_text=name).locator("code").inner_text()
        phones[name] = new_device(viewport=PHONE)
        theirs = phones[name].go("/join")
        theirs.get_by_label("E-mail or staff number").fill(number)
        theirs.get_by_label("Code").fill(code)
        press(theirs, "Go on")
        theirs.get_by_label("Choose a password").fill(PASSWORD)
        theirs.get_by_role("radio", name="It is mine").check(force=True)
        walk.past(theirs)
        press(theirs, "Join")
        expect(theirs.get_by_role("heading", name="Fill in your profile")).to_be_visible()
    return phones


def say_what_it_is_about(phone: Device, walk: Walk) -> None:
    """The first page of the profile; the others are left for a quieter day."""
    page = phone.page
    follow(page, "Begin")
    follow(page, "Begin")
    page.locator("label.chip", has=page.get_by_text("Handover", exact=True)).click()
    walk.past(page)
    press(page, "Save and go on")


def open_mentee(page: Page, name: str) -> None:
    """From the draft, wherever in it she stands."""
    look_for(page, "Find a mentee or a mentor", name)
    follow(page, name)
    expect(page.get_by_role("heading", name=f"A mentor for {name}")).to_be_visible()


def look_for(page: Page, label: str, name: str) -> None:
    page.get_by_label(label).fill(name)
    press(page, "Find")


def go_on(page: Page) -> None:
    """Wait for the worker, which the page sees by itself, and look at what it did."""
    page.get_by_role("link", name="Go on").wait_for(timeout=60_000)
    follow(page, "Go on")


def tick(page: Page, label: str) -> Page:
    page.get_by_label(label).check()
    return page


@pytest.mark.long
def test_a_pair_signs_sets_a_goal_changes_ends_and_stays_in_touch(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn
) -> None:
    ids, walk = with_people(server, people), Walk()
    desk = sign_in(new_device(viewport=LAPTOP), people.carol)
    nias, omars, zoes = (sign_in(new_device(viewport=PHONE), ids[name]) for name in ("Nia", "Omar", "Zoe"))

    # Given Carol asks Nia and Omar, and both say yes
    ask_both(desk, "Nia Evans", "Omar Aziz")
    for phone in (nias, omars):
        press(phone.go("/"), "Yes, I would like that")
    pair = the_pair_on(nias)

    # When they sign and Nia sets a goal, each sees what the other did
    for phone, name in ((nias, "Nia Evans"), (omars, "Omar Aziz")):
        press(phone.go(f"{pair}/agreement"), f"Sign as {name}")
    walk.past(omars.page)
    page = nias.go(f"{pair}/goals")
    page.get_by_role("radio", name="A practical skill").check(force=True)
    page.get_by_label("What do you want to reach or learn?").fill(GOAL)
    press(page, "Keep this")
    walk.past(page)
    expect(omars.go(f"{pair}/goals").get_by_role("link", name=GOAL)).to_be_visible()

    # When Nia asks for somebody else, Carol alone knows, and both are told the same kind words
    press(nias.go(f"{pair}/change"), "Ask for somebody else")
    walk.past(nias.page)
    expect(omars.go("/").get_by_text("somebody else")).to_have_count(0)
    page = desk.go("/programme/feedback")
    walk.past(page)
    follow(page, "End this pair")
    walk.past(page)
    press(page, "End the pair")
    expect(page.get_by_text("Now find somebody else for both.")).to_be_visible()
    for phone in (nias, omars):
        expect(phone.go("/").get_by_text("it is nobody's fault")).to_be_visible()
        walk.past(phone.page)

    # When Carol finds Zoe, the new pair begins with a yes of each
    ask_both(desk, "Nia Evans", "Zoe Hall")
    for phone in (nias, zoes):
        press(phone.go("/"), "Yes, I would like that")
    expect(nias.go("/").get_by_text("it is nobody's fault")).to_have_count(0)
    pair = the_pair_on(nias)

    # When their time is over, each is asked alone, and two yeses keep the pair and end all reporting
    page = desk.go("/programme/pairs")
    follow(page, "Nia Evans")
    walk.past(page)
    follow(page, "End this pair")
    press(page, "Ask both whether they stay in touch")
    for phone in (nias, zoes):
        page = phone.go(f"{pair}/stay")
        page.get_by_role("radio", name="Yes, I would").check(force=True)
        walk.past(page)
        press(page, "Answer")
    expect(zoes.page.get_by_role("heading", name="You stay in touch")).to_be_visible()
    walk.past(zoes.page)
    for phone, number, hours in ((nias, "01632 960 123", "Sundays"), (zoes, "01632 960 456", "After six")):
        page = phone.go(f"{pair}/reach")
        page.get_by_label("My number, or the best way to reach me").fill(number)
        page.get_by_label("When I am happy to hear from you").fill(hours)
        press(page, "Share")
    expect(page.get_by_text("When: Sundays")).to_be_visible()
    walk.past(page)
    page = nias.go(f"{pair}/next")
    page.get_by_label("Day").fill(str(date.today() + timedelta(days=3)))
    press(page, "Keep this day")
    expect(desk.go("/programme/pairs").get_by_text("Nia Evans")).to_have_count(0)
    walk.assert_no_barriers()


def ask_both(desk: Device, mentee: str, mentor: str) -> None:
    page = desk.go("/programme/pairs/new")
    page.get_by_label("Mentee").select_option(mentee)
    page.get_by_label("Mentor").select_option(mentor)
    page.get_by_label("Why these two?").fill("You both like calm mornings.")
    page.get_by_role("radio", name="Ask both first").check()
    press(page, "Make this pair")
    expect(page.get_by_text("Both are asked now.")).to_be_visible()


def the_pair_on(phone: Device) -> str:
    """The address of the pair that Today speaks of."""
    link = phone.go("/").locator('a[href^="/pair/"]').first
    return "/".join((link.get_attribute("href") or "").split("/")[:3])
