"""Event lists of others (GeoJSON, KML, KMZ, our own CSV) as drafts for review.

A list is kept as a document, like any other: its bytes as received, and a text with one paragraph
an event, so that every draft points at the words it was read in. What a list does not say stays
unknown: no date is made up, and a position names a place of the case only where it lies within the
precision at which that place was published.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shieldwall.case.columns import FIELDS, ColumnMap, fitted, read_map
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Case, Place
from shieldwall.case.sheets import Row
from shieldwall.catalogue.records import Catalogue
from shieldwall.errors import InputError
from shieldwall.evidence.desk.drafts import KIND, shortened
from shieldwall.evidence.desk.showing import plural
from shieldwall.evidence.desk.sources import named
from shieldwall.evidence.exports.table import read_csv
from shieldwall.evidence.store import NewProposal, Store
from shieldwall.geodesy import distance_m
from shieldwall.vectors import MapEvent, inert, read_events

MEDIA_TYPES = {
    ".geojson": "application/geo+json",
    ".json": "application/geo+json",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".kmz": "application/vnd.google-earth.kmz",
    ".csv": "text/csv",
}
BEGIN_KEYS = ("date", "event_date", "datetime", "timestamp", "time", "when", "begin", "start",
              "start_date")  # fmt: skip
END_KEYS = ("end", "end_date")
"""Properties that hold a time in event lists; only ISO 8601 counts, since 03/04 could be either."""
UNKNOWN_ELSEWHERE = ("source", "relays", "place", "origin", "system")
"""Fields that name something of the case or the catalogue they come from."""


@dataclass(frozen=True)
class ListImport:
    """What became of an event list."""

    name: str
    sha256: str
    new: bool
    events: int
    left_out: int
    """Events the map leaves out."""
    drafts: int
    """Drafts that were not there before."""
    undated: int
    unplaced: int

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"ok": True, **vars(self)}

    def __str__(self) -> str:
        known = "" if self.new else " (the list was known already)"
        return (
            f"{self.name}: {plural(self.events, 'event', 'events')}, {self.left_out} left out by "
            f"the map, {plural(self.drafts, 'new draft', 'new drafts')} for review{known}\n"
            f"  without a date {self.undated}, at no place of the case {self.unplaced}: "
            "left unknown"
        )


@dataclass(frozen=True)
class _Event:
    """One paragraph of a list's text, and the flat fields it says."""

    paragraph: str
    fields: dict[str, Any]
    notes: tuple[str, ...]
    kept: bool = True


def import_events(
    case: Case,
    catalogue: Catalogue,
    store: Store,
    path: Path,
    column_map: Path | None = None,
    source: str | None = None,
) -> ListImport:
    """Propose a draft for each event of a list; the same list again proposes nothing new.

    ``column_map`` is that of ``shieldwall import``: our field = their property; ``source`` whose
    word the list is. Raises ``UsageError`` for a source that is no id, ``InputError`` for a file
    that is no such list; then nothing is kept.
    """
    if source is not None:
        named(case, source)
    suffix = path.suffix.lower()
    if suffix not in MEDIA_TYPES:
        raise InputError(f"{path}: is no event list; give one of {', '.join(MEDIA_TYPES)}")
    if suffix == ".csv":
        events = _from_csv(case, catalogue, path)
    else:
        events = _from_map(case, catalogue, path, read_map(column_map))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    text, spans = _text(events)
    with store.together():
        added = store.add_document(
            data, text, name=str(path), media_type=MEDIA_TYPES[suffix], kept=[(0, len(text))],
            more={"source": source},
        )  # fmt: skip
        new = [
            store.propose(_draft(added.sha256, event, start, end)).new
            for event, (start, end) in zip(events, spans, strict=True)
            if event.kept
        ]
    kept = [event.fields for event in events if event.kept]
    return ListImport(
        path.name, added.sha256, added.new, len(events), len(events) - len(kept), sum(new),
        sum("event" not in each for each in kept), sum("place" not in each for each in kept),
    )  # fmt: skip


def _text(events: Sequence[_Event]) -> tuple[str, list[tuple[int, int]]]:
    text, spans = "", []
    for event in events:
        spans.append((len(text), len(text) + len(event.paragraph)))
        text += event.paragraph + "\n\n"
    return text, spans


def _draft(document: str, event: _Event, start: int, end: int) -> NewProposal:
    modality = str(event.fields.get("modality", "reported"))
    fields = {key: value for key, value in event.fields.items() if key != "modality"}
    more = {"notes": list(event.notes)}
    return NewProposal(document, start, end, event.paragraph, KIND, fields, modality, more)


# ---- GeoJSON, KML, KMZ ---------------------------------------------------------------------------


def _from_map(
    case: Case, catalogue: Catalogue, path: Path, given: ColumnMap | None
) -> list[_Event]:
    listed = read_events(path)
    if not listed:
        raise InputError(f"{path}: holds no event; export the events as points")
    mapping = None
    if given is not None:
        headings = dict.fromkeys(key for event in listed for key in _cells(event))
        mapping = fitted(given, list(headings), path.name)
        rows = {e.number: Row(e.number, dict.fromkeys(headings, "") | _cells(e)) for e in listed}
    events = []
    for event in listed:
        read = _read(case, catalogue, event, path.name)
        if mapping is None:
            events.append(read)
            continue
        row = rows[event.number]
        if not mapping.keeps(row):
            events.append(_Event(read.paragraph, {}, (), kept=False))
        for texts in mapping.claims(row) if mapping.keeps(row) else ():
            events.append(_mapped(case, catalogue, read, texts))
    return events


def _cells(event: MapEvent) -> dict[str, str]:
    own = {"name": event.name, "description": event.description, "begin": event.begin,
           "end": event.end}  # fmt: skip
    return {key: text for key, text in own.items() if text is not None} | dict(event.fields)


def _read(case: Case, catalogue: Catalogue, event: MapEvent, file: str) -> _Event:
    """What an event says by itself, in the words of the format."""
    said = [each for each in (event.name, event.description) if each]
    fields: dict[str, Any] = {
        "statement": shortened(": ".join(dict.fromkeys(said))) or f"Event {event.number} of {file}"
    }
    notes = []
    when, why = _time(event)
    place, where = _place(case, event)
    fields |= {key: text for key, text in (("event", when), ("place", place)) if text is not None}
    notes += [each for each in (why, where) if each]
    system = _system(case, catalogue, ". ".join(said))
    if system is not None:
        fields |= {"about": "presence", "system": system}
    return _Event(_paragraph(event), fields, tuple(notes))


def _paragraph(event: MapEvent) -> str:
    parts = [f"{event.number}. {event.name or 'Unnamed'}."]
    parts += [event.description] if event.description else []
    fields = {"begin": event.begin, "end": event.end, **event.fields}
    parts += [f"{key}: {text};" for key, text in fields.items() if text and text not in parts[0]]
    if event.lon is not None and event.lat is not None:
        parts.append(f"At longitude {event.lon:g}, latitude {event.lat:g}.")
    return " ".join(parts)


def _time(event: MapEvent) -> tuple[str | None, str]:
    """The shortest time of the format that holds begin and end, and why there is none."""
    begin = event.begin or _first(event, BEGIN_KEYS)
    end = event.end or _first(event, END_KEYS)
    written = [text for text in (begin, end) if text]
    if not written:
        return None, "no date is given"
    moments = [_iso(text) for text in written]
    if None in moments:
        return None, f"{' to '.join(map(repr, written))} is no ISO 8601 date: left unknown"
    texts = [text for text in moments if text is not None]
    if len(set(texts)) == 1:
        return texts[0], ""
    for length, what in ((10, "day"), (7, "month"), (4, "year")):
        if len({text[:length] for text in texts}) == 1 and len(texts[0]) >= length:
            return texts[0][:length], f"{' to '.join(written)}: kept as its {what}"
    return None, f"{' to '.join(written)} spans more than a year: left unknown"


def _first(event: MapEvent, keys: Iterable[str]) -> str | None:
    fields = {key.casefold(): text for key, text in event.fields.items()}
    return next((fields[key] for key in keys if key in fields), None)


def _iso(text: str) -> str | None:
    """A time as the format writes it; a clock without its offset is left out, not guessed."""
    for form in (text, text[:10] if text[10:11] in ("T", " ") else ""):
        try:
            return parse_moment(form).text
        except ValueError:
            continue
    return None


def _place(case: Case, event: MapEvent) -> tuple[str | None, str]:
    """The nearest place whose published precision holds the point, else the one area around it."""
    if event.lon is None or event.lat is None:
        return None, f"no position: {event.note}"
    lon, lat = event.lon, event.lat
    near = [
        (metres, place.id)
        for place in case.places
        if place.lat is not None and place.lon is not None and place.precision_m is not None
        and (metres := distance_m(place.lat, place.lon, lat, lon)) <= place.precision_m
    ]  # fmt: skip
    if near:
        return min(near)[1], ""
    around = [place.id for place in case.places if _holds(place, lon, lat)]
    if len(around) == 1:
        return around[0], ""
    return None, f"longitude {lon:g}, latitude {lat:g} lies at no place of the case"


def _holds(place: Place, lon: float, lat: float) -> bool:
    import shapely

    return place.polygon is not None and bool(
        shapely.Polygon(place.polygon).covers(shapely.Point(lon, lat))
    )


def _system(case: Case, catalogue: Catalogue, text: str) -> str | None:
    """The one system that a name or description speaks of."""
    from shieldwall.evidence.extraction import extract

    found = {
        mention.id
        for mention in extract(text, "", catalogue=catalogue, places=case.places)
        if mention.kind == "system"
    }
    return found.pop() if len(found) == 1 else None


def _mapped(case: Case, catalogue: Catalogue, read: _Event, texts: dict[str, str]) -> _Event:
    """An event with the fields its map reads; they win over those read without it."""
    fields, notes = _known(case, catalogue, _numbers(texts))
    when = fields.get("event")
    if when is not None and (iso := _iso(when)) != when:
        notes.append(f"{when!r} is no ISO 8601 date: left unknown")
        fields.pop("event")
        fields |= {} if iso is None else {"event": iso}
    kept = () if fields.keys() >= {"event", "place"} else read.notes
    return _Event(read.paragraph, read.fields | fields, (*kept, *notes))


def _numbers(texts: dict[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = dict(texts)
    for name in ("credibility", "count_low", "count_likely", "count_high"):
        text = texts.get(name, "")
        if text.isdecimal():
            fields[name] = int(text)
        elif text.replace(".", "", 1).isdecimal():
            fields[name] = float(text)
    return fields


def _known(
    case: Case, catalogue: Catalogue, fields: dict[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """Fields without the names this case does not know, and a note on each."""
    known = {
        "source": {source.id for source in case.sources},
        "relays": {claim.id for claim in case.claims},
        "place": {place.id for place in case.places},
        "origin": {origin.id for origin in case.origins},
        "system": {*catalogue.systems, *catalogue.radars, *catalogue.threats},
    }
    wrong = [k for k in UNKNOWN_ELSEWHERE if k in fields and fields[k] not in known[k]]
    notes = [f"{key} {fields[key]!r} is not known here: left out" for key in wrong]
    return {key: value for key, value in fields.items() if key not in wrong}, notes


# ---- Our own CSV ---------------------------------------------------------------------------------


def _from_csv(case: Case, catalogue: Catalogue, path: Path) -> list[_Event]:
    """Claims of another case, exported: drafts here, since nobody has reviewed them here."""
    events = []
    for number, cells in read_csv(path):
        texts = {key: inert(each) if isinstance(each, str) else each for key, each in cells.items()}
        row = {key: each for key, each in texts.items() if each is not None}
        said = {key: row[key] for key in FIELDS if key in row and key not in ("id", "ingestion")}
        fields, notes = _known(case, catalogue, said)
        listed = "; ".join(f"{key}: {value}" for key, value in row.items() if key != "statement")
        paragraph = f"{number}. {row.get('statement', '')} ({listed})"
        events.append(_Event(" ".join(paragraph.split()), fields, tuple(notes)))
    if not events:
        raise InputError(f"{path}: holds no claim")
    return events
