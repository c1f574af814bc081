"""Facts of raids by the state of connection and crews that a way of the crisis game sets."""

from __future__ import annotations

from shieldwall.calculus.records import Calculus, Odds
from shieldwall.case.game_records import Fact
from shieldwall.provenance import Ledger, Quantity
from shieldwall.raid.records import fate_key

AS_DRAWN = fate_key("drawn", "drawn")


def state_id(fact: str, state: str) -> str:
    """A fact of a raid with connection and crews in a state (``NETWORK.CREWS``)."""
    return f"calculus.fact.{fact}.{state}"


STATE_WORDS = {
    "drawn": "", "joined": "every system joined", "apart": "none joined",
    "supplier": "by the supplier’s crews", "host": "by the host’s crews alone",
}  # fmt: skip


def state_words(state: str) -> str:
    """How a raid is fought, in words."""
    return ", ".join(w for part in state.split(".") if (w := STATE_WORDS[part])) or "as drawn"


def enter_states(ledger: Ledger, crisis: Calculus) -> None:
    """Facts of raids in every state that a way of the game sets, but as drawn."""
    for fact in crisis.game.facts:
        for state, odds in crisis.by_state.get(fact.id, {}).items():
            if state != AS_DRAWN:
                _state(ledger, fact, state, odds)


def _state(ledger: Ledger, fact: Fact, state: str, odds: Odds) -> None:
    label = f"{fact.name.rstrip('.')}, {state_words(state)}"
    ledger.quantity(
        Quantity(
            state_id(fact.id, state), label, odds.mean, odds.low, odds.high, "share",
            "the same raid on the same draws and chance, fought so", (f"calculus.fact.{fact.id}",),
        )
    )  # fmt: skip
