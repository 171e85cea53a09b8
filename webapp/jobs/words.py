"""What a job says of itself, in the reader's language: each kind brings its own sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from webapp.jobs.models import CANCELLED, DONE, FAILED, WAITING, Job

PLACE = "words_of_jobs"
ALWAYS: Mapping[str, LazyString] = {WAITING: _("Waiting for its turn.")}
WHY: Mapping[str, LazyString] = {
    "trouble": _("Something went wrong on our side. Nothing was changed. Please try again."),
    "died": _("It had to stop three times. Nothing was changed. Please tell whoever looks after the server."),
}
ENDED: Mapping[str, LazyString] = {
    DONE: _("It is done."),
    CANCELLED: _("It was stopped. Nothing was changed."),
}
STOPPING = _("It is being stopped.")


@dataclass(frozen=True)
class Words:
    """The sentences of one kind: its title, what it is doing, why it failed. `page_of(job)` is where its result is.

    `ended` is for a kind that does its work in portions, so that what was done before it was stopped stays.
    """

    title: LazyString
    page_of: Callable[[Job], str]
    doing: Mapping[str, LazyString] = field(default_factory=dict)
    reasons: Mapping[str, LazyString] = field(default_factory=dict)
    ended: Mapping[str, LazyString] = field(default_factory=dict)


OF_ANOTHER_VERSION = Words(_("Work in the background"), lambda _job: "/")


@dataclass(frozen=True)
class Watched:
    """A job as a page shows it."""

    job: Job
    title: str
    says: str
    result_page: str
    percent: int | None

    def as_json(self) -> dict[str, Any]:
        """What the page asks for now and then."""
        return {"is_over": self.job.is_over, "says": self.says, "percent": self.percent}


def tell_words(app: Flask, words: Mapping[str, Words]) -> None:
    """Know what each kind says."""
    app.extensions[PLACE] = dict(words)


def watch(job: Job) -> Watched:
    """A job in words."""
    words: Words = current_app.extensions[PLACE].get(job.kind, OF_ANOTHER_VERSION)
    percent = min(100, 100 * job.done // job.total) if job.total else None
    return Watched(job, str(words.title), str(_says(job, words)), words.page_of(job), percent)


def _says(job: Job, words: Words) -> LazyString:
    if job.outcome == FAILED:
        reasons = {**WHY, **words.reasons}
        return reasons.get(job.reason or "", WHY["trouble"])
    if job.outcome is not None:
        return {**ENDED, **words.ended}[job.outcome]
    if job.is_stopping:
        return STOPPING
    return {**ALWAYS, **words.doing}.get(job.doing, ALWAYS[WAITING])
