"""The HTTP sender, against a push service and against servers that misbehave."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.doubles.push_service import Browser, PushService, Told
from webapp.config import BadSettings
from webapp.push.answers import Answer
from webapp.push.encryption import BrowserKeys, Signatures, VapidKey
from webapp.push.endpoints import Endpoint, EndpointRules
from webapp.push.sender import MOST_READ, HttpSender, Posting, RememberingSender, topic_for

KEY = VapidKey("k1", ec.generate_private_key(ec.SECP256R1()))
SIGNATURES = Signatures("mailto:it@hospital.example")


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as running:
        yield running


def posting_to(service: PushService, browser: Browser, payload: bytes = b'{"n": 1}', ttl: int = 60) -> Posting:
    endpoint = EndpointRules.allowing([service.origin], local=True).check(browser.endpoint)
    keys = BrowserKeys.checked(browser.p256dh, browser.auth)
    signature = SIGNATURES.header(endpoint.origin, KEY, datetime.now(UTC))
    topic = topic_for("note", "owner")
    return Posting(endpoint, KEY.encrypt(payload, keys), signature, ttl=ttl, urgency="high", topic=topic)


def service_endpoint(host: str, port: int = 443) -> Endpoint:
    return Endpoint("https", host, port, "/p/1")


@contextmanager
def listening(answer: bytes = b"", then_hang: bool = False) -> Iterator[tuple[int, list[bytes]]]:
    """A server that records what it is sent and answers with fixed bytes; yields its port and what came."""
    came: list[bytes] = []
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                came.append(connection.recv(65536))
                connection.sendall(answer)
                if then_hang:
                    done.wait(20)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1], came
        done.set()
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def test_a_message_arrives_and_is_read(service: PushService) -> None:
    browser = service.browser(KEY.public)
    answer = HttpSender().send(posting_to(service, browser))
    assert (answer.status, service.refused) == (201, [])
    assert service.to(browser) == [{"n": 1}]


def test_a_message_carries_what_the_push_service_needs(service: PushService) -> None:
    HttpSender().send(posting_to(service, service.browser(), ttl=3600))
    headers = service.received[0].headers
    assert (headers["ttl"], headers["urgency"]) == ("3600", "high")
    assert len(headers["topic"]) == 32
    assert "cookie" not in headers


def test_a_time_to_live_is_never_nothing(service: PushService) -> None:
    assert HttpSender().send(posting_to(service, service.browser(), ttl=0)).status == 201
    assert service.received[0].headers["ttl"] == "1"


def test_connections_are_kept(service: PushService) -> None:
    sender, browser = HttpSender(), service.browser()
    for _ in range(5):
        assert sender.send(posting_to(service, browser)).status == 201
    assert len({got.connection for got in service.received}) == 1


def test_windows_is_asked_to_keep_the_message() -> None:
    windows = Posting(service_endpoint("wns2-par02p.notify.windows.com"), b"", "")
    assert windows.headers()["X-WNS-Cache-Policy"] == "cache"
    assert "X-WNS-Cache-Policy" not in Posting(service_endpoint("fcm.googleapis.com"), b"", "").headers()


def test_a_topic_replaces_the_same_tag_and_tells_nothing() -> None:
    assert topic_for("note", "owner one") == topic_for("note", "owner one")
    assert topic_for("note", "owner one") != topic_for("note", "owner two")
    assert len(topic_for("note", "owner one")) == 32


def test_an_error_comes_back_with_its_words_and_headers(service: PushService) -> None:
    service.tell(Told(429, "slow down", {"Retry-After": "7"}))
    answer = HttpSender().send(posting_to(service, service.browser()))
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (429, "slow down", "7")


def test_a_redirect_is_not_followed(service: PushService) -> None:
    with listening() as (port, came):
        service.tell(Told(307, headers={"Location": f"http://127.0.0.1:{port}/"}))
        assert HttpSender().send(posting_to(service, service.browser())).status == 307
    assert came == []


def test_a_long_answer_is_cut_off_and_the_next_message_still_goes(service: PushService) -> None:
    sender, browser = HttpSender(), service.browser()
    service.tell(Told(500, "x" * 200_000))
    assert len(sender.send(posting_to(service, browser)).body) == MOST_READ
    assert sender.send(posting_to(service, browser)).status == 201


def test_a_service_that_is_down_is_an_answer_without_a_status() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    answer = HttpSender().send(Posting(Endpoint("http", "127.0.0.1", port, "/p/SECRET", is_extra=True), b"", ""))
    assert answer.status is None
    assert answer.trouble == "NewConnectionError"


def test_a_server_that_speaks_something_else_is_an_answer_without_a_status() -> None:
    with listening(b"SSH-2.0-OpenSSH_9.2\r\n") as (port, _):
        answer = HttpSender().send(Posting(Endpoint("http", "127.0.0.1", port, "/", is_extra=True), b"", ""))
    assert answer.status is None


@pytest.mark.parametrize("inside", ["127.0.0.1", "::ffff:127.0.0.1", "10.0.0.7", "fe80::1%lo"])
def test_a_push_service_whose_name_leads_inside_is_never_connected_to(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    family = socket.AF_INET6 if ":" in inside else socket.AF_INET
    with listening() as (port, came):
        found = [(family, socket.SOCK_STREAM, 6, "", (inside, port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **named: found)
        answer = HttpSender().send(Posting(service_endpoint("web.push.apple.com", port), b"", ""))
        assert (answer.status, answer.trouble) == (None, "NewConnectionError")
    assert came == []


def test_the_proxy_is_asked_to_connect_to_the_push_service_and_gets_its_password() -> None:
    with listening(b"HTTP/1.1 502 Bad Gateway\r\n\r\n") as (port, came):
        sender = HttpSender(proxy=f"http://ward:s3cret@127.0.0.1:{port}")
        answer = sender.send(Posting(service_endpoint("fcm.googleapis.com"), b"", ""))
    assert answer.status is None
    assert came[0].startswith(b"CONNECT fcm.googleapis.com:443 HTTP/1.")
    assert b"Basic d2FyZDpzM2NyZXQ=" in came[0] or b"basic d2FyZDpzM2NyZXQ=" in came[0]


def test_a_push_service_of_ones_own_is_reached_without_the_proxy(service: PushService) -> None:
    sender = HttpSender(proxy="http://127.0.0.1:9")
    assert sender.send(posting_to(service, service.browser())).status == 201


def test_a_proxy_that_is_no_address_is_said_at_start() -> None:
    with pytest.raises(BadSettings, match="PUSH_PROXY"):
        HttpSender(proxy="proxy.hospital.example")


def test_the_twin_remembers_and_answers_as_told() -> None:
    twin = RememberingSender(lambda posting: Answer(410))
    posting = Posting(service_endpoint("fcm.googleapis.com"), b"body", "vapid")
    assert twin.send(posting).status == 410
    assert twin.sent == [posting]
