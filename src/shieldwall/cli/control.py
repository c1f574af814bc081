"""The verb ``control``: who operates the network, in words for a terminal or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shieldwall.cli.common import (
    as_of_flag,
    day,
    declare,
    draws_flag,
    json_flag,
    positive,
    print_json,
    stands_at,
)
from shieldwall.errors import UsageError

if TYPE_CHECKING:
    from shieldwall.case.records import Case
    from shieldwall.evidence.records import Evidence
    from shieldwall.evidence.witness import Left

MORE = """\
Reads the case's control.toml (docs/operational-control.md). --as-of shows what could have been said
on an earlier day: nothing published after it is read. --without leaves out a source, with whatever
relays it. --hindcast scores the case's foretold events against its outcome.toml.
"""


def declare_verb(verbs: Any) -> None:
    """Add the verb to the parser."""
    one = declare(verbs, "control", _control, "who operates the network, and what to look for next",
                  MORE)  # fmt: skip
    one.add_argument("case", type=Path, metavar="CASE", help="the case folder")
    as_of_flag(one)
    one.add_argument(
        "--without", metavar="SOURCE", action="append", default=[],
        help="leave out a source; may be given more than once",
    )  # fmt: skip
    one.add_argument("--hindcast", action="store_true", help="score what was foretold")
    one.add_argument(
        "--signs", action="store_true", help="list the signs and how likely each is, and stop"
    )
    draws_flag(one)
    one.add_argument("--workers", type=positive, help="threads (default: one per processor)")
    json_flag(one)


def _control(options: argparse.Namespace) -> int:
    from shieldwall.control.hindcast import hindcast
    from shieldwall.control.operate import operational_control
    from shieldwall.drawn import read
    from shieldwall.progress import Console
    from shieldwall.report.control_text import control_text, hindcast_text
    from shieldwall.report.exports.control import control_data
    from shieldwall.report.exports.plain_data import computed

    console = Console()
    begun = read(options.case, console, day(options.as_of))
    whole, case, catalogue, evidence = begun.written, begun.case, begun.catalogue, begun.evidence
    if options.signs:
        console.finish()
        return _signs(whole, options.json)
    if options.hindcast and not whole.outcomes:
        raise UsageError(f"{whole.name} has no outcome of a foretold event; write outcome.toml")
    left = _left(whole, evidence, options.without)
    console.step("asking who operates it")
    found = operational_control(case, catalogue, evidence, options.draws, options.workers, left)
    console.finish()
    scored = hindcast(whole, found) if options.hindcast else None
    read_of = {t.system for t in case.transfers}
    unknown = [t.system for t in whole.transfers if t.system not in read_of]
    if options.json:
        draws = options.draws or case.draws
        told = {**stands_at(case), "draws": draws, **control_data(found)}
        told["not_yet_published"] = unknown
        print_json(told if scored is None else {**told, "hindcast": computed(scored)})
    else:
        print(control_text(case, catalogue, found, unknown))
        if scored is not None:
            print(hindcast_text(scored))
    return 0


def _signs(case: Case, as_json: bool) -> int:
    """The signs in force, as a table or as JSON."""
    from shieldwall.control.indicators import indicators
    from shieldwall.report.control_text import signs_text
    from shieldwall.report.exports.plain_data import as_read

    found = indicators(case)
    print_json(as_read(found)) if as_json else print(signs_text(found))
    return 0


def _left(case: Case, evidence: Evidence, sources: list[str]) -> Left:
    """The claims of ``sources`` and what relays them."""
    import difflib

    from shieldwall.evidence.witness import NOTHING, Left
    from shieldwall.orbat.contributions import pieces

    known = sorted(s.id for s in case.sources)
    for source in sources:
        if source not in known:
            close = difflib.get_close_matches(source, known, 3)
            hint = f"; close to it: {', '.join(close)}" if close else ""
            raise UsageError(f"--without {source}: no source of {case.name} is called so{hint}")
    by_source = pieces(evidence, "source")
    out = frozenset(c for s in sources for c in by_source.get(s, ()))
    return Left(out, True) if out else NOTHING
