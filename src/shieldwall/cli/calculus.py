"""The verb ``calculus``: what the network changes for governments, in words or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shieldwall.cli.common import cache_flag, declare, json_flag, positive, print_json
from shieldwall.errors import UsageError

MORE = """\
Reads the case's game.toml (docs/calculus.md): a crisis of two or three governments, with payoffs as
bands, and facts that the rooms before give. Solved with the network as it is, without the systems,
with the supplier's or the host's crews, connected and unplugged, on the same draws. A structured
argument under stated assumptions, not a prediction.
"""


def declare_verb(verbs: Any) -> None:
    """Add the verb to the parser."""
    one = declare(verbs, "calculus", _calculus, "what the network changes for governments", MORE)
    one.add_argument("case", type=Path, metavar="CASE", help="the case folder")
    one.add_argument("--draws", type=positive, help="number of draws (default: the case's)")
    one.add_argument("--workers", type=positive, help="threads (default: one per processor)")
    cache_flag(one)
    json_flag(one)


def _calculus(options: argparse.Namespace) -> int:
    from shieldwall.calculus.calculate import calculus
    from shieldwall.case import load_case
    from shieldwall.case.schema import MAX_DRAWS
    from shieldwall.catalogue import load_catalogue
    from shieldwall.control.operate import operational_control
    from shieldwall.evidence.gather import gather
    from shieldwall.progress import Console
    from shieldwall.raid.fight import PAIRED, raids
    from shieldwall.raid.records import RaidOutcomes
    from shieldwall.raid.setting import setting
    from shieldwall.report.calculus_text import calculus_text
    from shieldwall.report.exports.calculus import calculus_data

    if options.draws is not None and options.draws > MAX_DRAWS:
        raise UsageError(f"{options.draws} draws are too many; at most {MAX_DRAWS:,} are made")
    console = Console()
    console.step("reading the case")
    catalogue = load_catalogue()
    case = load_case(options.case, catalogue)
    if case.game is None:
        raise UsageError(f"{case.name} lays out no crisis; write game.toml (docs/calculus.md)")
    console.step("asking who operates it")
    control = operational_control(case, catalogue, gather(case), options.draws, options.workers)
    sources = [f.of.split(".") for f in case.game.facts if f.of is not None]
    needed = tuple(dict.fromkeys(what for kind, what, _ in sources if kind == "raid"))
    fought = RaidOutcomes((), ())
    if needed:
        made = setting(
            options.case, options.cache, options.draws, None, options.workers, console, needed
        )
        # As many replications as facts of an assessment rest on, so that both say the same.
        fought = raids(
            made.case, made.catalogue, made.ensemble, made.terrain, options.workers, console,
            PAIRED, None, needed,
        )  # fmt: skip
    console.step("playing the crisis")
    found = calculus(case, control, fought)
    console.finish()
    if options.json:
        print_json({"case": case.name, "seed": case.seed, **(calculus_data(found) or {})})
    else:
        print(calculus_text(case, found))
    return 0
