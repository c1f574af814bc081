"""A sheet and the index as plain data, for ``--json``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from shieldwall.catalogue.names import resolve
from shieldwall.catalogue.records import (
    Attribute,
    Catalogue,
    Figure,
    Fire,
    Radar,
    System,
    Threat,
)

Item = System | Radar | Threat


def item(catalogue: Catalogue, name: str) -> Item:
    """The system, radar or threat called ``name``. Raises ``UsageError`` where there is none."""
    id = resolve(catalogue, name)
    if id in catalogue.systems:
        return catalogue.systems[id]
    return catalogue.radars[id] if id in catalogue.radars else catalogue.threats[id]


def type_of(thing: Item) -> str:
    """``system``, ``radar`` or ``threat``."""
    return {System: "system", Radar: "radar", Threat: "threat"}[type(thing)]


def marks(catalogue: Catalogue, figure: Figure) -> list[str]:
    """What a reader must know before using a figure; empty for one that stands as printed."""
    found = []
    if not figure.known:
        found.append("assumption needed")
    if figure.unverified:
        found.append("unverified")
    if figure.conflict:
        found.append("conflict")
    convention = catalogue.conventions.get(figure.convention)
    if convention is not None:
        found.append("default band" if convention.low is not None else convention.name)
    return found


def used_sources(catalogue: Catalogue, thing: Item) -> list[str]:
    """Ids of every source that the sheet rests on, sorted."""
    figures = thing.figures.values()
    used = {s for f in figures for s in f.sources}
    used |= {s for f in figures for p in f.published for s in p.sources}
    used |= {s for a in thing.attributes for s in a.sources}
    used |= {
        s for f in figures if f.assumption for s in catalogue.assumptions[f.assumption].sources
    }
    return sorted(used)


def sheet_json(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """The sheet of ``name`` as plain data: figures by short id, with SI values, marks, sources.

    Raises ``UsageError`` for an unknown name.
    """
    thing = item(catalogue, name)
    head: dict[str, Any] = {
        "type": type_of(thing),
        "id": thing.id,
        "name": thing.name,
        "designations": list(thing.designations),
        "notes": thing.notes,
    }
    if isinstance(thing, System):
        head |= {
            "role": thing.role,
            "layer": thing.layer,
            "kind": thing.kind,
            "optical": thing.optical,
            "sidc": thing.sidc,
            "launchers_per_battery": _id(thing.launchers_per_battery),
            "interceptors": [_references(i) for i in thing.interceptors],
            "radars": [_radar(r) for r in thing.radars],
            "fire": None if thing.fire is None else _fire(thing.fire),
        }
    elif isinstance(thing, Radar):
        head |= _radar(thing) | {"sidc": thing.sidc}
    else:
        head |= _references(thing, ("category", "speed", "altitude", "rcs", "range", "cost"))
    return head | {
        "figures": {short: _figure(catalogue, f) for short, f in thing.figures.items()},
        "attributes": [_attribute(a) for a in thing.attributes],
        "sources": {s: asdict(catalogue.sources[s]) for s in used_sources(catalogue, thing)},
    }


def index_json(catalogue: Catalogue) -> dict[str, Any]:
    """All systems, radars and threats: id, name, other names, and how solid the figures are."""
    return {
        "systems": [_line(s) | {"layer": s.layer} for s in catalogue.systems.values()],
        "radars": [_line(r) | {"role": r.role} for r in catalogue.radars.values()],
        "threats": [_line(t) | {"category": t.category} for t in catalogue.threats.values()],
    }


def _line(thing: Item) -> dict[str, Any]:
    figures = thing.figures.values()
    return {
        "id": thing.id,
        "name": thing.name,
        "designations": list(thing.designations),
        "figures": len(figures),
        "unverified": sum(f.unverified for f in figures),
        "unsourced": sum(not f.known for f in figures),
        "conflicts": sum(f.conflict for f in figures),
    }


def _figure(catalogue: Catalogue, figure: Figure) -> dict[str, Any]:
    data = asdict(figure)
    data["marks"] = marks(catalogue, figure)
    data["unverified"] = figure.unverified
    if figure.known:
        data["si"] = dict(zip(("low", "likely", "high"), figure.si, strict=True))
        data["si"]["unit"] = figure.si_unit
    return data


def _attribute(attribute: Attribute) -> dict[str, Any]:
    return asdict(attribute)


def _id(value: object) -> object:
    return value.id if isinstance(value, Figure) else value


def _references(thing: object, keys: tuple[str, ...] = ()) -> dict[str, Any]:
    """Fields of a record, with the id in place of each figure."""
    names = keys or tuple(vars(thing))
    return {key: _id(getattr(thing, key)) for key in names}


def _fire(fire: Fire) -> dict[str, Any]:
    """What a raid reads: ids of figures, kills by class of target."""
    kills = [_references(kill) | {"against": list(kill.against)} for kill in fire.kills]
    return _references(fire) | {"kills": kills}


def _radar(radar: Radar) -> dict[str, Any]:
    keys = (
        "id", "name", "role", "instrumented", "reference_range", "reference_rcs_m2",
        "antenna_height", "altitude_max", "remark",
    )  # fmt: skip
    return _references(radar, keys)
