"""What the phone is sent: a declarative web push that the service worker reads too, in neutral words."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask_babel import force_locale

from webapp.config import current_settings
from webapp.people import the_organisation
from webapp.push.kinds import KINDS
from webapp.push.models import PushMessage


def senders_name() -> str:
    """What a lock screen prints above the words: the organisation's choice."""
    organisation = the_organisation()
    return organisation.sender_name if organisation else "Friendtor"


def payload_of(message: PushMessage, *, title: str, recipient: str, badge: int) -> bytes:
    """The payload (JSON, well under 1 KB) for one device, which knows its person as `recipient`."""
    lang = message.person.lang
    notification: dict[str, Any] = {
        "title": title,
        "body": _words(message.kind, lang),
        "lang": lang,
        "navigate": current_settings().public_url + message.navigate,
        "tag": message.kind,
        "silent": True,
        "app_badge": badge,
    }
    return _json({"web_push": 8030, "notification": notification, **_for_the_worker(recipient, badge)})


def smallest_payload_of(message: PushMessage, *, recipient: str) -> bytes:
    """The same without its words, for a push service that found it too large; the worker has words of its own."""
    notification = {"title": "Friendtor", "navigate": current_settings().public_url + "/", "tag": message.kind}
    return _json({"web_push": 8030, "notification": notification, "recipient": recipient})


@cache
def _words(kind: str, lang: str) -> str:
    with force_locale(lang):
        return KINDS[kind].words()


def _for_the_worker(recipient: str, badge: int) -> dict[str, Any]:
    return {"app_badge": badge, "mutable": True, "recipient": recipient}


def _json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
