"""The coverage floor: accuracy, speed beside GDAL's viewshed, scaling, memory, a 400 km radius.

Relief is the real tiles beside the checkout, or generated from a seed where they are missing.
``python -m benchmarks floor`` runs it; about two minutes on two cores.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.transform import from_origin

from benchmarks import gdal_viewshed as gdal
from benchmarks.tables import Timing, best_of, cores, show
from shieldwall.coverage.floor import FEWEST_RAYS, coverage_floor, coverage_floors, smooth_floor_m
from shieldwall.terrain.mosaic import Mosaic
from shieldwall.terrain.rasters import open_raster
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.source import Terrain
from tests.authorities import relief
from tests.authorities.exact_floor import exact_floors

SEED = 2026
OBSERVERS = 12
TARGETS = 40_000
MAST_M = 20.0
K = 4 / 3
ALTITUDES_M = (50, 300, 1_000, 3_000, 5_000)

Floats32 = NDArray[np.float32]


def main() -> None:
    """Print every table as it is measured."""
    tiles, words = _tiles()
    print(f"Coverage floor. {words}")
    print(f"GDAL: C API {gdal.api_version() or 'not bundled'}, command {_command()}.")
    for name, z, cell_m in tiles:
        accuracy(name, z, cell_m)
    pillar()
    _, z, cell_m = tiles[0]
    speed(z, cell_m)
    scaling(z, cell_m)
    memory()
    wide(z)


def _tiles() -> tuple[list[tuple[str, Floats32, float]], str]:
    if relief.TILES.exists():
        return [
            ("Olympic Peninsula, 1 arc-second", relief.olympic(), 30.0),
            ("Alps, 3 arc-seconds", relief.alps(), 90.0),
        ], "Relief: SRTM tiles N48W125 (its void as sea) and N46E008 (voids filled)."
    return [
        ("generated, 3601 x 3601", relief.generated(3_601, SEED), 30.0),
        ("generated, 1201 x 1201", relief.generated(1_201, SEED + 1, 3_500.0), 90.0),
    ], f"Relief: generated from seed {SEED}; the real tiles are not beside this checkout."


def _command() -> str:
    return gdal.command_version() or gdal.HOW_TO_INSTALL


def _observers(z: Floats32, count: int) -> NDArray[np.int64]:
    places: NDArray[np.int64] = np.random.default_rng(SEED).integers(0, z.shape, (count, 2))
    return places


def accuracy(name: str, z: Floats32, cell_m: float) -> None:
    """Ours and GDAL's against exact sight lines in the same random cells."""
    rng = np.random.default_rng(SEED)
    memory_grid = gdal.InMemory(z, cell_m) if gdal.api_version() else None
    exact, found = [], {"Shieldwall": [], "GDAL viewshed": []}
    for row, col in _observers(z, OBSERVERS):
        cells = tuple(rng.integers(0, side, TARGETS) for side in z.shape)
        exact.append(exact_floors(z, cell_m, row, col, MAST_M, *cells, K))
        found["Shieldwall"].append(coverage_floor(z, cell_m, row, col, MAST_M, K)[cells])
        if memory_grid:
            theirs = memory_grid.floor(int(row), int(col), MAST_M, K)
            found["GDAL viewshed"].append(theirs[cells])
    if memory_grid:
        memory_grid.close()
    truth = np.concatenate(exact)
    show(
        f"Accuracy, {name}: {OBSERVERS} observers x {TARGETS:,} random cells, metres",
        ["against exact float64 sight lines", "mean", "p99", "largest",
         *(f"at {a} m" for a in ALTITUDES_M)],
        [_errors(who, np.concatenate(got), truth) for who, got in found.items() if got],
        "at N m: share of cells called visible by one and hidden by the other, %."
        " Owed: mean 0.1, p99 1.5, 0.01 %.",
    )  # fmt: skip


def _errors(who: str, found: Floats32, exact: NDArray[np.float64]) -> list[str]:
    error = np.abs(found - exact)
    disagree = [100 * ((found <= a) != (exact <= a)).mean() for a in ALTITUDES_M]
    return [who, f"{error.mean():.3f}", f"{np.quantile(error, 0.99):.2f}", f"{error.max():.0f}",
            *(f"{d:.4f}" for d in disagree)]  # fmt: skip


def pillar() -> None:
    """The shadow of 500 m on 3 x 3 cells over a flat sea, 332 cells from a 30 m mast."""
    sea = np.zeros((3_601, 3_601), np.float32)
    sea[1_799:1_802, 2_132:2_135] = 500.0
    rows, cols = (a.ravel() for a in np.mgrid[1_786:1_815, 2_130:3_601])
    exact = exact_floors(sea, 30.0, 1_800, 1_800, 30.0, rows, cols, K)
    distance = np.hypot(rows - 1_800, cols - 1_800) * 30.0
    shadow = exact > smooth_floor_m(distance, 30.0, K) + 1.0
    found = {"Shieldwall": coverage_floor(sea, 30.0, 1_800, 1_800, 30.0, K)}
    if gdal.api_version():
        grid = gdal.InMemory(sea, 30.0)
        found["GDAL viewshed"] = grid.floor(1_800, 1_800, 30.0, K)
        grid.close()
    table = [["exact", "", f"{exact[shadow].max():.1f}",
              f"{np.median(exact[shadow & (cols >= 3_591)]):.1f}"]]  # fmt: skip
    for who, floor in found.items():
        got = floor[rows, cols]
        table.append([who, f"{np.abs(got - exact)[shadow].mean():.2f}", f"{got[shadow].max():.1f}",
                      f"{np.median(got[shadow & (cols >= 3_591)]):.1f}"])  # fmt: skip
    show(
        f"Shadow of a pillar, {shadow.sum():,} cells, metres",
        ["", "mean error", "largest", "median of last ten columns"],
        table,
        "Owed: mean error 1, largest 2,718.9, median 2,704.6.",
    )


def speed(z: Floats32, cell_m: float) -> None:
    """One and twelve observers on one and two cores, ours and GDAL's, wall seconds."""
    many = _observers(z, OBSERVERS)
    out = np.empty((OBSERVERS, *z.shape), np.float32)
    coverage_floor(z[:9, :9], cell_m, 4, 4, MAST_M)  # compile
    rows = []
    for count, threads in ((1, 1), (OBSERVERS, 1), (OBSERVERS, 2)):
        places = many[:count]
        with cores(threads):
            ours = best_of(
                7, lambda p=places, t=threads: coverage_floors(
                    z, cell_m, p, MAST_M, K, t, out=out[: len(p)])
            )  # fmt: skip
            fresh = best_of(
                4, lambda p=places, t=threads: coverage_floors(z, cell_m, p, MAST_M, K, t)
            )
            rows.append([f"{count} observers, {threads} cores", ours, f"{ours.cpu_s:.3f}", fresh,
                         *_gdal_speed(z, cell_m, places, threads, ours)])  # fmt: skip
    side = " x ".join(str(n) for n in z.shape)
    show(
        f"Speed, {side} cells, best of several runs, seconds",
        ["", "ours", "of CPU", "new output", "GDAL API", "of CPU", "ratio", "command", "ratio"],
        rows,
        "ours: everything from a plain array to floors in given memory; new output: memory"
        " allocated too.\n  GDAL API: viewshed from and to memory, copies in and out not"
        " counted. command: reads and writes a GeoTIFF.\n  Owed: 0.20 s for one observer on one"
        " core, 1.2 s for twelve on two; aim: 0.35 s and a ratio of 4.",
    )


def _gdal_speed(
    z: Floats32, cell_m: float, places: NDArray[np.int64], threads: int, ours: Timing
) -> list[str]:
    api = command = None
    if gdal.api_version():
        datasets = [gdal.InMemory(z, cell_m) for _ in range(threads)]
        api = best_of(3, lambda: gdal.api_runs(datasets, places, MAST_M, K))
        for dataset in datasets:
            dataset.close()
    if gdal.command_version():
        with tempfile.TemporaryDirectory() as folder:
            tile = Path(folder) / "relief.tif"
            gdal.write_tile(z, cell_m, tile)
            command = best_of(
                2, lambda: gdal.command_runs(tile, cell_m, places, MAST_M, K, threads)
            )
    columns = ["-", "-", "-"] if api is None else [
        str(api), f"{api.cpu_s:.3f}", f"{api.wall_s / ours.wall_s:.1f}"
    ]  # fmt: skip
    tail = ["-", "-"] if command is None else [str(command), f"{command.wall_s / ours.wall_s:.1f}"]
    return [*columns, *tail]


def scaling(z: Floats32, cell_m: float) -> None:
    """How time grows with cells, observers and threads."""
    rows = []
    for size, count, threads in (
        (901, 12, 1), (1_801, 12, 1), (3_601, 12, 1),
        (3_601, 1, 2), (3_601, 3, 2), (3_601, 6, 2), (3_601, 12, 2), (3_601, 24, 2),
    ):  # fmt: skip
        part = np.ascontiguousarray(z[-size:, -size:])
        places = _observers(part, count)
        out = np.empty((count, *part.shape), np.float32)
        took = best_of(
            4, lambda a=part, p=places, t=threads, o=out: coverage_floors(
                a, cell_m, p, MAST_M, K, t, out=o)
        )  # fmt: skip
        cells = part.size * count
        rows.append([f"{size} x {size}, {count} observers, {threads} threads", took,
                     f"{took.cpu_s:.3f}", f"{cells / took.wall_s / 1e6:.0f}",
                     f"{cells / took.cpu_s / 1e6:.0f}"])  # fmt: skip
    show(
        "Scaling",
        ["", "seconds", "of CPU", "million cells/s", "per CPU second"],
        rows,
        f"No octant has fewer than {FEWEST_RAYS:,} rays: small grids pay for their accuracy.",
    )


def memory() -> None:
    """Peak memory of a fresh process, by grid and observers."""
    rows = []
    for size, count in ((3_601, 1), (3_601, 12), (8_889, 1)):
        said = subprocess.run(
            [sys.executable, "-m", "benchmarks.floor", str(size), str(count)],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        extra = float(said)
        grids = size * size * 4 / 2**20
        rows.append([f"{size} x {size}, {count} observers", f"{grids:.0f}", f"{extra:.0f}",
                     f"{extra / grids:.2f}"])  # fmt: skip
    show(
        "Memory, MiB above the elevation given",
        ["", "one grid of float32", "peak", "in grids"],
        rows,
        "One grid for the transposed elevation and one for each observer's floor.",
    )


def _peak(size: int, count: int) -> None:
    """In a process of its own: the most memory used, less that before, in MiB."""
    z = np.ones((size, size), np.float32)
    coverage_floor(z[:9, :9], 30.0, 4, 4, MAST_M)
    before = _high_water_mib()
    coverage_floors(z, 30.0, _observers(z, count), MAST_M, K, 2)
    print(_high_water_mib() - before)


def _high_water_mib() -> float:
    """Of this program alone: what getrusage says is inherited from the parent's."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return float(line.split()[1]) / 1024


def wide(z: Floats32) -> None:
    """A 400 km radius at 90 m: 79 million cells, and bringing the elevation into its frame."""
    lat, lon, radius_m, cell_m = 10.5, -66.9, 400_000.0, 90.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "degrees.tif"
        _write_degrees(z, path, lat, lon)
        note = TerrainNote("files", "generated", cell_m, "", None, None, True)
        terrain = Terrain(note, Mosaic((open_raster(path),)))
        with cores(2):
            reprojecting = best_of(1, lambda: terrain.site(lat, lon, radius_m, cell_m))
            site = terrain.site(lat, lon, radius_m, cell_m)
            half = site.grid.rows // 2
            out = np.empty((1, *site.elevation_m.shape), np.float32)
            rows = []
            for threads in (1, 2):
                took = best_of(3, lambda t=threads: coverage_floors(
                    site.elevation_m, cell_m, [(half, half)], MAST_M, K, t, out=out))  # fmt: skip
                rate = f"{site.elevation_m.size / took.wall_s / 1e6:.0f}"
                rows.append([f"floor, {threads} threads", took, f"{took.cpu_s:.3f}", rate])
    rows.append(["reading and reprojecting 3 arc-seconds", reprojecting,
                 f"{reprojecting.cpu_s:.3f}", ""])  # fmt: skip
    side = site.grid.rows
    show(
        f"A 400 km radius at 90 m: {side} x {side} = {side * side / 1e6:.0f} million cells",
        ["", "seconds", "of CPU", "million cells/s"],
        rows,
        "Owed: the kernel within 1 s on two threads.",
    )


def _write_degrees(z: Floats32, path: Path, lat: float, lon: float) -> None:
    """The tile repeated over 8 degrees at 3 arc-seconds: as rough, without a coast of its own."""
    step, side = 1 / 1_200, 9_600
    times = -(-side // z.shape[0])
    wide_z = np.tile(z, (times, times))[:side, :side].astype(np.int16)
    with rasterio.open(
        path, "w", driver="GTiff", height=side, width=side, count=1, dtype="int16", tiled=True,
        crs="EPSG:4326", transform=from_origin(lon - 4, lat + 4, step, step),
    ) as raster:  # fmt: skip
        raster.write(wide_z, 1)


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _peak(int(sys.argv[1]), int(sys.argv[2]))
    else:
        main()
