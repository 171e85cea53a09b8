"""Watching a job and stopping it, as whoever asked for it; nobody else finds it."""

from __future__ import annotations

import threading

from tests.client import Browser
from tests.jobs.conftest import Ask, read
from tests.jobs.counting import KINDS
from tests.people import Cast
from webapp.database import db, writing
from webapp.jobs import Job, work_once


def test_the_page_says_how_far_it_is(browser: Browser, cast: Cast, ask_to_count: Ask) -> None:
    job_id = ask_to_count(4)
    with writing():
        job = db.session.get_one(Job, job_id)
        job.doing, job.done, job.total = "counting", 1, 4
    page = browser.sign_in(cast.admin).get(f"/jobs/{job_id}")
    assert 'value="25"' in page.text
    assert "Look again" in page.text
    answer = browser.get(f"/progress/{job_id}").json
    assert answer == {"is_over": False, "says": "Saved.", "percent": 25}


def test_the_page_leads_to_the_result(browser: Browser, cast: Cast, ask_to_count: Ask) -> None:
    job_id = ask_to_count(1)
    work_once(KINDS, "one", threading.Event())
    page = browser.sign_in(cast.admin).get(f"/jobs/{job_id}")
    assert "It is done." in page.text
    assert 'href="/people"' in page.text


def test_a_failure_says_why_in_words(browser: Browser, cast: Cast, ask_to_count: Ask) -> None:
    job_id = ask_to_count(1, cannot=True)
    work_once(KINDS, "one", threading.Event())
    assert "Nobody found" in browser.sign_in(cast.admin).get(f"/jobs/{job_id}").text


def test_a_job_is_stopped_from_its_page(browser: Browser, cast: Cast, ask_to_count: Ask) -> None:
    job_id = ask_to_count(1)
    browser.sign_in(cast.admin).fill_in(f"/jobs/{job_id}", {}, action=f"/jobs/{job_id}/stop")
    assert read(job_id).outcome == "cancelled"
    assert "It was stopped." in browser.get(f"/jobs/{job_id}").text


def test_nobody_else_finds_it(browser: Browser, cast: Cast, ask_to_count: Ask) -> None:
    job_id = ask_to_count(1)
    browser.sign_in(cast.carol)
    assert browser.get(f"/jobs/{job_id}").status_code == 404
    assert browser.get(f"/progress/{job_id}").status_code == 404
    assert browser.post(f"/jobs/{job_id}/stop").status_code == 404
    assert read(job_id).cancel_asked_at is None
