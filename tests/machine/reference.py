"""What the server ought to do, in plain Python: no database, no Flask, nothing of the app but the protocol's words.

It is given every delivery that reaches the server and says what must come of each op, what must then stand in the
server's rows, and who must see what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

PARENT_IS_LOST_AFTER = timedelta(days=7)
NEVER_WAITS = {("entry", "delete"), ("draft", "save"), ("draft", "drop"), ("held", "discard")}
Outcome = tuple[str, str | None]
Body = dict[str, Any]


@dataclass
class Thing:
    """An entry, a check-in, a note or feedback."""

    kind: str
    author: str
    text: str | None
    since: list[str]  # the ops from the one that set the text; the last is the head
    audience: str = "self"
    gone: bool = False  # in the trash, or taken back

    def knows(self, parent: str | None) -> bool:
        return parent in self.since


@dataclass
class Held:
    """What the server keeps for its author's decision."""

    person: str
    op: str
    reason: str
    text: str
    discarded: bool = False


@dataclass
class Draft:
    """What was typed on a shared device."""

    text: str | None
    at: datetime


@dataclass
class Reference:
    """The hospital's memory as it must be. `let_go` are texts that their authors gave up knowingly."""

    mentee: str
    mentor: str
    ended: bool = False
    ledger: dict[tuple[str, str], tuple[Outcome, Body]] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)
    tombstones: set[str] = field(default_factory=set)
    held: list[Held] = field(default_factory=list)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)
    let_go: set[str] = field(default_factory=set)

    def deliver(self, person: str, bodies: list[Body], sent_at: datetime, received_at: datetime) -> list[Outcome]:
        """The outcome of each op of one delivery, in the order of the request."""
        outcomes: dict[int, Outcome] = {}
        for at, body in sorted(enumerate(bodies), key=lambda each: each[1]["seq"]):
            outcomes[at] = self.settle(person, body, when(body, sent_at, received_at), received_at)
        return [outcomes[at] for at in range(len(bodies))]

    def settle(self, person: str, body: Body, at: datetime, received_at: datetime) -> Outcome:
        """What becomes of one op that is as old as `at`."""
        known = self.ledger.get((person, body["op_id"]))
        if known is not None:
            return self._again(person, body, *known)
        parent = body["parent"]
        waits = (body["kind"], body["action"]) not in NEVER_WAITS
        if waits and parent and (person, parent) not in self.ledger and received_at - at <= PARENT_IS_LOST_AFTER:
            return "retry", None
        outcome = self._do(person, body, at)
        if outcome[0] in ("conflict", "rejected"):
            self._hold(person, body, outcome[1] or outcome[0])
        self.ledger[(person, body["op_id"])] = (outcome, body)
        return outcome

    def refuse(self, person: str, body: Body) -> None:
        """Not theirs, they said: it is not done when it comes from their own phone either."""
        self.ledger.setdefault((person, body["op_id"]), (("deleted", None), body))
        self.let_go.add(text_of(body))

    def forget_refusal(self, person: str, body: Body) -> None:
        """Theirs after all."""
        if self.ledger.get((person, body["op_id"])) == (("deleted", None), body):
            del self.ledger[(person, body["op_id"])]

    def end_the_pairing(self) -> None:
        """What was shown in it is shown to nobody any more."""
        self.ended = True
        for thing in self.things.values():
            if thing.kind == "entry":
                thing.audience = "self"

    def texts(self) -> Counter[tuple[str, str]]:
        """Every (author, text) that must stand in the server's rows."""
        kept = [(thing.author, thing.text) for thing in self.things.values() if thing.text]
        kept += [(held.person, held.text) for held in self.held if held.text and not held.discarded]
        kept += [(person, draft.text) for (person, _), draft in self.drafts.items() if draft.text]
        return Counter(kept)

    def seen_by(self, reader: str) -> set[tuple[str, str, str]]:
        """(kind, id, text) of everything in this reader's mirror; what is held is named by its op and reason."""
        seen = {(t.kind, id_, t.text or "") for id_, t in self.things.items() if self._may_read(reader, t)}
        seen |= {("held", f"{h.op} {h.reason}", h.text) for h in self.held if h.person == reader and not h.discarded}
        drafts = [(id_, draft.text) for (person, id_), draft in self.drafts.items() if person == reader]
        return seen | {("draft", id_, text) for id_, text in drafts if text}

    def _may_read(self, reader: str, thing: Thing) -> bool:
        if thing.kind == "entry":
            if thing.author == reader:
                return thing.text is not None
            return reader == self.mentor and thing.audience == "mentor" and not thing.gone and not self.ended
        if thing.gone:
            return False
        return thing.author == reader or (thing.audience == "mentor" and reader in (self.mentor, self.mentee))

    def _again(self, person: str, body: Body, outcome: Outcome, before: Body) -> Outcome:
        if body == before:
            return ("duplicate", None) if outcome[0] == "applied" else outcome
        if not any(held.op == body["op_id"] and held.text == text_of(body) for held in self.held):
            self._hold(person, body, "op_reuse")
        return "op_reuse", None

    def _hold(self, person: str, body: Body, reason: str) -> None:
        self.held.append(Held(person, body["op_id"], reason, text_of(body)))

    def _do(self, person: str, body: Body, at: datetime) -> Outcome:
        kind, action = body["kind"], body["action"]
        if kind == "draft":
            return self._draft(person, body, at)
        if kind == "held":
            return self._discard(person, body)
        if action in ("write", "record", "give"):
            return self._begin(person, body) if body["entity"] not in self.things else self._change(body)
        if action == "amend":
            return self._amend(person, body)
        if action in ("delete", "take_back"):
            return self._remove(person, body)
        return self._turn(person, body)

    def _begin(self, person: str, body: Body) -> Outcome:
        if body["entity"] in self.tombstones:
            self.let_go.add(text_of(body))
            return "deleted", None
        goes_to_partner = body["kind"] == "note" or body["fields"].get("audience") == "mentor"
        if goes_to_partner and self.ended:
            return "rejected", "pairing_ended"
        thing = Thing(body["kind"], person, text_of(body), [body["op_id"]])
        thing.audience = "mentor" if goes_to_partner else "self"
        self.things[body["entity"]] = thing
        return "applied", None

    def _amend(self, person: str, body: Body) -> Outcome:
        if body["entity"] in self.things:
            return self._change(body)
        return self._begin(person, body) if body["kind"] == "entry" else ("rejected", "not_found")

    def _change(self, body: Body) -> Outcome:
        thing, text, op = self.things[body["entity"]], text_of(body), body["op_id"]
        if thing.kind == "note":
            return "rejected", "not_allowed"
        if thing.kind == "entry" and thing.gone:
            self._recover(thing, text, op)
            return "deleted", None
        goes_to_mentor = thing.kind == "checkin" and body["fields"]["audience"] == "mentor"
        if goes_to_mentor and not thing.gone and self.ended and thing.audience != "mentor":
            return "rejected", "pairing_ended"
        unseen = thing.text is not None and thing.text != text and not thing.knows(body["parent"])
        if thing.kind == "checkin" and not thing.gone and not (unseen and goes_to_mentor):
            thing.audience = body["fields"]["audience"]  # an unseen version may narrow, never widen
        if unseen:
            return "conflict", None
        self._replace(thing, text, op)
        return ("deleted" if thing.gone else "applied"), None

    def _replace(self, thing: Thing, text: str, op: str) -> None:
        if thing.text and thing.text != text:
            self.let_go.add(thing.text)
        thing.text, thing.since = text, [op]

    def _recover(self, thing: Thing, text: str, op: str) -> None:
        if thing.text is None:
            thing.text, thing.since = text, [op, thing.since[-1]]
        elif thing.text != text:
            self.things[op] = Thing("entry", thing.author, text, [op], gone=True)

    def _remove(self, person: str, body: Body) -> Outcome:
        thing = self.things.get(body["entity"])
        if thing is None and body["kind"] == "note":
            self.tombstones.add(body["entity"])
        elif thing is None:
            self.things[body["entity"]] = Thing(body["kind"], person, None, [body["op_id"]], gone=True)
        elif thing.kind == "entry":
            thing.since.append(body["op_id"])
            thing.gone, thing.audience = True, "self"
        else:
            self._take_back(thing, body)
        return "applied", None

    def _take_back(self, thing: Thing, body: Body) -> None:
        if thing.text and (thing.kind == "note" or body["parent"] is None or thing.knows(body["parent"])):
            self.let_go.add(thing.text)
            thing.text = None
        thing.gone, thing.since = True, [body["op_id"]]

    def _turn(self, person: str, body: Body) -> Outcome:
        """An entry is restored, shown or hidden. A mentor's own is shown to nobody."""
        thing = self.things.get(body["entity"])
        if thing is None:
            return "rejected", "not_found"
        if body["action"] == "show" and person != self.mentee:
            return "rejected", "not_allowed"
        if body["action"] == "show" and self.ended:
            return "rejected", "pairing_ended"
        if body["action"] == "show" and thing.gone:
            return "deleted", None
        thing.audience = "mentor" if body["action"] == "show" else "self"
        thing.gone = thing.gone and body["action"] != "restore"
        thing.since.append(body["op_id"])
        return "applied", None

    def _draft(self, person: str, body: Body, at: datetime) -> Outcome:
        key = (person, body["entity"])
        before = self.drafts.get(key)
        if before is not None and before.at > at:
            self.let_go.add(text_of(body))
            return "applied", None
        if before is not None and before.text:
            self.let_go.add(before.text)
        self.drafts[key] = Draft(text_of(body) or None, at)
        return "applied", None

    def _discard(self, person: str, body: Body) -> Outcome:
        """The phone names the held item by the server's id; the walk puts the op it stands for beside it."""
        found = [h for h in self.held if h.person == person and h.op == body["fields"]["op"]]
        found = [h for h in found if h.reason == body["fields"]["reason"] and h.text == body["fields"]["said"]]
        if not found:
            return "rejected", "not_found"
        found[0].discarded = True
        self.let_go.add(found[0].text)
        return "applied", None


def when(body: Body, sent_at: datetime, received_at: datetime) -> datetime:
    """Durations are believed, dates are not."""
    waited = sent_at - datetime.fromisoformat(body["written_at"])
    return received_at if waited < timedelta(0) else received_at - waited


def text_of(body: Body) -> str:
    """The words that somebody typed into this op."""
    fields = body["fields"]
    inner = fields.get("body") or fields.get("fields") or {}
    return str(fields.get("words") or inner.get("text") or "")


def texts_of(bodies: Iterable[Body]) -> set[str]:
    return {text for body in bodies if (text := text_of(body))}
