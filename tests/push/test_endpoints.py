"""A subscription's address is a stranger's word: only known push services are ever asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.config import BadSettings
from webapp.push.endpoints import PUSH_SERVICES, EndpointRules, UnsafeEndpoint, is_public_address

RULES = EndpointRules()


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://jmt17.google.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGu-1?x=1",
        "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%2f",
        "https://FCM.googleapis.com:443/fcm/send/abc",
    ],
)
def test_the_push_services_of_the_world_are_allowed(url: str) -> None:
    assert RULES.check(url).origin.startswith("https://")


@pytest.mark.parametrize(
    "url",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com:0/x",
        "https://fcm.googleapis.com:99999/x",
        "https://user@fcm.googleapis.com/x",
        "https://@fcm.googleapis.com/x",
        "https://:@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evilfcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com./x",
        "https://.fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://fcm.googleapis.com\t.evil.example/x",
        "https://fcm.googleapis.com/x\r\nHost: evil.example",
        "https://fcm.googleapis.com/x y",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.cöm/x",
        "https://%66cm.googleapis.com/x",
        "https://a%00.push.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://2130706433/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/meta-data",
        "https:///x",
        "//fcm.googleapis.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        "https://fcm.googleapis.com/" + "x" * 2048,
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(UnsafeEndpoint):
        RULES.check(url)


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://fcm.googleapis.com"]))
def test_whatever_is_allowed_is_at_a_push_service(text: str, start: str) -> None:
    try:
        endpoint = RULES.check(start + text)
    except UnsafeEndpoint as refused:
        assert text.strip() == "" or len(text) < 12 or text not in str(refused)
    else:
        assert any(endpoint.is_at(service) for service in PUSH_SERVICES)
        assert (endpoint.scheme, endpoint.port) == ("https", 443)


def test_an_endpoint_never_prints_what_makes_it_secret() -> None:
    assert "SECRET" not in repr(RULES.check("https://fcm.googleapis.com/fcm/send/SECRET?SECRET"))


def test_an_extra_origin_is_allowed_exactly() -> None:
    rules = EndpointRules.allowing(["https://push.hospital.example:8443"], local=False)
    endpoint = rules.check("https://push.hospital.example:8443/p/1")
    assert endpoint.is_extra
    assert endpoint.origin == "https://push.hospital.example:8443"
    for other in ("https://push.hospital.example/p/1", "https://a.push.hospital.example:8443/p/1"):
        with pytest.raises(UnsafeEndpoint):
            rules.check(other)
    with pytest.raises(UnsafeEndpoint):
        rules.check("http://push.hospital.example:8443/p/1")


def test_an_extra_origin_may_be_plain_http_only_on_ones_own_machine() -> None:
    assert EndpointRules.allowing(["http://[::1]:9"], local=True).check("http://[::1]:9/p").origin == "http://[::1]:9"
    with pytest.raises(BadSettings, match="https"):
        EndpointRules.allowing(["http://127.0.0.1:9"], local=False)


@pytest.mark.parametrize(
    "text", ["push.example.org", "https://a.example/path", "https://u@a.example", "ftp://a.example"]
)
def test_an_extra_origin_that_is_none_is_said_at_start(text: str) -> None:
    with pytest.raises(BadSettings, match="PUSH_EXTRA_ORIGINS"):
        EndpointRules.allowing([text], local=False)


@pytest.mark.parametrize(
    "address", ["142.250.184.10", "2a00:1450:4003:80f::200a", "::ffff:142.250.184.10", "64:ff9b::8efa:b80a"]
)
def test_addresses_out_on_the_internet_are_public(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "192.0.0.254",
        "64:ff9b::192.0.0.254",
        "64:ff9b:1::a00:1",
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
    ],
)  # fmt: skip
def test_addresses_inside_are_not_whatever_form_they_wear(address: str) -> None:
    assert not is_public_address(address)
