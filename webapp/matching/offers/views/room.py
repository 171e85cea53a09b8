"""The blueprint, and what its views and other pages share."""

from __future__ import annotations

from flask import Blueprint, abort

from webapp.clock import now
from webapp.matching.offers.models import MentorRequest, Offer
from webapp.matching.offers.reads.offers import news_for, offers_for
from webapp.matching.offers.reads.requests import ended_requests_by, requests_by, requests_to, searches_of
from webapp.matching.offers.words import reasons_for, why_together
from webapp.people import Person, current_person
from webapp.profiles import SeenProfile, as_seen_by
from webapp.programmes import Programme, enrolments_of
from webapp.web import RoomForm

room = Blueprint("offers", __name__)


def one_button_or_400() -> None:
    """For forms that are nothing but a button."""
    if not RoomForm().validate_on_submit():
        abort(400)


@room.app_template_global()
def my_offers() -> list[Offer]:
    """What whoever is signed in is asked now."""
    return offers_for(current_person())


@room.app_template_global()
def news_of_offers() -> Offer | None:
    """An offer to whoever is signed in that ended not long ago."""
    return news_for(current_person(), now())


@room.app_template_global()
def shown_by_partner(programme: Programme, partner: Person, role: str) -> SeenProfile | None:
    """What somebody who is proposed shows of themselves; `role` is theirs."""
    parts = [each for each in enrolments_of(partner) if (each.programme_id, each.role) == (programme.id, role)]
    return as_seen_by("partner", parts[0]) if parts else None


@room.app_template_global()
def questions_to_me() -> list[MentorRequest]:
    """What mentees ask whoever is signed in."""
    return requests_to(current_person())


@room.app_template_global()
def my_questions() -> list[MentorRequest]:
    """What whoever is signed in asks mentors."""
    return requests_by(current_person())


@room.app_template_global()
def news_of_questions() -> MentorRequest | None:
    """The last question of whoever is signed in that came to nothing not long ago, while no other one is open."""
    person = current_person()
    return next(iter(ended_requests_by(person, now())), None) if not requests_by(person) else None


@room.app_template_global()
def may_find_mentor() -> bool:
    """Whether whoever is signed in may look for a mentor alone."""
    return bool(searches_of(current_person()))


room.app_template_global()(reasons_for)
room.app_template_global()(why_together)
