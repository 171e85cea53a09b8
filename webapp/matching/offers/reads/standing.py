"""Where the offers and requests of a programme stand, for one of its coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from webapp.matching.offers.models import MentorRequest, Offer
from webapp.matching.offers.places import pairs_of_mentees
from webapp.matching.offers.reads.offers import offers_of, waiting_for_another
from webapp.matching.offers.reads.requests import requests_to_confirm
from webapp.people import Person
from webapp.programmes import Programme


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits for the coordinator, what waits for its two people, and what is over; the lists share no offer."""

    to_confirm: list[MentorRequest]
    to_do: list[Offer]
    waiting: list[Offer]
    past: list[Offer]

    @property
    def looked_after(self) -> frozenset[UUID]:
        """The mentees whom somebody is asked about, so that nobody has to look for a mentor for them now."""
        return frozenset({each.mentee_id for each in self.to_confirm} | {each.mentee_id for each in self.waiting})


def standing_of(programme: Programme, coordinator: Person) -> Standing:
    """Everything of people whom this coordinator holds, the newest offer first."""
    offers = offers_of(programme, coordinator)
    return Standing(
        to_confirm=requests_to_confirm(programme, coordinator),
        to_do=waiting_for_another(offers, programme, pairs_of_mentees(programme.id)),
        waiting=[each for each in offers if each.is_open],
        past=[each for each in offers if not each.is_open],
    )
