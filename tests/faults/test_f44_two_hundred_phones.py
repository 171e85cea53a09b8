"""F44: two hundred phones are told 503 at one moment, then the server is back. They come spread out; all is sent."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import pytest

from tests.client import cookies_of
from tests.harness.oracles import Witness, canary
from tests.harness.proxy import FaultProxy
from tests.harness.server import Server
from tests.harness.tools import node
from tests.harness.transport import OverHttp
from tests.people import Cast, person
from tests.phone import Phone
from webapp.database import db, writing

PHONES = 200
UP_AGAIN_AT = 100_000  # ms
RETRY_AFTER = 30  # s
MOST_IN_A_SECOND = PHONES // 8
SECOND = 1_000
Tries = list[tuple[int, int]]


def when_each_asks(retry_after: int) -> Tries:
    """(phone, ms), in order, as the phones' own outboxes decide."""
    herd = Path(__file__).with_name("herd.mjs")
    command = [node(), str(herd), str(PHONES), str(UP_AGAIN_AT), str(retry_after * SECOND)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [(number, at) for number, at in json.loads(said)]


@pytest.fixture
def phones(server: Server, people: Cast, proxy: FaultProxy, witness: Witness) -> list[Phone]:
    """Two hundred nurses' phones, each with an entry that waits."""
    made = []
    with server.inside() as app:
        with writing():
            nurses = [person(f"Nurse{number} X", {"mentee"}) for number in range(PHONES)]
            db.session.flush()
            ids = [nurse.id for nurse in nurses]
        for each in ids:
            made.append(Phone(OverHttp(proxy.url, cookies_of(app, each))))
    for phone, each in zip(made, ids, strict=True):
        phone.refresh()
        phone.entry(witness.typed(each, canary("entry")))
    witness.phones += made
    return made


def test_they_come_back_spread_out_and_all_is_sent(
    people: Cast, proxy: FaultProxy, phones: list[Phone], witness: Witness
) -> None:
    tries = when_each_asks(RETRY_AFTER)
    down = proxy.inflict("status", "/sync", method="POST", status=503, headers={"Retry-After": str(RETRY_AFTER)})
    ask_as_they_come(phones, [each for each in tries if each[1] < UP_AGAIN_AT])
    assert down.met >= 2 * PHONES
    assert all(len(phone.waiting()) == 1 for phone in phones)
    proxy.heal()
    afterwards = [each for each in tries if each[1] >= UP_AGAIN_AT]
    assert len(afterwards) == PHONES
    assert busiest_second(afterwards) <= MOST_IN_A_SECOND
    ask_as_they_come(phones, afterwards)
    assert not [phone for phone in phones if phone.waiting()]
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


@pytest.mark.parametrize("retry_after", [0, 5, RETRY_AFTER])
def test_whatever_pause_the_server_asked_for_no_second_is_crowded(retry_after: int) -> None:
    tries = when_each_asks(retry_after)
    for _, again in groupby(sorted(nth_tries(tries), key=lambda each: each[0]), key=lambda each: each[0]):
        assert busiest_second((number, at) for _, number, at in again) <= PHONES // 3
    last = [at for number, at in tries if at >= UP_AGAIN_AT]
    assert len(last) == PHONES
    assert max(last) < 15 * 60 * SECOND


def nth_tries(tries: Tries) -> Iterable[tuple[int, int, int]]:
    """(how many failures before, phone, ms) of every try but the first, when all of them met the 503 together."""
    before: Counter[int] = Counter()
    for number, at in tries:
        if before[number]:
            yield before[number], number, at
        before[number] += 1


def busiest_second(tries: Iterable[tuple[int, int]]) -> int:
    return max(Counter(at // SECOND for _, at in tries).values())


def ask_as_they_come(phones: list[Phone], tries: Tries) -> None:
    """Those of the same second ask at the same time."""
    with ThreadPoolExecutor(MOST_IN_A_SECOND) as threads:
        for _, together in groupby(tries, key=lambda each: each[1] // SECOND):
            list(threads.map(ask, [phones[number] for number, _ in together]))


def ask(phone: Phone) -> None:
    status, answer = phone.send(phone.waiting())
    if status == 200:
        phone.take(answer["results"])
