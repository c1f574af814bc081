"""Numbers of operational control: who operates, what is connected, what follows, what moved it."""

from __future__ import annotations

from collections.abc import Iterable

from shieldwall.case.control_records import STATES
from shieldwall.case.records import Band
from shieldwall.control.assumptions import DEFAULTS
from shieldwall.control.forecast import SUPPLIER
from shieldwall.control.rates import Learnt
from shieldwall.control.records import (
    Ahead,
    Effect,
    OperationalControl,
    Step,
    SystemControl,
    Told,
    Weekly,
    Window,
)
from shieldwall.control.transfers import HistoricTransfer, transfers
from shieldwall.control.words import MISSION, RATES, operator
from shieldwall.provenance import CHANGE, Leaf, Ledger, Quantity
from shieldwall.trail.leaves import band_words
from shieldwall.trail.named import Named
from shieldwall.trail.rests import leaves_of

DRAWS = "mean over the draws; low and high are the 5th and 95th percentile"
ASSUMED = leaves_of(DEFAULTS)
PART = "on a part of the draws; the difference is laid on the answer by all"


def enter_control(ledger: Ledger, named: Named, control: OperationalControl) -> None:
    """Enter every number of the room; a case without foreign systems has none."""
    if not control.systems:
        return
    for rate in control.rates:
        _rate(ledger, rate)
    _sign_leaves(ledger, control)
    mission = _signs(ledger, named, control, "mission", control.mission_windows)
    if control.mission is not None:
        for n, state in enumerate(STATES["mission"]):
            _enter(
                ledger, f"control.mission.{state}", f"The supplier's mission: {MISSION[state]}",
                _last(control.mission, n), "probability", DRAWS, (*mission, *ASSUMED),
            )  # fmt: skip
    for system in control.systems:
        _held(ledger, named, system)
        _operators(ledger, named, control, system, mission)
        _connection(ledger, named, control, system)
        _forecast(ledger, named, system)
        _moves(ledger, named, system)
    for told in control.told:
        _told(ledger, control, told)


def _told(ledger: Ledger, control: OperationalControl, told: Told) -> None:
    """An event rests on what it is made of, of each system asked."""
    parts = {
        "connected": ("held", "connected"),
        "supplier operates": ("held", "at_consoles"),
        "seen in action": ("held", "not_operational", "serviceable"),
    }[told.event.event]
    systems = [s.system for s in control.systems if told.event.system in (None, s.system)]
    _enter(
        ledger, f"control.told.{told.event.id}", told.event.text, told.odds, "probability",
        f"{told.why}; {DRAWS}", (f"control.{s}.{part}" for s in systems for part in parts),
    )  # fmt: skip


def _enter(
    ledger: Ledger, id: str, label: str, odds: Band, unit: str, method: str, inputs: Iterable[str]
) -> None:
    ledger.quantity(
        Quantity(id, label, odds.middle, odds.low, odds.high, unit, method, tuple(inputs))
    )


def _last(weekly: Weekly, state: int) -> Band:
    return Band(
        float(weekly.low[-1, state]), float(weekly.mean[-1, state]), float(weekly.high[-1, state])
    )


def _rate(ledger: Ledger, learnt: Learnt) -> None:
    known = {t.id: t for t in transfers()}
    leaves = [ledger.leaf(_transfer_leaf(known[s.transfer])) for s in learnt.spans]
    _enter(
        ledger, f"control.rate.{learnt.rate}",
        f"Rate of a new transfer: {RATES[learnt.rate]}", learnt.band, "per year",
        f"learnt from {len(learnt.spans)} historical transfers, whose rates are drawn from one "
        "Gamma distribution; 5th, 50th and 95th percentile",
        leaves,
    )  # fmt: skip


def _transfer_leaf(transfer: HistoricTransfer) -> Leaf:
    first = transfer.milestones["delivered"]
    dates = ", ".join(
        f"{name.replace('_', ' ')} {m.kind} {m.when.text}"
        for name, m in transfer.milestones.items()
    )
    return Leaf(
        f"transfer:{transfer.id}", "transfer", f"{transfer.system}, {transfer.supplier} to "
        f"{transfer.host}: {dates}", first.source, first.address or "",
        "control/data/transfers.toml",
    )  # fmt: skip


def _sign_leaves(ledger: Ledger, control: OperationalControl) -> None:
    used = {w.indicator for s in control.systems for w in s.windows}
    used |= {w.indicator for w in control.mission_windows}
    used |= {o.indicator for s in control.systems for o in s.next_observations}
    for id in sorted(used):
        sign = control.indicators[id]
        chances = "; ".join(
            f"{state.replace('_', ' ')} {band_words(b)}" for state, b in sign.likelihood.items()
        )
        ledger.leaf(Leaf(f"indicator:{id}", "indicator", f"{sign.name} (chance if {chances})",
                         sign.reason, "", sign.where))  # fmt: skip


def _signs(
    ledger: Ledger, named: Named, control: OperationalControl, of: str, windows: Iterable[Window]
) -> tuple[str, ...]:
    """Enter the weight of each reading; their ids."""
    ids = []
    for window in windows:
        for reading in window.readings:
            id = f"control.{of}.sign.{reading.indicator}.{reading.speaker}"
            if id not in ids:
                ids.append(id)
                ledger.quantity(
                    Quantity(
                        id,
                        f"What {named.claim(reading.speaker)} says of the sign "
                        f"“{control.indicators[reading.indicator].name}”",
                        reading.bits, None, None, "bits",
                        "log2 of its likelihood ratio; above zero speaks for the sign being so",
                        (f"claim:{reading.speaker}", f"indicator:{reading.indicator}",
                         *(f"claim:{c}" for c in reading.claims if c != reading.speaker)),
                    )
                )  # fmt: skip
    return tuple(ids)


def _held(ledger: Ledger, named: Named, found: SystemControl) -> None:
    fused = f"orbat.{found.system}.held"
    _enter(
        ledger, f"control.{found.system}.held",
        f"The country holds the {named.system(found.system)}",
        Band(found.held, found.held, found.held), "probability",
        "the order of battle's rule: fused from its origins, or the prior where nobody speaks",
        (fused,) if fused in ledger.quantities else ("assumption:prior_presence",),
    )  # fmt: skip


def _operators(
    ledger: Ledger,
    named: Named,
    control: OperationalControl,
    found: SystemControl,
    mission: tuple[str, ...],
) -> None:
    base, name = f"control.{found.system}", named.system(found.system)
    own = [w for w in found.windows if control.indicators[w.indicator].of == "operators"]
    rates = tuple(f"control.rate.{r}" for r in ("enter", "hand", "free"))
    inputs = (*_signs(ledger, named, control, found.system, own), *mission, *rates, *ASSUMED)
    for n, state in enumerate(STATES["operators"]):
        _enter(
            ledger, f"{base}.{state}",
            f"{name} is operated by {operator(state, found.transfer)}",
            _last(found.operators, n), "probability", DRAWS, inputs,
        )  # fmt: skip
    _enter(
        ledger, f"{base}.at_consoles", f"Supplier's people are at the consoles of the {name}",
        found.at_consoles, "probability", f"instructors, contractors and joint crews; {DRAWS}",
        (f"{base}.{STATES['operators'][n]}" for n in SUPPLIER),
    )  # fmt: skip
    for need in (n for n in found.needs if n.need != "links"):
        _enter(
            ledger, f"{base}.need.{need.need}", f"{name}: {need.name}", need.odds,
            "probability", DRAWS, inputs,
        )  # fmt: skip


def _connection(
    ledger: Ledger, named: Named, control: OperationalControl, found: SystemControl
) -> None:
    base, name = f"control.{found.system}", named.system(found.system)
    own = [w for w in found.windows if control.indicators[w.indicator].of == "connection"]
    _enter(
        ledger, f"{base}.connected", f"{name} is connected to radars, links and command",
        _last(found.connected, 0), "probability", DRAWS,
        (*_signs(ledger, named, control, found.system, own), "control.rate.join", *ASSUMED),
    )  # fmt: skip
    for need in (n for n in found.needs if n.need == "links"):
        _enter(
            ledger, f"{base}.need.{need.need}", f"{name}: {need.name}", need.odds,
            "probability", DRAWS, (f"{base}.connected",),
        )  # fmt: skip
    share = f"orbat.{found.system}.share"
    _enter(
        ledger, f"{base}.serviceable", f"Share of {name} that works", found.works_now,
        "share", "the order of battle's posterior share: mean, 5th and 95th percentile",
        (share,) if share in ledger.quantities else ("assumption:availability",),
    )  # fmt: skip


def _forecast(ledger: Ledger, named: Named, found: SystemControl) -> None:
    base, name = f"control.{found.system}", named.system(found.system)
    for ahead in found.forecast.dates:
        _ahead(ledger, base, name, ahead)
    for years, odds in found.forecast.within:
        _enter(
            ledger, f"{base}.within.{years:g}y", f"{name} is independent within {years:g} "
            "years", odds, "probability", f"first passage from the as-of date; {DRAWS}",
            (f"{base}.independent",),
        )  # fmt: skip


def _ahead(ledger: Ledger, base: str, name: str, ahead: Ahead) -> None:
    at = f"{base}.ahead.{ahead.on.isoformat()}"
    parts = {
        "independent": "is operated by the host on its own", "connected": "is connected",
        "serviceable": "works", "all_three": "is independent, connected and works",
    }  # fmt: skip
    for part, words in parts.items():
        inputs = (
            (f"{at}.independent", f"{at}.connected", f"{at}.serviceable")
            if part == "all_three"
            else (f"{base}.{part}",)
        )
        _enter(
            ledger, f"{at}.{part}", f"{name} {words} on {ahead.on.isoformat()}",
            getattr(ahead, part), "probability", f"walked on by the same weekly steps; {DRAWS}",
            inputs,
        )  # fmt: skip


def _moves(ledger: Ledger, named: Named, found: SystemControl) -> None:
    """What looks would teach, and what each piece of the evidence did."""
    base, name = f"control.{found.system}", named.system(found.system)
    for look in found.next_observations:
        of = ("connected",) if look.about == "connection" else STATES["operators"]
        _enter(
            ledger, f"{base}.next.{look.indicator}", f"Expected gain: {look.name} ({name})",
            Band(look.low, look.bits, look.high), "bits",
            f"mutual information given all that is known; {DRAWS}",
            (f"indicator:{look.indicator}", *(f"{base}.{s}" for s in of)),
        )  # fmt: skip
    for n, step in enumerate(found.steps):
        if n:
            _enter_step(ledger, base, name, n, step, found.steps[n - 1])
        what = f"once {named.claim(step.speaker)} is read"
        if not step.speaker:
            what = "before anything was read"
        said = (f"claim:{step.speaker}",) if step.speaker else ()
        _both(ledger, base, name, f"step.{n}", what, step, said)
    for effect in found.effects:
        what = f"without {named.piece(effect.by, effect.key)}"
        inputs = tuple(f"claim:{c}" for c in effect.claims)
        _both(ledger, base, name, f"without.{effect.by}.{effect.key}", what, effect, inputs)


def _enter_step(ledger: Ledger, base: str, name: str, n: int, step: Step, before: Step) -> None:
    """What one origin moved, when its turn came."""
    ledger.quantity(
        Quantity(
            f"{base}.step.{n}.moved", f"What step {n} moves independent control of the {name} by",
            step.independent - before.independent, None, None, CHANGE, "this step less the last",
            (f"{base}.step.{n}.independent", f"{base}.step.{n - 1}.independent"),
        )
    )  # fmt: skip


def _both(
    ledger: Ledger,
    base: str,
    name: str,
    part_of: str,
    what: str,
    at: Step | Effect,
    inputs: tuple[str, ...],
) -> None:
    """Independent control and connection, with some of the evidence."""
    for part in ("independent", "connected"):
        ledger.quantity(
            Quantity(
                f"{base}.{part_of}.{part}", f"{name} {part}, {what}", getattr(at, part),
                None, None, "probability", f"inferred again, {PART}",
                (f"{base}.{part}", *inputs),
            )
        )  # fmt: skip
