"""The proxy inflicts what it says, on the requests it says, and then stops."""

from __future__ import annotations

import gc
import http.client
import http.server
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.harness.proxy import FaultProxy
from tests.harness.waiting import until

WORDS = b"all is well " * 100


class Upstream(http.server.BaseHTTPRequestHandler):
    received: list[bytes]

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self.received.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer()

    def _answer(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(WORDS)))
        self.end_headers()
        self.wfile.write(WORDS)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def received() -> list[bytes]:
    return []


@pytest.fixture
def proxy(received: list[bytes]) -> Iterator[FaultProxy]:
    handler = type("Handler", (Upstream,), {"received": received})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        proxy = FaultProxy(server.server_address[1])
        yield proxy
        proxy.close()
        server.shutdown()


def ask(proxy: FaultProxy, method: str = "GET", path: str = "/", body: bytes | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=1)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_without_trouble_it_only_passes_on(proxy: FaultProxy, received: list[bytes]) -> None:
    assert ask(proxy, "POST", "/sync", b"ops") == (200, WORDS)
    assert received == [b"ops"]
    assert proxy.count("POST", "/sync") == 1


def test_it_hangs(proxy: FaultProxy, received: list[bytes]) -> None:
    proxy.inflict("hang")
    with pytest.raises(TimeoutError):
        ask(proxy, "POST", "/sync", b"ops")
    assert received == []


def test_it_cuts_after_the_server_has_done_its_work(proxy: FaultProxy, received: list[bytes]) -> None:
    proxy.inflict("cut_before_response")
    with pytest.raises(ConnectionError):
        ask(proxy, "POST", "/sync", b"ops")
    assert received == [b"ops"]


def test_it_cuts_in_the_middle_of_an_answer(proxy: FaultProxy) -> None:
    proxy.inflict("cut_mid_body")
    with pytest.raises(http.client.IncompleteRead):
        ask(proxy)


def test_it_refuses_before_the_server_knows(proxy: FaultProxy, received: list[bytes]) -> None:
    proxy.inflict("refuse")
    with pytest.raises(ConnectionError):
        ask(proxy, "POST", "/sync", b"ops")
    assert received == []


@pytest.mark.parametrize(("kind", "status"), [("html", 200), ("sign_in", 302), ("status", 500)])
def test_it_answers_in_the_servers_place(proxy: FaultProxy, received: list[bytes], kind: str, status: int) -> None:
    proxy.inflict(kind)
    assert ask(proxy, "POST", "/sync", b"ops")[0] == status
    assert received == []


def test_trouble_is_for_the_requests_it_names_and_as_often_as_it_says(proxy: FaultProxy) -> None:
    fault = proxy.inflict("status", path="/sync", method="POST", times=2, status=503)
    answers = [ask(proxy, "POST", "/sync", b"")[0] for _ in range(3)]
    assert answers == [503, 503, 200]
    assert ask(proxy, "GET", "/sync")[0] == 200
    assert fault.met == 2


def test_what_is_held_goes_on_when_it_is_healed(proxy: FaultProxy, received: list[bytes]) -> None:
    held = proxy.inflict("hold")
    with ThreadPoolExecutor(1) as threads:
        asking = threads.submit(ask, proxy, "POST", "/sync", b"ops")
        until(lambda: held.met, "the request")
        assert received == [] and not asking.done()
        proxy.heal()
        assert asking.result() == (200, WORDS)
    assert received == [b"ops"]


def test_one_trouble_takes_the_place_of_another(proxy: FaultProxy) -> None:
    proxy.inflict("status", status=500)
    proxy.inflict_instead("status", status=502)
    assert ask(proxy)[0] == 502


def test_healing_ends_it(proxy: FaultProxy) -> None:
    proxy.inflict("status")
    proxy.heal()
    assert ask(proxy)[0] == 200


def test_what_connects_at_the_very_end_is_closed_too() -> None:
    """Else it is found at some later moment, and a test that has nothing to do with it fails."""
    for _ in range(20):
        proxy = FaultProxy(9)
        lines = [socket.socket() for _ in range(20)]
        for line in lines:
            line.setblocking(False)
            line.connect_ex(("127.0.0.1", proxy.port))
        proxy.close()
        for line in lines:
            line.close()
    gc.collect()
