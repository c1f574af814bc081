"""A small bucket of Copernicus tiles on a local server, with failures to order."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

SIDE = 240
"""Posts a side of the small tiles: 15 arc-seconds, overviews of 30, 60 and 120."""


@dataclass
class Bucket:
    """Objects by path, what was asked for, and what goes wrong."""

    url: str
    folder: Path
    objects: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    """(path, Range header) of every request."""
    trouble: Callable[[str, int], str | None] = lambda path, times: None
    """(path, how often it was asked before) -> a failure, or none."""
    ranges: bool = True

    def add(self, lat: int, lon: int, height_m: float = 100.0, arcsec: int = 10) -> str:
        """Add a tile of relief in the bucket's layout; returns its path."""
        north = f"{'N' if lat >= 0 else 'S'}{abs(lat):02d}"
        east = f"{'E' if lon >= 0 else 'W'}{abs(lon):03d}"
        name = f"Copernicus_DSM_COG_{arcsec}_{north}_00_{east}_00_DEM"
        path = f"/copernicus-dem-{arcsec * 3}m/{name}/{name}.tif"
        self.objects[path] = cog(self.folder / f"{name}.tif", lat, lon, height_m)
        self.list(arcsec, name)
        return path

    def list(self, arcsec: int, *names: str) -> None:
        """Enter names in a product's list of tiles."""
        path = f"/copernicus-dem-{arcsec * 3}m/tileList.txt"
        lines = "".join(f"{name}\r\n" for name in names)
        self.objects[path] = self.objects.get(path, b"") + lines.encode()

    def tiles_asked(self) -> list[str]:
        """Paths of the tiles that were asked for, each once, in order."""
        return list(dict.fromkeys(path for path, _ in self.asked if path.endswith(".tif")))


def cog(path: Path, lat: int, lon: int, height_m: float) -> bytes:
    """A small cloud-optimised tile as Copernicus lays it out: half a post north and west."""
    step = 1.0 / SIDE
    relief = np.random.default_rng(abs(lat * 1_000 + lon)).normal(height_m, 5.0, (SIDE, SIDE))
    with rasterio.open(
        path, "w", driver="COG", dtype="float32", count=1, width=SIDE, height=SIDE,
        crs="EPSG:4326", compress="deflate", predictor=3, blocksize=128,
        transform=Affine(step, 0, lon - step / 2, 0, -step, lat + 1 + step / 2),
        overview_resampling="average", overviews="auto",
    ) as file:  # fmt: skip
        file.write(relief.astype(np.float32), 1)
    return path.read_bytes()


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Bucket]:
    """A running server; ``url`` is its base address."""
    folder = tmp_path / "made"
    folder.mkdir()
    stopping = threading.Event()
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    shop = Bucket(f"http://127.0.0.1:{server.server_port}", folder)
    server.RequestHandlerClass = _handler(shop, stopping)
    server.daemon_threads = True
    thread = threading.Thread(target=lambda: server.serve_forever(0.05), daemon=True)
    thread.start()
    yield shop
    stopping.set()
    server.shutdown()
    server.server_close()
    thread.join()


def _handler(bucket: Bucket, stopping: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            times = sum(path == self.path for path, _ in bucket.asked)
            bucket.asked.append((self.path, self.headers.get("Range", "")))
            trouble = bucket.trouble(self.path, times)
            data = bucket.objects.get(self.path)
            if data is None:
                trouble = "404"
            if trouble in ("404", "403", "500", "503"):
                self.send_error(int(trouble))
            elif trouble == "redirect":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere.tif")
                self.end_headers()
            elif trouble == "html":
                self._answer(b"<html>sign in</html>", "text/html")
            elif trouble == "stall":
                stopping.wait(5.0)
            elif trouble == "drip":
                self._drip(data or b"")
            else:
                self._answer(data or b"", "image/tiff", cut=trouble == "cut")

        def _part(self, data: bytes) -> tuple[int, int]:
            first, last = self.headers["Range"].removeprefix("bytes=").split("-")
            return int(first), min(int(last), len(data) - 1)

        def _answer(self, data: bytes, kind: str, cut: bool = False) -> None:
            kind = "text/plain" if self.path.endswith(".txt") else kind
            if bucket.ranges and self.headers.get("Range"):
                first, last = self._part(data)
                if first >= len(data):
                    self.send_error(416)
                    return
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
                data = data[first : last + 1]
            else:
                self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2] if cut else data)

        def _drip(self, data: bytes) -> None:
            first, last = self._part(data)
            self.send_response(206)
            self.send_header("Content-Type", "image/tiff")
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
            self.end_headers()
            for byte in data:
                if stopping.is_set():
                    break
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.02)

    return Handler
