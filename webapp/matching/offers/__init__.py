"""Both are asked before two people become a pair, and a mentee may look for a mentor herself.

Nobody learns who said no, or why: the reason goes to the coordinator alone. A pair is made by a coordinator's choice
or with it, within the places that mentors have.
"""

from webapp.matching.offers.actions.asking import open_directory
from webapp.matching.offers.actions.closing import follow_presence
from webapp.matching.offers.actions.making import LeftOut, Offered, OfferWanted, ask_both_first, make_offers
from webapp.matching.offers.actions.parting import ask_no_more
from webapp.matching.offers.actions.requests import follow_leaving
from webapp.matching.offers.actions.rounds import look_after_offers
from webapp.matching.offers.models import MentorRequest, Offer, OfferAnswer, OpenDirectory
from webapp.matching.offers.places import asked_mentees, free_places, mentors_with_a_place, pairs_of_mentees
from webapp.matching.offers.reads.standing import Standing, standing_of
from webapp.matching.offers.retention import forget_old

__all__ = [
    "LeftOut",
    "MentorRequest",
    "Offer",
    "OfferAnswer",
    "OfferWanted",
    "Offered",
    "OpenDirectory",
    "Standing",
    "ask_both_first",
    "ask_no_more",
    "asked_mentees",
    "follow_leaving",
    "follow_presence",
    "forget_old",
    "free_places",
    "look_after_offers",
    "make_offers",
    "mentors_with_a_place",
    "open_directory",
    "pairs_of_mentees",
    "standing_of",
]
