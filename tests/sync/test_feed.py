"""GET /sync/feed: each entity once at its newest revision, as this reader may see it, and when to begin anew."""

from __future__ import annotations

import uuid

import pytest
from flask import Flask

from tests.people import Cast
from tests.phone import Phone
from webapp.database import db, writing
from webapp.feed import touch
from webapp.people import the_organisation


@pytest.fixture
def mary(app: Flask, cast: Cast) -> Phone:
    return Phone.of(app, cast.mary)


def test_an_entity_that_changed_twice_comes_once(mary: Phone) -> None:
    entity = mary.entry("One").body["entity"]
    mary.entry("Two", entity)
    mary.flush()
    _, answer = mary.transport.get("/sync/feed?since=0")
    assert [(item["id"], item["data"]["body"]["text"]) for item in answer["items"]] == [(entity, "Two")]


def test_the_feed_comes_in_pages_and_misses_nothing(mary: Phone) -> None:
    for number in range(230):
        mary.entry(f"Entry {number}")
    mary.flush()
    mary.feed, mary.mirror = (0, ""), {}
    _, first = mary.transport.get("/sync/feed?since=0")
    assert (len(first["items"]), first["more"]) == (200, True)
    mary.pull()
    assert len(mary.rows("entry")) == 230
    _, after = mary.transport.get(f"/sync/feed?since={mary.feed[0]}&epoch={mary.feed[1]}")
    assert (after["items"], after["more"], after["rev"]) == ([], False, mary.feed[0])


def test_a_mirror_of_another_epoch_is_built_anew(mary: Phone) -> None:
    mary.entry("Before the restore")
    mary.flush()
    with writing():
        organisation = the_organisation()
        assert organisation is not None
        organisation.epoch = uuid.uuid4()
    status, problem = mary.transport.get(f"/sync/feed?since={mary.feed[0]}&epoch={mary.feed[1]}")
    assert (status, problem["type"]) == (410, "rebuild")
    mary.pull()
    assert len(mary.rows("entry")) == 1


def test_a_revision_from_the_future_is_a_mirror_of_another_server(mary: Phone) -> None:
    mary.entry("One")
    mary.flush()
    status, _ = mary.transport.get(f"/sync/feed?since={mary.feed[0] + 1}&epoch={mary.feed[1]}")
    assert status == 410
    assert mary.transport.get(f"/sync/feed?since={mary.feed[0]}")[0] == 410


def test_what_a_reader_may_no_longer_see_is_gone(app: Flask, cast: Cast, mary: Phone) -> None:
    ana = Phone.of(app, cast.ana)
    entity = mary.entry("For Ana, for a while").body["entity"]
    mary.save("entry", "show", {"pairing": str(cast.pairing)}, entity)
    mary.flush()
    ana.pull()
    shown = ana.rows("entry")[entity]
    assert (shown["mine"], shown["author"], shown["body"]["text"]) == (False, "Mary Okafor", "For Ana, for a while")
    mary.save("entry", "hide", entity=entity)
    mary.flush()
    ana.pull()
    assert entity not in ana.rows("entry")
    assert mary.rows("entry")[entity]["shown"] is False


def test_a_kind_that_no_room_shows_any_more_is_gone(cast: Cast, mary: Phone) -> None:
    with writing():
        touch(cast.mary, "antiquity", uuid.uuid4())
    _, answer = mary.transport.get("/sync/feed?since=0")
    assert [(item["kind"], item["gone"], item["data"]) for item in answer["items"]] == [("antiquity", True, None)]


def test_everybody_else_gets_nothing_of_an_entry(app: Flask, cast: Cast, mary: Phone) -> None:
    mary.entry("For nobody")
    mary.flush()
    for person in (cast.ana, cast.carol, cast.charlie, cast.admin):
        phone = Phone.of(app, person)
        phone.pull()
        assert phone.rows("entry") == {}


def test_a_pull_leaves_no_trace(mary: Phone) -> None:
    mary.entry("One")
    mary.flush()
    before = mary.feed
    mary.pull()
    assert mary.feed == before
    assert not db.session.info
