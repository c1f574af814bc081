"""What is there, and does it work: each system held, where it most likely stands, what works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from shieldwall.orbat.contributions import Change
from shieldwall.orbat.records import HeldOdds, UnitOdds
from shieldwall.report.judgements.images import image_wanted, inside_place
from shieldwall.report.judgements.records import Judgement
from shieldwall.report.judgements.support import (
    change_figures,
    source_moves,
    span_of,
    support_of,
    told_move,
)
from shieldwall.report.judgements.wording import Found, judge
from shieldwall.report.raid_words import unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import LAYERS, count, is_known, listed, percent, sentence, short
from shieldwall.trail.evidence import share_id, without_id
from shieldwall.trail.origins import origins_id, share_claims

OPEN = (0.05, 0.95)
"""A holding inside is unsettled enough to be told of first."""
_REACH = tuple(LAYERS)
"""Layers, the farthest-reaching first."""
LEFT_OUT = "as single sources are left out"
_TELLS = 0.05
"""An origin of fewer bits hardly speaks."""


def network_judgements(assessment: Assessment) -> Iterator[Judgement | None]:
    """The most telling first: what is least settled, where it stands, what works; then the rest.

    Systems come by layer, the farthest-reaching first.
    """
    order, systems = assessment.order_of_battle, assessment.catalogue.systems
    held = sorted(
        (h for h in order.held if h.system in systems),
        key=lambda h: (_REACH.index(systems[h.system].layer), h.system),
    )
    places = {
        h.system: [u for u in order.units if u.system == h.system and u.kind == "system"]
        for h in held
    }
    stand = [h.system for h in held if places[h.system]]
    settled = sorted(held, key=lambda h: abs(h.held - 0.5))
    first = [h for h in settled[:1] if OPEN[0] <= h.held <= OPEN[1]]
    holdings = [_held(assessment, h) for h in (*first, *(h for h in held if h not in first))]
    standing = [_stands(assessment, foremost(places[s]), len(places[s])) for s in stand]
    working = sorted(_working(assessment), key=lambda j: _rank(j, held))
    lead = len(first) or 1
    yield from (*holdings[:lead], *standing[:1], *working[:1])
    yield from (*holdings[lead:], *standing[1:], *working[1:])


def _rank(found: Judgement | None, held: list[HeldOdds]) -> int:
    """Where the system of a judgement of what works stands in their order; radars stand last."""
    order = [f"network.works.{h.system}" for h in held]
    return order.index(found.id) if found is not None and found.id in order else len(order)


def _held(assessment: Assessment, held: HeldOdds) -> Judgement | None:
    name = assessment.catalogue.short_name(held.system)
    moves = source_moves(
        ((p.key, c) for p in assessment.contributions for c in p.held if c.id == held.system),
    )
    low, high = span_of(held.held, moves)
    support = support_of(assessment.evidence, held.claims, held.bits, high - low, moves)
    units = sorted(
        (u for u in assessment.order_of_battle.units if u.system == held.system),
        key=lambda u: (-u.presence, u.id),
    )
    look, sharp = image_wanted(assessment, held.system, tuple(u.place for u in units))
    listings = [i for i, h in enumerate(assessment.case.holdings) if h.system == held.system]
    detail = _for_and_against(held, len(listings))
    return judge(
        assessment.ledger, f"network.held.{held.system}", "network",
        Found(held.held, low, high, f"the country holds the {name}", band_is=LEFT_OUT),
        support,
        (f"orbat.{held.system}.held", origins_id(f"orbat.{held.system}"), *change_figures(moves),
         *(f"bits.{held.system}.{o}" for o, _ in held.bits),
         *(f"holding:{i}" for i in listings), *sharp),
        detail, told_move(assessment, moves), look,
    )  # fmt: skip


def _for_and_against(held: HeldOdds, listings: int) -> str:
    """How many origins speak for it and against it, and whether a register lists it."""
    yes = sum(b >= _TELLS for _, b in held.bits)
    no = sum(b <= -_TELLS for _, b in held.bits)
    said = ""
    if yes or no:
        said = sentence(f"{_speak(yes)} for it and {_speak(no, bare=True)} against it")
    if listings:
        said += " A published register lists it."
    return said.strip()


def _speak(number_of: int, bare: bool = False) -> str:
    who = "none" if bare and not number_of else count(number_of, "origin")
    return who if bare else f"{who} {'speaks' if number_of == 1 else 'speak'}"


def foremost(units: list[UnitOdds]) -> UnitOdds:
    """The best supported place of a system by the evidence alone; ties by id."""
    return min(units, key=lambda u: (-round(u.presence, 9), u.id))


def _stands(assessment: Assessment, unit: UnitOdds, of: int) -> Judgement | None:
    """The likeliest place of a system; the ledger's figure by the evidence alone."""
    moves = source_moves(
        ((p.key, c) for p in assessment.contributions for c in p.units if c.id == unit.id),
    )
    low, high = span_of(unit.presence, moves)
    support = support_of(assessment.evidence, unit.claims, unit.bits, high - low, moves)
    name = assessment.catalogue.short_name(unit.system)
    place = inside_place(short(assessment.case.place(unit.place).name))
    look, sharp = image_wanted(assessment, unit.system, (unit.place,))
    drawn = f"orbat.{unit.id}.presence"
    detail = ""
    if of > 1:
        detail = f"Of {count(of, 'place')} named for it, this is the best supported."
    found = assessment.ledger.quantities.get(drawn)
    if found is not None and is_known(found.value) and percent(found.value) != percent(
        unit.presence
    ):  # fmt: skip
        detail += (
            f" Once its places are bound by what the country holds, it is {percent(found.value)}."
        )
    return judge(
        assessment.ledger, f"network.at.{unit.id}", "network",
        Found(unit.presence, low, high, f"the {name} stands at {place}", band_is=LEFT_OUT),
        support,
        (f"orbat.{unit.id}.fused", drawn, origins_id(f"orbat.{unit.id}"), *change_figures(moves),
         *sharp),
        detail.strip(), told_move(assessment, moves), look,
    )  # fmt: skip


def _working(assessment: Assessment) -> Iterator[Judgement | None]:
    """The share that works of each system of which somebody tells; alike ones once."""
    told: dict[str, list[tuple[str, Change]]] = {}
    for piece in assessment.contributions:
        for change in piece.shares:
            told.setdefault(change.id, []).append((piece.key, change))
    radars = assessment.catalogue.radars.keys()
    alike: dict[tuple[object, ...], list[str]] = {}
    for id in sorted(told):
        same = tuple((k, c.with_it, c.without) for k, c in told[id])
        alike.setdefault((id in radars or id, *same), []).append(id)
    for ids in alike.values():
        yield _works(assessment, ids, told[ids[0]])


def _works(
    assessment: Assessment, ids: list[str], told: list[tuple[str, Change]]
) -> Judgement | None:
    id, evidence, radar = ids[0], assessment.evidence, ids[0] in assessment.catalogue.radars
    value = told[0][1].with_it
    moves = source_moves(
        ((source, Change(f"{c.id}.share", c.with_it, c.without)) for source, c in told)
    )
    claims = share_claims(evidence, id, radar)
    units = [u for u in assessment.order_of_battle.units if u.system in ids]
    band = units[0].serviceable.band if units else None
    low, high = (band.low, band.high) if band else span_of(value, moves)
    # Told by what each does to the share, since shares carry no bits of their own.
    bits = tuple(
        (c, m.before - m.after)
        for m in moves for c in claims if evidence.claim(c).source == m.source
    )  # fmt: skip
    support = replace(support_of(evidence, claims, bits, high - low, moves), bits=None)
    names = [assessment.catalogue.short_name(i) for i in ids]
    thing = (
        f"a given radar of the classes {listed(names)} works"
        if len(names) > 1
        else f"a given {'radar' if radar else 'launcher'} of the {names[0]} works"
    )
    return judge(
        assessment.ledger, f"network.works.{id}", "network",
        Found(value, low, high, thing, band_is="" if band else LEFT_OUT),
        support,
        (share_id(id), origins_id(share_id(id)),
         *(without_id(m.source, f"{id}.share") for m in moves[:1]),
         *(f"orbat.{u.id}.serviceable" for u in units[:1])),
        "", told_move(assessment, moves),
        f"Look for {unknown('serviceability').help}.",
    )  # fmt: skip
