"""The page of a pair, and with whom, for people who have or had several partners."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.clock import now
from webapp.pairings.agreeing.reads import agreement_for, signatures_of
from webapp.pairings.goals.reads import goals_of
from webapp.pairings.introductions.reads import introductions_of
from webapp.pairings.page.reads import (
    begun_pairing_or_404,
    begun_pairings_of,
    card_of,
    next_contact_of,
    partners_card,
    shared_notes_of,
)
from webapp.pairings.page.timeline import timeline_of
from webapp.pairings.page.views.posting import about
from webapp.pairings.partings.staying import answer_of, is_asked_to_stay
from webapp.pairings.views.room import room
from webapp.people import current_person


@room.get("/pair")
def our_pairs() -> ResponseReturnValue:
    """The page of one's only pair; with several, first which."""
    begun = begun_pairings_of(current_person())
    if len(begun) == 1:
        return redirect(url_for("pairings.our_pair", pairing_id=begun[0].id))
    return render_template("pairings/ours/whose.html", pairings=begun)


@room.get("/pair/<uuid:pairing_id>")
def our_pair(pairing_id: UUID) -> str:
    """Everything of one pair: who, when next, what happened."""
    person = current_person()
    pairing = begun_pairing_or_404(person, pairing_id)
    introductions, is_mentee = introductions_of(pairing), person.id == pairing.mentee_id
    return render_template(
        "pairings/ours/pair.html",
        **about(pairing),
        signed=agreement_for(pairing),
        has_signed_before=any(each.person_id == person.id for each in signatures_of(pairing)),
        is_asked=is_asked_to_stay(pairing),
        own_answer=answer_of(pairing, person),
        paused=pairing.is_paused(now()),
        next_contact=next_contact_of(pairing, person),
        partners_card=partners_card(pairing, person),
        own_card=card_of(pairing, person),
        goals=goals_of(pairing),
        people_met=sum(each.introduced_at is not None for each in introductions),
        asked_about=[each for each in introductions if is_mentee and each.asks_what_it_led_to(now())],
        shared=shared_notes_of(pairing),
        timeline=timeline_of(pairing, person),
    )
