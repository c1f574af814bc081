"""Imagery: what readers saw on dated images, and what they looked for and did not see.

Readings stand in ``imagery/*.geojson`` and ``*.json`` of the case folder, as GeoJSON Features or
STAC Items (docs/imagery.md). Each thing read becomes a claim; the claims of one image share its
name as ``material``, so that one image is one origin. An illustrative or recycled picture gives no
claim: ``readings`` keeps it, with the reason. Positions only choose a place of the case and go no
further: a claim is never finer than the place.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import shapely

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import About, Assumption, Band, Case, Claim, Count, Place
from shieldwall.evidence.as_of import usable
from shieldwall.evidence.imagery.assumptions import DEFAULTS
from shieldwall.evidence.imagery.detect import look, marginal
from shieldwall.evidence.imagery.files import Feature, features, positions
from shieldwall.evidence.imagery.schema import ReadingTable, SeenTable, UnseenTable, table
from shieldwall.evidence.records import Reading
from shieldwall.geodesy import distance_m

__all__ = ["DEFAULTS", "Reading", "imagery_claims", "readings"]

ABOUT: dict[str, About] = {
    "deployment": "conduct",
    "footprint": "conduct",
    "maintenance": "serviceability",
}
"""What an activity is evidence about; objects are about presence, or count where counted."""


def imagery_claims(case: Case) -> tuple[Claim, ...]:
    """The claims of every reading that is one, in the order of files and features.

    Raises ``InputError`` for a file that is wrong, naming file, feature and key.
    """
    return tuple(c for r in readings(case) if r.refused is None for c in r.claims)


def readings(case: Case) -> tuple[Reading, ...]:
    """Every reading of the case, those refused with the reason. Raises ``InputError``."""
    assumed = in_force(case, DEFAULTS)
    names = {s.name.casefold(): s.id for s in case.sources} | {s.id: s.id for s in case.sources}
    found: list[Reading] = []
    looks: dict[str, Band] = {}
    taken = {c.id for c in case.claims}
    for feature in features(case.folder):
        read = table(feature, names)
        _check(case, feature, read)
        place = _place(case, feature, read)
        refused = _refused(assumed, read)
        if refused is None:
            _check_claims(feature, read, place)
        claims = tuple(
            [_seen(feature, read, place, each) for each in read.seen]
            + [_unseen(assumed, feature, read, place, each, looks) for each in read.not_seen]
        )
        claims = _one_root(claims)
        for claim in claims:
            if claim.id in taken:
                raise feature.wrong("id", f"{claim.id} is taken; give the reading another id")
            taken.add(claim.id)
        found.append(
            Reading(
                id=read.id,
                source=read.source,
                image=_image(case, read),
                acquisition=read.acquired,
                publication=read.published,
                sensor=read.sensor,
                resolution_m=read.resolution_m,
                cloud_percent=read.cloud_percent,
                place=place,
                refused=refused,
                claims=tuple(replace(c, material=_image(case, read)) for c in claims),
                note=read.note or "",
                where=_where(feature),
            )
        )
    return _in_periods(case, assumed, found, looks)


def _where(feature: Feature) -> str:
    return f"{feature.file}:{feature.number}"


def _image(case: Case, read: ReadingTable) -> str:
    """One name for the image: as given, else the reader's name and the time it was taken."""
    if read.image is not None:
        return read.image
    when = read.acquired.text if read.acquired else f"unknown date ({read.id})"
    return f"{case.source(read.source).name}, image of {when}"


def _check(case: Case, feature: Feature, read: ReadingTable) -> None:
    if read.source not in {s.id for s in case.sources}:
        raise feature.wrong("source", f"{read.source} is no [[source]] of sources.toml")
    if read.place is not None and read.place not in {p.id for p in case.places}:
        raise feature.wrong("place", f"{read.place} is no [[place]] of case.toml")
    for i, each in enumerate(read.seen, 1):
        numbers = [v for v in (each.low, each.likely, each.high) if v is not None]
        if numbers != sorted(numbers):
            raise feature.wrong(f"seen.{i}", "low, likely and high must not fall")
        if each.what in ABOUT and (each.statement is None or numbers):
            message = "takes a statement in words and no number"
            raise feature.wrong(f"seen.{i}.what", f"{each.what} {message}")
        if each.what not in ABOUT and each.system is None and each.statement is None:
            raise feature.wrong(f"seen.{i}.system", "is missing: name the system, or a statement")


def _check_claims(feature: Feature, read: ReadingTable, place: str | None) -> None:
    """What a reading needs to become claims."""
    if not read.seen and not read.not_seen:
        raise feature.wrong("seen", "says nothing was read; write seen or not_seen")
    if read.credibility is None:
        raise feature.wrong("credibility", "is missing: 1 confirmed to 5 improbable, 6 unknown")
    if read.not_seen and (read.acquired is None or place is None):
        key = "acquired" if read.acquired is None else "place"
        raise feature.wrong(key, "is missing: a look that saw nothing needs its time and place")


def _refused(assumed: dict[str, Assumption], read: ReadingTable) -> str | None:
    if read.illustrative:
        return "The picture is marked as an illustration: it shows nothing of the event."
    if read.recycled:
        return "The picture is an old one shown as new."
    if read.event is None or read.acquired is None:
        return None
    lead = read.event.start - read.acquired.end
    if lead < timedelta(days=likely(assumed["image_recycled"])):
        return None
    return f"The picture was taken {lead.days} days or more before the event it is shown for."


def _place(case: Case, feature: Feature, read: ReadingTable) -> str | None:
    """The place named, or the place of the case that the geometry falls in."""
    kind, rings = positions(feature)
    named = None if read.place is None else case.place(read.place)
    if kind == "":
        return read.place
    inside = [p for p in case.places if _holds(p, kind, rings)]
    if named is not None:
        if named.kind == "point" and named not in inside:
            raise feature.wrong("place", f"the geometry does not lie at {named.name}")
        return named.id
    if kind == "Point":
        inside.sort(key=lambda p: (_off_m(p, rings[0][0]), p.id))
    # A footprint over several places does not say which was read.
    return inside[0].id if inside and (kind == "Point" or len(inside) == 1) else None


def _holds(place: Place, kind: str, rings: list[list[tuple[float, float]]]) -> bool:
    """A point inside of the place's published precision, or a footprint that holds the place."""
    if place.lat is None or place.lon is None or place.precision_m is None:
        return False
    if kind == "Point":
        return _off_m(place, rings[0][0]) <= place.precision_m
    point = shapely.Point(place.lon, place.lat)
    return any(shapely.make_valid(shapely.Polygon(ring)).intersects(point) for ring in rings)


def _off_m(place: Place, at: tuple[float, float]) -> float:
    return distance_m(place.lat or 0.0, place.lon or 0.0, at[1], at[0])


def _seen(feature: Feature, read: ReadingTable, place: str | None, each: SeenTable) -> Claim:
    given = [v for v in (each.low, each.likely, each.high) if v is not None]
    count = Count(each.low, each.likely, each.high, each.what, each.bound) if given else None
    usual: About = "count" if count is not None and each.component is None else "presence"
    claim = _claim(feature, read, place, each)
    number = f"{max(given):g} " if given else ""
    return replace(
        claim,
        about=ABOUT.get(each.what, usual),
        statement=each.statement or f"Seen: {number}{each.component or each.system} {each.what}.",
        count=count,
    )


def _unseen(
    assumed: dict[str, Assumption],
    feature: Feature,
    read: ReadingTable,
    place: str | None,
    each: UnseenTable,
    looks: dict[str, Band],
) -> Claim:
    """A look that saw nothing; how well it would have seen goes into ``looks`` by claim id."""
    claim = _claim(feature, read, place, each)
    if read.resolution_m is not None:
        looks[claim.id] = look(assumed, each.what, read.resolution_m, read.cloud_percent)
    in_open = assumed["image_open_share"].band
    if each.open is not None:
        in_open = Band(each.open.low, each.open.likely, each.open.high)
    return replace(
        claim,
        modality="not seen",
        statement=each.statement or f"Looked for and not seen: {each.component or each.system}.",
        detection=in_open,  # until the looks of its period are known
    )


def _claim(
    feature: Feature, read: ReadingTable, place: str | None, each: SeenTable | UnseenTable
) -> Claim:
    """What all claims of a reading have in common."""
    parts = [read.id, each.system, each.component, each.what]
    id = "-".join(p.lower().replace(" ", "-") for p in parts if p)
    return Claim(
        id="".join(c for c in id if c.isascii() and (c.isalnum() or c in "-_"))[:64],
        source=read.source, about="presence", statement="", modality="asserted",
        credibility=read.credibility or 6, relays=None, system=each.system,
        component=each.component, place=place, origin=None, count=None,
        event=read.acquired, acquisition=read.acquired, publication=read.published,
        ingestion=None, address=read.address, language=read.language, where=_where(feature),
    )  # fmt: skip


def _one_root(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Things seen of one system on one image relay the first of them: one look is one origin."""
    first: dict[str | None, str] = {}
    found = []
    for claim in claims:
        if claim.modality == "not seen":
            found.append(claim)
            continue
        root = first.setdefault(claim.system, claim.id)
        found.append(claim if root == claim.id else replace(claim, relays=root))
    return tuple(found)


def _speaks(case: Case, claim: Claim) -> bool:
    """Whether a look weighs anything: readable by the as-of date, and gradable."""
    gradable = case.source(claim.source).reliability != "F" and claim.credibility != 6
    return gradable and usable(claim, case)


def _in_periods(
    case: Case, assumed: dict[str, Assumption], found: list[Reading], looks: dict[str, Band]
) -> tuple[Reading, ...]:
    """Give each look that saw nothing what it adds to those before it in its period.

    A look published after the as-of date, or one that cannot be judged, stands by itself: it takes
    nothing from the others.
    """
    unseen = sorted(
        (
            c for r in found if r.refused is None for c in r.claims
            if c.modality == "not seen" and c.acquisition is not None
        ),
        key=lambda c: (c.acquisition.start if c.acquisition else 0, c.id),
    )  # fmt: skip
    period = timedelta(days=likely(assumed["image_period"]))
    runs: dict[tuple[str | None, ...], list[Claim]] = {}
    detection: dict[str, Band | None] = {}
    for claim in unseen:
        if claim.id not in looks or claim.acquisition is None or claim.detection is None:
            detection[claim.id] = None  # resolution unknown: the look says nothing
            continue
        run = runs.setdefault((claim.system, claim.component, claim.place), [])
        first = run[0].acquisition if run else None
        if first is not None and claim.acquisition.start - first.start > period:
            run.clear()
        if any(c.material == claim.material for c in run):
            detection[claim.id] = Band(0.0, 0.0, 0.0)  # the same look again
            continue
        detection[claim.id] = marginal(claim.detection, [looks[c.id] for c in (*run, claim)])
        if _speaks(case, claim):
            run.append(claim)
    return tuple(
        replace(
            r,
            claims=tuple(
                replace(c, detection=detection.get(c.id)) if c.modality == "not seen" else c
                for c in r.claims
            ),
        )
        for r in found
    )
