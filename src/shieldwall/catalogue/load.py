"""The catalogue from its TOML tables: systems, radars, threats, sources, conventions.

The tables are the truth; nothing about a system is written in code. Everything wrong in any of
them is reported at once, with file, line and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from shieldwall.catalogue.figures import Declared, read_attribute, read_figure
from shieldwall.catalogue.names import aliases, normal
from shieldwall.catalogue.records import (
    Attribute,
    Catalogue,
    Category,
    Convention,
    Interceptor,
    Kind,
    Layer,
    NamedAssumption,
    Radar,
    Role,
    SourceEntry,
    System,
    SystemKind,
    Threat,
)
from shieldwall.catalogue.slots import Figures, cost, read_fire, slot
from shieldwall.catalogue.tables import Table, did_you_mean, read_toml, top
from shieldwall.errors import CatalogueError, Problem

DATA = Path(__file__).parent / "data"


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """The catalogue that ships with the product, or the one in ``folder``. Read once.

    Raises ``CatalogueError`` listing every problem of every table with file, line and key.
    """
    return _load(DATA if folder is None else folder.resolve())


@cache
def _load(folder: Path) -> Catalogue:
    problems: list[Problem] = []
    declared = _declared(folder, problems)
    systems = {s.id: s for s in _each(folder, "systems", problems, _system, declared)}
    radars = {r.id: r for r in _each(folder, "radars", problems, _radar_sheet, declared)}
    threats = {t.id: t for t in _each(folder, "threats", problems, _threat, declared)}
    catalogue = Catalogue(
        systems, radars, threats, declared.sources,
        declared.conventions, declared.kinds, declared.assumptions,
    )  # fmt: skip
    if not problems:
        _check_names(catalogue, problems)
    if problems:
        head = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        lines = [f"the catalogue has {head}:", *(f"  {p}" for p in problems)]
        raise CatalogueError("\n".join(lines))
    return catalogue


def _declared(folder: Path, problems: list[Problem]) -> Declared:
    table = top(read_toml(folder / "sources.toml", "sources.toml", problems))
    sources = {n: _source(t, n) for n, t in table.children("source").items()}
    table.finish()
    table = top(read_toml(folder / "conventions.toml", "conventions.toml", problems))
    conventions = {n: _convention(t, n) for n, t in table.children("convention").items()}
    kinds = {n: _kind(t, n, conventions) for n, t in table.children("kind").items()}
    assumptions = {n: _assumption(t, n, sources) for n, t in table.children("assumption").items()}
    table.finish()
    return Declared(sources, conventions, kinds, assumptions)


def _source(table: Table, name: str) -> SourceEntry:
    entry = SourceEntry(
        name, table.text("title", required=True), table.text("address"),
        table.text("status", required=True),
    )  # fmt: skip
    if entry.address and not entry.address.startswith(("https://", "http://")):
        table.problem("address", "write a web address, or leave it out", entry.address)
    table.finish()
    return entry


def _convention(table: Table, name: str) -> Convention:
    made = Convention(
        name, table.text("name", required=True), table.number("low"), table.number("high"),
        table.text("reason", required=True),
    )  # fmt: skip
    if (made.low is None) != (made.high is None):
        table.problem("low", "a band has both factors, low and high, or neither")
    table.finish()
    return made


def _kind(table: Table, name: str, conventions: Mapping[str, Convention]) -> Kind:
    heading = table.text("heading", required=True)
    units = table.texts("units")
    if not units:
        table.problem("units", "a kind lists the units it may be given in")
    convention = table.one_of("convention", conventions, "convention")
    geometric = bool(table.text("midpoint")) and (
        table.choice("midpoint", ("arithmetic", "geometric")) == "geometric"
    )
    table.finish()
    return Kind(name, heading, units, convention, "geometric" if geometric else "arithmetic")


def _assumption(table: Table, name: str, sources: Mapping[str, SourceEntry]) -> NamedAssumption:
    made = NamedAssumption(
        name, table.text("statement", required=True), table.text("unit", required=True),
        table.number("low"), table.number("high"), table.texts("sources"),
    )  # fmt: skip
    for source in made.sources:
        if source not in sources:
            table.problem("sources", f"unknown source{did_you_mean(source, sources)}", source)
    table.finish()
    return made


def _each(
    folder: Path, part: str, problems: list[Problem], read: Any, declared: Declared
) -> Iterator[Any]:
    """One record per file of ``folder/part``, in the order of their names."""
    seen: dict[str, str] = {}
    for path in sorted((folder / part).glob("*.toml")):
        table = top(read_toml(path, f"{part}/{path.name}", problems))
        owner = table.identifier("id")
        if owner in seen:
            table.problem("id", f"is taken by {seen[owner]}; ids are unique", owner)
        seen[owner] = table.file.name
        record = read(table, owner, declared)
        table.finish()
        yield record


def _sheet(table: Table, owner: str, declared: Declared) -> tuple[Figures, tuple[Attribute, ...]]:
    """All figures by short id, and what is published in words."""
    figures = {
        short: read_figure(child, owner, short, declared)
        for short, child in table.children("figure").items()
    }
    words = tuple(read_attribute(t, declared) for t in table.tables("attribute", "name"))
    return figures, words


def _system(table: Table, id: str, declared: Declared) -> System:
    figures, words = _sheet(table, id, declared)
    layer: Layer = table.choice("layer", get_args(Layer))  # type: ignore[assignment]
    kind: SystemKind = table.choice("kind", get_args(SystemKind))  # type: ignore[assignment]
    entries = table.tables("interceptor")
    if not entries:
        table.problem("interceptor", "a system has at least one [[interceptor]]")
    interceptors = [_interceptor(t, figures) for t in entries]
    radars = tuple(_radar(t, t.identifier("id"), figures, {}) for t in table.tables("radar"))
    _unique(table, "interceptor", [i.id for i in interceptors if i])
    _unique(table, "radar", [r.id for r in radars])
    fires = table.child("fire")
    fire = read_fire(fires, figures, [i for i in interceptors if i]) if fires else None
    return System(
        id, table.text("name", required=True), table.texts("designations"),
        table.text("role", required=True), layer, kind, table.flag("optical"),
        tuple(i for i in interceptors if i), radars,
        slot(table, "launchers_per_battery", figures), figures, table.text("notes"),
        table.text("sidc", required=True), words, fire,
    )  # fmt: skip


def _interceptor(table: Table, figures: Figures) -> Interceptor | None:
    id, name = table.identifier("id"), table.text("name", required=True)
    kind: Literal["missile", "gun"] = table.choice("kind", ("missile", "gun"))  # type: ignore[assignment]
    if not table.text("range_max"):
        table.problem("range_max", "an interceptor names the figure of its longest range")
    range_max, *rest = (
        slot(table, key, figures)
        for key in (
            "range_max", "range_min", "altitude_max", "altitude_min", "speed",
            "range_ballistic", "altitude_ballistic",
        )
    )  # fmt: skip
    table.finish()
    return None if range_max is None else Interceptor(id, name, kind, range_max, *rest)


def _radar(
    table: Table, id: str, figures: Figures, own: Figures, words: tuple[Attribute, ...] = ()
) -> Radar:
    role: Role = table.choice("role", get_args(Role))  # type: ignore[assignment]
    reference = slot(table, "reference_range", figures)
    rcs_m2 = table.number("reference_rcs_m2")
    if (reference is None) != (rcs_m2 is None):
        table.problem(
            "reference_range", "goes with reference_rcs_m2, the cross-section it was published for"
        )
    radar = Radar(
        id, table.text("name", required=True), role, slot(table, "instrumented", figures),
        reference, rcs_m2, slot(table, "antenna_height", figures),
        slot(table, "altitude_max", figures), table.text("remark"),
        table.text("sidc"), table.texts("designations"), own, words,
        table.text("notes"),
    )  # fmt: skip
    table.finish()
    return radar


def _radar_sheet(table: Table, id: str, declared: Declared) -> Radar:
    figures, words = _sheet(table, id, declared)
    return _radar(table, id, figures, figures, words)


def _threat(table: Table, id: str, declared: Declared) -> Threat:
    figures, words = _sheet(table, id, declared)
    category: Category = table.choice("category", get_args(Category))  # type: ignore[assignment]
    speed, altitude, rcs, reach = (
        slot(table, key, figures) for key in ("speed", "altitude", "rcs", "range")
    )
    return Threat(
        id, table.text("name", required=True), category, speed, altitude, rcs, reach,
        figures, table.text("notes"), table.texts("designations"), words,
        cost(table, "cost", figures),
    )  # fmt: skip


def _unique(table: Table, key: str, ids: list[str]) -> None:
    for id in sorted({i for i in ids if ids.count(i) > 1}):
        table.problem(key, "this id is there twice; ids are unique", id)


def _check_names(catalogue: Catalogue, problems: list[Problem]) -> None:
    """Every name leads to one sheet: ids and designations are unique over the catalogue."""
    taken: dict[str, str] = {}
    for name, id, file in aliases(catalogue):
        first = taken.setdefault(normal(name), id)
        if first != id:
            message = f"is also a name of {first}; a name leads to one sheet"
            problems.append(Problem(file, None, "designations", repr(name), message))
