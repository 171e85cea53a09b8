"""Hands an encrypted message to a push service: the port, its HTTP implementation, its remembering twin."""

import base64
import hashlib
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NameResolutionError, NewConnectionError
from urllib3.util.connection import create_connection
from urllib3.util.timeout import Timeout

from webapp.config import BadSettings
from webapp.push.answers import Answer
from webapp.push.endpoints import Endpoint, is_public_address

CONNECT_SECONDS = 5
READ_SECONDS = 10
MOST_READ = 4096
MOST_POOLS = 16
WINDOWS = "notify.windows.com"


@dataclass(frozen=True)
class Posting:
    """One encrypted message on its way: everything RFC 8030 wants beside the body."""

    endpoint: Endpoint
    body: bytes = field(repr=False)
    authorization: str = field(repr=False)
    ttl: int = 60  # seconds; never 0, which drops it for a phone that sleeps
    urgency: str = "normal"
    topic: str | None = None

    def headers(self) -> dict[str, str]:
        """The request's headers."""
        headers = {
            "TTL": str(max(1, self.ttl)),
            "Urgency": self.urgency,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Authorization": self.authorization,
        }
        if self.topic:
            headers["Topic"] = self.topic
        if self.endpoint.is_at(WINDOWS):
            headers["X-WNS-Cache-Policy"] = "cache"  # else a computer that is off never gets the message
        return headers


class Sender(Protocol):
    """Where the outside world begins. Never raises over a network's trouble: that is an answer too."""

    def send(self, posting: Posting) -> Answer:
        """Post it and return what came back."""
        ...


class HttpSender:
    """Posts over kept-alive connections shared by threads, to public addresses only, never redirected."""

    def __init__(self, *, proxy: str | None = None, connections: int = 8) -> None:
        self._known: dict[str, urllib3.HTTPConnectionPool] = {}
        kept: dict[str, Any] = {"num_pools": MOST_POOLS, "maxsize": connections, "block": False, "retries": False}
        timeout = Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        self._extra = urllib3.PoolManager(timeout=timeout, **kept)
        if proxy:
            self._services: urllib3.PoolManager = _through(proxy, timeout=timeout, **kept)
        else:
            self._services = urllib3.PoolManager(timeout=timeout, **kept)
            self._services.pool_classes_by_scheme = {"https": _PublicPool}

    def send(self, posting: Posting) -> Answer:
        """Post it; an answer without a status says what went wrong on the way."""
        endpoint = posting.endpoint
        try:
            response = self._pool(endpoint).urlopen(
                "POST",
                endpoint.target,
                body=posting.body,
                headers=posting.headers(),
                redirect=False,
                retries=False,
                assert_same_host=False,
                preload_content=False,
                decode_content=False,
            )
            try:
                body = _first_bytes(response)
            finally:
                response.release_conn()
        except (HTTPError, OSError) as error:
            return Answer(None, trouble=type(error).__name__)  # the text of these errors holds the address
        return Answer(
            response.status,
            body=body.decode("utf-8", "replace"),
            headers={name.lower(): value for name, value in response.headers.items()},
        )

    def _pool(self, endpoint: Endpoint) -> urllib3.HTTPConnectionPool:
        """The open connections to this service. The manager makes and closes them; asking it is a tenth of a push."""
        pool = self._known.get(endpoint.origin)
        if pool is None or pool.pool is None:  # not asked for yet, or closed in favour of others
            manager = self._extra if endpoint.is_extra else self._services
            pool = manager.connection_from_host(endpoint.host, endpoint.port, endpoint.scheme)
            self._known = {**dict(islice(self._known.items(), MOST_POOLS)), endpoint.origin: pool}
        return pool


class RememberingSender:
    """For tests and demonstrations without a network: keeps what it was given and answers as told."""

    def __init__(self, answer: Callable[[Posting], Answer] = lambda posting: Answer(201)) -> None:
        self.sent: list[Posting] = []
        self.answer = answer

    def send(self, posting: Posting) -> Answer:
        """Remember it and answer."""
        self.sent.append(posting)
        return self.answer(posting)


def topic_for(tag: str, secret: str) -> str:
    """A Topic (RFC 8030, 32 characters at most): replaces what waits with the same tag, tells nothing."""
    digest = hashlib.sha256(f"{secret}|{tag}".encode()).digest()
    return base64.urlsafe_b64encode(digest)[:32].decode()


class _PublicConnection(HTTPSConnection):
    """Connects to the very address that was checked, so that no second look-up can answer differently."""

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self._dns_host, self.port, type=socket.SOCK_STREAM)
        except OSError as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        public = [str(where[0]) for *_, where in found if is_public_address(str(where[0]))]
        trouble: OSError = OSError("no public address")
        for address in public:
            try:
                return create_connection((address, self.port), self.timeout, self.source_address, self.socket_options)
            except TimeoutError as error:
                raise ConnectTimeoutError(self, "timed out") from error
            except OSError as error:
                trouble = error
        raise NewConnectionError(self, str(trouble)) from trouble


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


def _through(proxy: str, **kept: Any) -> urllib3.ProxyManager:
    """A manager that asks the hospital's proxy to CONNECT; the proxy then chooses the address, not we."""
    parts = urlsplit(proxy)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSettings("Set PUSH_PROXY to an address such as http://proxy.example.org:3128.")
    headers = None
    if parts.username is not None:
        headers = urllib3.make_headers(proxy_basic_auth=f"{parts.username}:{parts.password or ''}")
    address = f"{parts.scheme}://{parts.hostname}:{parts.port or 3128}"
    return urllib3.ProxyManager(address, proxy_headers=headers, **kept)


def _first_bytes(response: urllib3.BaseHTTPResponse) -> bytes:
    """At most MOST_READ bytes and READ_SECONDS of an answer; what goes on longer is cut off."""
    ends = time.monotonic() + READ_SECONDS
    read = b""
    while len(read) < MOST_READ and time.monotonic() < ends:
        piece = response.read1(MOST_READ - len(read))
        if not piece:
            return read
        read += piece
    response.close()
    return read
