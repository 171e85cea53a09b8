"""F50: the server is restored from an old backup. Acknowledged entries come back; what was revoked stays revoked."""

from __future__ import annotations

import threading
from pathlib import Path
from uuid import UUID

import pytest

from tests.client import cookies_of
from tests.harness.fixtures import NewDevice, NewPhone, SignIn
from tests.harness.oracles import Witness, canary, texts_on_server
from tests.harness.pages import check_in, until_sent, wait_until_known
from tests.harness.server import Server
from tests.harness.transport import OverHttp
from tests.harness.waiting import until
from tests.people import PASSWORD, Cast
from tests.phone import LineBroke, Phone
from webapp.database import db, writing
from webapp.people import Person, close_account


def test_what_was_acknowledged_after_the_backup_comes_back(
    server: Server, people: Cast, new_phone: NewPhone, witness: Witness, tmp_path: Path
) -> None:
    mary, charlie = new_phone(people.mary), new_phone(people.charlie)
    mary.entry(witness.typed(people.mary, canary("before")))
    mary.flush()
    server.command("backup", tmp_path / "old.friendtor")
    mary.entry(witness.typed(people.mary, canary("after")))
    charlie.entry(canary("of somebody whose account is closed"))
    assert mary.flush()[0]["status"] == charlie.flush()[0]["status"] == "applied"
    close(server, people, people.charlie)
    restore(server, tmp_path / "old.friendtor")

    assert mary.transport.get("/sync/session")[0] == charlie.transport.get("/sync/session")[0] == 401
    signed_in_again(server, mary, people.mary)
    assert [result["status"] for result in mary.flush()] == ["duplicate", "applied"]
    assert len(mary.rows("entry")) == 2
    with server.inside():
        assert db.session.get(Person, people.charlie).closed_at is not None
    signed_in_again(server, charlie, people.charlie, 401)
    witness.phones.remove(charlie)
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


@pytest.mark.long
def test_a_backup_taken_while_phones_write_is_whole(
    server: Server, people: Cast, new_phone: NewPhone, witness: Witness, tmp_path: Path
) -> None:
    phones = [new_phone(people.mary), new_phone(people.charlie)]
    owners = [people.mary, people.charlie]
    ended, rounds = threading.Event(), [0, 0]
    writers = [threading.Thread(target=write_on, args=(phone, ended, rounds, at)) for at, phone in enumerate(phones)]
    for writer in writers:
        writer.start()
    try:
        until(lambda: min(rounds) > 2, "the phones' writing")
        before = list(rounds)
        server.command("backup", tmp_path / "busy.friendtor")
        until(lambda: min(now - then for now, then in zip(rounds, before, strict=True)) > 2, "writing on")
    finally:
        ended.set()
        for writer in writers:
            writer.join()
    for phone, owner in zip(phones, owners, strict=True):
        assert phone.waiting() == [], "nobody had to wait for the backup"
        for kept in phone.outbox:
            witness.typed(owner, kept.body["fields"]["body"]["text"])
    restore(server, tmp_path / "busy.friendtor")  # compares every table's rows with what the backup says
    for phone, owner in zip(phones, owners, strict=True):
        signed_in_again(server, phone, owner)
        statuses = [result["status"] for result in phone.flush()]
        assert set(statuses) == {"duplicate", "applied"}, "some were in the backup, some came after it"
        assert len(phone.rows("entry")) == len(phone.outbox)
    witness.assert_no_loss()
    witness.assert_private(reader=people.ana)


@pytest.mark.long
def test_a_restore_that_was_cut_off_lets_nobody_in(server: Server, people: Cast, tmp_path: Path) -> None:
    server.command("backup", tmp_path / "old.friendtor")
    server.stop()
    (server.data / "restoring").touch()  # as a power cut in the middle leaves it
    with pytest.raises(AssertionError, match="Run the restore again"):
        server.command("prepare")
    server.command("restore", tmp_path / "old.friendtor")
    server.start()
    assert server.is_well()


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.usefixtures("passwords")
def test_a_real_phone_sends_its_work_once_more(
    server: Server, people: Cast, new_device: NewDevice, sign_in: SignIn, witness: Witness, tmp_path: Path
) -> None:
    device = sign_in(new_device(), people.mary)
    device.go("/")
    wait_until_known(device)
    server.command("backup", tmp_path / "old.friendtor")
    page = check_in(device, witness.typed(people.mary, canary("check-in")))
    until_sent(page)
    restore(server, tmp_path / "old.friendtor")
    with pytest.raises(AssertionError, match="lost"):
        witness.assert_no_loss()  # the server has forgotten it, and the phone does not know yet
    page = device.go("/check-in")
    page.get_by_label("E-mail or staff number").fill("mary@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    until(lambda: holds(server, witness.words()[0]), "the check-in's second arrival")
    witness.assert_no_loss()
    witness.assert_private(reader=people.charlie)


def restore(server: Server, backup: Path) -> None:
    """As docs/operating.md says: stop, restore, start."""
    server.stop()
    server.command("restore", backup, "--replace")
    server.start()


def close(server: Server, people: Cast, person: UUID) -> None:
    with server.inside(), writing():
        close_account(db.session.get(Person, people.admin), db.session.get(Person, person))


def signed_in_again(server: Server, phone: Phone, person: UUID, expected: int = 200) -> None:
    """The same browser after the sign-in form; a closed account's session opens nothing."""
    assert isinstance(phone.transport, OverHttp)
    with server.inside() as app:
        browser = phone.transport.cookies.get("browser", "")
        phone.transport.cookies = cookies_of(app, person, "own", "Test phone", browser)
    assert phone.transport.get("/sync/session")[0] == expected
    if expected == 200:
        phone.refresh()


def write_on(phone: Phone, ended: threading.Event, rounds: list[int], at: int) -> None:
    while not ended.is_set() and rounds[at] < 400:
        phone.entry(canary("while the backup is taken"))
        try:
            phone.flush()
        except LineBroke:
            continue
        rounds[at] += 1
    phone.flush()


def holds(server: Server, words: str) -> bool:
    with server.inside():
        return any(words in found.text for found in texts_on_server())
