"""What an export is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.records import Lineage
from shieldwall.evidence.store.records import Decision, StoredDocument


@dataclass(frozen=True)
class Exported:
    """A case's claims with who repeats whom, and what its store knows of how they came to be."""

    case: Case
    claims: tuple[Claim, ...]
    """The case's, then its imagery readings."""
    lineage: Lineage
    documents: tuple[StoredDocument, ...] = ()
    decisions: tuple[Decision, ...] = ()
    """The last one on each proposal that led to a claim."""

    def family(self, claim: Claim) -> str:
        """The family of the claim's origin, not of whoever relays it."""
        origin = self._claims[self.lineage.origin(claim.id)]
        return self.case.source(origin.source).family

    def is_reading(self, claim: Claim) -> bool:
        """True for an imagery reading, which stands in no ``claims.toml``."""
        return claim.id not in self._coded

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def _coded(self) -> frozenset[str]:
        return frozenset(claim.id for claim in self.case.claims)
