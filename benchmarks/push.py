"""How fast push is: encryption, encryption and POST, a whole worker; and the floor beneath each, in the same run.

    python -m benchmarks.push [--messages 2000] [--threads 16] [--database-url …]

The push service is a process of its own that reads a request and answers 201: over TLS, as every real one does, and
over plain HTTP. Floors: OpenSSL's one key and one key agreement; the same encryption and one POST over one kept-alive
connection, in a bare loop.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import os
import platform
import ssl
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from datetime import time as wall
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import func, select

from benchmarks.push_service import Service, push_service
from tests.people import make_cast
from tests.tables import make_tables
from webapp import push
from webapp.app import create_app
from webapp.clock import now
from webapp.config import Settings
from webapp.database import db, uuid7, writing
from webapp.people import Device, Person, SignIn
from webapp.push.encryption import BrowserKeys, Signatures, VapidKey
from webapp.push.endpoints import Endpoint, EndpointRules
from webapp.push.models import Delivery, QuietHours
from webapp.push.sender import HttpSender, Posting
from webapp.push.subscriptions import Offered, keep_subscription

PAYLOAD = b"x" * 500
PHONES = 20


def main() -> None:
    """Measure and print, one figure a line."""
    asked = _asked()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    private, browser = ec.generate_private_key(ec.SECP256R1()), _browser()
    key = VapidKey("bench", private)
    peer = ec.generate_private_key(ec.SECP256R1()).public_key()
    floor = _rate(asked.messages, lambda: ec.generate_private_key(ec.SECP256R1()).exchange(ec.ECDH(), peer))
    _say("floor: one key and one agreement, one thread", floor)
    _say("encrypt, one thread", _rate(asked.messages, lambda: key.encrypt(PAYLOAD, browser)), floor)
    fresh = lambda: key.sign(audience="https://a.example", contact="mailto:a@b.example", expires=now())  # noqa: E731
    _say("sign a VAPID header, not cached", _rate(asked.messages // 4, fresh))
    for tls in (True, False):
        with push_service(tls=tls) as service:
            print("\nover TLS" if tls else "\nover plain HTTP")
            if service.certificate:
                os.environ["SSL_CERT_FILE"] = str(service.certificate)  # where OpenSSL looks for whom to trust
            _measure_posting(service, key, browser, asked.messages, asked.threads)
            _measure_worker(service.origin, asked.messages, asked.database_url)


def _measure_posting(service: Service, key: VapidKey, browser: BrowserKeys, messages: int, threads: int) -> None:
    endpoint = EndpointRules.allowing([service.origin], local=True).check(f"{service.origin}/p/1")
    signatures, sender = Signatures("mailto:a@b.example"), HttpSender(connections=threads)
    same = key.encrypt(PAYLOAD, browser)
    bare = _kept_connection(service, endpoint)
    headers = Posting(endpoint, same, signatures.header(endpoint.origin, key, datetime.now(UTC)), topic="t").headers()

    def post(body: bytes) -> None:
        signature = signatures.header(endpoint.origin, key, datetime.now(UTC))
        answer = sender.send(Posting(endpoint, body, signature, urgency="normal", topic="t"))
        assert answer.status == 201, answer

    def post_bare(body: bytes) -> None:
        bare.request("POST", endpoint.target, body, headers)
        response = bare.getresponse()
        response.read()
        assert response.status == 201

    for _ in range(2):  # one after the other, twice: other work on the machine hits both
        floor = _rate(messages, lambda: post_bare(key.encrypt(PAYLOAD, browser)))
        _say("floor: encrypt and POST, nothing else, one thread", floor)
        _say("encrypt, sign and POST as the worker does, one thread", _rate(messages, _both(post, key, browser)), floor)
    for count in (1, threads):
        floor = _rate(messages, lambda: post(same), threads=count)
        _say(f"POST of the same bytes, {count} thread(s)", floor)
        _say(f"encrypt and POST, {count} thread(s)", _rate(messages, _both(post, key, browser), threads=count))


def _kept_connection(service: Service, endpoint: Endpoint) -> http.client.HTTPConnection:
    if service.certificate is None:
        return http.client.HTTPConnection(endpoint.host, endpoint.port)
    context = ssl.create_default_context(cafile=str(service.certificate))
    return http.client.HTTPSConnection(endpoint.host, endpoint.port, context=context)


def _both(post: Callable[[bytes], None], key: VapidKey, browser: BrowserKeys) -> Callable[[], None]:
    return lambda: post(key.encrypt(PAYLOAD, browser))


def _measure_worker(origin: str, messages: int, database_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = database_url or f"sqlite:///{folder}/friendtor.db"
        app = create_app(Settings(data_dir=Path(folder), database_url=url, push_extra_origins=(origin,)))
        with app.app_context():
            make_tables()
            _fill(origin, messages)
            began, began_cpu = time.perf_counter(), time.process_time()
            push.deliver_now("bench")
            took, took_cpu = time.perf_counter() - began, time.process_time() - began_cpu
            db.session.rollback()
            sent = db.session.scalar(select(func.count()).where(Delivery.outcome == "accepted")) or 0
            assert sent == messages, f"{sent} of {messages} were accepted"
            _say(f"a whole worker on {db.engine.dialect.name}: release, claim, encrypt, POST, write down", sent / took)
            print(f"  its CPU time: {1000 * took_cpu / sent:.2f} ms a message")
            db.session.remove()
            db.engine.dispose()


def _fill(origin: str, messages: int) -> None:
    """Some phones of one mentor who is never quiet, and notes that make so many deliveries."""
    ana, rules = make_cast().ana, EndpointRules.allowing([origin], local=True)
    newest = push.post_office().newest_key.key_id
    with writing():
        db.session.add(QuietHours(person_id=ana, starts=wall(), ends=wall()))
        for number in range(PHONES):
            device = Device(
                browser=uuid7(), person_id=ana, owner_tag=f"bench{number}", kind="own", name="B", first_seen_at=now()
            )
            db.session.add(device)
            db.session.flush()
            sign_in = SignIn(
                id=uuid7(), person_id=ana, device_id=device.id, here_hash="", created_at=now(), last_human_at=now(),
                expires_at=datetime(2999, 1, 1, tzinfo=UTC),
            )  # fmt: skip
            db.session.add(sign_in)
            db.session.flush()
            url = f"{origin}/p/{number}"
            keep_subscription(sign_in, Offered(url, rules.check(url), _browser(), newest), newest_key=newest)
    with writing():
        person = db.session.get_one(Person, ana)
        for number in range(messages // PHONES):
            push.tell(person, push.Message("note", str(number)))


def _rate(times: int, work: Callable[[], object], threads: int = 1) -> float:
    """How often a second, after a few rounds to warm up."""
    for _ in range(10):
        work()
    began = time.perf_counter()
    if threads == 1:
        for _ in range(times):
            work()
    else:
        with ThreadPoolExecutor(threads) as pool:
            for done in [pool.submit(work) for _ in range(times)]:
                done.result()
    return times / (time.perf_counter() - began)


def _say(what: str, rate: float, floor: float | None = None) -> None:
    share = f"  ({rate / floor:.0%} of its floor)" if floor else ""
    print(f"{what}: {rate:,.0f}/s{share}")


def _browser() -> BrowserKeys:
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return BrowserKeys.checked(
        base64.urlsafe_b64encode(raw).decode(), base64.urlsafe_b64encode(os.urandom(16)).decode()
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=16)
    parser.add_argument("--database-url", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
