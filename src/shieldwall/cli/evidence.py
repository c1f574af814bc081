"""The verbs of ``shieldwall evidence``: verbs and flags, nothing else."""

from __future__ import annotations

import argparse
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shieldwall.cli.common import declare, json_flag, print_json
from shieldwall.errors import InputError, UsageError

if TYPE_CHECKING:
    from shieldwall.case.records import Case
    from shieldwall.catalogue.records import Catalogue
    from shieldwall.evidence.store import Store

ADD = """\
Text, HTML, Markdown and PDF become documents in the case's evidence store; the same document
twice is one document. GeoJSON and STAC readings of images are checked and copied into
CASE/imagery. Nothing enters claims.toml before `shieldwall evidence review`.
"""
EXTRACT = """\
Each mention has document, start, end, text, kind, value and modality; start and end count the
characters of the document's text. Page furniture (menus, comments, trackbacks) gives none.
"""
REVIEW = """\
Each draft is shown with its passage, the claim it would become and what is known of its document.
Keys: a accept, e edit, r reject, s skip, u undo, q quit, ? help; each followed by Enter.
An accepted claim is written into claims.toml with its document and span; sources found on the way
are added with grade F, which counts for nothing until you grade them. With --json and without
--accept the open drafts are listed, and nothing is decided.
"""
LANDINGS = """\
Reads readsb/tar1090 traces, OpenSky CSV and JSON, FlightRadar24 CSV and plain CSV, also gzipped.
No track is not evidence of no flight.
"""
EXPORT = """\
prov     W3C PROV-JSON: documents, claims, sources, who reviewed what and when, who relays whom
geojson  claims at the places they name, with their precision; null geometry where unlocated
csv      one claim a row; `shieldwall evidence import` reads it into another case
"""
IMPORT = """\
Reads points of GeoJSON, KML and KMZ, and CSV made by `shieldwall evidence export`. Every event
becomes a draft for `shieldwall evidence review`; a date or place it does not give stays unknown.
"""


def declare_verbs(verbs: Any) -> None:
    """Add ``evidence`` and its actions to the parser."""
    evidence = verbs.add_parser(
        "evidence", help="documents, tracks and images: from what was published to claims"
    )
    actions = evidence.add_subparsers(metavar="ACTION", required=True)

    one = declare(actions, "add", _add, "add documents to a case and propose claims", ADD)
    _case(one)
    one.add_argument("path", metavar="FILE", help="a file, a folder, or - for standard input")
    one.add_argument("--address", metavar="URL", help="the web address it was read at")
    one.add_argument("--retrieved", metavar="TIME", help="when, such as 2025-11-02T10:00Z")
    _source(one)
    one.add_argument(
        "--show-dropped", action="store_true", help="list what is no part of the article"
    )
    _store(one)
    json_flag(one)

    one = declare(actions, "extract", _extract, "what documents mention; needs no case", EXTRACT)
    one.add_argument("files", nargs="+", metavar="FILE", help="documents, or - for standard input")
    one.add_argument("--case", type=Path, help="a case folder, for the names of its places")
    json_flag(one)

    one = declare(actions, "review", _review, "decide on drafts of claims, one by one", REVIEW)
    _case(one)
    one.add_argument("--by", metavar="NAME", default="analyst", help="who decides, for the record")
    _source(one)
    one.add_argument(
        "--accept", action="store_true", help="accept all unreviewed, marked as machine-read"
    )
    _store(one)
    json_flag(one)

    one = declare(actions, "landings", _landings, "landings and take-offs in tracks", LANDINGS)
    one.add_argument("tracks", nargs="+", type=Path, metavar="TRACK", help="track files")
    one.add_argument("--week", metavar="AIRPORT", help="count by week at this ICAO code instead")
    one.add_argument(
        "--detection", type=float, metavar="P", help="for --week: chance that a movement is seen"
    )
    json_flag(one)

    one = declare(actions, "origins", _origins, "who repeats whom, as a tree, with odds")
    _case(one)
    json_flag(one)

    one = declare(
        actions, "verify", _verify, "find any altered byte of the evidence store",
        "Exit code 0 where it is sound; 3, with what was found, where it is not.",
    )  # fmt: skip
    _case(one)
    _store(one)
    json_flag(one)

    one = declare(actions, "export", _export, "claims and their origins for other tools", EXPORT)
    _case(one)
    one.add_argument("--to", choices=("prov", "geojson", "csv"), required=True, help="the format")
    one.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to write")
    _store(one)
    json_flag(one)

    one = declare(actions, "import", _import, "event lists of others, as drafts", IMPORT)
    _case(one)
    one.add_argument("file", type=Path, help="a .geojson, .json, .kml, .kmz or .csv file")
    one.add_argument("--map", type=Path, help="a column map, as for `shieldwall import`")
    _source(one)
    _store(one)
    json_flag(one)


def _case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE", help="the case folder")


def _store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", metavar="URL", help="a store elsewhere: a file, or postgresql://..."
    )


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--source", metavar="ID", help="whose word it is (else by publisher or site, else new)"
    )


def _loaded(folder: Path) -> tuple[Case, Catalogue]:
    from shieldwall.case import load_case
    from shieldwall.catalogue import load_catalogue

    catalogue = load_catalogue()
    return load_case(folder, catalogue), catalogue


def _opened(options: argparse.Namespace, actor: str = "analyst", read_only: bool = False) -> Store:
    from shieldwall.evidence.store import open_store

    where = options.case if options.store is None else options.store
    return open_store(where, actor=actor, read_only=read_only)


def _stdin() -> bytes:
    from shieldwall.evidence.documents.limits import MAX_BYTES

    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _add(options: argparse.Namespace) -> int:
    from shieldwall.case.moments import parse_moment
    from shieldwall.evidence.desk.adding import add, given_files
    from shieldwall.evidence.desk.pictures import Given
    from shieldwall.progress import Console

    try:
        retrieved = None if options.retrieved is None else parse_moment(options.retrieved)
        if retrieved is not None and retrieved.precision not in ("minute", "second"):
            raise ValueError("needs a clock time with its offset, such as 2025-11-02T10:00Z")
    except ValueError as error:
        raise UsageError(f"--retrieved: {error}") from error
    case, catalogue = _loaded(options.case)
    stdin = options.path == "-"
    given = [Given("standard input", _stdin())] if stdin else [*given_files(Path(options.path))]
    if options.address is not None and len(given) > 1:
        raise UsageError("--address is that of one document; add the files one by one")
    console = Console()
    if len(given) > 1:
        console.step("reading documents")
    with _opened(options) as store:
        report = add(
            case, catalogue, store, given, options.address,
            None if retrieved is None else retrieved.start, options.source, console.advance,
        )  # fmt: skip
    console.finish()
    if options.json:
        print_json(report.as_json())
    else:
        print(report.text(options.show_dropped))
    return InputError.exit_code if report.failed else 0


def _extract(options: argparse.Namespace) -> int:
    from shieldwall.case import load_case
    from shieldwall.catalogue import load_catalogue
    from shieldwall.evidence.desk.extracting import extracted, listing

    catalogue = load_catalogue()
    places = () if options.case is None else load_case(options.case, catalogue).places
    found = []
    for name in options.files:
        data = _stdin() if name == "-" else None
        found += extracted(name, data, catalogue, places)
    if options.json:
        print_json(found)
    else:
        print(listing(found))
    return 0


def _review(options: argparse.Namespace) -> int:
    from shieldwall.catalogue import load_catalogue
    from shieldwall.evidence.desk.decisions import Desk
    from shieldwall.evidence.desk.review import Review, accept_all, listed
    from shieldwall.evidence.store import FILE

    listing = options.json and not options.accept
    if options.store is None and not (options.case / FILE).exists():
        raise InputError(f"{options.case} has no evidence store yet; add a document first")
    with _opened(options, options.by, read_only=listing) as store:
        desk = Desk(options.case, load_catalogue(), store, options.source)
        if listing:
            print_json(listed(desk))
        elif options.accept:
            report = accept_all(desk)
            if options.json:
                print_json(report.as_json())
            else:
                print(report)
        else:
            print(Review(desk, _ask, print, sys.stdout.isatty()).run())
    return 0


def _ask(prompt: str) -> str | None:
    try:
        answer = input(prompt)
    except EOFError:
        print()
        return None
    if not sys.stdin.isatty():
        print(answer)  # so that a transcript reads as a session does
    return answer


def _landings(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from shieldwall.evidence.desk.landing import listing, weekly, weeks
    from shieldwall.evidence.flights import landings_of_files

    if options.week is not None:
        found = weeks(options.tracks, options.week, options.detection)
        if options.json:
            print_json([asdict(each) for each in found])
        else:
            print(weekly(found, options.week))
        return 0
    if options.detection is not None:
        raise UsageError("--detection is for counts by week; give --week AIRPORT too")
    movements = landings_of_files(options.tracks)
    if options.json:
        print_json(movements)
    else:
        print(listing(movements))
    return 0


def _origins(options: argparse.Namespace) -> int:
    from shieldwall.evidence.gather import gather
    from shieldwall.evidence.lineage import tree, tree_json

    case, _ = _loaded(options.case)
    evidence = gather(case)
    if options.json:
        print_json(tree_json(case, evidence.claims, evidence.lineage))
    else:
        print(tree(case, evidence.claims, evidence.lineage))
    return 0


def _verify(options: argparse.Namespace) -> int:
    with _opened(options, read_only=True) as store:
        found = store.verify()
        head = None if found else store.head  # a damaged log may not give one
    if options.json:
        print_json({"ok": not found, "findings": [vars(each) for each in found], "head": head})
    elif found:
        print("\n".join(str(each) for each in found))
    else:
        print(f"sound; head of the log {head}")
    return InputError.exit_code if found else 0


def _export(options: argparse.Namespace) -> int:
    from shieldwall.evidence.exports import export
    from shieldwall.evidence.store import FILE

    case, _ = _loaded(options.case)
    has_store = options.store is not None or (options.case / FILE).exists()
    with _opened(options, read_only=True) if has_store else nullcontext() as store:
        claims = export(case, store, options.to, options.out)
    if options.json:
        print_json({"ok": True, "file": str(options.out), "claims": claims})
    else:
        print(f"{options.out}: {claims} claims")
    return 0


def _import(options: argparse.Namespace) -> int:
    from shieldwall.evidence.imports import import_events

    case, catalogue = _loaded(options.case)
    with _opened(options) as store:
        report = import_events(case, catalogue, store, options.file, options.map, options.source)
    if options.json:
        print_json(report.as_json())
    else:
        print(report)
        print(f"next: shieldwall evidence review {options.case}")
    return 0
