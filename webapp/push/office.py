"""The post office: what sending needs, made once at start from the settings and the keys, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Flask, current_app

from webapp.config import Settings
from webapp.push.encryption import BrowserKeys, Signatures, VapidKey
from webapp.push.endpoints import EndpointRules
from webapp.push.sender import HttpSender, Posting, Sender
from webapp.sealing import KeyRing, current_keys, look_again

UNREACHABLE_HOSTS = ("localhost", "local", "invalid")
CONTACT_ON_ONES_OWN_MACHINE = "mailto:nobody@friendtor.invalid"
SENDING_THREADS = 16


@dataclass(frozen=True)
class PostOffice:
    """Rules, keys, signatures and the sender. `why_off` is one sentence when push cannot start."""

    rules: EndpointRules
    sender: Sender
    signatures: Signatures
    keys: dict[str, VapidKey] = field(repr=False)
    why_off: str = ""

    @property
    def newest_key(self) -> VapidKey:
        return self.keys[max(self.keys)]

    def knowing(self, key_id: str) -> PostOffice:
        """The same, with a key that another process has only just made. Only where the app's context is."""
        return self if key_id in self.keys else replace(self, keys=_vapid_keys(look_again()))

    def posting(self, url: str, browser: BrowserKeys, key_id: str, payload: bytes, **wishes: object) -> Posting:
        """A message made ready to send. Raises UnsafeEndpoint, KeyError for a lost key, PayloadTooLarge.

        It is signed by the machine's own clock: a push service knows nothing of a demonstration's.
        """
        endpoint, key = self.rules.check(url), self.keys[key_id]
        body = key.encrypt(payload, browser)
        signature = self.signatures.header(endpoint.origin, key, datetime.now(UTC))
        return Posting(endpoint, body, signature, **wishes)  # type: ignore[arg-type]


def init_app(app: Flask, settings: Settings) -> None:
    """Open the post office; BadSettings when an origin or a proxy cannot be read."""
    keys: KeyRing = app.extensions["keys"]
    office = PostOffice(
        rules=EndpointRules.allowing(settings.push_extra_origins, local=settings.local),
        sender=HttpSender(proxy=settings.push_proxy or None, connections=SENDING_THREADS),
        signatures=Signatures(_contact(settings)),
        keys=_vapid_keys(keys),
        why_off=_why_off(settings),
    )
    if office.why_off:
        app.logger.error(office.why_off)
    app.extensions["post_office"] = office


def post_office() -> PostOffice:
    """The running app's."""
    office: PostOffice = current_app.extensions["post_office"]
    ring = current_keys()
    if office.keys.keys() != ring.pairs["vapid"].keys():
        office = current_app.extensions["post_office"] = replace(office, keys=_vapid_keys(ring))
    return office


def public_key() -> dict[str, str] | None:
    """What a browser subscribes with, as `{"key_id", "public_key"}`; None while push is off."""
    office = post_office()
    if office.why_off:
        return None
    return {"key_id": office.newest_key.key_id, "public_key": office.newest_key.public}


def _vapid_keys(ring: KeyRing) -> dict[str, VapidKey]:
    return {key_id: VapidKey(key_id, pair) for key_id, pair in ring.pairs["vapid"].items()}


def _contact(settings: Settings) -> str:
    """Whom a push service may write to: PUSH_CONTACT, else the public address, which VAPID allows as well."""
    contact = settings.push_contact
    if not contact:
        return settings.public_url if settings.production else CONTACT_ON_ONES_OWN_MACHINE
    return contact if contact.startswith(("mailto:", "https:")) else f"mailto:{contact}"


def _why_off(settings: Settings) -> str:
    if settings.local:
        return ""
    contact = _contact(settings)
    host = contact.rpartition("@")[2] if contact.startswith("mailto:") else urlsplit(contact).hostname or ""
    if "." not in host or host.rpartition(".")[2].lower() in UNREACHABLE_HOSTS:
        return (
            "Push is off: set PUSH_CONTACT to an e-mail address that exists on the internet, "
            "since Apple refuses messages whose contact it cannot reach."
        )
    return ""
