"""What single figures rest on, and what leaves say of the case's own words."""

from __future__ import annotations

import makers
from shieldwall.case.raid_records import Function
from shieldwall.case.records import Band
from shieldwall.orbat.contributions import Change, Contribution
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.provenance import Ledger
from shieldwall.trail.evidence import enter_contributions, share_id
from shieldwall.trail.named import Named
from shieldwall.trail.raids import _function


def test_the_share_that_works_rests_on_the_claims_that_tell_of_it() -> None:
    ledger = Ledger()
    rests = ("assumption:availability", "claim:a-fifth-works", "assumption:availability_spread")
    piece = Contribution("a-source", ("a-fifth-works", "something-else"), (), (),
                         (Change("s300vm", 0.4, 0.5, rests),))  # fmt: skip
    enter_contributions(
        ledger, Named(makers.case(), makers.catalogue()), (piece,), OrderOfBattle((), (), "")
    )
    assert ledger.quantities[share_id("s300vm")].inputs == rests


def test_a_function_says_its_figures() -> None:
    made = Function("f", "Radars", "sensor", (("power", "spare"),), ("bukm2e",), (),
                    Band(0.2, 0.5, 0.9), None, None, "A reason.", "network.toml:1")  # fmt: skip
    assert _function(made) == (
        "Radars (sensor): needs power or spare; serves bukm2e; works 0.2 to 0.5 to 0.9"
    )
