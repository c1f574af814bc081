"""Bringing Copernicus elevation into the cache: the only part of the product that uses a network.

Runs when a person asks for it and never by itself. Squares already in the cache are left alone,
so a second run fetches only what is missing; each tile is written whole, then entered in the
manifest with its checksum.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shieldwall.case.records import Case
from shieldwall.errors import FetchError, UsageError
from shieldwall.files import replacing
from shieldwall.progress import Progress, Silent
from shieldwall.terrain.cache import Cache, Entry, Square, default_cache, file_sha256, squares
from shieldwall.terrain.copernicus import (
    BUCKETS,
    GLO30,
    GLO90,
    METRES_PER_ARCSEC,
    Product,
    TileLevel,
    address,
    level_for,
    read_tile,
    resolution_for,
    tile_list,
)
from shieldwall.terrain.ranged import Client, check_address

MAX_TILES = 2_000
"""Squares of one case; more is a mistyped area."""


@dataclass(frozen=True)
class FetchReport:
    """What a fetch did."""

    folder: str
    tiles: int
    fetched: int
    kept: int
    """Squares that were complete in the cache before."""
    sea: int
    """Squares without a tile: open sea, 0 m."""
    from_glo90: int
    """Squares that GLO-30 withholds, taken from GLO-90."""
    spacing_m: float
    received_bytes: int

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)

    def __str__(self) -> str:
        return (
            f"{self.tiles} one-degree tiles in {self.folder}, posts every {self.spacing_m:.0f} m: "
            f"{self.fetched} fetched ({self.received_bytes / 1e6:.1f} MB), {self.kept} there "
            f"before, {self.sea} open sea, {self.from_glo90} from GLO-90"
        )


@dataclass(frozen=True)
class _Source:
    client: Client
    base_url: str
    lists: tuple[frozenset[str] | None, frozenset[str] | None]

    def listed(self, product: Product, square: Square) -> bool | None:
        """Whether the server's list names the tile; ``None`` where it has no list."""
        names = self.lists[0 if product is GLO30 else 1]
        return None if names is None else product.tile(square) in names


def fetch(
    case: Case,
    cache: Path | None = None,
    resolution_m: float | None = None,
    base_url: str | None = None,
    progress: Progress | None = None,
    client: Client | None = None,
) -> FetchReport:
    """Bring the elevation of a case's area into ``cache`` (default: ``default_cache()``).

    ``resolution_m`` is the spacing of posts wanted, by default half the case's cell: the coarsest
    overview that is fine enough is what is transferred. ``base_url`` is where the buckets are,
    with ``{bucket}`` where the name goes. Raises ``FetchError``; what was complete stays.
    """
    wanted_m = resolution_for(case.terrain.cell_m) if resolution_m is None else resolution_m
    if not 0.0 < wanted_m < float("inf"):
        raise UsageError(f"a resolution of {wanted_m} m; expected metres above 0, such as 90")
    base_url = base_url or BUCKETS
    check_address(address(base_url, GLO30))
    wanted = level_for(wanted_m)
    folder = default_cache() if cache is None else cache
    store, asked = Cache(folder), squares(case.area)
    if len(asked) > MAX_TILES:
        raise UsageError(f"the case area touches {len(asked)} tiles; at most {MAX_TILES}")
    progress = progress or Silent()
    progress.step("checking the cache")
    before = _good(store, asked, wanted)
    entries, received = dict(before), 0
    missing = [s for s in asked if s not in before]
    if missing:
        progress.step("reading the lists of tiles")
        source = _source(client or Client(), base_url)
        progress.step(f"fetching {len(missing)} tiles")
        for done, square in enumerate(missing):
            progress.advance(done, len(missing))
            entries[square], size = _fetch_square(source, store, square, wanted)
            received += size
        progress.advance(len(missing), len(missing))
        _remember_sea(source, store, entries)
    found = [entries[s] for s in asked]
    return FetchReport(
        folder=str(store.folder),
        tiles=len(asked),
        fetched=sum(entries[s].state == "land" for s in missing),
        kept=len(before),
        sea=sum(e.state == "sea" for e in found),
        from_glo90=sum(e.product == GLO90.name for e in found),
        spacing_m=max((e.arcsec for e in found), default=wanted) * METRES_PER_ARCSEC,
        received_bytes=received,
    )


def _good(store: Cache, asked: tuple[Square, ...], wanted: int) -> dict[Square, Entry]:
    """Per square the finest intact entry that is at least as fine as wanted."""
    known = store.entries()
    good: dict[Square, Entry] = {}
    for square in asked:
        fine = (e for e in known.get(square, ()) if e.wanted_arcsec <= wanted)
        intact = next((e for e in fine if store.intact(e)), None)
        if intact is not None:
            good[square] = intact
    return good


def _source(client: Client, base_url: str) -> _Source:
    lists = (tile_list(client, base_url, GLO30), tile_list(client, base_url, GLO90))
    return _Source(client, base_url, lists)


def _fetch_square(source: _Source, store: Cache, square: Square, wanted: int) -> tuple[Entry, int]:
    for product in (GLO30, GLO90):
        listed = source.listed(product, square)
        if listed is False:
            continue
        level = read_tile(source.client, source.base_url, product, square, wanted)
        if level is not None:
            return _store(source, store, square, wanted, product, level), level.received
        if listed:
            raise FetchError(
                f"{address(source.base_url, product, product.tile(square))}: the list of tiles "
                "names it but it is not there; try again later"
            )
    entry = Entry(*square, wanted, "sea", "", float(wanted), "", 0, "", source.base_url)
    if source.lists[1] is not None:
        store.remember(entry)
    return entry, 0


def _remember_sea(source: _Source, store: Cache, entries: dict[Square, Entry]) -> None:
    """Without lists, a missing tile is sea only on a server that holds some tile at all."""
    if source.lists[1] is not None:
        return
    if all(e.state == "sea" for e in entries.values()):
        raise FetchError(
            f"{source.base_url}: neither a list of tiles nor any tile of the case area is there; "
            "is this the address of the Copernicus DEM buckets?"
        )
    for entry in entries.values():
        if entry.state == "sea":
            store.remember(entry)


def _store(
    source: _Source, store: Cache, square: Square, wanted: int, product: Product, level: TileLevel
) -> Entry:
    name = product.tile(square)
    path = store.folder / f"{name}_{wanted}s.tif"
    with _writing(path, level) as temporary:
        entry = Entry(
            *square, wanted, "land", product.name, level.arcsec, path.name,
            temporary.stat().st_size, file_sha256(temporary),
            address(source.base_url, product, name, f"{name}.tif"),
        )  # fmt: skip
    store.remember(entry)
    return entry


@contextmanager
def _writing(path: Path, level: TileLevel) -> Iterator[Path]:
    """A small GeoTIFF under a temporary name, renamed to ``path`` on success."""
    import rasterio
    from rasterio.transform import Affine

    rows, cols = level.posts_m.shape
    with replacing(path) as temporary:
        with rasterio.open(
            temporary, "w", driver="GTiff", width=cols, height=rows, count=1, dtype="float32",
            crs="EPSG:4326", transform=Affine(*level.transform), nodata=float("nan"),
            tiled=True, compress="deflate", predictor=3,
        ) as file:  # fmt: skip
            file.write(level.posts_m, 1)
        yield temporary
