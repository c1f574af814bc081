"""Verbs and flags, nothing else. Rooms are imported inside the verb that uses them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from shieldwall import __version__
from shieldwall.cli import calculus, control, diff, evidence, raid
from shieldwall.cli.common import (
    Verb,
    as_of_flag,
    cache_flag,
    day,
    declare,
    draws_flag,
    json_flag,
    positive,
    print_json,
)
from shieldwall.cli.ending import ended_cleanly
from shieldwall.errors import CaseError, ShieldwallError, UsageError

EXIT_CODES = """\
exit codes:
  0  done
  1  an error without a code of its own
  2  a flag or argument is wrong
  3  a file you gave is wrong (case, catalogue, spreadsheet, map file, document, track, sweep), or
     an evidence store does not verify
  4  elevation is missing or unreadable, or a download failed
  5  a result could not be written
 70  a bug in Shieldwall
130  interrupted; nothing half-written is left
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; every error becomes one message."""
    options = _parser().parse_args(arguments)
    verb: Verb = options.verb
    try:
        with ended_cleanly():
            return verb(options)
    except CaseError as error:
        if getattr(options, "json", False):
            print_json({"ok": False, "problems": [vars(p) for p in error.problems]})
        print(f"shieldwall: {error}", file=sys.stderr)
        return error.exit_code
    except ShieldwallError as error:
        print(f"shieldwall: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("\nshieldwall: interrupted; nothing half-written is left", file=sys.stderr)
        return 130
    except Exception as error:
        if options.debug:
            raise
        print(
            f"shieldwall: a bug: {type(error).__name__}: {error}\n"
            "  Please report it with the command you ran; --debug shows where it happened.",
            file=sys.stderr,
        )
        return 70


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="shieldwall",
        description="Assess layered air-defence networks from open sources. Analysis only.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"shieldwall {__version__}")
    parser.add_argument("--debug", action="store_true", help="show where a bug happened")
    verbs = parser.add_subparsers(metavar="VERB", required=True)

    one = declare(verbs, "assess", _assess, "assess a case: report, maps and files")
    one.add_argument("case", type=Path, help="the case folder")
    one.add_argument(
        "--out",
        type=Path,
        help="folder for the results, not inside the case (default: out/CASE, with --as-of "
        "out/CASE-DATE)",
    )
    as_of_flag(one)
    draws_flag(one)
    one.add_argument("--workers", type=positive, help="threads (default: one per processor)")
    one.add_argument("--pdf", action="store_true", help="write report.pdf too (docs/pdf.md)")
    cache_flag(one)
    json_flag(one)

    one = declare(
        verbs, "explain", _explain, "where a figure comes from, down to claims and sources"
    )
    one.add_argument("dir", type=Path, help="a results folder made by assess")
    one.add_argument(
        "figure",
        nargs="?",
        default="",
        help="a figure's id, or how ids begin (default: list those)",
    )
    json_flag(one)

    diff.declare_verb(verbs)

    one = declare(verbs, "check", _check, "validate a case folder")
    one.add_argument("case", type=Path, help="the case folder")
    json_flag(one)

    one = declare(verbs, "new", _new, "make a commented case to start from")
    one.add_argument("name", help="the case's name; its folder is made in --in")
    one.add_argument("--in", dest="parent", type=Path, default=Path("cases"), help="default: cases")
    json_flag(one)

    one = declare(verbs, "import", _import, "import claims from a CSV or XLSX spreadsheet")
    one.add_argument("case", type=Path, help="the case folder")
    one.add_argument("table", type=Path, help="a .csv or .xlsx file")
    one.add_argument("--map", type=Path, help="the column map, a TOML file (else: our own names)")
    one.add_argument(
        "--dry-run", action="store_true", help="say what would be added, write nothing"
    )
    json_flag(one)

    one = declare(verbs, "schema", _schema, "JSON Schema of the case files, for editors")
    one.add_argument("file", nargs="?", help="one file, such as case or control")
    one.add_argument("--json", action="store_true", help="the same: a schema is always JSON")

    one = declare(
        verbs, "catalogue", _catalogue, "published figures of systems, radars and threats"
    )
    one.add_argument("system", nargs="?", help="an id or a name such as SA-23; none lists all")
    json_flag(one)

    control.declare_verb(verbs)
    raid.declare_verbs(verbs)
    calculus.declare_verb(verbs)
    evidence.declare_verbs(verbs)

    terrain = verbs.add_parser("terrain", help="elevation for a case")
    actions = terrain.add_subparsers(metavar="ACTION", required=True)
    one = declare(actions, "fetch", _fetch, "download Copernicus elevation for a case (opt-in)")
    one.add_argument("case", type=Path, help="the case folder")
    one.add_argument(
        "--resolution", type=positive, help="metres per post (default: half the case's cell)"
    )
    one.add_argument("--base-url", help="another https address with the same layout")
    cache_flag(one)
    json_flag(one)
    return parser


def _assess(options: argparse.Namespace) -> int:
    from shieldwall.assess import assess
    from shieldwall.files import apart, writable
    from shieldwall.progress import Console
    from shieldwall.report import write_all

    on = day(options.as_of)
    out: Path = options.out or _results(options.case, on)
    if options.case.is_dir():
        apart(out, options.case)
        writable(out)
    if options.pdf:
        from shieldwall.report.pdf import check_installed

        check_installed()
    _warn_of_store(options.case)
    console = Console()
    assessment = assess(options.case, options.cache, options.draws, options.workers, console, on)
    console.step("writing the report and the files")
    written = write_all(assessment, out, pdf=options.pdf)
    console.finish()
    if options.json:
        print(json.dumps({"ok": True, "files": {k: str(v) for k, v in written.items()}}, indent=2))
    else:
        print(f"{assessment.case.title}: {out / 'report.html'}")
    return 0


def _results(case: Path, on: date | None) -> Path:
    """Where results go where nobody says so: a folder for the case, and for the day asked for."""
    name = case.resolve().name
    return Path("out", name if on is None else f"{name}-{on}")


def _warn_of_store(case: Path) -> None:
    """Say so where the evidence store beside a case is damaged: the case's text still stands."""
    from shieldwall.evidence.store import FILE, open_store

    if not (case / FILE).exists():
        return
    try:
        with open_store(case / FILE, actor="assess", read_only=True) as store:
            damaged = bool(store.verify())
    except ShieldwallError:
        damaged = True
    if damaged:
        print(
            f"shieldwall: {case / FILE} fails its check (`shieldwall evidence verify {case}`); "
            "the assessment rests on the case's text, not on it",
            file=sys.stderr,
        )


def _explain(options: argparse.Namespace) -> int:
    from shieldwall.report.explain import explain, explain_json

    if options.json:
        print_json(explain_json(options.dir, options.figure))
    else:
        print(explain(options.dir, options.figure))
    return 0


def _check(options: argparse.Namespace) -> int:
    from shieldwall.case import load_case
    from shieldwall.case.odd_game import oddities
    from shieldwall.catalogue import load_catalogue
    from shieldwall.control.indicators import indicators
    from shieldwall.evidence.imagery import readings
    from shieldwall.report.words import plain

    case = load_case(options.case, load_catalogue())
    indicators(case)
    counts = {
        "claims": len(case.claims),
        "sources": len(case.sources),
        "places": len(case.places),
        "defended_areas": len(case.defended_areas),
        "events": len(case.pressure),
        "observations": len(case.observations),
        "functions": len(case.functions),
        "raids": len(case.raids),
        "payoffs": 0 if case.game is None else len(case.game.payoffs),
        "readings": len(readings(case)),
    }
    odd = oddities(case)
    if options.json:
        print_json({
            "ok": True, "case": case.name, "problems": [], "warnings": list(odd), **counts,
        })  # fmt: skip
    else:
        words = ", ".join(
            f"{n} {name.removesuffix('s') if n == 1 else name}".replace("_", " ")
            for name, n in counts.items()
        )
        print(f"{case.name}: sound ({words})")
        for each in odd:
            print(f"warning: {plain(each)}")
    return 0


def _new(options: argparse.Namespace) -> int:
    from shieldwall.case import new_case

    files = new_case(options.parent / options.name, options.name)
    if options.json:
        print_json({"ok": True, "files": [str(f) for f in files]})
    else:
        folder = options.parent / options.name
        print(f"{folder}: edit its files, then run: shieldwall check {folder}")
    return 0


def _import(options: argparse.Namespace) -> int:
    from shieldwall.case import import_claims
    from shieldwall.catalogue import load_catalogue

    report = import_claims(
        options.case, options.table, options.map, load_catalogue(), dry_run=options.dry_run
    )
    if options.json:
        print_json(report.as_json())
    else:
        print(report)
    return 0


def _schema(options: argparse.Namespace) -> int:
    from shieldwall.case import json_schema

    schemas = json_schema()
    if options.file is not None and options.file not in schemas:
        raise UsageError(f"no schema for {options.file!r}; there are {', '.join(sorted(schemas))}")
    print_json(schemas if options.file is None else schemas[options.file])
    return 0


def _catalogue(options: argparse.Namespace) -> int:
    from shieldwall.catalogue import load_catalogue
    from shieldwall.catalogue.sheet import index, index_json, sheet, sheet_json

    catalogue = load_catalogue()
    if options.json:
        name = options.system
        print_json(index_json(catalogue) if name is None else sheet_json(catalogue, name))
    else:
        print(index(catalogue) if options.system is None else sheet(catalogue, options.system))
    return 0


def _fetch(options: argparse.Namespace) -> int:
    from shieldwall.case import load_case
    from shieldwall.catalogue import load_catalogue
    from shieldwall.progress import Console
    from shieldwall.terrain import fetch

    console = Console()
    case = load_case(options.case, load_catalogue())
    report = fetch(case, options.cache, options.resolution, options.base_url, console)
    console.finish()
    if options.json:
        print_json(report.as_json())
    else:
        print(report)
    return 0
