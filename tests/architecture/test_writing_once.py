"""Views commit, once, last; nothing beneath them does."""

from __future__ import annotations

import re

from tests.architecture.sources import WEBAPP, calls, complaints, imports, named, python_files

MAY_OPEN_WRITING = {
    "webapp/people/sessions.py": "the idle clock and a leftover cookie are written in their own short transactions",
    "webapp/people/throttle.py": "a failed try must be remembered although the sign-in is refused",
    "webapp/matching/offers/actions/rounds.py": "run by the worker: each offer that is due is its own unit of work",
    "webapp/people/inviting.py": "run by the worker: each portion of people is invited on its own",
    "webapp/mail/delivery.py": "run by the worker: each letter is claimed and finished on its own",
    "webapp/jobs/holding.py": "run by the worker: progress is written beside the work, and the work ends in one commit",
    "webapp/jobs/working.py": "run by the worker: claiming is a transaction of its own, and so is how a job ended",
    "webapp/push/claims.py": "run by the worker: claiming is a transaction of its own",
    "webapp/push/courier.py": "run by the worker: what was sent is finished apart from what was claimed",
    "webapp/push/release.py": "run by the worker: held messages are let go in their own transaction",
    "webapp/reminders/planner.py": "run by the worker: each rule's turn is a transaction of its own",
    "webapp/sync/deliveries.py": "a delivery is one transaction, done again op by op when one of them spoils it",
    "webapp/sealing/anew.py": "run by the worker: a few texts are sealed anew in a transaction of its own",
    "webapp/sync/drop_box.py": "run by the worker: each look through what was brought in is a transaction of its own",
    "webapp/watch/alarms.py": "run by a thread: taking an alarm and writing down that it was told are apart",
    "webapp/worker.py": "each turn of the loop is its own unit of work",
    "webapp/cli.py": "a command is a unit of work",
    "webapp/backups/commands.py": "a command is a unit of work",
}
VIEWS = re.compile(r"/(views(\.py|/)|demo/)")


def test_only_the_database_room_commits() -> None:
    paths = [path for path in python_files() if path.parent != WEBAPP / "database"]
    assert not complaints(commits, paths)


def test_a_commit_is_seen() -> None:
    assert commits("def record():\n    db.session.commit()")


def test_only_views_and_loops_open_writing() -> None:
    inside = [path for path in python_files() if path.parent != WEBAPP / "database" and not may_open(named(path))]
    found = complaints(opens_writing, inside)
    assert not found, "\n".join(found)


def test_opening_writing_beneath_a_view_is_seen() -> None:
    assert opens_writing("from webapp.database import writing\ndef record():\n    with writing():\n        pass")
    assert not may_open("webapp/journal/actions.py")
    assert may_open("webapp/journal/views.py")


def may_open(name: str) -> bool:
    return name in MAY_OPEN_WRITING or VIEWS.search(name) is not None


def commits(source: str) -> list[str]:
    return [f"line {line} commits: leave that to writing()" for line, name in calls(source) if name.endswith(".commit")]


def opens_writing(source: str) -> list[str]:
    imported = any(module == "webapp.database" and name == "writing" for _, module, name in imports(source))
    return ["writing() is opened by views: move it there"] if imported else []
