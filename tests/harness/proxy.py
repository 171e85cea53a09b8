"""A proxy between a phone and the server that hangs, cuts, lies and dawdles when told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

SIGN_IN = b"HTTP/1.1 302 Found\r\nLocation: /sign-in\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PORTAL = b"<!doctype html><title>Free Wi-Fi</title><h1>Welcome to the hospital's Wi-Fi</h1>"
NEVER = 3600.0
ROUNDS = 5  # without anything left to end
A_ROUND = 0.002
T = TypeVar("T")


@dataclass
class Fault:
    """One kind of trouble for the requests it fits. `times` left counts down; None is for ever."""

    kind: str
    path: str = "/"
    method: str = ""
    times: int | None = None
    status: int = 500
    headers: dict[str, str] = field(default_factory=dict)
    met: int = 0

    def fits(self, method: str, path: str) -> bool:
        return self.times != 0 and path.startswith(self.path) and self.method in ("", method)

    def meet(self) -> None:
        self.met += 1
        if self.times is not None:
            self.times -= 1


class FaultProxy:
    """Listens on a port of its own. `inflict` begins trouble, `heal` ends all of it."""

    def __init__(self, upstream: int) -> None:
        self.upstream = upstream
        self.faults: list[Fault] = []
        self.seen: list[tuple[str, str]] = []
        self.carried = 0  # bytes that the server answered
        self.bodies: list[bytes] = []
        self._taken: dict[asyncio.StreamWriter, asyncio.Task[None]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._take, "127.0.0.1", 0))
        self.port = int(self._server.sockets[0].getsockname()[1])
        self.url = f"http://localhost:{self.port}"

    def inflict(self, kind: str, path: str = "/", **how: object) -> Fault:
        """Kinds: hang, hold (until it is healed), refuse, cut_before_response, cut_mid_body, html, sign_in, status."""
        return self._put([*self.faults], kind, path, how)

    def inflict_instead(self, kind: str, path: str = "/", **how: object) -> Fault:
        """This trouble in place of all other: there is no moment without any."""
        return self._put([], kind, path, how)

    def heal(self) -> None:
        self.faults = []

    def _put(self, others: list[Fault], kind: str, path: str, how: dict[str, object]) -> Fault:
        if f"_{kind}" not in dir(self):
            raise ValueError(f"no such trouble: {kind}")
        fault = Fault(kind, path, **how)  # type: ignore[arg-type]
        self.faults = [*others, fault]
        return fault

    def count(self, method: str, path: str) -> int:
        """How many such requests came by."""
        return sum(1 for seen in self.seen if seen == (method, path))

    def bodies_of(self, method: str, path: str) -> list[bytes]:
        """What such requests carried."""
        return [body for seen, body in zip(self.seen, self.bodies, strict=False) if seen == (method, path)]

    def close(self) -> None:
        self._run(self._end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end_all(self) -> None:
        """Take no more, end what was taken, then close.

        What was just accepted is taken in one of the loop's next rounds: closed before that, or with its task cancelled
        before it began, a connection would stay open.
        """
        for listening in self._server.sockets:
            self._loop.remove_reader(listening.fileno())
        still = 0
        while still < ROUNDS:
            taken, self._taken = self._taken, {}
            for task in taken.values():
                task.cancel()
            await asyncio.gather(*taken.values(), return_exceptions=True)
            for writer in taken:
                writer.close()
            await asyncio.sleep(A_ROUND)
            still = still + 1 if len(asyncio.all_tasks()) == 1 and not taken else 0
        self._server.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._taken[writer] = self._loop.create_task(self._serve(reader, writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await read_request(reader)
            if request:
                method, path = request.split(b" ", 2)[:2]
                await self._answer(method.decode(), path.decode().split("?")[0], request, writer)
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError, asyncio.CancelledError):
            pass  # the phone went away, or the test is over
        finally:
            writer.close()
            self._taken.pop(writer, None)

    async def _answer(self, method: str, path: str, request: bytes, writer: asyncio.StreamWriter) -> None:
        self.seen.append((method, path))
        self.bodies.append(request.partition(b"\r\n\r\n")[2])
        fault = next((fault for fault in self.faults if fault.fits(method, path)), None)
        if fault is None:
            await send(writer, await self._forward(request))
        else:
            fault.meet()
            act: Callable[[Fault, bytes, asyncio.StreamWriter], Awaitable[None]] = getattr(self, f"_{fault.kind}")
            await act(fault, request, writer)

    async def _forward(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        try:
            writer.write(request)
            await writer.drain()
            answer = await reader.read(-1)
            self.carried += len(answer)
            return answer
        finally:
            writer.close()

    async def _hang(self, _fault: Fault, _request: bytes, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(NEVER)

    async def _refuse(self, _fault: Fault, _request: bytes, writer: asyncio.StreamWriter) -> None:
        writer.transport.abort()

    async def _cut_before_response(self, _fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> None:
        await self._forward(request)
        writer.transport.abort()

    async def _cut_mid_body(self, _fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> None:
        answer = await self._forward(request)
        head = answer.index(b"\r\n\r\n") + 4
        await send(writer, answer[: head + (len(answer) - head) // 2])

    async def _html(self, _fault: Fault, _request: bytes, writer: asyncio.StreamWriter) -> None:
        await send(writer, plain_answer(200, PORTAL, {"Content-Type": "text/html"}))

    async def _sign_in(self, _fault: Fault, _request: bytes, writer: asyncio.StreamWriter) -> None:
        await send(writer, SIGN_IN)

    async def _status(self, fault: Fault, _request: bytes, writer: asyncio.StreamWriter) -> None:
        await send(writer, plain_answer(fault.status, b"trouble", fault.headers))

    async def _hold(self, fault: Fault, request: bytes, writer: asyncio.StreamWriter) -> None:
        while any(fault is other for other in self.faults):
            await asyncio.sleep(A_ROUND)
        await send(writer, await self._forward(request))


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One request, its connection header changed so that the server closes after the answer; b"" at the end."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return b""
    first, *lines = head[:-4].split(b"\r\n")
    length = next((int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")), 0)
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""]) + await reader.readexactly(length)


async def send(writer: asyncio.StreamWriter, answer: bytes) -> None:
    writer.write(answer)
    await writer.drain()


def plain_answer(status: int, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Trouble", f"Content-Length: {len(body)}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body
