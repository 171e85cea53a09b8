"""Any file sent with the form of the staff list, and every page that comes of it: a reason, never an error of ours."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.conftest import MANY, PEOPLE
from tests.fuzz.words import HOSTILE, Attacker, assert_no_error_of_ours, forms_on
from tests.harness.soak import runs
from tests.machine.hospital import Hospital
from webapp.staff.words import FIELD_NAMES

pytestmark = pytest.mark.soaks

ADDRESS = "/staff/import"
ADMINISTRATOR = PEOPLE.index("admin")
HERE = {"Origin": "http://localhost"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-7", "utf-32")

SOME = settings(MANY, max_examples=runs(40, soak=5_000))

cells = st.sampled_from([each for each in HOSTILE if len(each) < 200]) | st.text(max_size=12) | st.just("1042")
headings = st.sampled_from([str(name) for name in FIELD_NAMES.values()]) | cells


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    """Something like a staff list: known headings among others, rows too short and too long, odd letters."""
    width = draw(st.integers(1, 8))
    rows = [draw(st.lists(headings, min_size=width, max_size=width))]
    rows += draw(st.lists(st.lists(cells, min_size=max(1, width - 1), max_size=width + 1), max_size=6))
    between, ends = draw(st.sampled_from([",", ";", "\t"])), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    quote = draw(st.sampled_from(["", '"']))
    text = ends.join(between.join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


files = lists() | st.binary(max_size=400) | st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"a" * 5_000, b'"' * 9])
names = st.sampled_from(["staff.csv", "", "../../x", "a" * 300, "\u202ecsv.exe", "ñ.csv"]) | st.text(max_size=20)


@pytest.fixture(scope="module")
def door(hospital: Hospital) -> Attacker:
    """An administrator's way to the form; unlike the other attackers this one needs to know no other page."""
    attacker = Attacker(hospital, [])
    page = attacker.client(ADMINISTRATOR).get(ADDRESS).text
    attacker.forms += [form for form in forms_on(page, ADDRESS, ADMINISTRATOR) if form.action == ADDRESS]
    return attacker


@pytest.fixture
def collected() -> Iterator[None]:
    """Werkzeug leaves the file of a part that never ends to the garbage collector: let it come within the test."""
    yield
    gc.collect()


@given(content=files, name=names, bent=st.dictionaries(st.sampled_from(["everybody", "csrf_token"]), cells, max_size=1))
@SOME
def test_any_file(door: Attacker, content: bytes, name: str, bent: dict[str, str]) -> None:
    client = door.client(ADMINISTRATOR)
    bent = {field: in_utf8(value) for field, value in bent.items()}
    values = {**door.forms[0].values, **bent, "file": (io.BytesIO(content), in_a_header(name))}
    response = client.post(ADDRESS, data=values, headers=HERE, content_type="multipart/form-data")
    assert_no_error_of_ours(response, (name, content))
    if response.status_code != 303:
        return
    page = urlsplit(response.location).path
    for path in (page, page.removesuffix("/columns") + "/columns", page.removesuffix("/columns") + "/left-out.csv"):
        answered = client.get(path)
        assert_no_error_of_ours(answered, (name, content))
        for form in forms_on(answered.text, path, ADMINISTRATOR) if answered.mimetype == "text/html" else ():
            if form.action.startswith("/staff/"):
                sent = client.post(form.action, data=form.values, headers=HERE)
                assert_no_error_of_ours(sent, (form, name, content))


@pytest.mark.usefixtures("collected")
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@given(head=st.binary(max_size=120), content=files)
@SOME
def test_any_parts(door: Attacker, head: bytes, content: bytes) -> None:
    """A body whose parts are broken, nameless, doubled or never end."""
    client = door.client(ADMINISTRATOR)
    token = door.forms[0].values["csrf_token"].encode()
    body = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n' + token + b"\r\n--x\r\n" + head
    body += b'\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + content
    response = client.post(ADDRESS, data=body, headers=HERE, content_type="multipart/form-data; boundary=x")
    assert_no_error_of_ours(response, body)


def test_the_attack_gets_as_far_as_a_preview(door: Attacker) -> None:
    """Else the two above would try nothing but a door that is shut."""
    client = door.client(ADMINISTRATOR)
    content = b"Staff number,Name,E-mail,Site,Unit\n1,Ann Lee,ann@example.org,Here,Ward\n"
    values = {**door.forms[0].values, "everybody": "some", "file": (io.BytesIO(content), "staff.csv")}
    response = client.post(ADDRESS, data=values, headers=HERE, content_type="multipart/form-data")
    assert response.status_code == 303
    assert "Ann Lee" in client.get(urlsplit(response.location).path).text


def in_a_header(name: str) -> str:
    """As a browser can put it into a header."""
    return in_utf8(name).replace("\r", "").replace("\n", "").replace('"', "")


def in_utf8(text: str) -> str:
    """Without half letters, which the test's own browser cannot send."""
    return text.encode(errors="replace").decode()
