"""A sheet and the index as text for a terminal, wrapped to its width."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator
from typing import get_args

from shieldwall.catalogue.plain import (
    Item,
    index_json,
    item,
    marks,
    sheet_json,
    used_sources,
)
from shieldwall.catalogue.records import (
    Catalogue,
    Category,
    Figure,
    Layer,
    Published,
    Radar,
    System,
    Threat,
)

__all__ = ["index", "index_json", "sheet", "sheet_json"]

NARROWEST, WIDEST = 72, 132
"""Columns between which a sheet reads well."""

_UNIT, _NUMBER, _EVIDENCE = 10, 8, 9
_LEGEND = (
    "* filled by a declared convention, not published. Evidence of low / likely / high: V read at "
    "its source, V2 read where others quote it, C computed from those, R1 and R2 attributed but "
    "not opened (unverified; R2 weak or contested), U no source."
)


def sheet(catalogue: Catalogue, name: str, width: int | None = None) -> str:
    """The sheet of the system, radar or threat called ``name``, ``width`` columns wide.

    Web addresses are never broken and may run over. Raises ``UsageError`` for an unknown name.
    """
    thing = item(catalogue, name)
    columns = _columns(width)
    lines = [*_head(thing, columns)]
    if isinstance(thing, System):
        lines += _parts(thing, columns)
        lines += _raids(thing, columns)
    for heading, figures in _groups(catalogue, thing):
        lines += ["", _heading(heading, columns)]
        for figure in figures:
            lines += _figure(catalogue, figure, columns)
    if thing.attributes:
        lines += ["", "In words"]
        for words in thing.attributes:
            evidence = f"[{', '.join(words.sources)}, {words.evidence}]"
            lines += _wrap(f"{words.name}: {words.text} {evidence} {words.remark}", columns, 2, 6)
    lines += ["", "Sources"]
    for id in used_sources(catalogue, thing):
        source = catalogue.sources[id]
        lines += _wrap(f"{id}: {source.title}; {source.status}", columns, 2, 6)
        if source.address:
            lines.append(f"      {source.address}")
    return "\n".join([*lines, "", *_wrap(_LEGEND, columns)])


def index(catalogue: Catalogue, width: int | None = None) -> str:
    """One line per system, radar and threat."""
    columns = _columns(width)
    lines: list[str] = []
    for heading, things in (
        ("Systems", sorted(catalogue.systems.values(), key=_by_layer)),
        ("Surveillance radars", catalogue.radars.values()),
        ("Threats and monitored aircraft", sorted(catalogue.threats.values(), key=_by_category)),
    ):
        lines += ["", heading] if lines else [heading]
        lines += [_index_line(thing, columns) for thing in things]
    counts = [f for table in (catalogue.systems, catalogue.radars, catalogue.threats)
              for thing in table.values() for f in thing.figures.values()]  # fmt: skip
    known = [f for f in counts if f.known]
    tail = (
        f"{len(counts)} figures: {sum(f.unverified for f in known)} unverified, "
        f"{sum(f.conflict for f in known)} in conflict, {len(counts) - len(known)} unsourced. "
        "'shieldwall catalogue NAME' prints a sheet; NATO names work too."
    )
    return "\n".join([*lines, "", *_wrap(tail, columns)])


def _columns(width: int | None) -> int:
    wanted = shutil.get_terminal_size().columns if width is None else width
    return min(max(wanted, NARROWEST), WIDEST)


def _wrap(text: str, columns: int, first: int = 0, rest: int | None = None) -> list[str]:
    return textwrap.wrap(
        " ".join(text.split()), columns, initial_indent=" " * first,
        subsequent_indent=" " * (first if rest is None else rest),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _head(thing: Item, columns: int) -> Iterator[str]:
    yield f"{thing.name}  ({thing.id})"
    if isinstance(thing, System):
        guided = "found by eye or infrared" if thing.optical else "radar-guided"
        yield from _wrap(f"{thing.layer} layer, {thing.kind}, {guided}: {thing.role}", columns)
    elif isinstance(thing, Radar):
        yield from _wrap(f"{thing.role} radar: {thing.remark}", columns)
    else:
        yield thing.category
    others = [d for d in thing.designations if d not in thing.name]
    if others:
        yield from _wrap(f"Also: {', '.join(others)}", columns, 0, 6)
    if thing.notes:
        yield from _wrap(thing.notes, columns)


def _parts(system: System, columns: int) -> Iterator[str]:
    """What it fires and what it sees with, by likely values."""
    yield ""
    yield "Fires"
    for shot in system.interceptors:
        said = [
            f"range {_span(shot.range_min, shot.range_max)}",
            f"altitude {_span(shot.altitude_min, shot.altitude_max)}" if shot.altitude_max else "",
            f"speed {_value(shot.speed)}" if shot.speed else "",
            f"ballistic targets to {_value(shot.range_ballistic)}" if shot.range_ballistic else "",
            f"and {_value(shot.altitude_ballistic)} up" if shot.altitude_ballistic else "",
        ]
        yield from _wrap(
            f"{shot.name} ({shot.kind}): {', '.join(filter(None, said))}", columns, 2, 6
        )
    if system.radars:
        yield ""
        yield "Sees with"
    for radar in system.radars:
        said = [
            f"instrumented {_value(radar.instrumented)}" if radar.instrumented else "",
            f"{_value(radar.reference_range)} against {radar.reference_rcs_m2:g} m2"
            if radar.reference_range
            else "",
            f"antenna {_value(radar.antenna_height)} up" if radar.antenna_height else "",
            radar.remark,
        ]
        yield from _wrap(
            f"{radar.name} ({radar.role}): {'; '.join(filter(None, said))}", columns, 2, 6
        )


def _raids(system: System, columns: int) -> Iterator[str]:
    """Which figures a simulated raid reads, by likely values; what is absent is assumed there."""
    fire = system.fire
    if fire is None:
        return
    missiles = any(shot.kind == "missile" for shot in system.interceptors)
    guns = any(shot.kind == "gun" for shot in system.interceptors)
    slots = (
        (f"engaged at once, per {fire.channels_per}", fire.channels, True),
        ("ready on a launcher", fire.ready, missiles),
        ("gun rounds", fire.gun_rounds, guns),
        ("gun rate", fire.gun_rate, guns),
        ("reaction", fire.reaction, True),
        ("reload", fire.reload, True),
        ("cost of a missile", fire.interceptor_cost, missiles),
        ("cost of a launcher", fire.unit_cost, False),
    )
    yield ""
    yield "Read by raids"
    yield from _wrap("; ".join(f"{what}: {_value(f)}" for what, f, _ in slots if f), columns, 2, 6)
    missing = ", ".join(what for what, f, due in slots if due and f is None)
    if missing:
        yield from _wrap(f"nothing published, so assumed: {missing}", columns, 2, 6)
    for kill in fire.kills:
        share = _number(kill.figure.likely) if kill.figure.known else "assumed"
        source = "observed" if kill.figure.kind == "observed" else "claimed"
        told = f"{source}: {kill.figure.name}" if kill.figure.known else "nothing published"
        shot = f", {kill.interceptor}" if kill.interceptor else ""
        yield from _wrap(
            f"kill, one shot{shot}, {' or '.join(kill.against)}: {share} ({told})", columns, 2, 6
        )


def _span(low: Figure | None, high: Figure) -> str:
    if low is None:
        return f"to {_value(high)}"
    return (
        f"{_number(low.likely)} to {_value(high)}"
        if low.unit == high.unit
        else (f"{_value(low)} to {_value(high)}")
    )


def _value(figure: Figure) -> str:
    return f"{_number(figure.likely)} {figure.unit}"


def _number(value: float | None) -> str:
    """As published, or four figures of a computed one, never in powers of ten."""
    return (
        "-" if value is None else f"{float(f'{value:.4g}'):.10g}" if value < 1e4 else f"{value:.0f}"
    )


def _groups(catalogue: Catalogue, thing: Item) -> Iterator[tuple[str, list[Figure]]]:
    """Figures under their headings, in the order in which kinds are declared."""
    headings = list(dict.fromkeys(kind.heading for kind in catalogue.kinds.values()))
    for heading in headings:
        figures = [f for f in thing.figures.values() if catalogue.kinds[f.kind].heading == heading]
        if figures:
            yield heading, figures


def _heading(text: str, columns: int) -> str:
    numbers = "".join(f"{bound:>{_NUMBER}}" for bound in ("low", "likely", "high"))
    name = columns - len(numbers) - _UNIT - _EVIDENCE - 2
    return f"{text:<{name}}{numbers}  {'unit':<{_UNIT}}evidence"


def _figure(catalogue: Catalogue, figure: Figure, columns: int) -> Iterator[str]:
    numbers = "".join(
        f"{_number(value) + ('*' if bound in figure.filled else ' '):>{_NUMBER}}"
        for bound, value in (("low", figure.low), ("likely", figure.likely), ("high", figure.high))
    )
    room = columns - len(numbers) - _UNIT - _EVIDENCE - 4
    name = _wrap(figure.name, room) or [""]
    unit = figure.unit if len(figure.unit) < _UNIT else figure.unit.split()[0]
    tail = f"{numbers}  {unit:<{_UNIT}}{_evidence(figure)}"
    yield f"  {name[0]:<{room}}{tail}"
    yield from (f"    {line}" for line in name[1:])
    yield from _wrap(" | ".join(filter(None, _told(catalogue, figure))), columns, 6)
    if figure.published:
        kept = [p for p in figure.published if not p.rejected]
        said = " vs ".join(_published(p, figure.unit) for p in kept)
        yield from _wrap(f"in print: {said}", columns, 6, 16)
        for each in figure.published:
            if each.rejected:
                yield from _wrap(f"set aside: {_published(each, figure.unit)}", columns, 6, 17)


def _told(catalogue: Catalogue, figure: Figure) -> Iterator[str]:
    """A long unit, marks, the sources not named elsewhere for this figure, the remark."""
    if len(figure.unit) >= _UNIT:
        yield figure.unit
    for mark in marks(catalogue, figure):
        yield _mark(catalogue, figure, mark)
    named = {source for entry in figure.published for source in entry.sources}
    yield ", ".join(s for s in figure.sources if s not in named and s not in figure.remark)
    yield figure.remark


def _mark(catalogue: Catalogue, figure: Figure, mark: str) -> str:
    if mark == "assumption needed":
        statement = catalogue.assumptions[figure.assumption].statement
        return f"assumption needed ({figure.assumption}): {statement.rstrip('.')}"
    if mark == "default band":
        return f"default band ({catalogue.conventions[figure.convention].name})"
    return mark


def _published(entry: Published, unit: str) -> str:
    note = f" ({entry.note})" if entry.note else ""
    value = _number(entry.value) if unit == "share" else f"{_number(entry.value)} {unit}"
    return f"{value} [{', '.join(entry.sources)}, {entry.evidence}]{note}"


def _evidence(figure: Figure) -> str:
    """One code where it holds for all that is published, else three."""
    codes: Iterable[str] = {
        code for code, value in zip(figure.evidence, figure.stated, strict=True)
        if value is not None and code != "U"
    }  # fmt: skip
    single = sorted(codes)
    return (single or ["U"])[0] if len(single) < 2 else "/".join(figure.evidence)


def _reach(system: System) -> Figure:
    return max((shot.range_max for shot in system.interceptors), key=lambda f: f.likely or 0.0)


def _by_layer(system: System) -> tuple[int, float]:
    return get_args(Layer).index(system.layer), -(_reach(system).likely or 0.0)


def _by_category(threat: Threat) -> tuple[int, str]:
    return get_args(Category).index(threat.category), threat.name


def _index_line(thing: Item, columns: int) -> str:
    what: str
    if isinstance(thing, System):
        what, said = thing.layer, f"to {_value(_reach(thing))}"
    elif isinstance(thing, Radar):
        figure = thing.instrumented
        what, said = thing.role, f"to {_value(figure)}" if figure else "range unsourced"
    else:
        what, said = thing.category, _flight(thing)
    name = columns - 13 - 16 - 20 - 2
    short = thing.name if len(thing.name) < name else thing.name[: name - 2] + "…"
    return f"  {thing.id:<13}{short:<{name}}{what:<16}{said}"


def _flight(threat: Threat) -> str:
    if threat.range is None:
        return _value(threat.speed) if threat.speed else "range unsourced"
    return f"range {_value(threat.range)}"
