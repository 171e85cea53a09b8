"""Cohorts for tests: small ones by hand, odd ones by Hypothesis, large ones by a seed."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from webapp.matching import (
    Cohort,
    Criterion,
    Demand,
    DemandKind,
    Gap,
    Goal,
    Leaning,
    Mentee,
    Mentor,
    Mode,
    Rules,
    Settings,
    Slider,
    Standing,
    Units,
    UsualShift,
    Vocabulary,
    Weight,
)

WORDS = ("wound care", "Wound  Care", "wounds", "night shifts", "drawing up", "ventilators", "handover", "")
SYNONYMS = Vocabulary({"wounds": "wound care", "vents": "ventilators"})
LANGUAGES = ("en", "es", "tl")
NAMES = ("m1", "m2", "m3", "m4", "t1", "t2", "t3", "t4")


def mentee(person: str = "mary", **said: Any) -> Mentee:
    return Mentee(id=person, **said)


def mentor(person: str = "ana", **said: Any) -> Mentor:
    return Mentor(id=person, **said)


def cohort(mentees: list[Mentee] | None = None, mentors: list[Mentor] | None = None, **known: Any) -> Cohort:
    return Cohort(
        mentees=tuple([mentee()] if mentees is None else mentees),
        mentors=tuple([mentor()] if mentors is None else mentors),
        **known,
    )


some_words = st.frozensets(st.sampled_from(WORDS), max_size=3)
some_names = st.frozensets(st.sampled_from(NAMES), max_size=2)
shifts = st.builds(
    UsualShift, st.integers(0, 6), st.sampled_from([0, 420, 450, 1140, 1170, 1435]), st.sampled_from([30, 480, 720])
)
sliders = st.dictionaries(
    st.sampled_from(["plan", "talk"]), st.builds(Slider, st.integers(0, 4), st.sampled_from(Leaning)), max_size=2
)
gaps = st.one_of(
    st.just(Gap()), st.builds(Gap, st.integers(-2, 1), st.one_of(st.none(), st.integers(1, 3))), st.just(Gap(None, 1))
)
demands = st.frozensets(
    st.one_of(
        st.builds(Demand, st.just(DemandKind.TAG), st.sampled_from(WORDS)),
        st.builds(Demand, st.just(DemandKind.LANGUAGE), st.sampled_from(LANGUAGES)),
        st.builds(Demand, st.sampled_from([DemandKind.SAME_SITE, DemandKind.OTHER_UNIT, DemandKind.BACKGROUND])),
    ),
    max_size=1,
)
either_side: dict[str, Any] = {
    "languages": st.frozensets(st.sampled_from(LANGUAGES), max_size=2),
    "interests": some_words,
    "shifts": st.lists(shifts, max_size=3).map(tuple),
    "sliders": sliders,
    "background": st.frozensets(st.sampled_from(["a", "b"]), max_size=2),
    "wishes": st.lists(st.sampled_from(NAMES), max_size=7).map(tuple),
    "vetoes": st.one_of(st.just(frozenset()), some_names),
    "blocks": st.one_of(st.just(frozenset()), some_names),
    "units": st.frozensets(st.sampled_from(["u1", "u2"]), max_size=2),
    "site": st.one_of(st.none(), st.sampled_from(["s1", "s2"])),
    "employer": st.one_of(st.none(), st.sampled_from(["e1", "e2"])),
    "level": st.one_of(st.none(), st.integers(0, 3)),
    "months": st.one_of(st.none(), st.integers(0, 4)),
    "opted_out": st.sampled_from([False] * 9 + [True]),
    "paused": st.sampled_from([False] * 9 + [True]),
}


@st.composite
def cohorts(draw: st.DrawFn, most: int = 4) -> Cohort:
    """Ties, nobody, everybody blocked, places for none, managers in circles, people on both sides."""
    mentees = [
        draw(
            st.builds(
                Mentee,
                id=st.just(NAMES[number]),
                goals=st.lists(st.builds(Goal, st.sampled_from(WORDS), st.integers(1, 3)), max_size=3).map(tuple),
                leaning=st.sampled_from(Leaning),
                demands=demands,
                assessors=st.one_of(st.just(frozenset()), some_names),
                **either_side,
            )
        )
        for number in range(draw(st.integers(0, most)))
    ]
    mentors = [
        draw(
            st.builds(
                Mentor,
                id=st.just(NAMES[number + (3 if draw(st.booleans()) and number == 0 else 4)]),
                expertise=some_words,
                capacity=st.integers(0, 3),
                active=st.integers(0, 2),
                trained=st.booleans(),
                **either_side,
            )
        )
        for number in range(draw(st.integers(0, most)))
    ]
    pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES))
    return Cohort(
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        managers=draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from([*NAMES, "boss"]), max_size=4)),
        earlier=draw(st.frozensets(pairs, max_size=3)),
        vocabulary=SYNONYMS,
        standing=tuple(
            draw(st.builds(Standing, st.just(each.id), st.sampled_from(mentors).map(lambda one: one.id), st.booleans()))
            for each in mentees
            if mentors and draw(st.integers(0, 4)) == 0
        ),
    )


any_settings = st.builds(
    Settings,
    rules=st.builds(
        Rules,
        overlap_minutes=st.sampled_from([0, 30, 240]),
        units=st.sampled_from(Units),
        levels=gaps,
        months=gaps,
        training=st.sampled_from([False, False, True]),
        common_language=st.booleans(),
        repeats=st.booleans(),
        other_employers=st.booleans(),
    ),
    weights=st.fixed_dictionaries({each: st.sampled_from([*Weight, Weight.HIGH, Weight.LOW]) for each in Criterion}),
    load=st.sampled_from(Weight),
    mode=st.sampled_from(Mode),
    enough_minutes=st.sampled_from([1, 360]),
    candidates=st.sampled_from([1, 2, 30]),
    seed=st.sampled_from(["1", "2"]),
)


def large(mentees: int, mentors: int, seed: int = 1) -> Cohort:
    """People as in a hospital: some tags are common, weeks repeat, a few are in each other's line."""
    chance = random.Random(seed)
    tags = [f"tag {number}" for number in range(60)]
    often = [1 / (1 + number) for number in range(60)]
    weeks = [
        tuple(UsualShift(day % 7, start, 720) for day in range(first, first + 4))
        for first in range(7)
        for start in (420, 1140)
    ]

    def anybody(person: str) -> dict[str, Any]:
        return {
            "id": person,
            "languages": frozenset({"en", *chance.sample(["es", "tl", "hi"], chance.randrange(2))}),
            "interests": frozenset(chance.choices(tags, often, k=4)),
            "shifts": chance.choice(weeks),
            "sliders": {name: Slider(chance.randrange(5), chance.choice(list(Leaning))) for name in ("plan", "talk")},
            "units": frozenset({f"unit {chance.randrange(1 + mentees // 20)}"}),
            "employer": "here",
        }

    return Cohort(
        mentees=tuple(
            Mentee(
                goals=tuple(Goal(tag, chance.randint(1, 3)) for tag in dict.fromkeys(chance.choices(tags, often, k=4))),
                wishes=(f"mentor {chance.randrange(mentors)}",) if chance.random() < 0.2 else (),
                **anybody(f"mentee {number}"),
            )
            for number in range(mentees)
        ),
        mentors=tuple(
            Mentor(
                expertise=frozenset(chance.choices(tags, often, k=8)),
                capacity=chance.choice([2, 2, 3, 3]),
                **anybody(f"mentor {number}"),
            )
            for number in range(mentors)
        ),
        managers={f"mentee {number}": f"mentor {number % mentors}" for number in range(0, mentees, 10)},
    )
