"""Operational control in words for a terminal: the answer first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shieldwall.case.control_records import STATES, Indicator
from shieldwall.case.records import Band, Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.hindcast import Hindcast
from shieldwall.control.records import NextObservation, OperationalControl, SystemControl
from shieldwall.control.words import MISSION, operator
from shieldwall.report.words import HELD_FOR_SURE, likelihood, number, percent, plain, span

_LOOKS = 8


def control_text(
    case: Case, catalogue: Catalogue, found: OperationalControl, unknown: Sequence[str] = ()
) -> str:
    """The whole answer as lines; ``unknown`` are systems whose coming was not published yet."""
    later = [f"Not yet published on that day: {catalogue.short_name(s)}." for s in unknown]
    return plain("\n".join([*_lines(case, catalogue, found), *later]))


def signs_text(signs: dict[str, Indicator]) -> str:
    """Every sign with its id, what it tells of, and its chance in each state."""
    lines = []
    for id, sign in signs.items():
        lines.append(f"{id}: {sign.name} (of {sign.of}; {sign.persistence_weeks:g} weeks)")
        given = sign.likelihood.items()
        chances = (f"{s.replace('_', ' ')} {b.low:g} to {b.high:g}" for s, b in given)
        lines.append(f"    {'; '.join(chances)}")
    return plain("\n".join(lines))


def _lines(case: Case, catalogue: Catalogue, found: OperationalControl) -> Iterator[str]:
    yield f"{case.title}: who operates it, on {case.as_of}"
    for transfer in found.domestic:
        name = catalogue.short_name(transfer.system)
        yield f"{name}: made and operated by {transfer.host} itself; control is not in doubt."
    if not found.systems:
        if not found.domestic:
            yield "The case tells of no transfer (control.toml), so nothing is said."
        return
    if found.mission is not None:
        odds = ", ".join(
            f"{MISSION[s]} {percent(float(found.mission.mean[-1, n]))}"
            for n, s in enumerate(STATES["mission"])
        )
        yield f"The supplier's mission: {odds}."
    for system in found.systems:
        yield ""
        yield from _system(catalogue, system)
    looks = sorted(
        (o for s in found.systems for o in s.next_observations),
        key=lambda o: (-round(o.bits, 9), o.system, o.indicator),
    )
    yield ""
    yield "What to look for next, among published things (bits; a day of work; a day of waiting):"
    for look in looks[:_LOOKS]:
        yield _look(catalogue, look)
    for told in found.told:
        yield ""
        yield f"{told.event.text} {_odds(told.odds)} ({told.why})"


def _system(catalogue: Catalogue, found: SystemControl) -> Iterator[str]:
    order = sorted(range(len(found.now)), key=lambda n: -found.now[n])
    held = "" if found.held >= HELD_FOR_SURE else f" (if held at all: {percent(found.held)})"
    yield f"{catalogue.short_name(found.system)}{held}"
    states = STATES["operators"]
    yield "  operated by " + ", ".join(
        f"{operator(states[n], found.transfer)} {percent(float(found.now[n]))}" for n in order
    )
    independent = STATES["operators"].index("independent")
    band = Band(
        float(found.operators.low[-1, independent]), float(found.now[independent]),
        float(found.operators.high[-1, independent]),
    )  # fmt: skip
    yield f"  on its own: {_odds(band)}"
    joined = found.connected
    connected = Band(*(float(w[-1, 0]) for w in (joined.low, joined.mean, joined.high)))
    works = found.works_now
    ends = span(works.low, works.high, "share")
    yield f"  connected: {_odds(connected)}; share that works {percent(works.middle)} ({ends})"
    needs = ", ".join(f"{n.name} {percent(n.odds.middle)}" for n in found.needs)
    yield f"  needs of independence: {needs}"
    ahead = ", ".join(
        f"{a.on} {percent(a.independent.middle)} / {percent(a.all_three.middle)}"
        for a in found.forecast.dates
    )
    yield f"  forecast, independent / and connected and working: {ahead}"


def _look(catalogue: Catalogue, look: NextObservation) -> str:
    return (
        f"  {number(look.bits, 3)} ({number(look.per_effort, 3)}; {number(look.per_day, 4)}) "
        f"{catalogue.short_name(look.system)}: {look.name}? {look.how}; "
        f"{look.family}, chance {percent(look.chance)}"
    )


def hindcast_text(found: Hindcast) -> str:
    """The scores of a hindcast as lines."""
    lines = ["", "Scored against the outcome (ln of the probability of what happened, clipped):"]
    for each in found.events:
        document = "" if each.document_score is None else (
            f"; document {percent(each.document)}: {number(each.document_score, 2)}"
        )  # fmt: skip
        lines.append(
            f"  {each.text} {'It did.' if each.happened else 'It did not.'} Forecast "
            f"{percent(each.odds.middle)}: {number(each.score.middle, 2)} "
            f"({number(each.score.low, 2)} to {number(each.score.high, 2)}){document}; "
            f"even odds {number(each.even_score, 2)}"
        )
    total = f"  Sum {number(found.ours.middle, 2)} ({number(found.ours.low, 2)} to "
    total += f"{number(found.ours.high, 2)})"
    if found.document is not None and found.better_than_document is not None:
        beaten = percent(found.better_than_document)
        total += f"; document {number(found.document, 2)}, beaten in {beaten}"
    total += f"; even odds {number(found.even, 2)}, beaten in {percent(found.better_than_even)}"
    lines.append(total + " of the draws")
    return plain("\n".join(lines))


def _odds(band: Band) -> str:
    return (
        f"{likelihood(band.middle)}, {percent(band.middle)} ({span(band.low, band.high, 'share')})"
    )
