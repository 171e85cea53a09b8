"""A push service on loopback: RFC 8030 and 8292 towards us, Mozilla's autopush protocol towards a browser.

It refuses what a real service refuses, answers as it is told to, and its own browsers decrypt with `http_ece`,
which shares no code with what encrypts.
"""

import asyncio
import base64
import json
import os
import re
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import http_ece
import jwt
from aiohttp import WSMsgType, web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LARGEST_BODY = 4096
URGENCIES = {"very-low", "low", "normal", "high"}
LONGEST_SIGNATURE = 24 * 3600


@dataclass(frozen=True)
class Told:
    """An answer that the service was told to give instead of its own; `hang` gives none until it stops."""

    status: int = 201
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False


@dataclass(frozen=True)
class Received:
    """A message that the service accepted."""

    token: str
    headers: dict[str, str]
    body: bytes
    connection: int


@dataclass
class Registered:
    """One subscription as the service knows it."""

    channel: str
    key: str | None = None  # the VAPID key that the browser subscribed with
    ended: bool = False


class Browser:
    """A browser without a window: it can subscribe, and read what it is sent."""

    def __init__(self, service: "PushService", application_key: str | None = None) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = os.urandom(16)
        self.token = service.register(uuid.uuid4().hex, application_key)
        self.endpoint = f"{service.origin}/wpush/v2/{self.token}"
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.p256dh, self.auth = _base64url(point), _base64url(self._auth)

    def subscription(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives a page."""
        keys = {"p256dh": self.p256dh, "auth": self.auth}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> Any:
        """The message inside an encrypted body."""
        opened = http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")
        return json.loads(opened)


class PushService:
    """Runs in its own thread; `with PushService() as service:`."""

    received: list[Received]
    refused: list[str]
    acknowledged: list[dict[str, Any]]
    asked: int
    _registered: dict[str, Registered]
    _told: deque[Told]
    _told_for: dict[str, deque[Told]]

    def __init__(self) -> None:
        self._hanging: list[asyncio.Event] = []
        self.forget()
        self._socket: web.WebSocketResponse | None = None
        self._loop = asyncio.new_event_loop()
        self._stopping: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10), "the push service did not start"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._stopping is not None
        self.forget()
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    def forget(self) -> None:
        """Be as new at the same address; requests that hang are let go."""
        self.received, self.refused, self.acknowledged, self.asked = [], [], [], 0
        self._registered, self._told, self._told_for = {}, deque(), {}
        for hanging in self._hanging:
            self._loop.call_soon_threadsafe(hanging.set)
        self._hanging = []

    def browser(self, application_key: str | None = None) -> Browser:
        """A new browser that has subscribed here."""
        return Browser(self, application_key)

    def register(self, channel: str, application_key: str | None) -> str:
        """A new subscription's token."""
        token = uuid.uuid4().hex
        self._registered[token] = Registered(channel, application_key)
        return token

    def end(self, token: str) -> None:
        """The browser unsubscribed: from now on 410."""
        self._registered[token].ended = True

    def tell(self, *answers: Told, token: str | None = None) -> None:
        """Give these answers first, in turn: to anybody, or to one subscription."""
        queue = self._told if token is None else self._told_for.setdefault(token, deque())
        queue.extend(answers)

    def to(self, browser: Browser) -> list[Any]:
        """The messages that this browser was sent, decrypted."""
        return [browser.read(got.body) for got in list(self.received) if got.token == browser.token]

    def wait_until(self, happened: Callable[[], object], seconds: float = 10) -> None:
        """Poll until it happened; fails after `seconds`."""
        ends = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < ends, f"waited {seconds} s; refused: {self.refused}"
            threading.Event().wait(0.01)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        app = web.Application(client_max_size=1 << 20)
        app.router.add_get("/ws", self._browser_side)
        app.router.add_post("/wpush/v2/{token}", self._application_side)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = runner.addresses[0][1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self._ready.set()
        await self._stopping.wait()
        await runner.cleanup()

    async def _application_side(self, request: web.Request) -> web.Response:
        self.asked += 1
        body = await request.read()
        token = request.match_info["token"]
        told = self._next_told(token)
        if told is not None and told.hang:
            self._hanging.append(let_go := asyncio.Event())
            await let_go.wait()
        if told is not None and told.status not in (200, 201, 202, 204):
            return web.Response(status=told.status, text=told.body, headers=told.headers)
        known = self._registered.get(token)
        if known is None:
            return web.json_response({"code": 404, "errno": 102}, status=404)
        if known.ended:
            return web.json_response({"code": 410, "errno": 106}, status=410)
        if problem := self._problem(request, body, known):
            status, words = problem
            self.refused.append(words)
            return web.json_response({"code": status, "message": words}, status=status)
        transport = id(request.transport)
        self.received.append(Received(token, {k.lower(): v for k, v in request.headers.items()}, body, transport))
        await self._hand_over(known.channel, body)
        status = told.status if told is not None else 201
        return web.Response(status=status, headers={"Location": f"{self.origin}/m/{uuid.uuid4().hex}"})

    def _next_told(self, token: str) -> Told | None:
        for queue in (self._told_for.get(token), self._told):
            if queue:
                return queue.popleft()
        return None

    def _problem(self, request: web.Request, body: bytes, known: Registered) -> tuple[int, str] | None:
        headers = request.headers
        if not headers.get("TTL", "").isdigit() or headers["TTL"] == "0":
            return 400, "TTL is missing or 0"
        if headers.get("Content-Encoding") != "aes128gcm":
            return 400, "Content-Encoding is not aes128gcm"
        if headers.get("Urgency", "normal") not in URGENCIES:
            return 400, "Urgency is unknown"
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("Topic", "t")):
            return 400, "Topic is not 1 to 32 base64url characters"
        if len(body) > LARGEST_BODY:
            return 413, "too large"
        try:
            self._check_signature(headers.get("Authorization", ""), known)
        except (ValueError, KeyError, jwt.InvalidTokenError) as error:
            return 401, f"{type(error).__name__}: {error}"
        return None

    def _check_signature(self, header: str, known: Registered) -> None:
        scheme, _, rest = header.partition(" ")
        if scheme.lower() != "vapid":
            raise ValueError("not VAPID")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(parts["k"]))
        claims = jwt.decode(parts["t"], public, algorithms=["ES256"], audience=self.origin)
        if claims["exp"] - time.time() > LONGEST_SIGNATURE:
            raise ValueError("exp is too far away")
        if not claims["sub"].startswith(("mailto:", "https:")):
            raise ValueError("sub is no contact")
        if known.key is not None and _bytes(known.key) != _bytes(parts["k"]):
            raise ValueError("VAPID public key mismatch")

    async def _browser_side(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        self._socket = socket
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._answer_browser(socket, json.loads(message.data))
        return socket

    async def _answer_browser(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        match said.get("messageType"):
            case "hello":
                uaid = said.get("uaid") or uuid.uuid4().hex
                hello = {
                    "messageType": "hello",
                    "uaid": uaid,
                    "status": 200,
                    "use_webpush": True,
                    "broadcasts": {},
                }
                await socket.send_json(hello)
            case "register":
                token = self.register(said["channelID"], said.get("key"))
                endpoint = f"{self.origin}/wpush/v2/{token}"
                registered = {"messageType": "register", "channelID": said["channelID"], "status": 200}
                await socket.send_json(registered | {"pushEndpoint": endpoint})
            case "unregister":
                for known in self._registered.values():
                    known.ended = known.ended or known.channel == said["channelID"]
                await socket.send_json(said | {"status": 200})
            case "ack":
                self.acknowledged.extend(said["updates"])
            case "ping" | None:
                await socket.send_str("{}")

    async def _hand_over(self, channel: str, body: bytes) -> None:
        if self._socket is not None and not self._socket.closed:
            notification = {"messageType": "notification", "channelID": channel, "version": uuid.uuid4().hex}
            encrypted = {"data": _base64url(body), "headers": {"encoding": "aes128gcm"}}
            await self._socket.send_json(notification | encrypted)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
