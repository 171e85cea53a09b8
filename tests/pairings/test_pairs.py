"""A pair made by hand: one active mentor for each mentee and programme, active once both have joined, ended once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from tests.conftest import MovedClock
from tests.pairings.writing_down import note, somebody, the_pairing
from tests.people import Cast, person
from webapp.audit import AuditRow
from webapp.database import db, writing
from webapp.feed import FeedRow
from webapp.pairings import (
    CannotPair,
    Pairing,
    active_pairings_of,
    end_pair,
    make_pair,
    pairing_or_404,
    pairings_as_seen_by,
)
from webapp.people.accounts import close_account, open_account_again
from webapp.people.invitations import Newcomer, invitation_by_token, invite, join
from webapp.programmes import Programme


def the_programme(cast: Cast) -> Programme:
    programme = db.session.get(Programme, cast.programme)
    assert programme is not None
    return programme


def pair(cast: Cast, mentee: object, mentor: object, why: str = "") -> Pairing:
    with writing():
        return make_pair(
            somebody(cast.carol),
            the_programme(cast),
            somebody(mentee),  # type: ignore[arg-type]
            somebody(mentor),  # type: ignore[arg-type]
            why,
        )


def test_a_pair_is_active_at_once_when_both_have_joined(cast: Cast) -> None:
    made = pair(cast, cast.charlie, cast.ana, "You both like theatre work.")
    assert active_pairings_of(somebody(cast.charlie)) == [made]
    assert {each.id for each in active_pairings_of(somebody(cast.ana))} == {made.id, cast.pairing}
    touched = db.session.scalars(select(FeedRow.person_id).where(FeedRow.entity_id == made.id))
    assert set(touched) == {cast.charlie, cast.ana}
    event = db.session.scalars(select(AuditRow).where(AuditRow.event == "pairings.made")).one()
    assert (event.actor_id, event.subject_id) == (cast.carol, made.id)


def test_before_both_have_joined_nobody_learns_who_the_other_is(cast: Cast) -> None:
    with writing():
        new = person("Nia Evans", {"mentee"}, joined=False)
        db.session.flush()
        new_id = new.id
    made = pair(cast, new_id, cast.ana)
    assert made not in active_pairings_of(somebody(cast.ana))
    assert pairings_as_seen_by(somebody(cast.ana), [made.id]) == {}
    with writing():
        somebody(new_id).joined_at = made.made_at
    assert pairings_as_seen_by(somebody(cast.ana), [made.id])[made.id][1]["partner"] == "Nia Evans"


def test_both_phones_hear_when_one_joins_leaves_or_comes_back(cast: Cast) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
        newcomer = Newcomer("Nia Evans", frozenset({"mentor"}), email="nia@example.org")
        nia, ticket = invite(somebody(cast.carol), newcomer)
        nia_id = nia.id
    made = pair(cast, cast.mary, nia_id)

    def heard() -> int:
        db.session.rollback()
        return db.session.get_one(FeedRow, (cast.mary, "pairing", made.id)).rev

    before = heard()
    with writing():
        invitation = invitation_by_token(ticket.link.rsplit("/", 1)[1])
        assert invitation is not None
        join(invitation, "a hash", "en", "Europe/London")
    assert heard() > before
    before = heard()
    with writing():
        close_account(somebody(cast.admin), somebody(nia_id))
    assert heard() > before
    assert pairings_as_seen_by(somebody(cast.mary), [made.id])[made.id][1]["ended"] is True
    before = heard()
    with writing():
        open_account_again(somebody(cast.admin), somebody(nia_id))
    assert heard() > before


@pytest.mark.parametrize(
    ("mentee", "mentor", "reason"),
    [
        ("charlie", "charlie", "same_person"),
        ("mary", "charlie", "has_mentor"),
        ("ana", "charlie", "not_mentee"),
        ("charlie", "mary", "not_mentor"),
    ],
)
def test_some_people_cannot_be_paired(cast: Cast, mentee: str, mentor: str, reason: str) -> None:
    with pytest.raises(CannotPair) as cannot:
        pair(cast, getattr(cast, mentee), getattr(cast, mentor))
    assert cannot.value.reason == reason


def test_somebody_who_left_is_not_paired(cast: Cast, clock: MovedClock) -> None:
    with writing():
        somebody(cast.charlie).closed_at = clock()
    with pytest.raises(CannotPair) as cannot:
        pair(cast, cast.charlie, cast.ana)
    assert cannot.value.reason == "left"


def test_the_database_itself_keeps_a_second_active_mentor_out(cast: Cast, clock: MovedClock) -> None:
    second = {"programme_id": cast.programme, "mentee_id": cast.mary, "mentor_id": cast.charlie}
    with pytest.raises(IntegrityError), writing():
        db.session.add(Pairing(made_by_id=cast.carol, made_at=clock(), **second))


def test_after_the_end_a_mentee_may_have_another_mentor(cast: Cast) -> None:
    with writing():
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    made = pair(cast, cast.mary, cast.charlie)
    assert active_pairings_of(somebody(cast.mary)) == [made]


def test_an_end_stays_at_its_first_moment_and_both_phones_hear_of_it(cast: Cast, clock: MovedClock) -> None:
    first = clock()
    for _ in range(2):
        with writing():
            end_pair(somebody(cast.carol), the_pairing(cast.pairing))
        clock.move(days=1)
    pairing = the_pairing(cast.pairing)
    assert (pairing.ended_at, pairing.ended_by_id) == (first, cast.carol)
    for reader in (cast.mary, cast.ana):
        assert pairings_as_seen_by(somebody(reader), [cast.pairing])[cast.pairing][1]["ended"] is True


def test_a_pairing_is_a_404_for_everybody_else(cast: Cast) -> None:
    assert pairing_or_404(somebody(cast.mary), cast.pairing).id == cast.pairing
    for outsider in (cast.charlie, cast.carol, cast.admin):
        with pytest.raises(NotFound):
            pairing_or_404(somebody(outsider), cast.pairing)
        assert pairings_as_seen_by(somebody(outsider), [cast.pairing]) == {}


def test_the_phones_of_both_know_what_the_protocol_names(cast: Cast) -> None:
    note(cast.ana, cast.pairing)
    mary = pairings_as_seen_by(somebody(cast.mary), [cast.pairing])[cast.pairing]
    assert mary == (
        None,
        {
            "role": "mentee",
            "partner": "Ana Ruiz",
            "programme": "New nurses 2026",
            "interval_days": 7,
            "why": "You both work nights on surgical wards.",
            "started_on": "2026-03-10",
            "last_talk_on": None,
            "wants_talk_since": None,
            "ended": False,
            "held": False,
        },
    )
    ana = pairings_as_seen_by(somebody(cast.ana), [cast.pairing])[cast.pairing][1]
    assert (ana["role"], ana["partner"]) == ("mentor", "Mary Okafor")
