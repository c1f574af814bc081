"""The verb ``diff``: what moved between two results folders of a case, and because of what."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from shieldwall.cli.common import declare, json_flag, positive, print_json

MORE = """\
Compares two folders that 'shieldwall assess --out' wrote from one case: an edited case with the
case before, or 'assess --as-of DATE' with today. Named below a figure is what changed on its trail;
how much each did is not worked out. Where seed and draws are the same, both sides meet the same
random numbers, so small moves are real.
"""


def declare_verb(verbs: Any) -> None:
    """Add the verb to the parser."""
    one = declare(verbs, "diff", _diff, "what moved between two assessments of a case", MORE)
    one.add_argument("old", type=Path, metavar="OLD", help="a results folder made by assess")
    one.add_argument("new", type=Path, metavar="NEW", help="a later one of the same case")
    one.add_argument(
        "--most", type=positive, metavar="N",
        help="so many moves of each kind (default: 5 in words, all as JSON)",
    )  # fmt: skip
    json_flag(one)


def _diff(options: argparse.Namespace) -> int:
    from shieldwall.report.diff import difference
    from shieldwall.report.diff_text import diff_data, diff_text

    found = difference(options.old, options.new)
    if options.json:
        print_json(diff_data(found, options.most))
    else:
        print(diff_text(found, options.most))
    return 0
