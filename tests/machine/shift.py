"""One unlucky shift: what people do, and what phones, lines, sign-ins and the server do to them."""

from __future__ import annotations

import copy
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.machine.decisions import look_through
from tests.machine.handset import Handset
from tests.machine.reference import Reference, text_of, texts_of
from tests.machine.walk import MARYS, PC, TABLET, Walk
from webapp.database import uuid7

MISHAPS = (
    *("signal", "time", "wrong clock", "storage thrown away", "backup", "restore", "end of the pairing"),
    *("expired", "signed out", "newer version", "planted"),
)
handsets = st.integers(0, 3)
picks = st.integers(0, 7)
lines = st.sampled_from(("flush", "nothing", "the answer is lost"))
KINDS = ("entry", "checkin", "note", "feedback")
CHANGEABLE = ("entry", "checkin", "feedback")
FIRST = {"entry": "write", "checkin": "record", "note": "write", "feedback": "give"}
LAST = {"entry": "delete", "checkin": "take_back", "note": "take_back", "feedback": "take_back"}


class Shift(Walk):
    """Rules in which something is written, and one for everything that goes wrong."""

    @rule(at=handsets, kind=st.sampled_from(KINDS), to_mentor=st.booleans(), then=lines)
    def write(self, at: int, kind: str, to_mentor: bool, then: str) -> None:
        if (handset := self.handsets[at]).may_write():
            self._submit(handset, kind, FIRST[kind], str(uuid7()), to_mentor)
            self._then(handset, then)

    @rule(at=handsets, to_mentor=st.booleans(), pick=picks, then=lines)
    def change(self, at: int, to_mentor: bool, pick: int, then: str) -> None:
        if picked := self._picked(at, CHANGEABLE, pick):
            kind, entity = picked
            self._submit(self.handsets[at], kind, "amend", entity, to_mentor)
            self._then(self.handsets[at], then)

    @rule(at=handsets, to_mentor=st.booleans(), pick=picks, then=lines)
    def change_on_two_phones(self, at: int, to_mentor: bool, pick: int, then: str) -> None:
        """Both knew the same before."""
        one, other = self.handsets[at], self.handsets[PC if at != PC else MARYS]
        if other.may_write() and one.flush() and other.flush() and (picked := self._picked(at, CHANGEABLE, pick)):
            kind, entity = picked
            if entity in other.known(kind):
                for handset in (other, one):
                    self._submit(handset, kind, "amend", entity, to_mentor)
                    self._then(handset, then)

    @rule(at=handsets, pick=picks, then=lines)
    def delete(self, at: int, pick: int, then: str) -> None:
        if picked := self._picked(at, KINDS, pick):
            kind, entity = picked
            self.handsets[at].phone.save(kind, LAST[kind], {}, entity)
            self._then(self.handsets[at], then)

    @rule(at=handsets, action=st.sampled_from(("show", "hide", "restore")), pick=picks)
    def turn(self, at: int, action: str, pick: int) -> None:
        if picked := self._picked(at, ("entry",), pick):
            fields = {"pairing": str(self.cast.pairing)} if action == "show" else {}
            self.handsets[at].phone.save("entry", action, fields, picked[1])

    @rule(pick=picks)
    def type_on_the_tablet(self, pick: int) -> None:
        """A draft that travels like any op, under the same entity each time."""
        tablet = self.handsets[TABLET]
        if tablet.may_write():
            text = self._type(tablet)
            entity = f"00000000-0000-7000-8000-00000000000{pick % 2}"
            fields = {"form": "checkin", "fields": {"text": text}}
            tablet.phone.save("draft", "save", fields, entity, parent=None)

    @rule(at=handsets, pick=picks)
    def discard_what_is_held(self, at: int, pick: int) -> None:
        phone = self.handsets[at].phone if self.handsets[at].may_write() else None
        if phone and (held := sorted(phone.rows("held").items())):
            id_, row = held[pick % len(held)]
            said = {"op": row["op"], "reason": row["reason"], "said": text_of(row)}
            phone.save("held", "discard", said, id_, parent=None)

    @rule(at=handsets, pick=picks)
    def use_an_id_again(self, at: int, pick: int) -> None:
        """Back, edit, save on a phone that forgot to make a new id."""
        handset = self.handsets[at]
        before = [kept for kept in handset.phone.outbox if text_of(kept.body)] if handset.may_write() else []
        if before:
            old = before[pick % len(before)]
            self._say_again(handset, old)

    @rule(at=handsets, answers_lost=st.sampled_from((0, 0, 0, 1, 2)), tabs=st.sampled_from((1, 1, 2)))
    def flush(self, at: int, answers_lost: int, tabs: int) -> None:
        handset = self.handsets[at]
        if handset.flush(answers_lost, tabs) or not answers_lost:
            return
        handset.die()

    @rule(at=handsets, kind=st.sampled_from(KINDS), to_mentor=st.booleans(), yes=st.sampled_from((None, True, False)))
    def leave_it_to_the_next(self, at: int, kind: str, to_mentor: bool, yes: bool | None) -> None:
        """Write, sign out before anything went, and somebody else signs in there. Perhaps its author is asked soon."""
        handset = self.handsets[at]
        if handset.may_write():
            author = handset.owner
            self._submit(handset, kind, FIRST[kind], str(uuid7()), to_mentor)
            self.sign_in(at, as_mentor=author == self.cast.mary)
            if yes is not None:
                self.decide(author == self.cast.ana, yes)

    @rule(as_mentor=st.booleans(), yes=st.booleans())
    def decide(self, as_mentor: bool, yes: bool) -> None:
        """Is all of this yours? The worker has looked into it by now."""
        look_through()
        self._decide(self.ana if as_mentor else self.mary, yes)

    @rule(at=handsets, as_mentor=st.booleans())
    def sign_in(self, at: int, as_mentor: bool) -> None:
        handset = self.handsets[at]
        if handset.has_signal:
            if handset.owner is not None:
                handset.sign_out()
            handset.sign_in(self.cast.ana if as_mentor else self.cast.mary)
            handset.bring_in()

    @rule(at=handsets, pick=picks)
    def replay(self, at: int, pick: int) -> None:
        """Somebody sends once more what went before."""
        handset = self.handsets[at]
        if handset.has_signal and handset.may_write() and handset.phone.outbox and handset.is_known():
            start = pick % len(handset.phone.outbox)
            handset.send(handset.phone.outbox[start : start + 3])

    @rule(at=handsets, what=st.sampled_from(MISHAPS), much=st.integers(-3, 3))
    def mishap(self, at: int, what: str, much: int) -> None:
        """One rule for all that goes wrong, so that enough is written in between."""
        handset = self.handsets[at]
        if what == "signal":
            handset.has_signal = not handset.has_signal
        elif what == "time":
            self.hospital.clock.move(minutes=(1, 9, 60, 600, 24 * 60, 8 * 24 * 60, 15 * 24 * 60)[much])
        elif what == "wrong clock":
            for phone in handset.phones.values():
                phone.off = timedelta(days=much)
        elif what == "storage thrown away":  # nobody can help it; the phone says so, and what had not gone out is lost
            self.excused |= texts_of(kept.body for kept in handset.evict())
        elif what == "backup":
            self.backup = self.hospital.copy(), copy.deepcopy(self.reference)
        elif what == "restore" and self.backup is not None:
            self._restore(*self.backup)
        elif what == "end of the pairing" and not self.reference.ended:
            self.hospital.end_the_pairing()
            self.reference.end_the_pairing()
        elif handset.may_write():
            self._mishap_of_somebody(handset, what, much)

    def _mishap_of_somebody(self, handset: Handset, what: str, much: int) -> None:
        if what == "expired":
            self.hospital.expire(handset.phone.session["sign_in"])
        elif what == "signed out":
            handset.sign_out()
        elif what == "newer version" and handset.has_signal:
            handset.speak_a_newer_protocol()
            handset.die()
        elif what == "planted" and handset.has_signal and handset.is_known():
            other = self.ana if str(handset.owner) == self.mary else self.mary
            handset.plant({"person": other} if much > 0 else {"device": str(uuid7())}, str(self.cast.pairing))

    def _restore(self, rows: Any, reference: Reference) -> None:
        lost = {text for _, text in self.reference.texts()} - {text for _, text in reference.texts()}
        self.excused |= lost - self._kept_on_own_phones()
        reference = copy.deepcopy(reference)
        reference.let_go |= self.reference.let_go
        self.hospital.restore(rows)
        self.reference = reference
        self.restored = self.restored_once = True
        for handset in self.handsets:
            handset.reference = reference

    def _type(self, handset: Handset) -> str:
        text = f"Words {len(self.typed)}."
        self.typed[text] = str(handset.owner)
        return text

    def _submit(self, handset: Handset, kind: str, action: str, entity: str, to_mentor: bool) -> None:
        if kind == "feedback" or kind == "note" or kind == "checkin":
            fields: dict[str, Any] = {"pairing": str(self.cast.pairing), "words": self._type(handset)}
        else:
            fields = {"prompt": None, "body": {"scheme": "plain", "text": self._type(handset)}}
        if kind == "checkin":
            fields["audience"] = "mentor" if to_mentor else "self"
        if kind == "checkin" and handset.owner != self.cast.mary:
            fields["pairing"], fields["audience"] = None, "self"  # a mentor's own day is nobody else's
        handset.phone.save(kind, action, fields, entity)

    def _say_again(self, handset: Handset, old: Any) -> None:
        text = self._type(handset)
        fields = copy.deepcopy(old.body["fields"])
        if "body" in fields:
            fields["body"]["text"] = text
        elif "fields" in fields:
            fields["fields"]["text"] = text
        else:
            fields["words"] = text
        phone = handset.phone
        heads = dict(phone.heads)
        kept = phone.save(old.body["kind"], old.body["action"], fields, old.body["entity"], parent=old.body["parent"])
        phone.heads = heads
        header = type(kept.header)(
            old.header.op_id, kept.header.key_id, kept.header.device_id, kept.header.owner_tag, kept.header.seq
        )
        kept.body["op_id"] = header.op_id
        kept.header, kept.sealed = header, phone.seal(header, kept.body)
        if not handset.flush():
            self.typed.pop(text)  # that phone lost it before it went anywhere
        phone.outbox = [row for row in phone.outbox if row is not kept]

    def _then(self, handset: Handset, then: str) -> None:
        if then == "flush":
            handset.flush()
        elif then == "the answer is lost":
            handset.flush(answers_lost=1)

    def _picked(self, at: int, kinds: tuple[str, ...], pick: int) -> tuple[str, str] | None:
        """One of the things that whoever is signed in knows as their own."""
        handset = self.handsets[at]
        known = [(kind, id_) for kind in kinds for id_ in handset.known(kind)] if handset.may_write() else []
        return known[pick % len(known)] if known else None
