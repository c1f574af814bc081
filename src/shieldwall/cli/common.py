"""What the verbs share: how one is declared, the flags many have, JSON on standard output."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shieldwall.case.records import Case

Verb = Callable[[argparse.Namespace], int]


def declare(
    verbs: Any, name: str, verb: Verb, summary: str, more: str | None = None
) -> argparse.ArgumentParser:
    """A verb with its one-line summary; ``more`` follows its flags in ``--help``, as it stands."""
    parser: argparse.ArgumentParser = verbs.add_parser(
        name,
        help=summary,
        description=summary,
        epilog=more,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(verb=verb)
    return parser


def json_flag(parser: argparse.ArgumentParser) -> None:
    """``--json``, as every verb has it."""
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def cache_flag(parser: argparse.ArgumentParser) -> None:
    """``--cache``, for verbs that read terrain."""
    parser.add_argument("--cache", type=Path, help="folder of fetched terrain")


def draws_flag(parser: argparse.ArgumentParser) -> None:
    """``--draws``, for verbs that draw what is not known."""
    parser.add_argument("--draws", type=_draws, help="number of draws (default: the case's)")


def as_of_flag(parser: argparse.ArgumentParser) -> None:
    """``--as-of``, for verbs that can stand at an earlier day; read it with ``day``."""
    parser.add_argument(
        "--as-of", metavar="DATE", help="stand at an earlier day, such as 2025-06-30"
    )


def day(text: str | None) -> date | None:
    """The day that ``--as-of`` names. Raises ``UsageError`` where it names none."""
    from shieldwall.case.moments import asked_day

    return asked_day(text, "--as-of")


def stands_at(case: Case) -> dict[str, Any]:
    """What results as JSON begin with: which case, at which day, from which seed."""
    return {
        "case": case.name, "as_of": str(case.as_of), "earlier": case.earlier, "seed": case.seed,
    }  # fmt: skip


def positive(text: str) -> int:
    """A whole number of at least 1."""
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def _draws(text: str) -> int:
    from shieldwall.case.schema import MAX_DRAWS

    value = positive(text)
    if value > MAX_DRAWS:
        raise argparse.ArgumentTypeError(
            f"{text} draws cannot be made; from 1 to {MAX_DRAWS:,} can"
        )
    return value


def print_json(data: Any) -> None:
    """``data`` as JSON that people and programs can read."""
    print(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
