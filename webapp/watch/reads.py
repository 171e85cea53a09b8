"""Reading the signs: a handful of indexed queries, cheap enough for a page that machines ask for every few seconds."""

from __future__ import annotations

from webapp import mail, push
from webapp.clock import now
from webapp.config import current_settings
from webapp.watch.rules import LETTERS_LATE_AFTER, Signs
from webapp.web import health


def signs() -> Signs:
    """How everything stands now."""
    at, heard, services = now(), health.last_heard(), push.troubled_services()
    return Signs(
        at=at,
        worker_beat=heard.get(health.WORKER),
        started=heard.get(health.START),
        push_is_on=not push.post_office().why_off,
        push_due_since=push.due_since(),
        stopped_services=tuple(each.origin for each in services if each.is_stopped(at)),
        services_in_doubt=bool(services),
        mail_is_on=mail.can_post(),
        letters_since=mail.waiting_since(),
        posted_lately=mail.was_posted_since(at - LETTERS_LATE_AFTER),
        last_backup=heard.get(health.BACKUP),
        backups_wished=heard.get(health.BACKUPS_WISHED),
        backup_days=current_settings().backup_days,
    )
