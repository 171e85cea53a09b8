"""The rows: an offer with its answers, and a request of one mentee to one mentor."""

from webapp.matching.offers.models.offer import Offer, OfferAnswer
from webapp.matching.offers.models.request import MentorRequest, OpenDirectory

__all__ = ["MentorRequest", "Offer", "OfferAnswer", "OpenDirectory"]
