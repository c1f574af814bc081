"""Numbers of operational control: who operates, what is connected, what follows, what moved it."""

from __future__ import annotations

from collections.abc import Iterable

from shieldwall.case.records import STATES, Band
from shieldwall.control.assumptions import DEFAULTS
from shieldwall.control.forecast import SUPPLIER
from shieldwall.control.rates import Learnt
from shieldwall.control.records import (
    Ahead,
    OperationalControl,
    SystemControl,
    Weekly,
    Window,
)
from shieldwall.control.transfers import HistoricTransfer, transfers
from shieldwall.provenance import Leaf, Ledger, Quantity

DRAWS = "mean over the draws; low and high are the 5th and 95th percentile"
ASSUMED = tuple(f"assumption:{a.id}" for a in DEFAULTS)
WORDS = {
    "not_operational": "nobody operates it", "supplier_instructors": "supplier's instructors",
    "supplier_contractors": "contractors", "joint": "joint crews",
    "supervised": "host crews under supervision", "independent": "host crews on their own",
    "none": "no air-defence mission", "training": "a mission that trains",
    "operating": "a mission with crews", "leaving": "a mission that leaves",
}  # fmt: skip


def enter_control(ledger: Ledger, control: OperationalControl) -> None:
    """Enter every number of the room; a case without foreign systems has none."""
    if not control.systems:
        return
    for rate in control.rates:
        _rate(ledger, rate)
    _sign_leaves(ledger, control)
    heard = _signs(ledger, "mission", control.mission_windows)
    if control.mission is not None:
        for n, state in enumerate(STATES["mission"]):
            _enter(
                ledger, f"control.mission.{state}", f"The supplier's mission is: {WORDS[state]}",
                _last(control.mission, n), "probability", DRAWS, (*heard, *ASSUMED),
            )  # fmt: skip
    for system in control.systems:
        _system(ledger, system, heard)
    for told in control.told:
        systems = [s.system for s in control.systems if told.event.system in (None, s.system)]
        _enter(
            ledger, f"control.told.{told.event.id}", told.event.text, told.odds, "probability",
            f"{told.why}; {DRAWS}",
            (*(f"control.{s}.{part}" for s in systems for part in ("connected", "at_consoles")),
             *(f"orbat.{s}.held" for s in systems if f"orbat.{s}.held" in ledger.quantities)),
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


RATES = {
    "enter": "from delivery to being operated by anybody",
    "hand": "from supplier crews to host crews",
    "free": "from host crews to independence",
    "join": "from delivery to the national network",
}


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
            f"{state.replace('_', ' ')} {b.low:g} to {b.high:g}"
            for state, b in sign.likelihood.items()
        )
        ledger.leaf(Leaf(f"indicator:{id}", "indicator", f"{sign.name} (chance if {chances})",
                         sign.reason, "", sign.where))  # fmt: skip


def _signs(ledger: Ledger, of: str, windows: Iterable[Window]) -> tuple[str, ...]:
    """Enter the weight of each reading; their ids."""
    ids = []
    for window in windows:
        for reading in window.readings:
            id = f"control.{of}.sign.{reading.indicator}.{reading.speaker}"
            if id not in ids:
                ids.append(id)
                ledger.quantity(
                    Quantity(
                        id, f"What {reading.speaker} says of the sign {reading.indicator}",
                        reading.bits, None, None, "bits",
                        "log2 of its likelihood ratio; above zero speaks for the sign being so",
                        (f"claim:{reading.speaker}", f"indicator:{reading.indicator}",
                         *(f"claim:{c}" for c in reading.claims if c != reading.speaker)),
                    )
                )  # fmt: skip
    return tuple(ids)


def _system(ledger: Ledger, found: SystemControl, mission: tuple[str, ...]) -> None:
    base = f"control.{found.system}"
    heard = _signs(ledger, found.system, found.windows)
    rates = tuple(f"control.rate.{r}" for r in ("enter", "hand", "free"))
    operators = (*heard, *mission, *rates, *ASSUMED)
    for n, state in enumerate(STATES["operators"]):
        _enter(
            ledger, f"{base}.{state}", f"{found.system} is operated by: {WORDS[state]}",
            _last(found.operators, n), "probability", DRAWS, operators,
        )  # fmt: skip
    _enter(
        ledger, f"{base}.at_consoles", f"Supplier's people are at the consoles of {found.system}",
        found.at_consoles, "probability", f"instructors, contractors and joint crews; {DRAWS}",
        (f"{base}.{STATES['operators'][n]}" for n in SUPPLIER),
    )  # fmt: skip
    joined = (*heard, "control.rate.join", *ASSUMED)
    _enter(
        ledger, f"{base}.connected", f"{found.system} is connected to radars, links and command",
        _last(found.connected, 0), "probability", DRAWS, joined,
    )  # fmt: skip
    works = float(found.serviceable[-1])
    _enter(
        ledger, f"{base}.serviceable", f"Share of {found.system} that works",
        Band(works, works, works), "share", "the order of battle's expected share",
        _works(ledger, found.system),
    )  # fmt: skip
    for need in found.needs:
        _enter(
            ledger, f"{base}.need.{need.need}", f"{found.system}: {need.name}", need.odds,
            "probability", DRAWS, operators if need.need != "links" else joined,
        )  # fmt: skip
    for ahead in found.forecast.dates:
        _ahead(ledger, base, found.system, ahead)
    for years, odds in found.forecast.within:
        _enter(
            ledger, f"{base}.within.{years:g}y", f"{found.system} is independent within {years:g} "
            "years", odds, "probability", f"first passage from the as-of date; {DRAWS}",
            (f"{base}.independent",),
        )  # fmt: skip
    _moves(ledger, found)


def _works(ledger: Ledger, system: str) -> tuple[str, ...]:
    share = f"orbat.{system}.share"
    return (share,) if share in ledger.quantities else ("assumption:availability",)


def _ahead(ledger: Ledger, base: str, system: str, ahead: Ahead) -> None:
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
            ledger, f"{at}.{part}", f"{system} {words} on {ahead.on.isoformat()}",
            getattr(ahead, part), "probability", f"walked on by the same weekly steps; {DRAWS}",
            inputs,
        )  # fmt: skip


def _moves(ledger: Ledger, found: SystemControl) -> None:
    """What looks would teach, and what each piece of the evidence did."""
    base = f"control.{found.system}"
    for look in found.next_observations:
        of = ("connected",) if look.about == "connection" else STATES["operators"]
        _enter(
            ledger, f"{base}.next.{look.indicator}", f"Expected gain: {look.name} ({found.system})",
            Band(look.low, look.bits, look.high), "bits",
            f"mutual information given all that is known; {DRAWS}",
            (f"indicator:{look.indicator}", *(f"{base}.{s}" for s in of)),
        )  # fmt: skip
    answers = (("independent", f"{base}.independent"), ("connected", f"{base}.connected"))
    part_of = (
        "inferred from what was read by then; on a part of the draws, laid on the answer by all"
    )
    for n, step in enumerate(found.steps):
        for part, whole in answers:
            label = f"{found.system} {part} once {step.speaker or 'nothing'} is read"
            ledger.quantity(
                Quantity(
                    f"{base}.step.{n}.{part}", label, getattr(step, part), None, None,
                    "probability", part_of, (whole,),
                )
            )  # fmt: skip
    for effect in found.effects:
        for part, whole in answers:
            ledger.quantity(
                Quantity(
                    f"{base}.without.{effect.by}.{effect.key}.{part}",
                    f"{found.system} {part} without the {effect.by} {effect.key}",
                    getattr(effect, part), None, None, "probability",
                    "inferred again without it; on a part of the draws, laid on the answer by all",
                    (whole,),
                )
            )  # fmt: skip
