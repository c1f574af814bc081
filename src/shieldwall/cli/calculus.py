"""The verb ``calculus``: what the network changes for governments, in words or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shieldwall.cli.common import (
    as_of_flag,
    cache_flag,
    day,
    declare,
    draws_flag,
    json_flag,
    positive,
    print_json,
    stands_at,
)
from shieldwall.errors import InputError

MORE = """\
Reads the case's game.toml (docs/calculus.md): a crisis of two or three governments, with payoffs as
bands, and facts that the rooms before give. Solved with the network as it is, without the systems,
without the supplier's people and with them surely at the consoles, connected and not, on the same
draws. A structured argument under stated assumptions, not a prediction.
"""


def declare_verb(verbs: Any) -> None:
    """Add the verb to the parser."""
    one = declare(verbs, "calculus", _calculus, "what the network changes for governments", MORE)
    one.add_argument("case", type=Path, metavar="CASE", help="the case folder")
    as_of_flag(one)
    draws_flag(one)
    one.add_argument("--workers", type=positive, help="threads (default: one per processor)")
    cache_flag(one)
    json_flag(one)


def _calculus(options: argparse.Namespace) -> int:
    from shieldwall.calculus.calculate import calculus
    from shieldwall.drawn import draw, read
    from shieldwall.progress import Console
    from shieldwall.raid.fight import PAIRED, raids
    from shieldwall.raid.records import RaidOutcomes
    from shieldwall.report.calculus_text import calculus_text
    from shieldwall.report.exports.calculus import calculus_data

    console = Console()
    begun = read(options.case, console, day(options.as_of))
    case = begun.case
    if case.game is None:
        raise InputError(f"{case.name} lays out no crisis; write game.toml (docs/calculus.md)")
    made = draw(begun, options.cache, options.draws, options.workers, console)
    sources = [f.of.split(".") for f in case.game.facts if f.of is not None]
    needed = tuple(dict.fromkeys(what for kind, what, _ in sources if kind == "raid"))
    # As many replications as facts of an assessment rest on, so that both say the same.
    fought = raids(
        case, made.catalogue, made.evidence, made.ensemble, made.terrain, options.workers, console,
        PAIRED, None, needed,
    ) if needed else RaidOutcomes((), ())  # fmt: skip
    console.step("playing the crisis")
    found = calculus(case, made.control, fought)
    console.finish()
    if options.json:
        print_json({**stands_at(case), **(calculus_data(found) or {})})
    else:
        print(calculus_text(case, found, bool(made.ensemble.units)))
    return 0
