"""What a coordinator reads of a mentor whom she looks for, and of proposals that cannot be or say little."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.matching.test_draft_pages import at, small_ward
from tests.matching.ward import do_the_jobs, joins, run_now
from tests.people import Cast
from tests.profiles.saying import says
from webapp.database import db, writing
from webapp.programmes import Enrolment

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def carol(browser: Browser, cast: Cast) -> Browser:
    browser.sign_in(cast.carol)
    return browser


@SQLITE
def test_where_nothing_is_known_no_figure_is_shown(carol: Browser, cast: Cast) -> None:
    uma = joins(cast, "Uma Rao", "mentee", ("sleep",))
    for name in ("Omar Haddad", "Lea Blum"):
        joins(cast, name, "mentor")
    run = run_now(cast)
    page = carol.get(at(cast, run)).text
    assert "1 proposal says little: one or both have not filled in a profile." in page
    assert "Nothing else is known" in page
    assert not [words for words in ("of 100", "this mentee best") if words in page]
    page = carol.get(at(cast, run, f"/mentees/{uma}")).text
    assert "Nothing else is known" in page
    assert not [words for words in ("of 100", "Next best", "the same") if words in page]


@SQLITE
def test_a_mentor_whose_places_are_taken_for_good_takes_nobody_more(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    run = run_now(cast)
    ivy, uma = (at(cast, run, f"/mentees/{people[name]}") for name in ("ivy", "uma"))
    carol.fill_in(uma, {}, f"{uma}/keep")
    assert "None: pairs that stay take all" in carol.get(f"{ivy}?q=omar").text
    page = carol.fill_in(ivy, {"mentor": str(people["omar"])}, f"{ivy}/replace")
    assert page.status_code == 422
    assert "Pairs that stay take all places of Omar Haddad." in page.text


def test_a_run_that_cannot_be_leads_back_to_what_was_decided(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    run = run_now(cast)
    uma = at(cast, run, f"/mentees/{people['uma']}")
    carol.fill_in(uma, {}, f"{uma}/keep")
    with writing():
        db.session.scalars(select(Enrolment).where(Enrolment.person_id == people["omar"])).one().capacity = 0
    page = carol.get(at(cast, run)).text
    assert "Too many mentees for Omar Haddad: 1, with places for 0. Undo one that you keep or chose" in page
    job = carol.fill_in(at(cast, run), {}, at(cast, run, "/again")).headers["Location"]
    do_the_jobs()
    page = carol.get(job).text
    assert "A mentor has more pairs that you keep than places." in page
    assert at(cast, run) in page


@SQLITE
def test_whoever_looks_for_a_mentor_reads_which_rule_is_against_it(carol: Browser, cast: Cast) -> None:
    people = small_ward(cast)
    part = db.session.scalars(select(Enrolment.id).where(Enrolment.person_id == people["kai"])).one()
    says(people["kai"], "choices", part, vetoes=[str(people["lea"])])
    run = run_now(cast)
    kai = at(cast, run, f"/mentees/{people['kai']}")
    assert "Omar Haddad: One is the other's line manager." in " ".join(carol.get(f"{kai}?q=omar").text.split())
    page = " ".join(carol.get(f"{kai}?q=LEA").text.split())
    assert "Lea Blum: One of the two is not available." in page, "nobody reads who said no to whom"
    assert "asked for" not in page
    assert "No mentor in this programme has this name." in carol.get(f"{kai}?q=nobody").text
