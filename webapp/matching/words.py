"""Why two people could be a pair, in sentences: for a mentee, for a mentor, and for whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from babel.dates import get_day_names
from babel.lists import format_list
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from webapp.matching.closeup.explaining import Explanation
from webapp.matching.settings import FULL_MARKS, Criterion
from webapp.matching.week import Span

Reading = Literal["mentee", "mentor", "coordinator"]
MIDNIGHT = 24 * 60
MOST_TIMES = 3
DAYS_A_WEEK, FEWEST_IN_A_ROW = 7, 3
WELL, LITTLE = FULL_MARKS * 3 // 4, FULL_MARKS // 4


def sentences_for(explanation: Explanation, reader: Reading) -> list[str]:
    """The reasons for a pair, the strongest first, as this reader may know them; never empty.

    Nothing is said of own choices: no wish, no veto, no block, no background.
    """
    said = [*_of_goals(explanation, reader), *_of_interests(explanation, reader), *_of_times(explanation, reader)]
    said += [*_of_style(explanation, reader), *_of_earlier(explanation, reader)]
    if reader == "coordinator":
        return [*said, based_on(explanation)]
    return said or [_("You have both said little of yourselves so far. A first talk shows whether it fits.")]


def based_on(explanation: Explanation) -> str:
    """How much of what could be compared both of them answered."""
    answered, asked = explanation.answered, explanation.asked
    if not answered:
        return str(_("The rules allow it. Nothing else is known: one or both have not filled in a profile."))
    return str(_("Based on %(answered)s of %(asked)s things that both could answer.", answered=answered, asked=asked))


def usual_times(spans: Sequence[Span]) -> list[str]:
    """Stretches of a usual week in words, the longest first: "Monday and Thursday 19:30–08:00"."""
    found: dict[tuple[int, int], list[int]] = {}
    for day, start, minutes in _over_midnight(spans):
        found.setdefault((start, minutes), []).append(day)
    longest = sorted(found, key=lambda time: (-time[1] * len(found[time]), time))
    return [f"{_on_days(found[time])} {_clock(time[0])}–{_clock(sum(time))}" for time in longest]


def _on_days(days: Sequence[int]) -> str:
    """Days of a week, 0 to 6, the first first: "every day", "Monday to Friday", "Tuesday and Saturday"."""
    names = get_day_names("wide", context="format", locale=get_locale() or "en")
    first, last = min(days), max(days)
    if len(days) == DAYS_A_WEEK:
        return str(_("every day"))
    if len(days) >= FEWEST_IN_A_ROW and last - first == len(days) - 1:
        return str(_("%(first)s to %(last)s", first=names[first], last=names[last]))
    return _and(names[day] for day in sorted(days))


def _of_goals(explanation: Explanation, reader: Reading) -> Iterator[str]:
    evidence = explanation.evidence
    if evidence.goals:
        yield {
            "mentee": _("You want to learn this, and your mentor knows it: %(words)s.", words=_and(evidence.goals)),
            "mentor": _("You know what your mentee wants to learn: %(words)s.", words=_and(evidence.goals)),
            "coordinator": _("The mentor knows what the mentee wants to learn: %(words)s.", words=_and(evidence.goals)),
        }[reader]
    if evidence.missing_goals and _points(explanation, Criterion.GOALS) is not None:
        yield {
            "mentee": _("Somebody else may help you with: %(words)s.", words=_and(evidence.missing_goals)),
            "mentor": _("Somebody else may help with: %(words)s.", words=_and(evidence.missing_goals)),
            "coordinator": _("The mentor did not name: %(words)s.", words=_and(evidence.missing_goals)),
        }[reader]


def _of_interests(explanation: Explanation, reader: Reading) -> Iterator[str]:
    if words := explanation.evidence.interests:
        if reader == "coordinator":
            yield _("Both like: %(words)s.", words=_and(words))
        else:
            yield _("You both like: %(words)s.", words=_and(words))


def _of_times(explanation: Explanation, reader: Reading) -> Iterator[str]:
    evidence = explanation.evidence
    if evidence.spans:
        hours = _hours(evidence.minutes)
        times = usual_times(evidence.spans)
        shown = "; ".join([*times[:MOST_TIMES], *(["…"] if len(times) > MOST_TIMES else [])])
        if reader == "coordinator":
            yield _("In a usual week both are at work for %(hours)s: %(times)s.", hours=hours, times=shown)
        else:
            yield _("In a usual week you are both at work for %(hours)s: %(times)s.", hours=hours, times=shown)
    elif _points(explanation, Criterion.SCHEDULE) is not None:
        if reader == "coordinator":
            yield _("In a usual week they are not at work at the same time.")
        else:
            yield _("In a usual week you are not at work at the same time. You can ring each other.")


def _of_style(explanation: Explanation, reader: Reading) -> Iterator[str]:
    points = _points(explanation, Criterion.STYLE)
    if points is None or not explanation.evidence.style:
        return
    if points >= WELL:
        if reader == "coordinator":
            yield _("The way they like to work fits well.")
        else:
            yield _("The way you two like to work fits well.")
    elif points <= LITTLE and reader == "coordinator":
        yield _("The way they like to work fits little.")


def _of_earlier(explanation: Explanation, reader: Reading) -> Iterator[str]:
    if explanation.evidence.again:
        if reader == "coordinator":
            yield _("They were a pair before.")
        else:
            yield _("You two were a pair before.")


def _points(explanation: Explanation, criterion: Criterion) -> int | None:
    return next((part.points for part in explanation.parts if part.criterion == criterion), None)


def _over_midnight(spans: Sequence[Span]) -> Iterator[tuple[int, int, int]]:
    """(day, start, minutes) of each stretch, with a night in one piece: spans are cut at midnight."""
    by_start = {(span.day, span.start): span for span in spans}
    by_end = {(span.day, span.end) for span in spans}
    for span in spans:
        goes_on_from_yesterday = span.start == 0 and ((span.day - 1) % 7, MIDNIGHT) in by_end
        if goes_on_from_yesterday and span.end < MIDNIGHT:
            continue
        tomorrow = by_start.get(((span.day + 1) % 7, 0)) if span.end == MIDNIGHT else None
        more = tomorrow.end if tomorrow is not None and tomorrow.end < MIDNIGHT else 0
        yield span.day, span.start, span.end - span.start + more


def _hours(minutes: int) -> str:
    if minutes < 60:
        return str(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    return str(ngettext("about %(num)d hour", "about %(num)d hours", round(minutes / 60)))


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def _and(words: Iterable[str]) -> str:
    """Babel's plain English is the American one, with one comma more."""
    locale = str(get_locale() or "en")
    return str(format_list(list(words), locale="en_GB" if locale == "en" else locale))
