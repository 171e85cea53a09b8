"""What the job says of itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from webapp.jobs import Job, Words


def _page_of(job: Job) -> str:
    programme = job.arguments.get("programme", "")
    made = (job.result or {}).get("run") or job.arguments.get("before")  # without a result, back to where it began
    return f"/programme/{programme}/matching" + (f"/runs/{made}" if made else "")


MATCH_WORDS = Words(
    _("Looking for a mentor for everybody"),
    _page_of,
    {
        "gathering": _("Reading what people said."),
        "scores": _("Looking at every pair."),
        "candidates": _("Looking at every pair."),
        "floor": _("Looking that nobody is left far behind."),
        "assignment": _("Finding the best pairs."),
        "proof": _("Checking that nothing is better."),
        "reasons": _("Writing down why."),
        "writing": _("Writing it down."),
    },
    {
        "nobody": _("This programme is not there any more."),
        "refused": _("Something in the list of people cannot be right. Look at the people and try again."),
        "too_many": _("These are too many people for one run. Match one cohort after the other."),
        "locked_against_a_rule": _("A pair that you keep breaks a rule now. Look at the pairs that you keep."),
        "over_capacity": _("A mentor has more pairs that you keep than places. Look at the pairs that you keep."),
        "two_mentors": _("A mentee has two mentors. End one of the two pairs first."),
        "too_long": _("It took longer than half an hour and was stopped. Match one cohort after the other."),
        "no_memory": _("The server ran out of memory. Match one cohort after the other."),
    },
)
