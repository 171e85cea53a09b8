"""Every address, tried by everybody, on their own things and on others': as docs/who-may-do-what.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.access.hospital import NOBODY, PEOPLE, Hospital, Member
from tests.access.posts import FORMS, JSON
from tests.access.table import NAMED, PAGE, Row, rows_under
from webapp.database import uuid7

PAGES = "Pages"
SAFE = {"GET", "HEAD", "OPTIONS"}
ORIGIN = {"Origin": "http://localhost"}
REACHED = {200, 201, 302, 303, 409, 422}  # 409, 422: the person may, this time it could not be


@pytest.mark.parametrize("row", rows_under(PAGES), ids=str)
def test_a_page_answers_as_the_table_says(hospital: Hospital, row: Row) -> None:
    said = {name: answer_of(hospital, row, name) for name in PEOPLE}
    assert said == row.answers, f"{row}: put the page or {PAGE.name} right"


def test_every_address_has_a_row(hospital: Hospital) -> None:
    missing = addresses(hospital.app) - {tried(hospital.app, row) for row in rows_under(PAGES)}
    assert not missing, f"add to {PAGE.name} who may open these: {sorted(missing)}"


def test_an_address_without_a_row_is_seen(hospital: Hospital) -> None:
    assert addresses(hospital.app) - {tried(hospital.app, row) for row in rows_under(PAGES)[1:]}


def test_an_id_that_is_nobodys_opens_nothing(hospital: Hospital) -> None:
    opened = []
    for row in rows_under(PAGES):
        rule, _ = match(hospital.app, row)
        if any("uuid" in part for part in re.findall(r"<(\w+):", rule.rule)):
            unknown = NAMED.sub(lambda _: str(uuid7()), row.address.partition("?")[0])
            for name in ("mentee", "her mentor", "coordinator", "administrator"):
                member = hospital.people[name]
                with hospital.undone(member, reads_only=row.method in SAFE):
                    answer = kind_of(send(hospital, row, unknown, member))
                if answer == "yes":
                    opened.append(f"{name}: {row.method} {unknown}")
    assert not opened, "\n".join(opened)


def test_a_form_without_its_token_does_nothing(hospital: Hospital) -> None:
    did = []
    for row in rows_under(PAGES):
        name = next((name for name in PEOPLE[1:-1] if row.answers[name] == "yes"), None)
        if row.method in SAFE or name is None or match(hospital.app, row)[0].endpoint in JSON:
            continue
        member = hospital.people[name]
        with hospital.undone(member):
            response = send(hospital, row, address_of(hospital, row, member), member, token=False)
            if response.status_code >= 500 or hospital.fingerprint() != hospital.untouched:
                did.append(f"{row}: {response.status_code}")
    assert not did, "\n".join(did)


def test_a_table_that_says_otherwise_is_seen(hospital: Hospital) -> None:
    row = next(row for row in rows_under(PAGES) if row.where == "GET /check-ins/{check-in Mary keeps}")
    assert answer_of(hospital, row, "mentee") == "yes"
    assert answer_of(hospital, row, "her mentor") == "no"
    assert answer_of(hospital, row, NOBODY) == "sign in"


def answer_of(hospital: Hospital, row: Row, name: str) -> str:
    """What this person is answered; who may not has changed nothing by trying."""
    member = hospital.people[name]
    if row.method in SAFE:
        return kind_of(look(hospital, row, member))
    with hospital.undone(member):
        answer = kind_of(send(hospital, row, address_of(hospital, row, member), member))
        if answer != "yes":
            assert hospital.fingerprint() == hospital.untouched, f"{name}: {row} said {answer} and did something"
    return answer


def look(hospital: Hospital, row: Row, member: Member) -> TestResponse:
    """What somebody is shown; looked at once for all tests, since looking changes nothing."""
    key = (row.where, member.name)
    if key not in hospital.looked_at:
        with hospital.undone(member, reads_only=True):
            hospital.looked_at[key] = send(hospital, row, address_of(hospital, row, member), member)
    return hospital.looked_at[key]


def kind_of(response: TestResponse) -> str:
    if response.status_code == 401 or response.headers.get("Location", "").startswith("/sign-in"):
        return "sign in"
    if response.status_code in (404, 410):
        return "no"
    return "yes" if response.status_code in REACHED else f"status {response.status_code}"


def send(hospital: Hospital, row: Row, address: str, member: Member, token: bool = True) -> TestResponse:
    rule, values = match(hospital.app, row)
    if row.method in SAFE:
        return member.client.get(address)
    if rule.endpoint in JSON:
        return member.client.open(address, method=row.method, json=JSON[rule.endpoint], headers=ORIGIN)
    things = {key: hospital.thing(name, member) for key, name in values.items()}
    things |= {"a coordinator": hospital.things["Carol"], "another tag": hospital.things["another tag"]}
    path = address.partition("?")[0]
    said = FORMS[rule.endpoint](things) if rule.endpoint in FORMS else {}
    form = said | ({"csrf_token": member.token} if token else {})
    return member.client.post(path, data=form, headers=ORIGIN)


def address_of(hospital: Hospital, row: Row, member: Member) -> str:
    return NAMED.sub(lambda found: hospital.thing(found[1], member), row.address)


def match(app: Flask, row: Row) -> tuple[Rule, dict[str, str]]:
    """The rule of a row, and which thing stands for each of its arguments, those after the "?" included."""
    path, _, query = row.address.partition("?")
    stand_ins = {str(uuid7()): name for name in NAMED.findall(path)}
    for stand_in, name in stand_ins.items():
        path = path.replace(f"{{{name}}}", stand_in)
    try:
        rule, values = app.url_map.bind("localhost").match(path, method=row.method, return_rule=True)
    except HTTPException:
        pytest.fail(f"{PAGE.name}: there is no {row.where}")
    named = {key: stand_ins[str(value)] for key, value in values.items() if str(value) in stand_ins}
    named |= dict(re.findall(r"(\w+)=\{([^}]+)\}", query))
    return rule, named


def tried(app: Flask, row: Row) -> tuple[str, str]:
    return row.method, match(app, row)[0].rule


def addresses(app: Flask) -> set[tuple[str, str]]:
    """Each method and address that the app answers."""
    return set(_addresses(app))


def _addresses(app: Flask) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        yield from ((method, rule.rule) for method in rule.methods or () if method not in {"HEAD", "OPTIONS"})
