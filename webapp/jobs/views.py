"""Watching a job that one asked for, and asking to stop it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.database import writing
from webapp.jobs.asking import ask_to_stop, job_or_404
from webapp.jobs.words import watch
from webapp.web import RoomForm

room = Blueprint("jobs", __name__)


@room.get("/jobs/<uuid:job_id>")
def job(job_id: UUID) -> str:
    """How far it is; where its result is once it is done."""
    return render_template("jobs/job.html", watched=watch(job_or_404(current_user.person.id, job_id)))


@room.get("/progress/<uuid:job_id>")
def progress(job_id: UUID) -> ResponseReturnValue:
    """The same for the page's own script, which asks now and then; it keeps nobody signed in."""
    return jsonify(watch(job_or_404(current_user.person.id, job_id)).as_json())


@room.post("/jobs/<uuid:job_id>/stop")
def stop(job_id: UUID) -> ResponseReturnValue:
    """Ask to stop it."""
    person_id = current_user.person.id
    job_or_404(person_id, job_id)
    if RoomForm().validate_on_submit():
        with writing():
            ask_to_stop(person_id, job_or_404(person_id, job_id))
    return redirect(f"/jobs/{job_id}", 303)
