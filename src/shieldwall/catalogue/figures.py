"""One figure: read from its table, checked, and completed by a declared default band."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from shieldwall.catalogue.records import (
    Attribute,
    Convention,
    Evidence,
    Figure,
    Kind,
    NamedAssumption,
    Published,
    SourceEntry,
)
from shieldwall.catalogue.tables import Table, did_you_mean

CODES: tuple[Evidence, ...] = get_args(Evidence)
BOUNDS = ("low", "likely", "high")
Triple = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Declared:
    """What the other tables declare and a figure may refer to."""

    sources: Mapping[str, SourceEntry]
    conventions: Mapping[str, Convention]
    kinds: Mapping[str, Kind]
    assumptions: Mapping[str, NamedAssumption]


def read_figure(table: Table, owner: str, short: str, declared: Declared) -> Figure:
    """The figure of ``[figure.short]`` of ``owner``, complete; problems are noted in its file."""
    name = table.text("name", required=True)
    kind = _kind(table, declared)
    unit = _unit(table, kind, declared)
    low, likely, high = (table.number(bound) for bound in BOUNDS)
    stated: Triple = (low, likely, high)
    codes = _evidence(table, stated)
    sources = _sources(table, declared, required=any(v is not None for v in stated))
    published = tuple(_published(entry, declared) for entry in table.tables("published", "value"))
    assumption = table.one_of("assumption", declared.assumptions, "assumption in conventions.toml")
    _check_order(table, stated)
    if stated == (None, None, None) and not assumption:
        table.problem(
            "assumption", "a figure without a value names the assumption that must stand in for it"
        )
    band = declared.conventions.get(kind.convention)
    values, filled, convention, evidence = _complete(stated, codes, kind, band)
    remark = table.text("remark")
    table.finish()
    return Figure(
        f"{owner}.{short}", name, unit, *values, evidence, sources, remark, bool(published),
        convention, filled, table.where, kind.id, stated, published, assumption,
    )  # fmt: skip


def read_attribute(table: Table, declared: Declared) -> Attribute:
    """An ``[[attribute]]``: published in words."""
    name = table.text("name", required=True)
    text = table.text("text", required=True)
    evidence = _code(table, table.get("evidence"))
    sources = _sources(table, declared, required=True)
    remark = table.text("remark")
    table.finish()
    return Attribute(name, text, evidence, sources, remark)


def _kind(table: Table, declared: Declared) -> Kind:
    value = table.text("kind", required=True)
    if value in declared.kinds:
        return declared.kinds[value]
    if value:
        close = did_you_mean(value, declared.kinds)
        table.problem("kind", f"unknown kind; conventions.toml lists them{close}", value)
    return Kind(value, "", (), "", "arithmetic")


def _unit(table: Table, kind: Kind, declared: Declared) -> str:
    unit = table.text("unit")
    known = {u for k in declared.kinds.values() for u in k.units}
    if not unit:
        table.problem("unit", "a figure has a unit ('share' for a probability)")
    elif unit not in known:
        table.problem("unit", f"unknown unit{did_you_mean(unit, known)}", unit)
    elif kind.units and unit not in kind.units:
        table.problem("unit", f"a {kind.id} is given in {' or '.join(kind.units)}", unit)
    return unit


def _code(table: Table, value: object) -> Evidence:
    for code in CODES:
        if value == code:
            return code
    what = "a figure has an evidence code" if value is None else "unknown evidence code"
    table.problem("evidence", f"{what}: {', '.join(CODES)}", "" if value is None else value)
    return "U"


def _evidence(table: Table, stated: Triple) -> tuple[Evidence, Evidence, Evidence]:
    """Codes of low, likely, high: one for all, or a list of three with '-' where no value is."""
    raw = table.get("evidence")
    parts = raw if isinstance(raw, list) else [raw] * 3
    if len(parts) != 3:
        table.problem("evidence", "write one code, or three: low, likely, high", raw)
        parts = ["U"] * 3
    if not isinstance(raw, list) and raw not in CODES:
        parts = [_code(table, raw)] * 3
    codes: list[Evidence] = []
    for bound, part, value in zip(BOUNDS, parts, stated, strict=True):
        if value is None and part == "-":
            codes.append("U")
            continue
        code = _code(table, part)
        if value is None and code != "U" and isinstance(raw, list):
            table.problem("evidence", f"there is no {bound}, so its code is '-'", part)
        if code == "U" and value is not None:
            table.problem("evidence", f"U means no source, so {bound} can have no value", value)
        codes.append(code if value is not None else "U")
    if all(v is None for v in stated) and any(part not in ("U", "-") for part in parts):
        table.problem("evidence", "a figure without a value has evidence U", raw)
    return codes[0], codes[1], codes[2]


def _sources(table: Table, declared: Declared, *, required: bool) -> tuple[str, ...]:
    sources = table.texts("sources")
    if required and not sources:
        table.problem("sources", "a figure names at least one source of sources.toml")
    for source in sources:
        if source not in declared.sources:
            close = did_you_mean(source, declared.sources)
            table.problem("sources", f"unknown source; add it to sources.toml{close}", source)
    return sources


def _published(table: Table, declared: Declared) -> Published:
    value = table.number("value")
    if value is None:
        table.problem("value", "a published value is a number in the unit of its figure")
    sources = _sources(table, declared, required=True)
    entry = Published(
        value or 0.0, sources, _code(table, table.get("evidence")), table.text("note"),
        table.flag("rejected"),
    )  # fmt: skip
    if entry.rejected and not entry.note:
        table.problem("note", "a rejected value says why")
    table.finish()
    return entry


def _check_order(table: Table, stated: Triple) -> None:
    given = [v for v in stated if v is not None]
    if given != sorted(given):
        shown = " / ".join("-" if v is None else f"{v:g}" for v in stated)
        table.problem("low", "low, likely and high must not decrease", shown)


def _complete(
    stated: Triple,
    codes: tuple[Evidence, Evidence, Evidence],
    kind: Kind,
    band: Convention | None,
) -> tuple[Triple, tuple[str, ...], str, tuple[Evidence, Evidence, Evidence]]:
    """Fill what is missing: (values, filled bounds, convention, evidence).

    A lone figure, or three equal ones, takes the default band of its kind on both sides; a missing
    bound beside a published one takes that side of it. Kinds without a band repeat the nearest
    published value; two ends alone give their midpoint.
    """
    low, likely, high = stated
    given = {v for v in stated if v is not None}
    if not given:
        return stated, (), "", codes
    filled = [bound for bound, v in zip(BOUNDS, stated, strict=True) if v is None]
    convention = "single" if filled else ""
    code: Evidence = "U"
    if likely is None and low is not None and high is not None and low != high:
        geometric = kind.midpoint == "geometric" and low > 0
        likely = math.sqrt(low * high) if geometric else (low + high) / 2.0
        convention, code = "geometric_midpoint" if geometric else "midpoint", "C"
    elif likely is None:
        likely = given.pop()
        given = {likely}
    if band and len(given) == 1:
        filled = [b for b in BOUNDS if b in filled or b != "likely"]
        low = high = None
    if band and (low is None or high is None):
        convention = band.id
    values = (
        _times(likely, band.low if band else None) if low is None else low,
        likely,
        _times(likely, band.high if band else None) if high is None else high,
    )
    evidence = tuple(code if bound in filled else c for bound, c in zip(BOUNDS, codes, strict=True))
    return values, tuple(filled), convention, (evidence[0], evidence[1], evidence[2])


def _times(value: float, factor: float | None) -> float:
    """``value * factor`` without the binary dust that would show in print."""
    return value if factor is None else float(f"{value * factor:.9g}")
