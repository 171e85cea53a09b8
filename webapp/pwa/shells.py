"""The pages that open without signal: the templates of the rooms, rendered for nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, g, render_template

OFFLINE = "offline"
INDENT = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class Shell:
    """A template, the addresses it answers offline (`*` stands for one part), and what it needs besides `shell`.

    Addresses that share a template share a shell. `blank` gives the template's variables for nobody in particular.
    """

    name: str
    template: str
    addresses: tuple[str, ...] = ()
    blank: Callable[[], Mapping[str, Any]] = field(default=dict)


SHELLS: tuple[Shell, ...] = (
    Shell("check-in", "checkins/form.html", ("/check-in",)),
    Shell("check-in-change", "checkins/form.html", ("/check-ins/*/change",), lambda: {"changing": True}),
    Shell("check-ins", "checkins/log.html", ("/check-ins",)),
    Shell("check-in-one", "checkins/on_phone.html", ("/check-ins/*",)),
    Shell("help-now", "safety/help_now.html", ("/help-now",)),
    Shell("feedback", "feedback/give.html", ("/feedback",)),
    Shell("journal", "journal/journal.html", ("/journal",)),
    Shell("journal-new", "journal/form.html", ("/journal/new",)),
    Shell("journal-trash", "journal/trash.html", ("/journal/trash",)),
    Shell("journal-change", "journal/form.html", ("/journal/*/change",), lambda: {"changing": True}),
    Shell("journal-one", "journal/on_phone.html", ("/journal/*",)),
    Shell("notes", "pairings/on_phone.html", ("/notes", "/talks")),
    Shell("outbox", "pwa/outbox.html", ("/outbox",)),
    Shell("today", "home/today.html", ("/",)),
    Shell(OFFLINE, "pwa/offline.html"),
)


class ShellNamesSomebody(Exception):
    """A shell holds something that belongs to one person or one session."""


def render_shell(app: Flask, shell: Shell, lang: str) -> str:
    """The page without session, person or token. Raises `ShellNamesSomebody` when a token got in."""
    address = shell.addresses[0].replace("*", "") if shell.addresses else "/"
    with app.app_context(), app.test_request_context(address):  # each its own g: Babel keeps the language there
        g.lang, g.shell = lang, True
        page = render_template(shell.template, **{"shell": True, "person": None, **shell.blank()})
    if "csrf_token" in page:
        raise ShellNamesSomebody(f"{shell.template} writes a csrf_token into its shell: leave it out {{% if shell %}}")
    return INDENT.sub("\n", page)  # a phone fetches every shell, and nobody reads how it is set
