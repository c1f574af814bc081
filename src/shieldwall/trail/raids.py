"""Numbers of raids: what comes through, what each layer, function and crew is worth."""

from __future__ import annotations

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.network.ensemble import Ensemble
from shieldwall.provenance import Ledger
from shieldwall.raid.records import RaidOutcomes


def enter_raids(
    ledger: Ledger, case: Case, catalogue: Catalogue, ensemble: Ensemble, fought: RaidOutcomes
) -> None:
    """Enter every number of the room; a case without raids has none."""
