"""Long work in the background: asked for by a page, done once by a worker, watched and stopped by whoever asked.

A room above says with `ask` what to do, and writes a function that takes a `Run`. The worker holds the table of kinds.
"""

from webapp.jobs.asking import ask, ask_to_stop, forget_old, job_or_404, unfinished_job
from webapp.jobs.holding import Cancelled, Failed, LostLease, Run, Stopped
from webapp.jobs.models import CANCELLED, DONE, FAILED, Job
from webapp.jobs.words import Words, tell_words, watch
from webapp.jobs.working import Kind, Kinds, work_once

__all__ = [
    "CANCELLED",
    "DONE",
    "FAILED",
    "Cancelled",
    "Failed",
    "Job",
    "Kind",
    "Kinds",
    "LostLease",
    "Run",
    "Stopped",
    "Words",
    "ask",
    "ask_to_stop",
    "forget_old",
    "job_or_404",
    "tell_words",
    "unfinished_job",
    "watch",
    "work_once",
]
