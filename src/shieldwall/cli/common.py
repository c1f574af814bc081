"""What the verbs share: how one is declared, the flags many have, JSON on standard output."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def positive(text: str) -> int:
    """A whole number of at least 1."""
    value = int(text) if text.isdecimal() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return value


def print_json(data: Any) -> None:
    """``data`` as JSON that people and programs can read."""
    print(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True))
