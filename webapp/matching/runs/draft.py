"""A run with what was decided over it, as one coordinator sees it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from webapp.matching.closeup import Explanation
from webapp.matching.gathering import pairs_of
from webapp.matching.outcome import Alternative, Unmatched
from webapp.matching.runs.choices import choices_over
from webapp.matching.runs.models import LEFT_OUT, MatchChoice, MatchProposal, MatchRun
from webapp.matching.runs.plain import alternative_in, explanation_in, unmatched_in
from webapp.matching.runs.reads import people_by_id, proposals_of
from webapp.matching.runs.sight import Sight
from webapp.pairings import all_kept_apart
from webapp.people import Person
from webapp.programmes import Programme, enrolled_in

PROPOSED, NOBODY, WAITS, ASKED, PAIRED = "proposed", "nobody", "waits", "asked", "paired"
GONE, BARRED = "gone", "barred"


@dataclass(frozen=True)
class Line:
    """One mentee. `state` is "proposed", "nobody", "waits" (left out), "asked" (both are asked now), "paired", "gone"
    (takes part no more) or "barred" (the two may not be a pair any more); `choice` is what was decided, `mentor`
    whoever she would have after it."""

    proposal: MatchProposal
    mentee: Person
    mentor: Person | None
    choice: MatchChoice | None
    state: str

    @cached_property
    def _said(self) -> dict[str, Any]:
        return self.proposal.said

    @cached_property
    def why(self) -> Explanation | None:
        """The reasons for the mentor whom she would have."""
        if self.choice is not None and self.choice.said:
            return explanation_in(self.choice.said)
        return explanation_in(self._said)

    @property
    def score(self) -> int | None:
        return self.why.score if self.why else None

    @property
    def rank(self) -> int | None:
        """The mentor's place in her own list, where it is the one that the run found."""
        rank: int | None = None if self.is_replaced else self._said.get("rank")
        return rank

    @property
    def alternative(self) -> Alternative | None:
        return alternative_in(self._said)

    @property
    def unmatched(self) -> Unmatched | None:
        return unmatched_in(self._said)

    @property
    def is_replaced(self) -> bool:
        return self.choice is not None and self.choice.kind == "replaced"

    @property
    def is_kept(self) -> bool:
        return self.choice is not None and self.choice.kind != LEFT_OUT

    @property
    def can_be_approved(self) -> bool:
        return self.state == PROPOSED


@dataclass(frozen=True)
class Crowded:
    """A mentor who would have `count` mentees and has fewer `places`; solving again helps when some `can_move`."""

    mentor: Person
    count: int
    places: int
    can_move: bool


@dataclass(frozen=True)
class Draft:
    """`lines` are those that the coordinator sees, `every_line` all: what is solved again is solved for everybody.
    `people` are those she sees. `crowded` are mentors who would have more mentees than places."""

    run: MatchRun
    lines: list[Line]
    every_line: list[Line]
    sight: Sight
    people: Mapping[UUID, Person]
    crowded: list[Crowded]

    @property
    def held(self) -> int:
        """How many mentees another coordinator holds."""
        return len(self.every_line) - len(self.lines)

    @property
    def unknown(self) -> int:
        """How many proposals stand on the rules alone, because the two answered nothing in common."""
        return sum(1 for line in self.of(PROPOSED) if line.why and not line.why.answered)

    def of(self, *states: str) -> list[Line]:
        return [line for line in self.lines if line.state in states]

    def line(self, mentee_id: UUID) -> Line | None:
        return next((line for line in self.lines if line.mentee.id == mentee_id), None)

    def name(self, person: str | UUID) -> str | None:
        """Somebody's name, None for whom this coordinator does not see."""
        found = self.people.get(UUID(str(person)))
        return found.name if found else None

    def names(self, people: Collection[str]) -> list[str]:
        """The names of those whom this coordinator sees."""
        return sorted(name for each in people if (name := self.name(each)))

    def alone(self) -> list[list[Line]]:
        """Mentees who have nobody: those who want the same few places together, everybody else apart."""
        groups: dict[object, list[Line]] = {}
        for line in self.of(NOBODY):
            competition = line.unmatched.competition if line.unmatched else None
            groups.setdefault(competition.mentors if competition else line.mentee.id, []).append(line)
        return list(groups.values())


def draft_of(run: MatchRun, programme: Programme, coordinator: Person) -> Draft:
    """The whole draft; whoever shows it shows a part."""
    rows, choices, pairs = proposals_of(run), choices_over(run.id), pairs_of(programme)
    apart = all_kept_apart()
    standing = enrolled_in(programme)
    mentees = {each.person_id for each in standing if each.role == "mentee"}
    mentors = {each.person_id: each.capacity for each in standing if each.role == "mentor"}
    wanted = {row.mentee_id for row in rows} | {row.mentor_id for row in rows if row.mentor_id}
    wanted |= {each.mentor_id for each in choices.values() if each.mentor_id}
    people = people_by_id(wanted | mentors.keys())
    sight = Sight(programme, coordinator)
    has_mentor = {mentee for mentee, _ in pairs.accepted}
    is_asked = {mentee for mentee, _ in pairs.offered}
    lines = []
    for row in rows:
        choice = choices.get(row.mentee_id)
        mentor = people.get(_mentor_of(row, choice))  # type: ignore[arg-type]
        state = _state(row.mentee_id, mentor, choice, has_mentor, is_asked)
        if row.mentee_id not in mentees or (mentor is not None and mentor.id not in mentors):
            state = state if state == PAIRED else GONE
        elif state == PROPOSED and mentor is not None and mentor.id in apart.get(row.mentee_id, ()):
            state = BARRED
        lines.append(Line(row, people[row.mentee_id], mentor, choice, state))
    seen = [each for each in lines if _sees(sight, each)]
    stays = Counter(mentor for _, mentor in pairs.accepted | pairs.offered)
    load = stays + Counter(each.mentor.id for each in lines if each.mentor and each.state == PROPOSED)
    stays += Counter(each.mentor.id for each in lines if each.mentor and each.state == PROPOSED and each.is_kept)
    crowded = [
        Crowded(people[each], load[each], places, can_move=stays[each] <= places)
        for each, places in mentors.items()
        if load[each] > places
    ]
    visible = {each: person for each, person in people.items() if sight.of_mentor(person)}
    return Draft(
        run=run,
        lines=seen,
        every_line=lines,
        sight=sight,
        people=visible,
        crowded=[each for each in crowded if each.mentor.id in visible],
    )


def _mentor_of(row: MatchProposal, choice: MatchChoice | None) -> UUID | None:
    return row.mentor_id if choice is None else choice.mentor_id


def _state(
    mentee_id: UUID,
    mentor: Person | None,
    choice: MatchChoice | None,
    has_mentor: Collection[UUID],
    is_asked: Collection[UUID],
) -> str:
    if mentee_id in has_mentor:
        return PAIRED
    if mentee_id in is_asked:
        return ASKED
    if choice is not None and choice.kind == LEFT_OUT:
        return WAITS
    return PROPOSED if mentor else NOBODY


def _sees(sight: Sight, line: Line) -> bool:
    return sight.of_mentee(line.mentee) and (line.mentor is None or sight.of_mentor(line.mentor))
