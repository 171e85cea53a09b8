"""A subscription's address is an attacker's word: whatever it says or its name leads to, nobody inside is asked.

What is asserted is what reaches the socket, by a list of networks that shares no code with what refuses them.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.conftest import FEWER, MANY
from tests.fuzz.words import HOSTILE, Attacker, assert_no_error_of_ours
from webapp.push.endpoints import PUSH_SERVICES, EndpointRules, UnsafeEndpoint
from webapp.push.sender import HttpSender, Posting

pytestmark = pytest.mark.soaks

INSIDE = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "64:ff9b:1::/48"),
    )
]
inside = st.sampled_from(INSIDE).flatmap(lambda network: st.ip_addresses(network=network))
four_inside = st.sampled_from([network for network in INSIDE if network.version == 4]).flatmap(
    lambda network: st.ip_addresses(network=network)
)
carried = st.tuples(
    st.sampled_from(("::ffff:{}", "64:ff9b::{}", "2002:{}::1", "::{}", "2001:0:{}::")), four_inside
).map(lambda both: both[0].format(str(both[1]) if both[0][0] != "2" else colons(both[1])))
outside = st.sampled_from(("142.250.74.42", "2a00:1450:4001:813::200a"))
addresses = inside.map(str) | carried | outside
hosts = (
    st.sampled_from(PUSH_SERVICES)
    | st.sampled_from(PUSH_SERVICES).map(lambda host: f"x.{host}")
    | inside.map(lambda ip: f"[{ip}]" if ip.version == 6 else str(ip))
    | carried.map(lambda ip: f"[{ip}]")
    | four_inside.map(lambda ip: str(int(ip)))
    | st.sampled_from(PUSH_SERVICES).map(lambda host: f"{host}.evil.example")
    | st.sampled_from(PUSH_SERVICES).map(lambda host: host.replace("o", "о").replace("a", "а"))
    | st.sampled_from(("localhost", "ⓛocalhost", "fcm。googleapis。com", "xn--fcm-.googleapis.com", ""))
)
urls = st.builds(
    "{}://{}{}{}/{}".format,
    st.sampled_from(("https", "HTTPS", "http", "ftp", "file", "gopher")),
    st.sampled_from(("", "", "", "a@", "a:b@", "fcm.googleapis.com@", "%40")),
    hosts,
    st.sampled_from(("", "", "", ":443", ":80", ":0", ":25", ":65536", ":4 43")),
    st.text(max_size=20) | st.sampled_from(HOSTILE),
)
taken = st.sampled_from(PUSH_SERVICES).map(lambda host: f"https://{host}/x")


def colons(ip: Any) -> str:
    digits = f"{int(ip):08x}"
    return f"{digits[:4]}:{digits[4:]}"


@given(url=urls | st.text(max_size=60), data=st.data())
@MANY
def test_only_a_known_push_service_is_taken(attacker: Attacker, url: str, data: st.DataObject) -> None:
    keys = data.draw(st.dictionaries(st.sampled_from(("p256dh", "auth", "x")), st.text(max_size=90), max_size=3))
    sent = {"endpoint": url, "keys": keys, "key_id": data.draw(st.text(max_size=30))}
    headers = {"Origin": "http://localhost", "Content-Type": "application/json"}
    body = json.dumps(sent).encode()
    response = attacker.client(0).post("/push/subscriptions", data=body, headers=headers)
    assert_no_error_of_ours(response, sent)
    assert response.status_code in (400, 409, 422)  # its keys are no keys


@given(url=urls | taken, answers=st.lists(st.lists(addresses, max_size=4), min_size=1, max_size=3))
@FEWER
def test_no_name_leads_inside(url: str, answers: list[list[str]]) -> None:
    """Each look-up may answer differently, as a name that rebinds does."""
    try:
        endpoint = EndpointRules().check(url)
    except UnsafeEndpoint:
        return
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(socket, "getaddrinfo", answering(answers))
        patched.setattr(socket.socket, "connect", lambda self, where: refuse(asked, where))
        for _ in answers:
            HttpSender().send(Posting(endpoint, b"x", "vapid t=x, k=y"))
    assert not [address for address in asked if leads_inside(address)]


def answering(answers: list[list[str]]) -> Any:
    """A resolver that gives these in turn; an address resolves to itself, as everywhere."""
    turns = iter(answers * 4)

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        try:
            found = [str(ipaddress.ip_address(host))]
        except ValueError:
            found = next(turns)
        family = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [(family[ipaddress.ip_address(ip).version], socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    return resolve


def refuse(asked: list[str], where: tuple[Any, ...]) -> None:
    asked.append(str(where[0]))
    raise ConnectionRefusedError


def leads_inside(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    packed = ip.packed
    if ip.version == 6:
        four = {b"\x00" * 12: packed[12:], b"\x00" * 10 + b"\xff\xff": packed[12:]}.get(packed[:12])
        four = packed[12:] if packed[:12] == bytes.fromhex("0064ff9b0000000000000000") else four
        four = packed[2:6] if packed[:2] == b"\x20\x02" else four
        if four is not None and leads_inside(str(ipaddress.IPv4Address(four))):
            return True
    return any(ip in network for network in INSIDE if network.version == ip.version)
