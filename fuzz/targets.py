"""What each harness feeds: a maker that imports the parser and gives a function of bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

Target = Callable[[bytes], object]


def _file(suffix: str, read: Callable[[Path], object]) -> Target:
    """A parser of paths, fed through one file in memory-backed temporary storage."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    path = folder / f"input{suffix}"

    def target(data: bytes) -> None:
        path.write_bytes(data)
        read(path)

    return target


def document() -> Target:
    """Text, Markdown and HTML with every later step: furniture, language, dates, hashes."""
    from shieldwall.evidence.documents import read_document

    def target(data: bytes) -> None:
        if b"%PDF-" in data[:1024]:  # has its own harness, without a process for each input
            return
        found = read_document(data, "input", "https://example.org/2019/03/24/x")
        tiles = sorted((s.start, s.end) for s in (*found.kept, *found.dropped))
        ends = [0, *(end for _, end in tiles)]
        if [start for start, _ in tiles] != ends[:-1] or ends[-1] != len(found.text):
            raise AssertionError("kept and dropped do not tile the text")

    return target


def pdf() -> Target:
    """PDF inside this process (the product reads them in one that it can stop)."""
    from shieldwall.evidence.documents import pdf, pdf_worker
    from shieldwall.evidence.documents.furniture import separate

    def target(data: bytes) -> None:
        answer = pdf_worker.extract(data)
        if "error" not in answer:
            text, blocks, _, _ = pdf.from_answer(answer)
            separate(text, blocks)

    return target


def tracks(suffix: str) -> Callable[[], Target]:
    """Flight tracks, down to landings."""

    def make() -> Target:
        from shieldwall.evidence.flights import landings, read_tracks

        def read(path: Path) -> None:
            for track in read_tracks(path):
                landings(track)

        return _file(suffix, read)

    return make


def events(suffix: str) -> Callable[[], Target]:
    """Event lists."""

    def make() -> Target:
        from shieldwall.vectors import read_events

        return _file(suffix, read_events)

    return make


def polygons(suffix: str) -> Callable[[], Target]:
    """Areas."""

    def make() -> Target:
        from shieldwall.vectors import read_polygons

        return _file(suffix, read_polygons)

    return make


def imagery() -> Target:
    """Imagery readings, GeoJSON and STAC Items, in the skeleton of a case."""
    from shieldwall.case.load import load_case
    from shieldwall.case.skeleton import new_case
    from shieldwall.evidence.imagery import readings
    from shieldwall.evidence.imagery.files import FOLDER

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"), "case")
    new_case(folder, "fuzzed")
    path = folder / FOLDER / "input.geojson"
    path.parent.mkdir()
    read = load_case(folder)

    def target(data: bytes) -> None:
        path.write_bytes(data)
        readings(read)

    return target


def extraction() -> Target:
    """Proposed claims out of any text."""
    from shieldwall.evidence.extraction import extract

    return lambda data: extract(data.decode("utf-8", "replace"))


def case() -> Target:
    """A case one file of which is the input; the rest is the skeleton of ``shieldwall new``."""
    from shieldwall.case.formats import FILES
    from shieldwall.case.load import load_texts
    from shieldwall.case.skeleton import new_case
    from shieldwall.control.indicators import indicators

    folder = Path(tempfile.mkdtemp(prefix="fuzz-"), "case")
    new_case(folder, "fuzzed")
    names = tuple(FILES)

    def target(data: bytes) -> None:
        name = names[data[0] % len(names)] if data else names[0]
        indicators(load_texts(folder, None, {name: data[1:].decode("utf-8", "replace")}))

    return target


TARGETS: dict[str, Callable[[], Target]] = {
    "text": document, "html": document, "markdown": document, "pdf": pdf,
    "tracks-json": tracks(".json"), "tracks-csv": tracks(".csv"),
    "imagery": imagery, "extraction": extraction, "case": case,
    "events-geojson": events(".geojson"), "events-kml": events(".kml"),
    "events-kmz": events(".kmz"), "polygons-gpkg": polygons(".gpkg"),
}  # fmt: skip
