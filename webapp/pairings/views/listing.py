"""The coordinator's list of pairs: narrowed, ordered, printed, taken along as CSV; and nudges for those she ticks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.database import writing
from webapp.pairings.desk.choosing import ATTENTION, ORDERS, STAGES, Choice, page_of
from webapp.pairings.desk.forms import NudgeForm
from webapp.pairings.desk.nudges import Nudged, nudge_pairs
from webapp.pairings.facts import PairFacts, facts_of_programmes, minutes_of
from webapp.pairings.views.pairs import coordinators_only
from webapp.pairings.views.room import room
from webapp.pairings.words import stage_words
from webapp.people import current_person
from webapp.programmes import programmes_of
from webapp.web import unfinished
from webapp.web.csv_out import csv_download
from webapp.web.languages import weekday

LIST = "pairings/list.html"
SEARCH_LIMIT = 100
SAID = ("q", "programme", "site", "unit", "stage", "mentor", "order", "page")


@room.get("/programme/pairs")
@coordinators_only
def pairs() -> str:
    """One page of the pairs that she coordinates."""
    return render_template(LIST, form=None, **_shown())


@room.post("/programme/pairs/nudge")
@coordinators_only
def nudge() -> ResponseReturnValue:
    """Nudge the pairs that were ticked, and say what came of it."""
    form = NudgeForm()
    if not form.validate_on_submit():
        return unfinished(LIST, form, **_shown())
    with writing():
        nudged = nudge_pairs(current_person(), form.ids)
    flash(_say(nudged))
    return redirect(url_for("pairings.pairs", **_here()), 303)


@room.get("/programme/pairs/print")
@coordinators_only
def print_pairs() -> str:
    """All the pairs that are meant, on paper."""
    _everything, chosen = _chosen(_choice())
    return render_template("pairings/list_on_paper.html", pairs=chosen, minutes=_minutes(chosen), here=_here())


@room.get("/programme/pairs.csv")
@coordinators_only
def pairs_as_csv() -> Response:
    """The same as a file."""
    _everything, chosen = _chosen(_choice())
    minutes = _minutes(chosen)
    headings = [
        _("Mentee"), _("Mentor"), _("Programme"), _("Site"), _("Unit"), _("Are they in touch?"), _("Since"),
        _("Last contact"), _("Last talk"), _("Minutes in 30 days"), _("Nudged on"),
    ]  # fmt: skip
    return csv_download("pairs", [headings, *(_csv_row(each, minutes) for each in chosen)])


def _shown() -> dict[str, Any]:
    choice = _choice()
    everything, chosen = _chosen(choice)
    page = page_of(chosen, request.args.get("page", 1, int))
    return {
        "choice": choice,
        "here": _here(),
        "page": page,
        "minutes": _minutes(page.pairs),
        "options": _options(everything),
        "stages": [(each, stage_words(each)) for each in ("silent", *STAGES)],
        "mentor": next((each.mentor for each in everything if str(each.mentor_id) == choice.mentor), ""),
        "mentees_of": _mentees_of(everything),
        "silent": sum(each.is_silent for each in everything),
        "in_all": len(everything),
        "ticked": set(request.form.getlist("pair")),
        "tick_silent": "tick" in request.args,
    }


def _here() -> dict[str, Any]:
    """What the address says, to be said again by the links of the page."""
    return {name: request.args[name] for name in SAID if request.args.get(name)}


def _choice() -> Choice:
    said: Mapping[str, str] = request.args
    order = said.get("order", "")
    return Choice(
        programme=said.get("programme", ""),
        site=said.get("site", ""),
        unit=said.get("unit", ""),
        stage=said.get("stage", "") if said.get("stage") in ("silent", *STAGES) else "",
        mentor=said.get("mentor", ""),
        search=said.get("q", "").strip()[:SEARCH_LIMIT],
        order=order if order in ORDERS else ATTENTION,
    )


def _chosen(choice: Choice) -> tuple[list[PairFacts], list[PairFacts]]:
    """All her pairs, and those that are meant."""
    person = current_person()
    everything = facts_of_programmes(programmes_of(person), person)
    return everything, choice.narrow(everything)


def _options(everything: Iterable[PairFacts]) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers: what there is among her pairs."""
    found: dict[str, dict[str, str]] = {"programme": {}, "site": {}, "unit": {}}
    for each in everything:
        found["programme"][str(each.programme.id)] = each.programme.name
        if each.unit_id:
            found["site"][str(each.site_id)] = each.site
            found["unit"][str(each.unit_id)] = each.unit
    return {name: sorted(there.items(), key=lambda item: item[1]) for name, there in found.items()}


def _mentees_of(everything: Iterable[PairFacts]) -> dict[tuple[Any, Any], int]:
    """How many mentees a mentor has in a programme: two or more are a group."""
    counts: dict[tuple[Any, Any], int] = {}
    for each in everything:
        key = (each.programme.id, each.mentor_id)
        counts[key] = counts.get(key, 0) + 1
    return counts


def _minutes(pairs: Sequence[PairFacts]) -> dict[Any, int]:
    return minutes_of([each.id for each in pairs], current_person())


def _csv_row(each: PairFacts, minutes: dict[Any, int]) -> list[str]:
    days = (each.started_on, each.last_contact_on, each.last_talk_on)
    started, contact, talk = (day.isoformat() if day else "" for day in days)
    places = (each.programme.name, each.site, each.unit)
    nudged = each.nudged_on.isoformat() if each.nudged_on else ""
    who, stands = (each.mentee, each.mentor), stage_words(each.stage)
    return [*who, *places, stands, started, contact, talk, str(minutes[each.id]), nudged]


def _say(nudged: Nudged) -> str:
    said = [ngettext("%(num)s pair was nudged.", "%(num)s pairs were nudged.", nudged.count)] if nudged.count else []
    for day, count in sorted(nudged.before.items()):
        on = weekday(day)
        said.append(ngettext("%(num)s was nudged on %(day)s.", "%(num)s were nudged on %(day)s.", count, day=on))
    if nudged.not_now:
        said.append(ngettext("%(num)s cannot be nudged now.", "%(num)s cannot be nudged now.", nudged.not_now))
    return " ".join(said)
