"""What the two of a pair have signed, and what is to be signed now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from webapp.database import db
from webapp.pairings.agreeing.models import Signature
from webapp.pairings.models import Pairing
from webapp.people import Person
from webapp.programmes import Agreement, agreement_in_version, agreement_of


@dataclass(frozen=True, slots=True)
class SignedAgreement:
    """One version with the signatures below it, the first to sign first. `is_newest` is the one that counts now."""

    agreement: Agreement
    signatures: tuple[Signature, ...]
    is_newest: bool

    @property
    def version(self) -> int:
        """The usual wording that nobody has kept yet becomes version 1 with the first signature."""
        return self.agreement.version or 1

    def is_signed_by(self, person: Person) -> bool:
        return any(each.person_id == person.id for each in self.signatures)

    @property
    def is_signed_by_both(self) -> bool:
        return len(self.signatures) == 2


def agreement_for(pairing: Pairing) -> SignedAgreement:
    """The version that counts now, signed or not."""
    newest = agreement_of(pairing.programme)
    return SignedAgreement(newest, _signatures(pairing, newest.version), True)


def agreement_signed(pairing: Pairing, version: int) -> SignedAgreement | None:
    """An older version that at least one of the two has signed, or the newest; None for any other."""
    newest = agreement_for(pairing)
    if version == newest.version:
        return newest
    agreement, signatures = agreement_in_version(pairing.programme, version), _signatures(pairing, version)
    return SignedAgreement(agreement, signatures, False) if agreement and signatures else None


def signatures_of(pairing: Pairing) -> list[Signature]:
    """Every signature of the two, newest version first."""
    theirs = select(Signature).where(Signature.pairing_id == pairing.id)
    return list(db.session.scalars(theirs.order_by(Signature.version.desc(), Signature.signed_at)))


def _signatures(pairing: Pairing, version: int) -> tuple[Signature, ...]:
    return tuple(each for each in signatures_of(pairing) if each.version == version)
