"""What a reminder may ask, and when the mentor's answer is late."""

from __future__ import annotations

from datetime import date

from tests.conftest import MovedClock
from tests.pairings.writing_down import note, somebody, talk, the_pairing
from tests.people import Cast
from webapp.clock import now
from webapp.database import db, uuid7, writing
from webapp.pairings import Ask, due_asks, end_pair, is_due, open_talk_request
from webapp.push.models import QuietHours


def asked() -> list[tuple[str, str]]:
    return sorted((ask.kind, ask.person.first_name) for ask in due_asks(now()))


def keys() -> set[str]:
    return {ask.key for ask in due_asks(now())}


def test_nothing_is_asked_in_the_first_week(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=6, hours=23)
    assert asked() == []


def test_after_the_interval_the_mentee_is_asked_for_a_checkin_and_the_mentor_for_a_word(
    cast: Cast, clock: MovedClock
) -> None:
    clock.move(days=7)
    assert asked() == [("checkin_ready", "Mary"), ("word_welcome", "Ana")]


def test_a_checkin_settles_the_mentees_ask_and_not_the_mentors(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=6)
    with writing():
        the_pairing(cast.pairing).last_checked_in_at = clock()
    clock.move(days=2)
    assert asked() == [("word_welcome", "Ana")]
    assert not is_due(the_pairing(cast.pairing), clock())


def test_a_note_of_the_mentee_is_no_word_of_the_mentor(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=6)
    note(cast.mary, cast.pairing)
    clock.move(days=2)
    assert ("word_welcome", "Ana") in asked()


def test_a_note_of_the_mentor_or_a_talk_is(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=6)
    note(cast.ana, cast.pairing)
    clock.move(days=6)
    assert ("word_welcome", "Ana") not in asked()
    talk(cast.mary, cast.pairing, date(2026, 3, 22))
    clock.move(days=6)
    assert ("word_welcome", "Ana") not in asked()
    clock.move(days=1)
    assert ("word_welcome", "Ana") in asked()


def test_an_ask_keeps_its_key_until_the_next_interval(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=8)
    first = keys()
    clock.move(days=5)
    assert keys() == first
    clock.move(days=2)
    assert keys().isdisjoint(first)


def test_ended_pairs_and_pairs_that_wait_are_asked_nothing(cast: Cast, clock: MovedClock) -> None:
    clock.move(days=30)
    with writing():
        somebody(cast.ana).joined_at = None
    assert asked() == []
    with writing():
        somebody(cast.ana).joined_at = clock()
        end_pair(somebody(cast.carol), the_pairing(cast.pairing))
    assert asked() == []


def test_an_ask_says_what_the_planner_needs(cast: Cast, clock: MovedClock) -> None:
    start = clock()
    clock.move(days=7)
    ask = next(each for each in due_asks(clock()) if each.kind == "checkin_ready")
    assert isinstance(ask, Ask)
    assert (ask.person.id, ask.pairing.id, ask.since) == (cast.mary, cast.pairing, clock())
    assert ask.since > start


def ask_to_talk(cast: Cast, clock: MovedClock) -> None:
    with writing():
        the_pairing(cast.pairing).ask_to_talk(clock(), uuid7())


def test_without_a_wish_there_is_no_request(cast: Cast) -> None:
    assert open_talk_request(the_pairing(cast.pairing)) is None


def test_help_is_offered_after_24_hours_without_an_answer(cast: Cast, clock: MovedClock) -> None:
    ask_to_talk(cast, clock)
    clock.move(hours=23)
    request = open_talk_request(the_pairing(cast.pairing))
    assert request is not None
    assert not request.offer_help
    clock.move(hours=1)
    request = open_talk_request(the_pairing(cast.pairing))
    assert request is not None
    assert request.offer_help


def test_help_is_offered_at_once_when_the_mentor_is_away(cast: Cast, clock: MovedClock) -> None:
    ask_to_talk(cast, clock)
    with writing():
        db.session.add(QuietHours(person_id=cast.ana, away_until=date(2026, 3, 20)))
    request = open_talk_request(the_pairing(cast.pairing))
    assert request is not None
    assert (request.mentor_away, request.offer_help) == (True, True)


def test_a_second_wish_keeps_the_time_of_the_first_and_the_newest_checkin(cast: Cast, clock: MovedClock) -> None:
    ask_to_talk(cast, clock)
    first = clock()
    clock.move(hours=5)
    again = uuid7()
    with writing():
        the_pairing(cast.pairing).ask_to_talk(clock(), again)
    pairing = the_pairing(cast.pairing)
    assert (pairing.talk_wanted_since, pairing.talk_wanted_checkin) == (first, again)


def test_taking_the_checkin_back_takes_its_wish_back_and_no_other(cast: Cast, clock: MovedClock) -> None:
    checkin = uuid7()
    with writing():
        pairing = the_pairing(cast.pairing)
        pairing.ask_to_talk(clock(), checkin)
        assert not pairing.drop_talk_request(uuid7())
        assert pairing.talk_wanted_since is not None
        assert pairing.drop_talk_request(checkin)
    assert open_talk_request(the_pairing(cast.pairing)) is None
