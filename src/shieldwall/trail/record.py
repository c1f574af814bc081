"""The dated record of acts and answers between governments, as the crisis game reads it."""

from __future__ import annotations

from shieldwall.calculus.answered import dated_acts
from shieldwall.calculus.records import Calculus
from shieldwall.case.records import Case, PressureEvent
from shieldwall.provenance import Leaf, Ledger, Quantity

DAYS = "assumption:answer_days"


def enter_answered(ledger: Ledger, case: Case, crisis: Calculus) -> None:
    """Enter how often the supplier answers, and how often it would if its dates were random."""
    found = crisis.answered
    if found is None:
        return
    one, other, host = (
        next(a.name for a in crisis.game.actors if a.role == role)
        for role in ("adversary", "supplier", "host")
    )
    acts, replies = (
        tuple(ledger.leaf(_event_leaf(e)) for e in dated_acts(case, actor, host))
        for actor in (one, other)
    )
    period = f"from {found.begins} to {found.ends}" if found.begins else f"up to {found.ends}"
    counted = f"counted in the case's pressure.toml, {period}"
    base = "calculus.answered"
    parts: list[tuple[str, str, int, tuple[str, ...]]] = [
        ("acts", f"Dated acts of {one} toward {host}", found.acts, acts),
        ("replies", f"Dated acts of {other} toward {host}", found.replies, replies),
    ]
    if found.chance is not None:
        both = (f"{base}.acts", f"{base}.replies", DAYS)
        parts += [
            ("followed", f"Of the acts of {one}, followed by one of {other} in time",
             found.answers, both),
            ("preceded", f"Of the acts of {one}, preceded by one of {other} by as little",
             found.before, both),
        ]  # fmt: skip
    if found.undated:
        words = f"Acts of {one} and {other} toward {host} with no date close enough"
        parts.append(("undated", words, found.undated, ()))
    for part, label, value, inputs in parts:
        ledger.quantity(
            Quantity(f"{base}.{part}", label, float(value), None, None, "acts", counted, inputs)
        )
    if found.chance is None:
        return
    ledger.quantity(
        Quantity(
            base, f"Chance of as many answers of {other} if its dates were random", found.chance,
            None, None, "probability",
            f"permutation test: its dates moved at random over the period {period}",
            (f"{base}.acts", f"{base}.replies", f"{base}.followed", DAYS),
        )
    )  # fmt: skip


def _event_leaf(event: PressureEvent) -> Leaf:
    on = event.date.text if event.date is not None else "undated"
    return Leaf(
        f"event:{event.id}", "event", f"{on}, {event.actor} toward {event.toward}: "
        f"{event.statement}", "the case's pressure.toml", event.address or "", event.where,
    )  # fmt: skip
