"""Filling an empty database with the invented hospital, once."""

from __future__ import annotations

import random
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from webapp.clock import now
from webapp.config import BadSettings
from webapp.database import db, writing
from webapp.demo.cast import Cast, make_cast
from webapp.demo.intake import bring_the_intake
from webapp.demo.introductions import introduce_people
from webapp.demo.offers import ask_around
from webapp.demo.pairs import Story, live_through
from webapp.demo.profiles import fill_in_profiles
from webapp.demo.timeline import Timeline
from webapp.people import Person, the_organisation
from webapp.programmes.asking.actions import ask_to_join, open_door
from webapp.programmes.asking.posters import Entrance

HERE = Path(__file__).resolve().parent
SEED = 20260310
OPENED = timedelta(days=70)


def refuse_a_real_hospital() -> None:
    """Raise `BadSettings` when the database has people who were not invented."""
    organisation = the_organisation()
    invented = organisation is not None and organisation.demo_since is not None
    if not invented and db.session.scalar(select(Person.id).limit(1)) is not None:
        raise BadSettings("Leave --demo out, or set FRIENDTOR_DATA to an empty folder: this database has real people.")


def fill() -> bool:
    """Make the invented hospital, unless it is there. Returns whether it was made."""
    if the_organisation() is not None:
        return False
    plan = read("hospital")
    clock, today = current_app.extensions["clock"], now()
    timeline = Timeline(random.Random(SEED), today)  # noqa: S311  the same hospital every time, nothing secret
    try:
        with writing(wait=60):
            timeline.go_to(today - OPENED)
            cast = make_cast(plan, timeline)
            fill_in_profiles(cast, read("profiles"))
            _live(plan, cast, timeline)
    finally:
        current_app.extensions["clock"] = clock
    return True


def read(name: str) -> dict[str, Any]:
    """One of the texts beside this module."""
    with (HERE / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _ask_at_the_door(plan: dict[str, Any], cast: Cast, timeline: Timeline) -> None:
    """Two who saw the poster of a unit wait for the coordinator's word."""
    timeline.go_to(timeline.today - timedelta(days=2))
    door = open_door(cast.coordinator, cast.programme, True, [])
    for row in plan["requests"]:
        ask_to_join(Entrance(door, cast.coordinator.unit), row["name"], None, row["staff_number"], row["role"], "en")


def _live(plan: dict[str, Any], cast: Cast, timeline: Timeline) -> None:
    words = {lang: read(f"words.{lang}") for lang in ("en", "es")}
    for pair in plan["pairs"]:
        live_through(Story(pair, cast, words), timeline)
    bring_the_intake(read("intake"), cast, timeline)
    ask_around(cast, timeline)
    _ask_at_the_door(plan, cast, timeline)
    introduce_people(plan, cast, timeline)
