"""What must hold between keys, tables and files of a case. Each check names the key to change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import Any

from shieldwall.case.checks_control import control_problems
from shieldwall.case.checks_game import game_problems
from shieldwall.case.checks_raid import raid_catalogue, raid_problems
from shieldwall.case.documents import did_you_mean, shown
from shieldwall.case.entries import MAX_PROBLEMS, Entry
from shieldwall.case.moments import surely_before
from shieldwall.case.rules import (
    Problems,
    band_problems,
    in_catalogue,
    known_id,
    repeats,
    sound,
)
from shieldwall.case.schema import ClaimTable, DefendedAreaTable, HypothesisTable, PlaceTable
from shieldwall.case.schema_values import BandTable
from shieldwall.case.shapes import MAX_SPAN_DEG, checked_ring, inside, ring_from_file
from shieldwall.case.tables import CatalogueIds, Tables
from shieldwall.errors import InputError, Problem

MAX_ROOF_M = 1000.0
"""No building is higher."""


def check(tables: Tables, catalogue: CatalogueIds | None) -> list[Problem]:
    """Every problem between the tables; fills ``tables.rings``."""
    checks: list[Callable[[Tables], Problems]] = [
        _unique, _area, _terrain, _shapes, _places, _bands, _counts, _times, _references, _relays,
        _detections, _hypotheses, control_problems, raid_problems, game_problems,
    ]  # fmt: skip
    found = chain.from_iterable(each(tables) for each in checks)
    if catalogue is not None:
        found = chain(found, _catalogue(tables, catalogue), raid_catalogue(tables, catalogue))
    # Bounded, so that a hostile case cannot buy hours of spelling suggestions.
    return list(islice(found, MAX_PROBLEMS))


def _unique(tables: Tables) -> Problems:
    groups: Sequence[Sequence[Entry[Any]]] = (
        tables.threats, tables.places, tables.defended_areas, tables.deployments, tables.origins,
        tables.assumptions, tables.sources, tables.claims, tables.pressure, tables.questions,
        tables.hypotheses, tables.expectations, tables.observations, tables.foretold,
        tables.indicators,
    )  # fmt: skip
    for group in groups:
        yield from repeats(group, "id", lambda table: table.id)
    yield from repeats(tables.transfers, "system", lambda table: table.system)
    yield from repeats(tables.outcomes, "foretold", lambda table: table.foretold)
    yield from repeats(tables.holdings, "system", lambda table: (table.system, table.unit))
    yield from repeats(
        tables.overrides, "target", lambda table: (table.target, table.system, table.place)
    )


def _area(tables: Tables) -> Problems:
    if tables.head is None or tables.head.table.area is None:
        return
    area = tables.head.table.area
    for low, high in (("west", "east"), ("south", "north")):
        span = getattr(area, high) - getattr(area, low)
        value = getattr(area, high)
        if span <= 0:
            message = f"must be greater than {low} ({getattr(area, low):g})"
            if low == "west":
                message += "; an area may not cross the antimeridian"
            yield tables.head.problem(("area", high), message, value)
        elif span > MAX_SPAN_DEG:
            message = f"lies more than {MAX_SPAN_DEG:g} degrees from {low}; draw a smaller area"
            yield tables.head.problem(("area", high), message, value)


def _terrain(tables: Tables) -> Problems:
    if tables.head is None or tables.head.table.terrain is None:
        return
    terrain = tables.head.table.terrain
    if terrain.choice == "files" and not terrain.files:
        message = 'is "files", but terrain.files names none; name them or write "auto"'
        yield tables.head.problem(("terrain", "choice"), message)
    for i, name in enumerate(terrain.files):
        try:
            inside(tables.folder, name)
        except ValueError as error:
            yield tables.head.problem(("terrain", "files", i), str(error), name)
    layers = tables.head.table.layers or []
    if len(set(layers)) < len(layers):
        yield tables.head.problem("layers", "names a layer twice; name each once", layers)


def _shapes(tables: Tables) -> Problems:
    shaped: list[Entry[PlaceTable] | Entry[DefendedAreaTable]]
    shaped = [*tables.places, *tables.defended_areas]
    for entry in filter(sound, shaped):
        table = entry.table
        if table.file is None and table.feature is not None:
            yield entry.problem("feature", "needs a file to be found in; add file", table.feature)
        if table.polygon is not None and table.file is not None:
            yield entry.problem("file", "stands beside polygon; write one of the two", table.file)
            continue
        try:
            if table.polygon is not None:
                tables.rings[entry.path] = checked_ring(table.polygon)
            elif table.file is not None:
                tables.rings[entry.path] = ring_from_file(tables.folder, table.file, table.feature)
            elif entry.path[0] == "defended_area":
                yield entry.problem("polygon", "is missing: write polygon, or file and feature")
        except (ValueError, InputError) as error:
            key, value = ("file", table.file) if table.polygon is None else ("polygon", "")
            yield entry.problem(key, str(error), value or "")
    yield from _within_area(tables)


def _within_area(tables: Tables) -> Problems:
    if tables.head is None or tables.head.table.area is None:
        return
    area = tables.head.table.area
    if area.west >= area.east or area.south >= area.north:
        return
    for entry in tables.defended_areas:
        for lon, lat in tables.rings.get(entry.path, ()):
            if not (area.west <= lon <= area.east and area.south <= lat <= area.north):
                message = "reaches outside [area]; widen [area] or draw it smaller"
                yield entry.problem("polygon", message, f"{lon:g}, {lat:g}")
                break


def _places(tables: Tables) -> Problems:
    for entry in filter(sound, tables.places):
        table, pair = entry.table, ("lat", "lon")
        given = [key for key in pair if getattr(table, key) is not None]
        area = table.polygon is not None or table.file is not None
        if len(given) == 1:
            missing = next(key for key in pair if key not in given)
            yield entry.problem(missing, f"is missing beside {given[0]}; write both or neither")
        if given and area:
            message = "stands beside a polygon; a place is a point or an area"
            yield entry.problem(given[0], message, getattr(table, given[0]))
        if given and table.precision_m is None:
            yield entry.problem("precision_m", "is missing: how exactly was the point published?")
        if not given and table.precision_m is not None:
            message = "is for points; write lat and lon too, or leave it out"
            yield entry.problem("precision_m", message, table.precision_m)
        if table.height_m is not None and table.note is None:
            yield entry.problem("height_m", "needs its reason; write it in note")


def _bands(tables: Tables) -> Problems:
    for deployment in filter(sound, tables.deployments):
        yield from band_problems(deployment, deployment.table.fielded, ("fielded",), 0, 1)
    for place in tables.places:
        if place.table.height_m is not None:
            yield from band_problems(place, place.table.height_m, ("height_m",), 0, MAX_ROOF_M)
    for holding in tables.holdings:
        yield from band_problems(holding, holding.table)
    for override in filter(sound, tables.overrides):
        share = override.table.target != "launchers"
        yield from band_problems(override, override.table, most=1 if share else None)
    for assumption in filter(sound, tables.assumptions):
        table = assumption.table
        values = {"low": table.low, "likely": table.likely, "high": table.high}
        if table.low is not None and table.high is not None:
            band = BandTable(low=table.low, likely=table.likely, high=table.high)
            yield from band_problems(assumption, band)
        elif any(value is not None for value in values.values()):
            missing = "low" if table.low is None else "high"
            message = "is missing; a band has low and high, or leave out all three"
            yield assumption.problem(missing, message)


def _counts(tables: Tables) -> Problems:
    for entry in filter(sound, tables.claims):
        table, count = entry.table, entry.table.count
        if count is not None:
            yield from band_problems(
                entry, count, ("count",), most=1 if count.unit == "share" else None
            )
            if count.low is None and count.likely is None and count.high is None:
                message = "names no number; write at least one of low, likely, high"
                yield entry.problem("count", message)
        if table.about == "distance":
            if count is None or count.unit != "km":
                message = 'of a distance must be in "km", such as { likely = 500, unit = "km" }'
                yield entry.problem(("count", "unit"), message, count.unit if count else "")
            if table.place is None:
                yield entry.problem("place", "is missing: the place the distance was given for")
        elif table.origin is not None:
            message = 'is for claims with about = "distance"'
            yield entry.problem("origin", message, table.origin)


def _times(tables: Tables) -> Problems:
    for entry in tables.claims:
        table = entry.table
        # What is announced or expected is published before it happens.
        ahead = table.about in ("intent", None) or table.modality in ("speculated", None)
        pairs = [("acquisition", "publication"), ("publication", "ingestion")]
        pairs += [] if ahead else [("event", "publication")]
        pairs += [] if table.publication else [("acquisition", "ingestion")]
        for earlier, later in pairs:
            first, second = getattr(table, earlier), getattr(table, later)
            if first is not None and second is not None and surely_before(second, first):
                message = f"lies before {earlier} ({first.text}); correct one of them"
                if (earlier, later) == ("event", "publication"):
                    message += ', or write about = "intent" for what is still to come'
                yield entry.problem(later, message, second.text)


def _references(tables: Tables) -> Problems:
    for claim in tables.claims:
        table = claim.table
        yield from known_id(claim, "source", table.source, tables, "source", "sources.toml")
        yield from known_id(claim, "place", table.place, tables, "place", "case.toml")
        yield from known_id(claim, "origin", table.origin, tables, "origin", "case.toml")
        yield from known_id(claim, "relays", table.relays, tables, "claim", "claims.toml")
    places = {entry.table.id: entry.table for entry in reversed(tables.places) if entry.sound}
    for deployment in tables.deployments:
        name = deployment.table.place
        yield from known_id(deployment, "place", name, tables, "place", "case.toml")
        if name in places and places[name].polygon is None and places[name].file is None:
            yield deployment.problem("place", "must be an area: give that place a polygon", name)
        system = deployment.table.system
        if system not in {holding.table.system for holding in tables.holdings}:
            message = "has no [[holding]]; write how many are held, of which a share is fielded"
            yield deployment.problem("system", message, system)
    for reach in tables.reaches:
        name = reach.table.place
        yield from known_id(reach, "place", name, tables, "place", "case.toml")
        if name in places and places[name].lat is places[name].lon is None:
            message = "must be a point: give that place lat, lon and precision_m"
            yield reach.problem("place", message, name)
        for i, threat in enumerate(reach.table.threats or []):
            yield from known_id(reach, ("threats", i), threat, tables, "threat", "case.toml")
    for override in tables.overrides:
        yield from known_id(override, "place", override.table.place, tables, "place", "case.toml")


def _detections(tables: Tables) -> Problems:
    for entry in filter(sound, tables.claims):
        table = entry.table
        if table.detection is not None:
            yield from band_problems(entry, table.detection, ("detection",))
            if table.modality != "not seen":
                yield entry.problem("detection", 'is for claims with modality = "not seen"')
        if (table.subject is None) != (table.value is None):
            missing, given = ("value", "subject") if table.value is None else ("subject", "value")
            yield entry.problem(missing, f"is missing beside {given}; write both or neither")
        if table.span is not None and table.document is None:
            yield entry.problem("document", "is missing: the document the span points into")


def _hypotheses(tables: Tables) -> Problems:
    for hypothesis in tables.hypotheses:
        asked = hypothesis.table.question
        yield from known_id(hypothesis, "question", asked, tables, "question", "hypotheses.toml")
    answers: dict[str, list[Entry[HypothesisTable]]] = {}
    for hypothesis in filter(sound, tables.hypotheses):
        answers.setdefault(hypothesis.table.question, []).append(hypothesis)
    for question in filter(sound, tables.questions):
        found = answers.get(question.table.id, [])
        if len(found) < 2:
            yield question.problem("id", "has fewer than two [[hypothesis]]; write its answers")
        given = [h.table.prior for h in found if h.table.prior is not None]
        if sum(given) > 1 or (found and len(given) == len(found) and abs(sum(given) - 1) > 1e-6):
            message = f"the priors of its answers add up to {sum(given):g}; they must make 1"
            yield question.problem("id", message, question.table.id)
    for entry in filter(sound, tables.expectations):
        table = entry.table
        yield from known_id(
            entry, "question", table.question, tables, "question", "hypotheses.toml"
        )
        for i, claim in enumerate(table.claims):
            yield from known_id(entry, ("claims", i), claim, tables, "claim", "claims.toml")
        wanted = {h.table.id for h in answers.get(table.question, [])}
        unknown = [id for id in table.likelihood if wanted and id not in wanted]
        for id in unknown:
            message = f"is no hypothesis of {table.question}{did_you_mean(id, sorted(wanted))}"
            yield entry.problem(("likelihood", id), message, id)
        for id in () if unknown else sorted(wanted - table.likelihood.keys()):
            message = f"has no {id}: write a chance for every hypothesis of the question"
            yield entry.problem("likelihood", message)
        for id, band in table.likelihood.items():
            yield from band_problems(entry, band, ("likelihood", id))


def _relays(tables: Tables) -> Problems:
    claims: dict[str, Entry[ClaimTable]] = {entry.table.id: entry for entry in tables.claims}
    settled: set[str] = set()
    for start in claims:
        walked: dict[str, None] = {}  # in order, and quick to look up
        at: str | None = start
        while at is not None and at in claims and at not in settled and at not in walked:
            walked[at] = None
            at = claims[at].table.relays
        if at is not None and at in walked:
            way = list(walked)
            circle = shown(" -> ".join([*way[way.index(at) :], at])).strip("'")
            message = f"goes in a circle ({circle}); one of these claims must be the origin"
            yield claims[at].problem("relays", message, claims[at].table.relays)
        settled.update(walked)


def _catalogue(tables: Tables, catalogue: CatalogueIds) -> Problems:
    systems, threats = frozenset(catalogue.systems), frozenset(catalogue.threats)
    fielded = systems | frozenset(catalogue.radars)
    users: list[tuple[Iterable[Entry[Any]], str, frozenset[str]]] = [
        (tables.threats, "catalogue", threats),
        (tables.holdings, "system", fielded),
        (tables.deployments, "system", systems),
        (tables.overrides, "system", fielded),
        (tables.transfers, "system", fielded),
        (tables.claims, "system", fielded | threats),
    ]
    for group, key, allowed in users:
        for entry in group:
            yield from in_catalogue(entry, key, getattr(entry.table, key), allowed)
