"""Imagery readings into a case's folder, once they are shown to be right."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from shieldwall.case.records import Case
from shieldwall.errors import InputError
from shieldwall.evidence.desk.showing import plural
from shieldwall.files import write_bytes

IMAGERY = "imagery"
MAPS = (".kml", ".kmz")
TABLES = (".csv", ".tsv", ".xlsx")
GEOJSON_TYPES = ("Feature", "FeatureCollection")


@dataclass(frozen=True)
class Given:
    """Bytes handed in, under the name they go by."""

    name: str
    data: bytes


@dataclass(frozen=True)
class AddedImagery:
    """What became of one file of imagery readings."""

    name: str
    file: str
    new: bool
    readings: int
    claims: int
    refused: tuple[str, ...]
    """Pictures that are no readings, with the reason."""

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {"kind": "imagery", **asdict(self)}

    def lines(self, show_dropped: bool) -> list[str]:
        """As a person reads it."""
        state = "copied to" if self.new else "already at"
        found = [f"{self.name}: {state} {self.file}"]
        found.append(
            f"  readings  {self.readings}, giving {plural(self.claims, 'claim', 'claims')}"
        )
        return found + [f"  refused   {each}" for each in self.refused]


def is_imagery(given: Given) -> bool:
    """True for GeoJSON and STAC; what is neither that nor a document is refused with a hint."""
    suffix = Path(given.name).suffix.lower()
    if suffix in MAPS:
        raise InputError(f"{given.name}: is a map; `shieldwall evidence import` reads its events")
    if suffix in TABLES or given.data.startswith(b"\x1f\x8b"):
        raise InputError(
            f"{given.name}: is no document; `shieldwall evidence landings` reads aircraft tracks, "
            "`shieldwall import` reads tables of claims"
        )
    head = given.data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix not in (".json", ".geojson") and not head.startswith(b"{"):
        return False
    try:
        top = json.loads(given.data)
    except (ValueError, RecursionError) as error:
        if suffix in (".json", ".geojson"):
            raise InputError(f"{given.name}: is not valid JSON: {error!s:.200}") from error
        return False
    if isinstance(top, dict) and top.get("type") in GEOJSON_TYPES:
        return True
    raise InputError(
        f"{given.name}: is JSON, but neither GeoJSON nor STAC; aircraft tracks are read by "
        "`shieldwall evidence landings`"
    )


def add_imagery(case: Case, given: Given) -> AddedImagery:
    """Copy imagery readings into the case, once they are shown to be right.

    Raises ``InputError`` where they are not; then nothing is written.
    """
    from shieldwall.evidence.imagery import readings

    name = Path(given.name).name
    if Path(name).suffix.lower() not in (".json", ".geojson"):
        name = f"{Path(name).stem}.geojson"
    target = case.folder / IMAGERY / name
    known = target.is_file() and target.read_bytes() == given.data
    if target.exists() and not known:
        raise InputError(f"{given.name}: {IMAGERY}/{name} is there with other content; rename one")
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        if (case.folder / IMAGERY).is_dir():
            shutil.copytree(case.folder / IMAGERY, folder / IMAGERY)
        (folder / IMAGERY).mkdir(exist_ok=True)
        (folder / IMAGERY / name).write_bytes(given.data)
        try:
            found = readings(replace(case, folder=folder))
        except InputError as error:
            raise InputError(
                f"{given.name}: {error}; if it is a list of events, `shieldwall evidence import` "
                "reads it"
            ) from error
    mine = [each for each in found if each.where.startswith(f"{IMAGERY}/{name}:")]
    if not known:
        write_bytes(target, given.data)
    return AddedImagery(
        given.name, f"{IMAGERY}/{name}", not known, len(mine),
        sum(len(each.claims) for each in mine if each.refused is None),
        tuple(f"{each.id}: {each.refused}" for each in mine if each.refused),
    )  # fmt: skip
