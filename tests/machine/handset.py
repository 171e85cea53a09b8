"""A phone, PC or ward tablet that several people use in turn, with a line that comes and goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.machine.hospital import Hospital, SignedIn, through
from tests.machine.reference import Reference, text_of
from tests.phone import MOST_OPS, Kept, Phone, ThroughClient

NEWER_PROTOCOL = 2


class Surprise(AssertionError):
    """The server did something else than it promised."""


@dataclass
class Handset:
    """What one browser keeps. `owner` is who is signed in as far as the browser knows, or nobody."""

    hospital: Hospital
    reference: Reference
    kind: str
    browser: str = ""
    owner: UUID | None = None
    has_signal: bool = True
    phones: dict[UUID, Phone] = field(default_factory=dict)
    epoch: str = ""

    def sign_in(self, person: UUID, signed_in: SignedIn | None = None) -> None:
        """As after the sign-in form; what waits here of this person goes on waiting."""
        now_in = signed_in or self.hospital.sign_in(person, self.kind, self.browser)
        self._take_over(person, now_in.cookies)
        self.phone.session = now_in.session

    def sign_in_and_flush(self, person: UUID) -> bool:
        """Both at once, as `flush` asks who is signed in anyway. What `flush` returns."""
        self._take_over(person, self.hospital.open_door(person, self.kind, self.browser))
        return self.flush()

    def sign_out(self) -> None:
        """Offline or not: the readable cookie goes, with the mirror and the writer's secret. What waits stays."""
        phone = self.phone
        if isinstance(phone.transport, ThroughClient):
            phone.transport.browser.client.delete_cookie("here")
        phone.session, phone.mirror, phone.heads, phone.heads_fed, phone.feed = {}, {}, {}, {}, (0, "")
        self.owner = None

    @property
    def phone(self) -> Phone:
        assert self.owner is not None, "nobody is signed in here"
        return self.phones[self.owner]

    def may_write(self) -> bool:
        """Whether a writer's secret is held here, signal or not."""
        return self.owner is not None and bool(self.phone.session)

    def known(self, kind: str) -> list[str]:
        """Entities of a kind that whoever is signed in wrote and can see here, in the order they came to be known."""
        rows = [id_ for (its, id_), data in self.phone.mirror.items() if its == kind and data.get("mine", True)]
        waiting = [kept.body["entity"] for kept in self.phone.waiting() if kept.body["kind"] == kind]
        return list(dict.fromkeys([*rows, *waiting]))

    def die(self) -> None:
        """Battery, crash, update: a shared device remembers what waits and nothing else; an own one kept it all."""
        if self.kind == "shared":
            for phone in self.phones.values():
                waiting = {kept.body["entity"]: kept.header.op_id for kept in phone.waiting()}
                phone.mirror, phone.feed, phone.heads, phone.heads_fed = {}, (0, ""), dict(waiting), {}

    def evict(self) -> list[Kept]:
        """The browser throws everything away. Returns what was not yet on the server."""
        lost = [kept for phone in self.phones.values() for kept in phone.outbox if kept.state != "sent"]
        for phone in self.phones.values():
            phone.outbox, phone.mirror, phone.heads, phone.feed = [], {}, {}, (0, "")
        return lost

    def flush(self, answers_lost: int = 0, tabs: int = 1) -> bool:
        """Send what waits of whoever is signed in, and pull. Whether the line held and the server knew them."""
        if not self.has_signal or self.owner is None:
            return False
        phone = self.phone
        status, answer = phone.transport.get("/sync/session")
        if status == 401:
            self._signed_out_by_the_server()
            return False
        expect(status == 200, f"the session answered {status}")
        phone.session = answer
        self._notice_epoch(answer["epoch"])
        for _ in range(answers_lost):
            self.send(phone.waiting()[:MOST_OPS])
        if answers_lost:
            return False
        self._send_all(tabs)
        self.bring_in()
        self._pull()
        return True

    def send(self, ops: list[Kept]) -> list[dict[str, Any]]:
        """One POST /sync, held against the reference, whether or not the answer then arrives."""
        if not ops:
            return []
        phone, clock = self.phone, self.hospital.clock
        expected = self.reference.deliver(str(self.owner), [kept.body for kept in ops], phone.now(), clock())
        status, answer = phone.send(ops)
        expect(status == 200, f"POST /sync answered {status}: {answer}")
        results: list[dict[str, Any]] = answer["results"]
        expect([r["op_id"] for r in results] == [k.header.op_id for k in ops], "an op was not answered in its place")
        for kept, result, outcome in zip(ops, results, expected, strict=True):
            said = (result["status"], result["reason"])
            expect(said == outcome, f"{kept.body['kind']}.{kept.body['action']}: {said} instead of {outcome}")
        return results

    def bring_in(self) -> None:
        """Send on what waits here of others. It goes on waiting here: only its author's phone may let go of it."""
        others = [phone for person, phone in self.phones.items() if person != self.owner]
        if ops := [kept for phone in others for kept in phone.waiting()][:MOST_OPS]:
            status, answer = self.phone.drop(ops)
            expect(status == 200, f"POST /sync/drop answered {status}: {answer}")

    def speak_a_newer_protocol(self) -> None:
        """426 is no acknowledgement: everything waits."""
        phone = self.phone
        sent_at = phone.now().isoformat().replace("+00:00", "Z")
        ops = [kept.wire for kept in phone.waiting()[:MOST_OPS]]
        status, _ = phone.transport.post("/sync", {"proto": NEWER_PROTOCOL, "sent_at": sent_at, "ops": ops})
        expect(status in (401, 426), f"another protocol was answered {status}")

    def is_known(self) -> bool:
        """Whether the server still knows who is signed in here."""
        return self.phone.transport.get("/sync/session")[0] == 200

    def plant(self, lie: dict[str, str], pairing: str) -> None:
        """Whoever is signed in sends an op in another's name, or from another device: it never comes to be."""
        phone = self.phone
        kept = phone.save("note", "write", {"pairing": pairing, "words": "Planted."}, **lie)
        phone.outbox.remove(kept)
        del phone.heads[kept.body["entity"]]
        _, answer = phone.send([kept])
        reason = "foreign_owner" if "person" in lie else "forged"
        expect(answer["results"][0]["reason"] == reason, f"planted: {answer['results'][0]}")

    def _take_over(self, person: UUID, cookies: dict[str, str]) -> None:
        self.browser, self.owner = cookies.get("browser", self.browser), person
        before, phone = self.phones.get(person), Phone(through(self.hospital.app, cookies), self.hospital.clock)
        if before is not None:
            phone.outbox, phone.off, phone._seq = before.outbox, before.off, before._seq
            phone.mirror, phone.feed, phone.heads = before.mirror, before.feed, before.heads
        self.phones[person] = phone

    def _send_all(self, tabs: int) -> None:
        phone, tried = self.phone, set[str]()
        while batch := [kept for kept in phone.waiting() if kept.header.op_id not in tried][:MOST_OPS]:
            tried.update(kept.header.op_id for kept in batch)
            answers = [self.send(batch) for _ in range(tabs)]
            for results in answers:
                phone.take(results)
        if self.kind == "shared":
            phone.outbox = [kept for kept in phone.outbox if kept.state != "sent"]

    def _pull(self) -> None:
        phone = self.phone
        phone.pull()
        mirrored = {row for key, data in phone.mirror.items() if (row := as_reference_sees(key, data))}
        expected = self.reference.seen_by(str(self.owner))
        expect(mirrored == expected, f"missing {expected - mirrored}, too much {mirrored - expected}")

    def _notice_epoch(self, epoch: str) -> None:
        """After a restored backup own phones send again what was acknowledged, and build their mirror anew."""
        if self.epoch and self.epoch != epoch:
            for phone in self.phones.values():
                phone.mirror, phone.feed = {}, (0, "")
                for kept in phone.outbox:
                    kept.state = "waiting" if kept.state == "sent" else kept.state
        self.epoch = epoch

    def _signed_out_by_the_server(self) -> None:
        """An own phone keeps its secret and goes on writing; a shared one forgets who was here."""
        if self.kind == "shared":
            self.sign_out()


def expect(held: bool, otherwise: str) -> None:
    """Raises `Surprise` when a promise did not hold."""
    if not held:
        raise Surprise(otherwise)


def as_reference_sees(key: tuple[str, str], data: dict[str, Any]) -> tuple[str, str, str] | None:
    """A row of a phone's mirror as the reference names it; None for what holds no text."""
    kind, id_ = key
    if kind == "entry":
        return kind, id_, data["body"]["text"]
    if kind in ("checkin", "note", "feedback"):
        return kind, id_, data["words"]
    if kind == "draft":
        return kind, id_, data["fields"].get("text", "")
    if kind == "held":
        return kind, f"{data['op']} {data['reason']}", text_of(data)
    return None
