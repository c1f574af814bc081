"""The verbs ``raid``, ``compare`` and ``sweep``: how the network fares, in words or as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from shieldwall.errors import UsageError

if TYPE_CHECKING:
    from shieldwall.progress import Console
    from shieldwall.raid.setting import Setting
    from shieldwall.raid.variants import Names, Variant

MOST_REPLICATIONS = 10_000
MOST_RUNS = 4_000_000
"""Draws times replications: what they count is kept in memory."""

RAID = """\
Reads the case's raids.toml and network.toml (docs/raids.md). --replications counts those of each
draw. --half-width stops once Monte Carlo knows the share that comes through, and the share of raids
in which nothing does, so well. --trace K tells replication K as a log: 0 is the first of the first
draw, and each draw has --replications of them.
"""
COMPARE = """\
Keys of --set and --against (docs/raids.md): network.mode, network.terrain,
network.functions.ID.works, units.SYSTEM.KEY with count, present, serviceable, connected, channels,
ready, reaction_s, kill, salvo or looks, crews.SYSTEM, raid.size. Without --against the other side
is the network as drawn. Both meet the same draws and the same chance.
"""
SWEEP = """\
FILE names a design and what it varies, by the keys of `compare --set` (docs/raids.md): evidence,
defence and the raid's size, nothing else. Nothing is ranked and no best point is searched for. A
sweep that was stopped goes on where it was when it is run again. --dask needs the extra
shieldwall[sweep]; whoever reaches a Dask scheduler can run programs on its workers, so give the
address of none but your own.
"""


def declare_verbs(verbs: Any) -> None:
    """Add the verbs to the parser."""
    one = declare(verbs, "raid", _raid, "how the network fares against the case's raids", RAID)
    _common(one)
    one.add_argument("--half-width", type=_half_width, metavar="W",
                     help="stop early at this precision, such as 0.01")  # fmt: skip
    one.add_argument("--seed", type=_whole, help="in place of the case's")
    one.add_argument("--trace", type=_whole, metavar="K", help="tell replication K, event by event")

    one = declare(verbs, "compare", _compare, "what a change of the network does to raids", COMPARE)
    _common(one)
    one.add_argument("--set", dest="one", metavar="KEY=VALUE", action="append", default=[],
                     help="what is changed; may be given more than once")  # fmt: skip
    one.add_argument("--against", metavar="KEY=VALUE", action="append", default=[],
                     help="what the other side changes (default: nothing)")  # fmt: skip
    one.add_argument("--seed", type=_whole, help="in place of the case's")

    one = declare(verbs, "sweep", _sweep, "raids over a design of networks, as a table", SWEEP)
    one.add_argument("case", type=Path, metavar="CASE", help="the case folder")
    one.add_argument("file", type=Path, metavar="FILE", help="the design, a TOML file")
    one.add_argument("--out", type=Path, help="folder for the table (default: out/CASE)")
    one.add_argument("--dask", metavar="ADDRESS", help="a scheduler, or local for one of our own")
    draws_flag(one)
    one.add_argument(
        "--workers", type=positive,
        help="threads, or processes of --dask local (default: one per processor)",
    )  # fmt: skip
    cache_flag(one)
    json_flag(one)


def _common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE", help="the case folder")
    parser.add_argument(
        "--raid", dest="raids", metavar="NAME", action="append", default=[],
        help="one of the case's raids; may be given more than once (default: all)",
    )  # fmt: skip
    as_of_flag(parser)
    parser.add_argument("--replications", type=_replications, metavar="N",
                        help="of each draw (default: 128)")  # fmt: skip
    draws_flag(parser)
    parser.add_argument("--workers", type=positive, help="threads (default: one per processor)")
    cache_flag(parser)
    json_flag(parser)


def _raid(options: argparse.Namespace) -> int:
    from shieldwall.raid.fight import raids
    from shieldwall.report.exports.raids import raid_data
    from shieldwall.report.raid_text import raid_text

    if options.trace is not None and options.half_width is not None:
        raise UsageError(
            "--trace counts replications of a run whose length is known; leave out --half-width"
        )
    made, replications, console = _made(options)
    if options.trace is not None:
        return _trace(options, made, replications, console)
    found = raids(
        made.case, made.catalogue, made.evidence, made.ensemble, made.terrain, options.workers,
        console, replications, options.half_width, tuple(r.id for r in made.raids),
    )  # fmt: skip
    console.finish()
    if options.json:
        print_json({**_head(made), **raid_data(found)})
    else:
        print(raid_text(made.case, found, bool(made.ensemble.units)))
    return 0


def _trace(options: argparse.Namespace, made: Setting, replications: int, console: Console) -> int:
    """Replication K of each raid asked for."""
    from shieldwall.raid.replay import replay
    from shieldwall.raid.variants import Variant
    from shieldwall.report.exports.raids import replay_data
    from shieldwall.report.raid_text import trace_text

    number, total = options.trace, made.ensemble.draws * replications
    if number >= total:
        raise UsageError(
            f"--trace {number}: {made.ensemble.draws} draws with {replications} replications of "
            f"each are numbered 0 to {total - 1}"
        )
    found = [
        (scene.raid, replay(scene, Variant(), number, replications))
        for scene in made.scenes(options.workers, console)
    ]
    console.finish()
    if options.json:
        traces = {raid.id: replay_data(one) for raid, one in found}
        print_json({**_head(made), "replications": replications, "traces": traces})
    else:
        print("\n\n".join(f"{raid.name} ({raid.id})\n{trace_text(one)}" for raid, one in found))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from shieldwall.cli.compare_text import compare_data, compare_text
    from shieldwall.raid.compare import compare

    if not options.one and not options.against:
        raise UsageError("compare with what? Give --set KEY=VALUE, such as network.mode=autonomous")
    for told, flag in ((options.one, "--set"), (options.against, "--against")):
        _variant(told, _named(told), flag)
    made, replications, console = _made(options)
    sides = [
        (tuple(told), _variant(told, made.names, flag))
        for told, flag in ((options.one, "--set"), (options.against, "--against"))
    ]
    found = compare(
        made.scenes(options.workers, console), sides[0], sides[1], replications, options.workers,
        console,
    )  # fmt: skip
    console.finish()
    if options.json:
        print_json({**_head(made), **compare_data(found)})
    else:
        print(compare_text(made.case, found))
    return 0


def _variant(settings: list[str], names: Names, flag: str) -> Variant:
    """The variant of one side; messages name the flag that was given."""
    from shieldwall.raid.variants import parse

    try:
        return parse(settings, names)
    except UsageError as error:
        raise UsageError(f"{flag}{str(error).removeprefix('--set')}") from error


def _named(settings: list[str]) -> Names:
    """Every name that settings use, as if the case had it: what is left to judge is their form,
    which can be told before the network is drawn."""
    from shieldwall.raid.variants import Names

    keys = [text.partition("=")[0].strip().split(".") for text in settings]
    systems = tuple(key[1] for key in keys if key[0] in ("units", "crews") and len(key) > 1)
    functions = tuple(
        key[2] for key in keys if key[:2] == ["network", "functions"] and len(key) > 2
    )
    return Names(systems, functions)


def _made(options: argparse.Namespace) -> tuple[Setting, int, Console]:
    """The setting, the replications of each draw, and who is told of progress."""
    from shieldwall.progress import Console
    from shieldwall.raid.fight import REPLICATIONS
    from shieldwall.raid.setting import setting

    console = Console()
    made = setting(
        options.case, options.cache, options.draws, options.seed, options.workers, console,
        tuple(options.raids), day(options.as_of),
    )  # fmt: skip
    replications: int = options.replications or REPLICATIONS
    runs = made.ensemble.draws * replications
    if runs > MOST_RUNS:
        raise UsageError(
            f"{made.ensemble.draws} draws with {replications} replications of each are {runs:,} "
            f"raids; at most {MOST_RUNS:,} are run at once: ask for fewer draws or replications"
        )
    return made, replications, console


def _sweep(options: argparse.Namespace) -> int:
    from shieldwall.progress import Console
    from shieldwall.raid.sweep import sweep

    console = Console()
    found = sweep(
        options.case, options.file, options.out, options.cache, options.draws, options.workers,
        options.dask, console,
    )  # fmt: skip
    console.finish()
    if options.json:
        print_json({
            "ok": True, "points": found.points, "resumed": found.resumed, "rows": found.rows,
            "columns": list(found.columns), "idle": list(found.idle),
            "files": {path.name: str(path) for path in found.files},
        })  # fmt: skip
        return 0
    kept = f", {found.resumed} of them from before" if found.resumed else ""
    print(f"{found.points} points{kept}, {found.rows} rows:")
    for path in found.files:
        print(f"  {path}")
    for line in found.idle:
        print(f"  {line}")
    return 0


def _head(made: Setting) -> dict[str, Any]:
    return {**stands_at(made.case), "draws": made.ensemble.draws}


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _replications(text: str) -> int:
    value = positive(text)
    if value > MOST_REPLICATIONS:
        raise argparse.ArgumentTypeError(f"{text} are too many; at most {MOST_REPLICATIONS:,}")
    return value


def _half_width(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0.0 < value < 0.5:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share between 0 and 0.5")
    return value
