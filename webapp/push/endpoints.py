"""Which addresses may be sent a push: the known push services, and exact origins that the installer lists."""

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import SplitResult, urlsplit

from webapp.config import BadSettings

PUSH_SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
LONGEST_ENDPOINT = 2048
DEFAULT_PORTS = {"https": 443, "http": 80}

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
PRINTABLE = re.compile(r"[!-\[\]-~]+")  # ASCII without spaces, control characters and the backslash
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Older versions of Python call these global: protocol assignments, and a site's own NAT64 (RFC 6890, RFC 8215).
NEVER_PUBLIC = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("64:ff9b:1::/48"))


class UnsafeEndpoint(ValueError):
    """This address may not be sent to; the message says why and never repeats the address."""


@dataclass(frozen=True)
class Endpoint:
    """An address that passed the rules, taken apart once so that nothing parses it a second time."""

    scheme: str
    host: str
    port: int
    target: str = field(repr=False)  # path and query; the path is the capability, so it is never printed
    is_extra: bool = False

    @property
    def origin(self) -> str:
        """`scheme://host[:port]` as RFC 6454 writes it: the VAPID audience."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    def is_at(self, service: str) -> bool:
        """Is the host this push service, or under it?"""
        return self.host == service or self.host.endswith("." + service)


@dataclass(frozen=True)
class EndpointRules:
    """The allow-list; asked when a subscription is saved and again at each send."""

    extra_origins: frozenset[tuple[str, str, int]] = frozenset()

    @classmethod
    def allowing(cls, extra_origins: Iterable[str], *, local: bool) -> Self:
        """Rules that also allow these exact origins; BadSettings when one is malformed or needlessly open."""
        origins = [_origin(text.strip()) for text in extra_origins if text.strip()]
        if any(scheme == "http" for scheme, _, _ in origins) and not local:
            raise BadSettings("Use https in PUSH_EXTRA_ORIGINS: http is only for a PUBLIC_URL on localhost.")
        return cls(frozenset(origins))

    def check(self, url: str) -> Endpoint:
        """The endpoint behind this address; UnsafeEndpoint when it may not be sent to."""
        parts = _split(url)
        if parts.username is not None or parts.password is not None:
            raise UnsafeEndpoint("The address holds a user name.")
        if parts.fragment:
            raise UnsafeEndpoint("The address holds a fragment.")
        scheme, host, port = _scheme_host_port(parts)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if (scheme, host, port) in self.extra_origins:
            return Endpoint(scheme, host, port, target, is_extra=True)
        if scheme != "https":
            raise UnsafeEndpoint("The address is not https.")
        if port != DEFAULT_PORTS["https"]:
            raise UnsafeEndpoint("The address names a port.")
        endpoint = Endpoint(scheme, host, port, target)
        if HOST.fullmatch(host) is None or not any(endpoint.is_at(service) for service in PUSH_SERVICES):
            raise UnsafeEndpoint("The address is not at a known push service.")
        return endpoint


def is_public_address(address: str) -> bool:
    """Is this IP address out on the internet, whatever form it is written in?

    An IPv6 form that carries an IPv4 address (mapped, 6to4, Teredo, NAT64) is judged by what it carries.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip in network for network in NEVER_PUBLIC):
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved
    carried = _carried_addresses(ip)
    if carried:
        return all(is_public_address(str(inner)) for inner in carried)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not ip.is_site_local


def _carried_addresses(ip: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if ip in NAT64:
        return (ipaddress.IPv4Address(ip.packed[-4:]),)
    return ()


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST_ENDPOINT:
        raise UnsafeEndpoint("The address is too long.")
    if PRINTABLE.fullmatch(url) is None:
        raise UnsafeEndpoint("The address holds characters that no push service uses.")
    try:
        return urlsplit(url)
    except ValueError as error:
        raise UnsafeEndpoint("The address cannot be read.") from error


def _scheme_host_port(parts: SplitResult) -> tuple[str, str, int]:
    try:
        port = parts.port
    except ValueError as error:
        raise UnsafeEndpoint("The address has no valid port.") from error
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or port == 0:
        raise UnsafeEndpoint("The address is not a web address.")
    return parts.scheme, parts.hostname, port or DEFAULT_PORTS[parts.scheme]


def _origin(text: str) -> tuple[str, str, int]:
    try:
        parts = _split(text)
        if parts.username is not None or parts.path not in ("", "/") or parts.query or parts.fragment:
            raise UnsafeEndpoint("not an origin")
        return _scheme_host_port(parts)
    except UnsafeEndpoint as error:
        raise BadSettings("Set PUSH_EXTRA_ORIGINS to origins such as https://push.example.org:8443.") from error
